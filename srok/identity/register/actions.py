"""Acts of the register: import a list, admit a person, link an applicant to a person on the list."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.journal.terms import Leaf
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.names import PersonName
from srok.ground.kernel.refusal import Refusal
from srok.identity.register import reading, reads, rules, staging, store, swap
from srok.identity.register.models import ImportRun, Person, PersonVersion, StagedRow
from srok.identity.register.staging import Staged
from srok.identity.register.terms import (
    AdmitPerson,
    AliasSource,
    ImportReport,
    LinkApplicant,
    Progress,
    SubjectId,
)


def import_file(
    path: Path, ctx: Context, progress: Progress | None = None, *, allow_many_changes: bool = False
) -> ImportReport:
    """Import a resident list: rows are staged in chunks, then everything is swapped in by one transaction.

    Good rows are taken, bad ones listed with row, column and code. The file that was imported last changes nothing,
    and neither does a row that says what it said before; a changed row makes a new version. Nobody leaves the list
    because a file does not name them. Raises `register.not_your_list` for anyone but Interior's identification
    officers and services; what `reading.inspect_list` raises; `register.too_many_changes` (R8)
    unless `allow_many_changes`; `verification.card_of_another`. After any refusal nothing is changed.
    """
    rules.check_importer(ctx.office, ctx.roles)
    source = reading.inspect_list(path)
    known = reads.last_import(source.sha256)
    if known is not None:
        return known
    run = new_id(ctx.at)
    try:
        staged = staging.stage(source, run, ctx.on, progress)
        return _swap(run, source.sha256, staged, ctx, progress, allow_many_changes)
    finally:
        staging.clear(run, ctx.at)


@transaction.atomic
def _swap(
    run: UUID, sha256: str, staged: Staged, ctx: Context, progress: Progress | None, allowed: bool
) -> ImportReport:
    acts = staging.decide_acts(run)
    if sum(acts.values()) != staged.taken:
        raise Refusal("register.disturbed")
    rules.check_changes(reads.size(), acts["change"], allowed=allowed)
    swap.swap_in(run, ctx.on, ctx.at)
    try:
        cards = store.book_import(run, progress)
    except Refusal as refusal:
        raise refusal.at(row=_row_of(run, refusal), field="card_number") from refusal
    swap.note_cards(run)
    row = ImportRun(
        run=run, sha256=sha256, done_at=ctx.at, actor=ctx.actor, added=acts["add"], changed=acts["change"],
        unchanged=acts["keep"], cards=cards, rejected=[[one.row, one.field, one.code] for one in staged.rejected],
        rows=staged.read,
    )  # fmt: skip
    row.save(force_insert=True)
    counts = {"added": row.added, "changed": row.changed, "unchanged": row.unchanged, "rejected": len(staged.rejected)}
    facts: journal.Facts = {"sha256": sha256, "cards": cards, **counts}
    leaf = Leaf("register", "person.import", "register.import", {"sha256": sha256, **counts},
                public={"n": row.added + row.changed})  # fmt: skip
    journal.record(ctx, "register.imported", str(run), facts, leaf=leaf)
    return reads.report_of(row)


@transaction.atomic
def admit(command: AdmitPerson, ctx: Context) -> SubjectId:
    """Enter a person who is not on the list, under a number of this service, and write the answer book.

    Raises `register.already_admitted` when this case has admitted somebody, `register.unknown_person` for a
    parent who is not on the list.
    """
    if Person.objects.filter(case_ref=command.case_ref).exists():
        raise Refusal("register.already_admitted", case=command.case_ref)
    person = store.new_person(command.case_ref)
    version = PersonVersion(
        person=person, version=1, valid_from=ctx.on, recorded_at=ctx.at, sex=command.sex,
        birth=command.birth.iso(), birthplace=command.birthplace, address_of_record=command.address_of_record,
        abroad_post=command.abroad_post, father_no=_number(command.father_subject),
        mother_no=_number(command.mother_subject), **_columns("", command.name),
        **_columns("father_", command.father), **_columns("mother_", command.mother),
    )  # fmt: skip
    version.save(force_insert=True)
    subject = SubjectId(person.subject)
    for alias in command.aliases:
        store.add_alias(subject, alias, AliasSource.APPLICATION, ctx.on)
    store.book(version)
    facts: journal.Facts = {"case": command.case_ref, "version": 1}
    journal.record(ctx, "register.person_admitted", str(subject), facts, leaf=_leaf(version, "person.add"))
    return subject


@transaction.atomic
def link(command: LinkApplicant, ctx: Context) -> SubjectId:
    """An applicant is this person on the list: keep the other name as an alias and the address in a new version.

    The list's own name and residence stay (who migrated is not removed from the residence book). Raises
    `register.unknown_person`, `register.not_alive`, and `Stale` when somebody changed the person meanwhile.
    """
    known = reads.person(command.subject)
    if not known.alive:
        raise Refusal("register.not_alive")
    if command.alias is not None and command.alias != known.name:
        store.add_alias(command.subject, command.alias, command.source, ctx.on)
    version = store.next_version(
        command.subject,
        {"address_of_record": command.address_of_record, "abroad_post": command.abroad_post}, ctx,
    )  # fmt: skip
    store.book(version)
    facts: journal.Facts = {"case": command.case_ref, "version": version.version}
    leaf = _leaf(version, "person.correct")
    journal.record(ctx, "register.person_linked", str(command.subject), facts, leaf=leaf)
    return command.subject


def _leaf(version: PersonVersion, type_: str) -> Leaf:
    known = reads.person(version.person_id)
    row = rules.leaf_row(
        known.name, known.birth, subject=str(known.subject), version=version.version,
        address=version.address_of_record or version.abroad_post,
    )  # fmt: skip
    return Leaf("register", type_, "register.person", row, version=version.version)


def _number(subject: SubjectId | None) -> str:
    return reads.person(subject).register_no if subject else ""


def _columns(prefix: str, name: PersonName | None) -> dict[str, str]:
    parts = ("family_km", "given_km", "family_latin", "given_latin")
    return {f"{prefix}{part}": getattr(name, part) if name else "" for part in parts}


def _row_of(run: UUID, refusal: Refusal) -> int | None:
    number = str(refusal.facts.get("number", ""))
    return StagedRow.objects.filter(run=run, card_number=number).values_list("row", flat=True).first()
