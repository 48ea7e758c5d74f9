"""Fixtures that every room's tests share."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "srok.project.settings.test")

from hypothesis import settings

# A busy machine is no defect: generated tests have no deadline of their own.
settings.register_profile("srok", deadline=None)
settings.load_profile("srok")
