"""Questions about the roll. Nothing here is ever asked by the identity wing."""

from datetime import date
from uuid import UUID

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.ground.law import public as law
from srok.vote.roll.models import VoterRow
from srok.vote.roll.terms import RollReceipt, RowFacts, RowState, Window, WindowState


def window(on: date) -> Window:
    """Where this day stands in that year's registration window, by the law of that day."""
    in_force = law.as_of(on)
    if not in_force.has("roll.windows"):
        return Window(WindowState.NOT_ANNOUNCED, on.year)
    answer = law.roll_window(in_force, on)
    following = answer.next.from_ if answer.next else None
    state = WindowState(answer.state.value)
    known = answer.window
    if known is None:
        return Window(state, on.year, next_from=following)
    return Window(
        state, known.year, from_=known.from_, last=known.last, reference=known.reference_date,
        posted=known.posted, final=known.final, next_from=following,
    )  # fmt: skip


def listing(handle: UUID) -> RowFacts | None:
    """The living row of this person anywhere in the nation, or None."""
    row = VoterRow.objects.filter(handle=handle, state=RowState.ENTERED).first()
    return _facts(row) if row else None


def row(row_id: UUID, ctx: Context) -> RowFacts:
    """A row of the clerk's own commune; raises `roll.unknown_row` for any other."""
    found = VoterRow.objects.filter(pk=row_id, commune=commune_of(ctx)).first()
    if found is None:
        raise Refusal("roll.unknown_row")
    return _facts(found)


def receipt(row_id: UUID, ctx: Context) -> RollReceipt:
    """The receipt of a row: what was stored, and by when its leaf must stand in the public log."""
    found = row(row_id, ctx)
    announced = window(found.entered_on)
    promise = journal.promise(found.fact, posted=announced.posted)
    return RollReceipt(
        row_id=found.id, reference=found.reference, commune=found.commune, state=found.state,
        list_year=found.list_year, entered_on=found.entered_on, commitment=promise.commitment,
        log_latest_on=promise.latest_on, posted=announced.posted, final=announced.final,
    )  # fmt: skip


def row_entered_by(trace: UUID) -> UUID | None:
    """The row that this command entered, if it did: a form sent twice leads to the same receipt."""
    return VoterRow.objects.filter(trace=trace).values_list("id", flat=True).first()


def entered_today(ctx: Context) -> list[RowFacts]:
    """Today's entries of the clerk's commune, newest first; references only."""
    rows = VoterRow.objects.filter(commune=commune_of(ctx), entered_on=ctx.on).order_by("-entered_at", "-id")
    return [_facts(found) for found in rows[:100]]


def count_entered_today(ctx: Context) -> int:
    """How many people were entered today in the clerk's commune."""
    return VoterRow.objects.filter(commune=commune_of(ctx), entered_on=ctx.on).count()


def commune_of(ctx: Context) -> str:
    """The commune of the clerk's desk, or empty for any other office."""
    kind, _, code = ctx.office.partition(".")
    return code if kind == "commune" else ""


def _facts(found: VoterRow) -> RowFacts:
    return RowFacts(
        id=found.id, reference=found.reference, handle=found.handle, commune=found.commune,
        state=RowState(found.state), version=found.version, list_year=found.list_year,
        entered_on=found.entered_on, fact=found.fact,
    )  # fmt: skip
