"""Acts of the roll: entering a voter; an attempt that was refused leaves a fact with its code and no identity."""

from django.db import IntegrityError, transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id, new_reference
from srok.ground.kernel.refusal import Refusal, Stale
from srok.vote.roll import checks, reads, rules
from srok.vote.roll.models import VoterRow
from srok.vote.roll.terms import CardRead, RegisterVoter, RollReceipt, RowAct


def register_voter(command: RegisterVoter, *, ctx: Context) -> RollReceipt:
    """Enter the holder of this card on the list of the clerk's commune; the receipt says what was stored.

    Raises `roll.not_in_person`, `roll.other_commune_desk`, `roll.window_closed`, `roll.window_not_announced`,
    `roll.unreadable_card`, `roll.card_not_valid`, `roll.already_listed`, `roll.under_age`. A refusal is kept as a
    fact with its code, the channel and the commune, and nothing about the person; sent again it is judged again
    and kept once.
    """
    if reads.row_entered_by(ctx.trace) is not None:
        raise Refusal("journal.replayed")
    try:
        return _enter(command, ctx=ctx)
    except Refusal as refusal:
        if reads.row_entered_by(ctx.trace) is not None:
            # The same form at the same moment was faster.
            raise Refusal("journal.replayed") from refusal
        if refusal.code.startswith("roll.") and not journal.seen(ctx.trace):
            _keep_refusal(command, refusal, ctx=ctx)
        raise


@transaction.atomic
def _enter(command: RegisterVoter, *, ctx: Context) -> RollReceipt:
    found = checks.eligible(command, ctx)
    state = rules.next_state(None, RowAct.ENTER)
    row_id = new_id(ctx.at)
    leaf = journal.Leaf(
        log="register", type="row.add", label="voter row", public={"commune": command.commune},
        row={
            "row": str(row_id), "handle": str(found.handle), "commune": command.commune, "state": str(state),
            "year": found.window.year, "on": ctx.on.isoformat(),
        },
    )  # fmt: skip
    facts: journal.Facts = {
        "commune": command.commune, "channel": command.channel, "card_read": str(CardRead.SIGNED_QR),
        "year": found.window.year, "residence": "declared",
    }  # fmt: skip
    fact = journal.record(ctx, "roll.row_entered", str(row_id), facts, leaf=leaf)
    row = VoterRow(
        id=row_id, reference=new_reference(), handle=found.handle, commune=command.commune, state=state,
        list_year=found.window.year, channel=command.channel, card_read=CardRead.SIGNED_QR,
        residence_declared=True, actor=ctx.actor, entered_at=ctx.at, entered_on=ctx.on, fact=fact,
        trace=ctx.trace,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        # Two desks at once: the constraint keeps one place per person in the nation.
        raise _lost_to(found) from error
    return reads.receipt(row_id, ctx)


def _lost_to(found: checks.Eligible) -> Refusal:
    """Why the row could not be entered: another desk was faster, and its commune is named."""
    listed = reads.listing(found.handle)
    if listed is None:
        return Stale()
    return Refusal("roll.already_listed", commune=listed.commune, on=listed.entered_on.isoformat())


@transaction.atomic
def _keep_refusal(command: RegisterVoter, refusal: Refusal, *, ctx: Context) -> None:
    facts = {"code": refusal.code, "channel": command.channel[:20], "commune": command.commune[:6]}
    journal.record(ctx, "roll.registration_refused", ctx.office, facts)
