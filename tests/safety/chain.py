"""One application from the counter to the card in its holder's hand, each act with its context made beforehand."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from srok.ground.accounts import public as accounts
from srok.ground.accounts.models import Officer
from srok.ground.accounts.terms import AppointOfficer, OpenOffice
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id, new_reference
from srok.ground.kernel.names import PersonName, canonical_name
from srok.identity.biometrics.tests.pictures import coded, face
from srok.identity.cards import public as cards
from srok.identity.cases import public as cases
from srok.identity.cases.tests import world
from srok.identity.cases.tests.people import LODGED_ON, claim
from srok.trust.verification import public as verification
from srok.vote.roll import public as roll

PORTRAIT = coded(face())
SCAN = coded(face(400, 300), "PNG")
# A morning of the announced window, in Cambodia.
AT_DESK = datetime(2025, 5, 12, 2, tzinfo=UTC)
MOTHER = {"1000000001": "mother"}
Act = Callable[[], object]


def settle(home: Path) -> None:
    """The world of the cases, with the officers who make cards and hand them over."""
    world.settle(home)
    Officer.objects.filter(username="vuthy").update(roles=["identification_officer", "order_signer", "card_officer"])
    started = world.STARTED
    setup = Context("setup", "moi.gdi", frozenset(), started, started.date(), new_id(started))
    accounts.open_office(OpenOffice("commune.120102", "ឃុំផ្សេង", "Another commune"), ctx=setup)
    other = AppointOfficer("other", "មន្ត្រី", "Other", "commune.120102", ("commune_clerk",), world.PASSWORD)
    accounts.appoint(other, ctx=setup)
    Officer.objects.filter(username="dara").update(roles=["consular_officer", "card_officer"])


def somebody(ending: str) -> PersonName:
    """An applicant of this test alone."""
    return canonical_name("សុខ", "សុភា", "SOK", f"SOPHEA{ending}")


def lodging(name: PersonName, reference: str = "", **more: object) -> Act:
    """Dara lodges an application of this person."""
    paper = cases.ShownPaper(cases.PaperKind.BIRTH_CERTIFICATE, cases.Seen.ORIGINAL, SCAN)
    command = cases.LodgeApplication(
        reference or new_reference(), LODGED_ON, claim(name=name, **more), cases.Contact(pickup_post="WAS"),
        PORTRAIT, (paper,),
    )  # fmt: skip
    return partial(cases.lodge, command, ctx=world.acting("dara"))


def searching(reference: str) -> Act:
    """Chanthou asks for candidates."""
    return partial(cases.propose_candidates, cases.ProposeCandidates(reference), ctx=world.acting("chanthou", 1))


def bringing(reference: str) -> Act:
    """The applicant brings one more paper."""
    papers = (cases.ShownPaper(cases.PaperKind.BAPTISM, cases.Seen.ORIGINAL, SCAN),)
    return partial(cases.add_papers, cases.AddPapers(reference, papers), ctx=world.acting("dara", 1))


def withdrawing(reference: str) -> Act:
    """The applicant withdraws."""
    return partial(cases.withdraw, cases.WithdrawApplication(reference, asked=True), ctx=world.acting("dara", 1))


def examining(reference: str, who: str = "chanthou") -> Act:
    """An examiner of Foreign Affairs is in favour."""
    command = cases.ExamineApplication(reference, cases.Opinion.FAVOURABLE)
    return partial(cases.examine, command, ctx=world.acting(who, 2))


def deciding(reference: str, who: str = "vuthy") -> Act:
    """An officer of Interior decides for a card."""
    command = cases.DecideApplication(reference, cases.Outcome.APPROVE)
    return partial(cases.decide, command, ctx=world.acting(who, 3))


def approving(reference: str, who: str = "kunthea", *, agree: bool = True) -> Act:
    """An approver of Interior agrees, or sends the case back."""
    reasons = () if agree else (cases.BackReason.CANDIDATE_DOUBTED,)
    command = cases.ApproveDecision(reference, agree=agree, reasons=reasons)
    return partial(cases.approve, command, ctx=world.acting(who, 4))


def signing(card: UUID, who: str) -> Act:
    """An officer signs the order for their ministry."""
    return partial(cards.sign_order, cards.SignOrder(card), ctx=world.acting(who, 5))


def issuing(card: UUID) -> Act:
    """Interior makes the card."""
    return partial(cards.issue, cards.IssueCard(card), ctx=world.acting("vuthy", 6))


def dispatching(card: UUID) -> Act:
    """The card goes into the bag."""
    return partial(cards.dispatch, cards.DispatchCard(card), ctx=world.acting("vuthy", 6))


def receiving(card: UUID) -> Act:
    """The post counts the card in."""
    return partial(cards.receive, cards.ReceiveCard(card), ctx=world.acting("dara", 8))


def handing_over(card: UUID) -> Act:
    """The card goes into its holder's hand."""
    command = cards.HandOverCard(card, "portrait", "holder")
    return partial(cards.hand_over, command, ctx=world.acting("dara", 9))


def revoking(card: UUID, days: int = 9) -> Act:
    """The card is reported lost."""
    command = cards.RevokeCard(card, cards.RevokeReason.LOST, reported=True)
    return partial(cards.revoke, command, ctx=world.acting("vuthy", days))


def border(days: int = 10) -> Context:
    """A border officer's command."""
    ctx = world.acting("dara", days)
    return Context("border", "moi.border", frozenset({"border_officer"}), ctx.at, ctx.on, ctx.trace)


def asking(qr_text: str, ctx: Context) -> Act:
    """The border asks whether the card is in force."""
    return partial(verification.answer, verification.Ask("border", "entry", qr_text), ctx=ctx)


def clerk(name: str = "malis") -> Context:
    """A command of Malis (or another clerk) at her commune's desk."""
    return accounts.context_for(name, at=AT_DESK, trace=new_id(AT_DESK))


def enrolling(qr_text: str, ctx: Context, commune: str = "120101") -> Act:
    """The clerk enters the holder, who stands at the desk, on the voter list."""
    command = roll.RegisterVoter(qr_text, commune, roll.Channel.IN_PERSON, present=True)
    return partial(roll.register_voter, command, ctx=ctx)


def examined(name: PersonName) -> str:
    """An application whose examiner is in favour; its reference."""
    reference = new_reference()
    lodging(name, reference)()
    world.settle_as(reference, MOTHER)
    examining(reference)()
    return reference


def approved(name: PersonName) -> tuple[str, UUID]:
    """An application that was approved: its reference and the card ordered for it."""
    reference = examined(name)
    deciding(reference)()
    approving(reference)()
    return reference, cards.card_of_case(reference).id


def at_post(name: PersonName) -> UUID:
    """A card that lies at the post."""
    _, card = approved(name)
    for act in (signing(card, "chanthou"), signing(card, "vuthy"), issuing(card), dispatching(card), receiving(card)):
        act()
    return card


def in_hand(name: PersonName) -> UUID:
    """A card in its holder's hand."""
    card = at_post(name)
    handing_over(card)()
    return card
