"""Acts of the officer at the counter: keep a half-filled form, fill it, correct it, read it back to the applicant."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import public as biometrics
from srok.identity.cases import capture_reads, capture_rules, capture_store, filled, kit
from srok.identity.cases.capture_commands import CaptureApplication, KeepDraft, ReadBack
from srok.identity.cases.capture_models import Capture
from srok.identity.cases.capture_rules import CaptureDoing, CaptureStanding
from srok.identity.cases.capture_store import Words
from srok.identity.cases.capture_terms import PORTRAIT, AsIs, CaptureAct, CaptureFacts, Confirmed, Stage, Where
from srok.identity.cases.commands import LodgeApplication
from srok.identity.cases.models import Case


@transaction.atomic
def keep_draft(command: KeepDraft, *, ctx: Context) -> CaptureFacts:
    """Keep a half-filled form, sealed, so that a power cut loses at most the field being typed.

    The first time is a journal fact (`cases.capture_started`); what is kept again replaces what was kept before and
    is none: nothing has been said yet that anybody decides on. Raises `cases.capture_not_so` once it is filled, what
    `parcels` says where no new capture may be taken, the code of a picture that cannot be opened.
    """
    row = Capture.objects.filter(pk=command.capture).first()
    if row is None:
        row = _begin(command.capture, ctx)
        journal.record(ctx, "cases.capture_started", str(row.id), {"version": row.version})
    else:
        row = capture_store.load(command.capture, ctx)
        if Stage(row.state) is not Stage.STARTED:
            state = f"cases.stage_of_{row.state}"
            raise Refusal("cases.capture_not_so", state=state, act="cases.capture_start")
        capture_store.put_hand(row, CaptureAct.START, ctx)
    capture_store.keep_files(row, command.files)
    words = Words(command.cells, command.prefill or _prefill(row))
    sealed = capture_store.seal_words(row, words)
    Capture.objects.filter(pk=row.pk).update(sealed=sealed, changed_at=ctx.at)
    row.refresh_from_db()
    return capture_reads.facts(row, ctx)


@transaction.atomic
def capture(command: CaptureApplication, *, ctx: Context) -> CaptureFacts:
    """A form is filled: everything of it holds, it has its reference, and waits to be read back.

    Raises the first fault with its field (`filled.read`), `cases.reference_taken`, `cases.not_your_desk`, what
    `parcels` says where no new capture may be taken; nothing is left behind then but the draft that was kept before.
    """
    if Capture.objects.filter(pk=command.capture).exists():
        row = capture_store.load(command.capture, ctx)
    else:
        row = _begin(command.capture, ctx)
    reference = row.reference or _reference(command.cells.get("reference", ""), ctx)
    capture_store.take(row, CaptureAct.CAPTURE, ctx, seen=command.seen, reference=reference)
    _fill(row, command, ctx)
    _note(row, "cases.application_captured", ctx)
    return capture_reads.facts(row, ctx)


@transaction.atomic
def correct(command: CaptureApplication, *, ctx: Context) -> CaptureFacts:
    """Correct what was captured; it has to be read back again. The receipt's reference stays."""
    row = capture_store.load(command.capture, ctx)
    capture_store.take(row, CaptureAct.CORRECT, ctx, seen=command.seen, confirmed="", read_back_by="", reasons=[])
    _fill(row, command, ctx)
    _note(row, "cases.capture_corrected", ctx)
    return capture_reads.facts(row, ctx)


@transaction.atomic
def read_back(command: ReadBack, *, ctx: Context) -> CaptureFacts:
    """Everything was said back in the applicant's language and confirmed: now a second officer looks.

    Raises `cases.two_witnesses_needed` (a mark stands with two signatures), `cases.guardian_needed`.
    """
    row = capture_store.load(command.capture, ctx)
    if not command.on_paper:
        capture_rules.check_confirmation(command.how, command.witnesses, command.guardian)
    words = capture_store.words_of(row)
    extra = dict(words.extra) | {
        "witnesses": [one.strip()[:120] for one in command.witnesses if one.strip()],
        "guardian": command.guardian.strip()[:240],
    }  # fmt: skip
    sealed = capture_store.seal_words(row, Words(words.cells, words.prefill, extra))
    capture_store.take(
        row, CaptureAct.READ_BACK, ctx, seen=command.seen, confirmed=command.how.value, read_back_by=ctx.actor,
        sealed=sealed,
    )  # fmt: skip
    _note(row, "cases.capture_read_back", ctx, how=command.how.value)
    return capture_reads.facts(row, ctx)


