"""An application as it travels in a parcel: text, numbers, lists, maps and the bytes of its pictures. Pure."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from srok.ground.kernel.refusal import Refusal
from srok.identity.cases import claims
from srok.identity.cases.capture_terms import Taken
from srok.identity.cases.claims import Contact
from srok.identity.cases.commands import LodgeApplication, ShownPaper
from srok.identity.cases.terms import PaperKind, Seen

VERSION = 1
CONTACT = ("language", "channel", "email", "phone", "postal", "pickup_post")


def body_of(command: LodgeApplication) -> dict[str, object]:
    """The body of the event `cases.lodge` (docs/formats/capture.md)."""
    return {
        "v": VERSION, "reference": command.reference, "lodged_on": command.lodged_on.isoformat(),
        "claim": claims.to_plain(command.claim), "contact": contact_plain(command.contact),
        "portrait": command.portrait,
        "papers": [{"kind": one.kind.value, "seen": one.seen.value, "data": one.data} for one in command.papers],
        "taken": taken_plain(command.taken) if command.taken else None,
    }  # fmt: skip


def read_body(body: Mapping[str, Any]) -> LodgeApplication:
    """The application of an event's body; raises `cases.unreadable_body` for whatever is none."""
    try:
        if body["v"] != VERSION:
            raise Refusal("cases.unreadable_body")
        return LodgeApplication(
            reference=str(body["reference"]), lodged_on=date.fromisoformat(body["lodged_on"]),
            claim=claims.from_plain(body["claim"]), contact=read_contact(body["contact"]),
            portrait=bytes(body["portrait"]), papers=tuple(_paper(one) for one in body["papers"]),
            taken=read_taken(body["taken"]) if body["taken"] else None,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refusal("cases.unreadable_body") from error


def contact_plain(contact: Contact) -> dict[str, str]:
    """How the person is reached, as text."""
    return {name: getattr(contact, name) for name in CONTACT}


def read_contact(plain: Mapping[str, Any]) -> Contact:
    """What `contact_plain` wrote."""
    return Contact(**{name: str(plain[name]) for name in CONTACT})


def taken_plain(taken: Taken) -> dict[str, object]:
    """How it was taken, as text, numbers, lists and maps."""
    plain: dict[str, object] = asdict(taken)
    return plain | {
        "captured_on": taken.captured_on.isoformat() if taken.captured_on else "", "fingers": dict(taken.fingers),
        "witnesses": list(taken.witnesses), "as_is": list(taken.as_is), "problems": list(taken.problems),
    }  # fmt: skip


def read_taken(plain: Mapping[str, Any]) -> Taken:
    """What `taken_plain` wrote."""
    on = plain["captured_on"]
    return Taken(
        captured_by=str(plain["captured_by"]), approved_by=str(plain["approved_by"]),
        captured_on=date.fromisoformat(on) if on else None, confirmed=str(plain["confirmed"]),
        where=str(plain["where"]), place=str(plain["place"]), statement=str(plain["statement"]),
        witnesses=tuple(map(str, plain["witnesses"])), guardian=str(plain["guardian"]),
        fingers={str(one): str(how) for one, how in plain["fingers"].items()},
        finger_waiver=str(plain["finger_waiver"]), as_is=tuple(map(str, plain["as_is"])),
        problems=tuple(map(str, plain["problems"])), face_search=str(plain["face_search"]), kit=str(plain["kit"]),
        event=int(plain["event"]), ticket=str(plain["ticket"]),
    )  # fmt: skip


def _paper(plain: Mapping[str, Any]) -> ShownPaper:
    data = plain["data"]
    return ShownPaper(PaperKind(plain["kind"]), Seen(plain["seen"]), bytes(data) if data is not None else None)
