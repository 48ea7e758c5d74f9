"""A filled form of the counter as the values of an application: the same words and rules as a row of a folder."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import public as biometrics
from srok.identity.cases import capture_store, rows
from srok.identity.cases.addresses import places_of
from srok.identity.cases.capture_models import Capture
from srok.identity.cases.capture_terms import PORTRAIT, AsIs, Taken, Waiver, Where
from srok.identity.cases.commands import LodgeApplication, ShownPaper
from srok.identity.cases.rows import Row
from srok.identity.cases.terms import PaperKind, Seen

PAPERS = 12


@dataclass(frozen=True, slots=True)
class Filled:
    """Everything of a capture, read: the row, the pictures, and how it was taken."""

    row: Row
    portrait: bytes
    papers: tuple[ShownPaper, ...]
    taken: Taken

    def command(self, reference: str) -> LodgeApplication:
        """The application under this reference."""
        return LodgeApplication(
            reference, self.row.lodged_on, self.row.claim, self.row.contact, self.portrait, self.papers,
            taken=self.taken,
        )  # fmt: skip


def cells_for(cells: Mapping[str, str], reference: str) -> dict[str, str]:
    """The cells of a folder's row out of the cells of a form."""
    found = {name: cells.get(name, "") for name in rows.COLUMNS}
    # How it is signed is said when it was read back; until then a row has to have one of the words.
    return found | {"reference": reference, "papers": "", "portrait": "portrait", "signed_by": "signature"}


def read(capture: Capture, ctx: Context) -> Filled:
    """Read a whole capture again, so that nothing is approved that a folder's row would be refused for.

    Raises the first fault with its field: what `rows.parse` says, `cases.required` without a portrait,
    `cases.portrait_needs_reason`, `cases.paper_without_file`.
    """
    words = capture_store.words_of(capture)
    parsed = rows.parse(cells_for(words.cells, capture.reference or ""), places_of(ctx), today=ctx.on)
    if parsed.row is None:
        raise parsed.errors[0]
    portrait = capture_store.part_of(capture, PORTRAIT)
    if portrait is None:
        raise Refusal("cases.required", field=PORTRAIT)
    problems = check_portrait(portrait, words.cells.get("as_is", ""))
    taken = _taken(capture, words.cells, words.extra, problems)
    row = parsed.row
    if taken.confirmed:
        row = replace(row, claim=replace(row.claim, signed_by=taken.confirmed))
    return Filled(row, portrait, _papers(capture, words.cells), taken)


def check_portrait(portrait: bytes, as_is: str) -> tuple[str, ...]:
    """The faults of the face that are accepted with a reason; raises the first one that is not."""
    verdict = biometrics.quality(portrait)
    if verdict.hard:
        raise Refusal(verdict.hard[0], field=PORTRAIT)
    if verdict.face and as_is not in set(AsIs):
        raise Refusal(verdict.face[0], field=PORTRAIT)
    return verdict.face


def _papers(capture: Capture, cells: Mapping[str, str]) -> tuple[ShownPaper, ...]:
    shown = []
    for number in range(PAPERS):
        kind, seen = cells.get(f"kind_{number}", ""), cells.get(f"seen_{number}", "")
        if not kind:
            continue
        data = capture_store.part_of(capture, f"paper_{number}")
        if data is None and seen != Seen.ATTESTED:
            raise Refusal("cases.paper_without_file", field=f"file_{number}", kind=kind)
        shown.append(ShownPaper(PaperKind(kind), Seen(seen), data))
    return tuple(shown)


def _taken(capture: Capture, cells: Mapping[str, str], extra: Mapping[str, Any], problems: tuple[str, ...]) -> Taken:
    waiver = cells.get("finger_waiver", "")
    return Taken(
        captured_by=capture.captured_by, approved_by=capture.approved_by, captured_on=capture.on,
        confirmed=capture.confirmed, where=cells.get("where") or Where.POST.value, place=cells.get("place", ""),
        statement=str(extra.get("statement", "")), witnesses=tuple(extra.get("witnesses", ())),
        guardian=str(extra.get("guardian", "")), fingers=dict(extra.get("fingers", {})),
        finger_waiver=waiver if waiver in set(Waiver) else "",
        as_is=(cells["as_is"],) if problems else (), problems=problems, ticket=capture.ticket,
    )  # fmt: skip
