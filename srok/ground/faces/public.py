"""The door of the frame."""

from srok.ground.faces import clock, wording
from srok.ground.faces.forms import CommandForm, VersionedForm
from srok.ground.faces.needs import OfficerAuth, has_one_of, needs
from srok.ground.faces.requests import context, perform

__all__ = [
    "CommandForm", "OfficerAuth", "VersionedForm", "clock", "context", "has_one_of", "needs", "perform", "wording",
]  # fmt: skip
