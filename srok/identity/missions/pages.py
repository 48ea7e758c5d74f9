"""The pages of the missions: kits, and (in their own drawers) appointments and the day."""

from django.urls import URLPattern

from srok.identity.missions import kit_pages

app_name = "missions"

urlpatterns: list[URLPattern] = [*kit_pages.urlpatterns]
