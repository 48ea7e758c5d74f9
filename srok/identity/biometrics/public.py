"""The door of the biometrics."""

from srok.identity.biometrics.actions import keep
from srok.identity.biometrics.checks import quality, readable
from srok.identity.biometrics.reads import portrait, thumbnail

__all__ = ["keep", "portrait", "quality", "readable", "thumbnail"]
