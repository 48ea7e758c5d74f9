"""The desk as an installed room."""

from django.apps import AppConfig


class Desk(AppConfig):
    name = "srok.trust.parcels.tests.desk"
    label = "desk"
