"""The small world of these tests: two ministries, three posts, keys, Sophea on the list with a portrait."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from PIL import Image, ImageDraw

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import AppointOfficer, OpenOffice
from srok.ground.kernel.context import Context
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.names import PersonName, canonical_name
from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import public as biometrics
from srok.identity.cards import public as cards
from srok.identity.register import public as register
from srok.trust.credentials import public as credentials

STARTED = datetime(2025, 3, 3, 3, tzinfo=UTC)
PASSWORD = "only for tests"
SOPHEA = canonical_name("សុខ", "សុភា", "SOK", "SOPHEA")
OFFICES = (
    OpenOffice("mfa.consular", "នាយកដ្ឋានកុងស៊ុល", "Consular Department"),
    OpenOffice("mfa.was", "ស្ថានទូតវ៉ាស៊ីនតោន", "Royal Embassy, Washington", "America/New_York", "WAS"),
    OpenOffice("mfa.sel", "ស្ថានទូតសេអ៊ូល", "Royal Embassy, Seoul", "Asia/Seoul", "SEL"),
    OpenOffice("moi.gdi", "អគ្គនាយកដ្ឋានអត្តសញ្ញាណកម្ម", "General Department of Identification"),
)
OFFICERS = {
    "dara": ("mfa.was", ("consular_officer", "card_officer")),
    "rotha": ("mfa.was", ("consular_officer",)),
    "seoul": ("mfa.sel", ("card_officer",)),
    "chanthou": ("mfa.consular", ("examiner", "order_signer")),
    "nimol": ("mfa.consular", ("order_signer",)),
    "vuthy": ("moi.gdi", ("identification_officer", "order_signer", "card_officer")),
    "kunthea": ("moi.gdi", ("approver", "order_signer", "card_officer")),
    "sokha": ("moi.gdi", ("identification_officer",)),
}


def settle() -> None:
    """Open the offices, appoint the cast, make the keys."""
    clerk = Context("setup", "moi.gdi", frozenset(), STARTED, STARTED.date(), new_id(STARTED))
    for office in OFFICES:
        accounts.open_office(office, ctx=clerk.for_command(new_id(STARTED)))
    for name, (code, roles) in OFFICERS.items():
        appointment = AppointOfficer(name, f"មន្ត្រី {name}", name.title(), code, roles, PASSWORD)
        accounts.appoint(appointment, ctx=clerk.for_command(new_id(STARTED)))
    credentials.create_keys(clerk)


def acting(name: str, days: int = 0) -> Context:
    """The context of a fresh command of this officer, some days after the start."""
    at = STARTED + timedelta(days=days)
    return accounts.context_for(name, at=at, trace=new_id(at))


def in_cambodia(days: int) -> date:
    """The civil date in Cambodia, some days after the start; in Washington it is still the day before."""
    return (STARTED + timedelta(days=days)).astimezone(ZoneInfo("Asia/Phnom_Penh")).date()


def portrait() -> bytes:
    """A drawn face, nobody's."""
    picture = Image.new("RGB", (600, 750), "#d8dee6")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((150, 120, 450, 520), fill="#b98a62")
    draw.pieslice((140, 90, 460, 420), 180, 360, fill="#1c1512")
    for left in (235, 335):
        draw.ellipse((left, 300, left + 35, 322), fill="#101010")
    draw.rectangle((90, 560, 510, 750), fill="#27406b")
    out = BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def admit(case_ref: str, name: PersonName = SOPHEA) -> UUID:
    """A person whom the case admitted to the list."""
    command = register.AdmitPerson(case_ref=case_ref, name=name, sex="F", birth=PartialDate(1960, 5, 3))
    return register.admit(command, acting("kunthea"))


def command(case_ref: str = "AAAA-BBBB-CCCC", **more: Any) -> cards.OrderCard:
    """The order of Sophea's card, with what a test wants to be different."""
    subject = more.pop("subject", None) or admit(case_ref)
    key = more.pop("portrait_key", None) or biometrics.keep(portrait(), acting("dara"))
    plain = cards.OrderCard(
        case_ref=case_ref, subject=subject, name=SOPHEA, sex="F", birth=PartialDate(1960, 5, 3), birthplace="",
        address="WAS", address_lines_km=("ស្ថានទូតកម្ពុជា", "រដ្ឋធានីវ៉ាស៊ីនតោន"), portrait_key=key,
        approved_by="kunthea", pickup_post="WAS", birthplace_km="ខេត្តកណ្ដាល",
    )  # fmt: skip
    return replace(plain, **more)


def ordered(case_ref: str = "AAAA-BBBB-CCCC", **more: Any) -> cards.CardFacts:
    """A card that was ordered."""
    return cards.order(command(case_ref, **more), ctx=acting("kunthea"))


def signed(card: cards.CardFacts, *names: str) -> cards.CardFacts:
    """The card with these officers' signatures on its order."""
    for name in names or ("chanthou", "vuthy"):
        card = cards.sign_order(cards.SignOrder(card.id), ctx=acting(name, 1))
    return card


def issued(card: cards.CardFacts) -> cards.CardFacts:
    """The card signed by both ministries and issued."""
    return cards.issue(cards.IssueCard(signed(card).id), ctx=acting("vuthy", 2))


def at_post(card: cards.CardFacts) -> cards.CardFacts:
    """The card issued, sent and counted in."""
    card = issued(card)
    cards.dispatch(cards.DispatchCard(card.id), ctx=acting("vuthy", 3))
    return cards.receive(cards.ReceiveCard(card.id), ctx=acting("dara", 10))


def handed_over(card: cards.CardFacts, days: int = 20) -> cards.CardFacts:
    """The card in its holder's hand."""
    given = cards.HandOverCard(at_post(card).id, "portrait", "holder")
    return cards.hand_over(given, ctx=acting("dara", days))


def expires(card: cards.CardFacts) -> date:
    """The last valid day of the card."""
    return card.plan.expires


def code_of(act: Callable[..., object], command: object, ctx: Context) -> str:
    """The code with which this act is refused."""
    with pytest.raises(Refusal) as caught:
        act(command, ctx=ctx)
    return caught.value.code
