"""Fixtures that every room's tests share."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "srok.project.settings.test")