@transaction.atomic
def capture_from_folder(command: LodgeApplication, cells: Mapping[str, str], *, ctx: Context) -> CaptureFacts:
    """In a kit a folder's row becomes a capture that waits for a second officer; it was confirmed on the paper form.

    `cells` are those of the row. Raises what `capture` and `read_back` raise.
    """
    files = {PORTRAIT: command.portrait}
    files |= {f"paper_{n}": one.data for n, one in enumerate(command.papers) if one.data is not None}
    typed = {name: text for name, text in cells.items() if name not in ("papers", PORTRAIT, "signed_by")}
    for number, one in enumerate(command.papers):
        typed |= {f"kind_{number}": one.kind.value, f"seen_{number}": one.seen.value}
    if biometrics.quality(command.portrait).face:
        typed["as_is"] = AsIs.PLACE.value  # a folder's faults of the face are told as notes; the second officer looks
    taken = capture(CaptureApplication(new_id(ctx.at), typed, files), ctx=ctx)
    Capture.objects.filter(pk=taken.id).update(content=command.content)
    # A mark on the paper form stands there with its two signatures; the second officer looks at the form.
    on_paper = Confirmed.MARK if command.claim.signed_by == "mark" else Confirmed.SIGNATURE
    return read_back(ReadBack(taken.id, on_paper, on_paper=True), ctx=ctx)


def _begin(capture: UUID, ctx: Context) -> Capture:
    """The row of a new capture, where new captures may be taken; its state follows from the table."""
    kit.check_capture(ctx)
    doing = CaptureDoing(CaptureAct.START, ctx.actor, ctx.office, ctx.roles)
    then = capture_rules.step(CaptureStanding(), doing)
    assert then.state is not None
    row = Capture(
        id=capture, state=then.state.value, office=ctx.office, started_at=ctx.at, changed_at=ctx.at, on=ctx.on,
        captured_by=ctx.actor,
    )  # fmt: skip
    row.save(force_insert=True)
    capture_store.put_hand(row, CaptureAct.START, ctx)
    return row


def _reference(given: str, ctx: Context) -> str:
    """The reference of a capture, given once; raises `cases.reference_taken`, `kernel.bad_reference`."""
    reference = kit.reference_for(given, ctx)
    if Capture.objects.filter(reference=reference).exists() or Case.objects.filter(reference=reference).exists():
        raise Refusal("cases.reference_taken", field="reference")
    return reference


def _fill(row: Capture, command: CaptureApplication, ctx: Context) -> None:
    """Seal what was typed and shown, and read it whole: what could not be lodged is no capture."""
    kept = capture_store.words_of(row) if row.sealed is not None else Words()
    capture_store.keep_files(row, command.files)
    words = Words(command.cells, command.prefill or kept.prefill, kept.extra)
    where = command.cells.get("where") or Where.POST.value
    Capture.objects.filter(pk=row.pk).update(
        sealed=capture_store.seal_words(row, words), where=where, ticket=command.cells.get("ticket", "")[:64]
    )
    row.refresh_from_db()
    filled.read(row, ctx)


def _prefill(row: Capture) -> Mapping[str, str]:
    return capture_store.words_of(row).prefill if row.sealed is not None else {}


def _note(row: Capture, kind: str, ctx: Context, **more: str) -> None:
    facts: journal.Facts = {"capture": str(row.id), "version": row.version, "where": row.where, **more}
    journal.record(ctx, kind, row.reference or str(row.id), facts)
