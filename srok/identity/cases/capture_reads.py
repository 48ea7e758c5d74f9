"""Questions to the captures, scoped to the office of the asker."""

from uuid import UUID

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases import capture_store
from srok.identity.cases.capture_models import Capture
from srok.identity.cases.capture_terms import WAITING, CaptureFacts, CaptureWhole, PartFacts, Stage


def facts(row: Capture, ctx: Context) -> CaptureFacts:
    """The row as facts."""
    typed = set(row.hands.filter(typed=True).values_list("officer", flat=True))
    return CaptureFacts(
        id=row.id, reference=row.reference or "", state=Stage(row.state), version=row.version, office=row.office,
        captured_by=row.captured_by, approved_by=row.approved_by, started_at=row.started_at,
        changed_at=row.changed_at, mine=ctx.actor in typed, reasons=tuple(row.reasons), where=row.where,
        kit=row.kit, event=row.event,
    )  # fmt: skip


def capture(id_: UUID, ctx: Context) -> CaptureFacts:
    """Where a capture stands; raises `cases.unknown_capture`."""
    return facts(capture_store.load(id_, ctx), ctx)


def captures(ctx: Context) -> list[CaptureFacts]:
    """What waits at this office for somebody, oldest first: no name stands in it."""
    stages = sorted(state.value for state in WAITING)
    rows = capture_store.visible(ctx).filter(state__in=stages).defer("sealed").order_by("started_at", "id")
    return [facts(row, ctx) for row in rows]


def discarded(ctx: Context) -> list[CaptureFacts]:
    """What was given up and can still be taken up again, newest first."""
    rows = capture_store.visible(ctx).filter(state=Stage.DISCARDED.value).exclude(sealed=None)
    return [facts(row, ctx) for row in rows.order_by("-changed_at")[:50]]


def named(reference: str, ctx: Context) -> CaptureFacts:
    """The capture of this reference; raises `cases.unknown_capture`."""
    row = capture_store.visible(ctx).filter(reference=reference).first()
    if row is None:
        raise Refusal("cases.unknown_capture")
    return facts(row, ctx)


def whole(id_: UUID, ctx: Context) -> CaptureWhole:
    """Everything of a capture; raises `cases.unknown_capture`, `cases.words_destroyed`."""
    row = capture_store.load(id_, ctx)
    words = capture_store.words_of(row)
    return CaptureWhole(facts(row, ctx), words.cells, words.extra, words.prefill, parts(row, words.cells))


def parts(row: Capture, cells: object) -> tuple[PartFacts, ...]:
    """The pictures of a capture, without their bytes."""
    said = cells if isinstance(cells, dict) else {}
    found = []
    for one in row.parts.defer("sealed").order_by("name"):
        number = one.name.removeprefix("paper_")
        kind, seen = said.get(f"kind_{number}", ""), said.get(f"seen_{number}", "")
        found.append(PartFacts(one.name, kind, seen, one.mime, one.size))
    return tuple(found)


def picture(id_: UUID, name: str, ctx: Context) -> tuple[str, bytes]:
    """Media type and bytes of a picture of a capture; raises `cases.unknown_capture`, `cases.unknown_part`."""
    row = capture_store.load(id_, ctx)
    part = row.parts.filter(name=name).defer("sealed").first()
    data = capture_store.part_of(row, name) if part else None
    if part is None or data is None:
        raise Refusal("cases.unknown_part")
    return part.mime, data
