"""A commune desk, and people with cards from the whole chain: Sophea (in force), Rith (not yet handed over)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import AppointOfficer, OpenOffice
from srok.ground.kernel.context import Context
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.names import PersonName, canonical_name
from srok.identity.biometrics import public as biometrics
from srok.identity.cards import public as cards
from srok.identity.register import public as register
from srok.trust.credentials import public as credentials

STARTED = datetime(2025, 3, 3, 3, tzinfo=UTC)
AT_DESK = datetime(2025, 5, 12, 2, tzinfo=UTC)
PASSWORD = "only for tests"
COMMUNE, OTHER = "120101", "120102"
SOPHEA = canonical_name("សុខ", "សុភា", "SOK", "SOPHEA")
OFFICES = (
    OpenOffice("mfa.consular", "នាយកដ្ឋានកុងស៊ុល", "Consular Department"),
    OpenOffice("mfa.was", "ស្ថានទូតវ៉ាស៊ីនតោន", "Royal Embassy, Washington", "America/New_York", "WAS"),
    OpenOffice("moi.gdi", "អគ្គនាយកដ្ឋានអត្តសញ្ញាណកម្ម", "General Department of Identification"),
    OpenOffice(f"commune.{COMMUNE}", "តុឃុំ", "Commune desk"),
    OpenOffice(f"commune.{OTHER}", "តុឃុំផ្សេង", "Another commune's desk"),
)
OFFICERS = {
    "dara": ("mfa.was", ("consular_officer", "card_officer")),
    "chanthou": ("mfa.consular", ("order_signer",)),
    "vuthy": ("moi.gdi", ("order_signer", "card_officer")),
    "kunthea": ("moi.gdi", ("approver",)),
    "malis": (f"commune.{COMMUNE}", ("commune_clerk",)),
    "other": (f"commune.{OTHER}", ("commune_clerk",)),
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with a card: the subject, the card's id and its QR."""

    subject: UUID
    card_id: UUID
    qr_text: str


def settle() -> None:
    """Open the offices, appoint the cast, make the keys."""
    clerk = Context("setup", "moi.gdi", frozenset(), STARTED, STARTED.date(), new_id(STARTED))
    for office in OFFICES:
        accounts.open_office(office, ctx=clerk.for_command(new_id(STARTED)))
    for name, (code, roles) in OFFICERS.items():
        appointment = AppointOfficer(name, f"មន្ត្រី {name}", name.title(), code, roles, PASSWORD)
        accounts.appoint(appointment, ctx=clerk.for_command(new_id(STARTED)))
    credentials.create_keys(clerk)


def acting(name: str, at: datetime = AT_DESK) -> Context:
    """The context of a fresh command of this officer."""
    return accounts.context_for(name, at=at, trace=new_id(at))


def desk_on(day: date, name: str = "malis") -> Context:
    """The clerk at nine in the morning of a day in Cambodia."""
    return acting(name, datetime(day.year, day.month, day.day, 2, tzinfo=UTC))


def admit(case_ref: str, birth: str = "1960-05-03", name: PersonName = SOPHEA) -> UUID:
    """A person whom a case admitted to the list."""
    command = register.AdmitPerson(case_ref=case_ref, name=name, sex="F", birth=PartialDate.parse(birth))
    return register.admit(command, acting("kunthea", STARTED))


def issued(case_ref: str = "AAAA-BBBB-CCCC", birth: str = "1960-05-03", subject: UUID | None = None) -> Holder:
    """A card that lies at the post."""
    subject = subject or admit(case_ref, birth)
    key = biometrics.keep(_portrait(), acting("dara", STARTED))
    order = cards.OrderCard(
        case_ref=case_ref, subject=subject, name=SOPHEA, sex="F", birth=PartialDate.parse(birth), birthplace="",
        address="WAS", address_lines_km=("រដ្ឋធានីវ៉ាស៊ីនតោន",), portrait_key=key, approved_by="kunthea",
        pickup_post="WAS",
    )  # fmt: skip
    card = cards.order(order, ctx=acting("kunthea", STARTED))
    for name in ("chanthou", "vuthy"):
        cards.sign_order(cards.SignOrder(card.id), ctx=acting(name, STARTED))
    cards.issue(cards.IssueCard(card.id), ctx=acting("vuthy", STARTED))
    cards.dispatch(cards.DispatchCard(card.id), ctx=acting("vuthy", STARTED))
    card = cards.receive(cards.ReceiveCard(card.id), ctx=acting("dara", STARTED + timedelta(days=7)))
    return Holder(subject, card.id, card.qr_text)


def holder(case_ref: str = "AAAA-BBBB-CCCC", birth: str = "1960-05-03", subject: UUID | None = None) -> Holder:
    """Somebody whose card was handed over."""
    found = issued(case_ref, birth, subject)
    hand_over(found)
    return found


def hand_over(found: Holder) -> None:
    """The card goes into its holder's hand."""
    give = cards.HandOverCard(found.card_id, "portrait", "holder")
    cards.hand_over(give, ctx=acting("dara", STARTED + timedelta(days=14)))


def end(found: Holder) -> None:
    """The card is reported lost."""
    lost = cards.RevokeCard(found.card_id, cards.RevokeReason.LOST, reported=True)
    cards.revoke(lost, ctx=acting("dara", STARTED + timedelta(days=20)))


def _portrait() -> bytes:
    picture = Image.new("RGB", (600, 750), "#d8dee6")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((150, 120, 450, 520), fill="#b98a62")
    draw.pieslice((140, 90, 460, 420), 180, 360, fill="#1c1512")
    for left in (235, 335):
        draw.ellipse((left, 300, left + 35, 322), fill="#101010")
    out = BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()
