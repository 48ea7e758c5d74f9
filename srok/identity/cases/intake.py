"""`intake`: a folder's good rows are lodged, each in its own transaction; every fault of the others is told.

The same folder again changes nothing; stopped in the middle, running again completes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from srok.ground.kernel.context import Context
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.names import PersonName
from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import public as biometrics
from srok.identity.cases import capturing, kit, rows, rules, store
from srok.identity.cases.addresses import places_of
from srok.identity.cases.cells import Note
from srok.identity.cases.commands import LodgeApplication, ShownPaper
from srok.identity.cases.content import content_of
from srok.identity.cases.folder import Folder, RawRow
from srok.identity.cases.lodging import lodge
from srok.identity.cases.models import Capture, Case
from srok.identity.cases.rows import Row
from srok.identity.cases.terms import Act

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """A row that is lodged: its number in the file (the header is row 1) and what identifies it there."""

    row: int
    reference: str
    name: PersonName
    birth: PartialDate


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was not lodged, with all of its errors; what could be read of the person, for the report."""

    row: int
    reference: str
    errors: tuple[Refusal, ...]
    name: PersonName | None = None
    birth: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its errors, each once, in the order found."""
        return tuple(dict.fromkeys(error.code for error in self.errors))


@dataclass(slots=True)
class IntakeReport:
    """What an intake did. `already` rows were lodged before with the same content; `stopped`: interrupted."""

    accepted: list[IntakeRow] = field(default_factory=list)
    already: list[IntakeRow] = field(default_factory=list)
    rejected_rows: list[RejectedRow] = field(default_factory=list)
    notes: list[tuple[int, Note]] = field(default_factory=list)
    unused_files: list[str] = field(default_factory=list)
    rows: int = 0
    stopped: bool = False


def intake(path: Path, *, ctx: Context, progress: Progress | None = None) -> IntakeReport:
    """Lodge a mission's folder for the office of `ctx`; `progress` is called with (rows done, rows).

    Raises, before anything is lodged, what makes the folder unreadable (`cases.no_folder`, `cases.missing_columns`,
    `cases.not_utf8`, ...) and `cases.not_your_desk`. A Ctrl-C ends it between two rows: `stopped` is true.
    """
    rules.check_desk(Act.LODGE, office=ctx.office, roles=ctx.roles)
    folder = Folder(path)
    found = folder.rows()
    report = IntakeReport(rows=len(found))
    work = _Intake(folder, ctx, report)
    try:
        for done, raw in enumerate(found, start=1):
            work.take(raw)
            if progress is not None:
                progress(done, len(found))
    except KeyboardInterrupt:
        report.stopped = True
    else:
        report.unused_files = folder.unused()
    return report


class _Intake:
    """One run: what the rows before have claimed already, and the report being written."""

    def __init__(self, folder: Folder, ctx: Context, report: IntakeReport) -> None:
        self.folder, self.ctx, self.report = folder, ctx, report
        self.references: dict[str, int] = {}
        self.people: dict[str, int] = {}
        self.places = places_of(ctx)

    def take(self, raw: RawRow) -> None:
        """Lodge one row, or note every reason why not."""
        if raw.problem is not None:
            self._reject(raw, [raw.problem])
            return
        parsed = rows.parse(raw.cells, self.places, today=self.ctx.on)
        errors = list(parsed.errors)
        portrait = self._portrait(raw.number, raw.cells.get("portrait", "").strip(), errors)
        if parsed.row is None:
            self._reject(raw, errors)
            return
        self.report.notes += [(raw.number, note) for note in parsed.notes]
        papers = self._papers(parsed.row, errors)
        self._check_twice(raw, parsed.row, errors)
        if errors:
            self._reject(raw, errors, parsed.row)
        else:
            self._lodge(raw, parsed.row, portrait, papers)

    def _lodge(self, raw: RawRow, row: Row, portrait: bytes, papers: tuple[ShownPaper, ...]) -> None:
        command = LodgeApplication(
            reference=row.reference, lodged_on=row.lodged_on, claim=row.claim, contact=row.contact,
            portrait=portrait, papers=papers,
        )  # fmt: skip
        command = replace(command, content=content_of(command))
        known = IntakeRow(raw.number, row.reference, row.claim.name, row.claim.birth)
        if self._stands(command):
            self.report.already.append(known)
            return
        try:
            if kit.is_kit():
                capturing.capture_from_folder(command, raw.cells, ctx=self.ctx.for_command(new_id(self.ctx.at)))
            else:
                lodge(command, ctx=self.ctx)
        except Refusal as refusal:
            if self._stands(command):  # another run of the same folder was quicker
                self.report.already.append(known)
            else:
                self._reject(raw, [refusal], row)
        else:
            self.report.accepted.append(known)

    def _stands(self, command: LodgeApplication) -> bool:
        """Whether this office has lodged this very application (or, in a kit, captured it)."""
        if kit.is_kit():
            known = Capture.objects.filter(reference=command.reference, content=command.content, office=self.ctx.office)
            return known.exists()
        lodged = Case.objects.filter(reference=command.reference, content=command.content, office=self.ctx.office)
        return lodged.exists()

    def _check_twice(self, raw: RawRow, row: Row, errors: list[Refusal]) -> None:
        """Within one folder the first row of a reference, and of a person, is the one that counts."""
        key = store.person_key(row.claim)
        first = self.references.setdefault(row.reference, raw.number)
        if first != raw.number:
            errors.append(Refusal("cases.reference_repeated", field="reference", first=first))
        first = self.people.setdefault(key, raw.number)
        if first != raw.number:
            errors.append(Refusal("cases.same_person_twice", field="given_latin", first=first))

    def _portrait(self, row: int, name: str, errors: list[Refusal]) -> bytes:
        if not name:
            return b""
        try:
            data = self.folder.read(name, "portrait")
        except Refusal as refusal:
            errors.append(refusal)
            return b""
        verdict = biometrics.quality(data)
        self.report.notes += [(row, Note("portrait", code)) for code in verdict.face]
        errors += [Refusal(code, field="portrait", name=name[:80]) for code in verdict.hard]
        return data

    def _papers(self, row: Row, errors: list[Refusal]) -> tuple[ShownPaper, ...]:
        shown = []
        for cell in row.papers:
            try:
                data = self.folder.read(cell.file, "papers") if cell.file else None
            except Refusal as refusal:
                errors.append(refusal)
                continue
            problem = biometrics.readable(data) if data is not None else None
            if problem:
                errors.append(Refusal(problem, field="papers", name=cell.file[:80]))
            shown.append(ShownPaper(cell.kind, cell.seen, data))
        return tuple(shown)

    def _reject(self, raw: RawRow, errors: list[Refusal], row: Row | None = None) -> None:
        placed = tuple(error.at(row=raw.number) for error in errors)
        cells = raw.cells
        name = row.claim.name if row else _name_as_typed(cells)
        birth = row.claim.birth.iso() if row else cells.get("birth_date", "").strip()[:20]
        reference = row.reference if row else cells.get("reference", "").strip()[:20]
        self.report.rejected_rows.append(RejectedRow(raw.number, reference, placed, name, birth))


def _name_as_typed(cells: dict[str, str]) -> PersonName | None:
    parts = [cells.get(column, "").strip()[:60] for column in rows.NAME]
    return PersonName(*parts) if any(parts) else None
