"""The door of the roll. No room of the identity wing may open it."""

from srok.vote.roll.actions import register_voter
from srok.vote.roll.checks import preview
from srok.vote.roll.reads import count_entered_today, entered_today, receipt, row, row_entered_by, window
from srok.vote.roll.slips import receipt_pdf
from srok.vote.roll.terms import (
    Channel,
    Preview,
    RegisterVoter,
    RollReceipt,
    RowFacts,
    RowState,
    Window,
    WindowState,
)

__all__ = [
    "Channel", "Preview", "RegisterVoter", "RollReceipt", "RowFacts", "RowState", "Window", "WindowState",
    "count_entered_today", "entered_today", "preview", "receipt", "receipt_pdf", "register_voter", "row",
    "row_entered_by", "window",
]  # fmt: skip
