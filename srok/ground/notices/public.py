"""The door of the notices."""

from srok.ground.notices.actions import erase, letter, record_service, send, set_contact
from srok.ground.notices.outbox import deliver
from srok.ground.notices.reads import notice, notices_of
from srok.ground.notices.terms import (
    Channel,
    DeliveryReport,
    Kind,
    Language,
    NoticeRef,
    SendNotice,
    ServiceWay,
    SetContact,
)

__all__ = [
    "Channel", "DeliveryReport", "Kind", "Language", "NoticeRef", "SendNotice", "ServiceWay", "SetContact",
    "deliver", "erase", "letter", "notice", "notices_of", "record_service", "send", "set_contact",
]  # fmt: skip
