"""The door of the biometrics."""

from srok.identity.biometrics.actions import keep
from srok.identity.biometrics.checks import quality, readable
from srok.identity.biometrics.engine import engine
from srok.identity.biometrics.reads import portrait, thumbnail
from srok.identity.biometrics.terms import FACE, HARD, Quality

__all__ = ["FACE", "HARD", "Quality", "engine", "keep", "portrait", "quality", "readable", "thumbnail"]
