"""The door of the accounts."""

from srok.ground.accounts.actions import appoint, open_office
from srok.ground.accounts.reads import (
    context_for,
    context_of,
    context_of_request,
    is_colleague,
    office,
    office_of_post,
    officer_name,
    officers_of,
    offices,
    service_context,
)

__all__ = [
    "appoint", "context_for", "context_of", "context_of_request", "is_colleague", "office", "office_of_post",
    "officer_name", "officers_of", "offices", "open_office", "service_context",
]  # fmt: skip
