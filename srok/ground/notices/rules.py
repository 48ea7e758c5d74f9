"""Decisions of the notices: what may be kept, what may be sent, when a message is tried again. Pure."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from srok.ground.kernel.refusal import Refusal
from srok.ground.law.rules import deadline
from srok.ground.law.terms import LawAsOf
from srok.ground.notices.terms import (
    Channel,
    Kind,
    Language,
    OutboxAct,
    OutboxState,
    SendNotice,
    ServiceWay,
    SetContact,
)

MAX_ATTEMPTS: Final = 8
OBJECTIONABLE: Final = frozenset({Kind.REFUSED, Kind.CARD_ENDED})
"""Kinds of notice against which the person may object: each gives reasons, and each reason has its source."""

FLOW: Final[Mapping[tuple[OutboxState | None, OutboxAct], OutboxState]] = {
    (None, OutboxAct.ENQUEUE): OutboxState.WAITING,
    (OutboxState.WAITING, OutboxAct.DELIVER): OutboxState.DELIVERED,
    (OutboxState.WAITING, OutboxAct.PUT_OFF): OutboxState.WAITING,
    (OutboxState.WAITING, OutboxAct.GIVE_UP): OutboxState.FAILED,
    (OutboxState.WAITING, OutboxAct.DROP): OutboxState.DROPPED,
    (OutboxState.FAILED, OutboxAct.DROP): OutboxState.DROPPED,
}
"""The outbox: what has left, or was dropped, never moves again."""

# A code, a number, an ISO date or a reference: nothing a name in Khmer, or a name of two words, can pass as.
_CODE: Final = re.compile(r"[0-9A-Za-z._;:/-]{0,120}")
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()./-]{5,24}")
_EMAIL: Final = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,190}\.[^@\s,;<>\"]{2,63}")
_MAX_POSTAL: Final = 400


def check_contact(command: SetContact) -> None:
    """Raise the refusal that names the first field wrong; a chosen channel needs its address.

    A letter needs none: without a postal address it waits at the post.
    """
    _one_of("language", command.language, Language)
    _one_of("channel", command.channel, Channel)
    if command.email and not _EMAIL.fullmatch(command.email):
        raise Refusal("notices.bad_email", field="email")
    if command.phone and not _PHONE.fullmatch(command.phone):
        raise Refusal("notices.bad_phone", field="phone")
    if len(command.postal) > _MAX_POSTAL:
        raise Refusal("notices.postal_too_long", field="postal", most=_MAX_POSTAL)
    if command.channel == Channel.EMAIL and not command.email:
        raise Refusal("notices.no_address", field="email")
    if command.channel == Channel.SMS and not command.phone:
        raise Refusal("notices.no_address", field="phone")


def check_notice(command: SendNotice, law: LawAsOf) -> None:
    """Raise unless all facts are codes and, where one may object, every reason has its source in law."""
    _one_of("kind", command.kind, Kind)
    for name, value in (*command.facts.items(), *(("reasons", code) for code in command.reasons)):
        if isinstance(value, str) and not _CODE.fullmatch(value):
            raise Refusal("notices.not_a_code", field=name)
    if command.kind in OBJECTIONABLE:
        if not command.reasons:
            raise Refusal("notices.no_reason", field="reasons")
        for code in command.reasons:
            if code not in law.reasons:
                raise Refusal("notices.reason_without_source", field="reasons", reason=code)


def check_way(how: str) -> ServiceWay:
    """The way of proof, or `notices.unknown_value`."""
    _one_of("how", how, ServiceWay)
    return ServiceWay(how)


def last_day_to_object(kind: str, served_on: date, law: LawAsOf) -> date | None:
    """The last day to object to a notice served on that day; None where there is nothing to object to.

    `appeal.days` calendar days, a last day on a Sunday or holiday moved to a working day (law.md section 11).
    """
    return deadline(law.number("appeal.days"), served_on, law) if kind in OBJECTIONABLE else None


def next_try(attempts: int, at: datetime) -> datetime | None:
    """When to try again after `attempts` failures: 1, 2, 4 ... minutes later; None: give up."""
    return at + timedelta(minutes=2 ** (attempts - 1)) if attempts < MAX_ATTEMPTS else None


def _one_of(name: str, value: str, words: type[Kind] | type[Channel] | type[Language] | type[ServiceWay]) -> None:
    if value not in set(words):
        raise Refusal("notices.unknown_value", field=name, value=value[:40])
