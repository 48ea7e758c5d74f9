"""The door of the accounts."""

from srok.ground.accounts.actions import appoint, open_office
from srok.ground.accounts.reads import (
    context_for,
    context_of,
    context_of_request,
    office,
    office_of_post,
    officer_name,
    offices,
    service_context,
)

__all__ = [
    "appoint", "context_for", "context_of", "context_of_request", "office", "office_of_post", "officer_name", "offices",
    "open_office", "service_context",
]  # fmt: skip
