"""One row of `applications.csv`: text in, a command's values or every one of its errors out. Pure.

The columns are the format; docs/formats/intake.md describes them, `COLUMNS` decides.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from srok.ground.kernel.dates import age_range
from srok.ground.kernel.ids import read_reference
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases.cells import Cells, Note
from srok.identity.cases.claims import AddressClaim, Claim, Contact, RelativeClaim
from srok.identity.cases.terms import (
    AddressOption,
    Basis,
    NameOrder,
    PaperKind,
    PersonStatus,
    Relation,
    Seen,
    Sex,
)

NAME = ("family_km", "given_km", "family_latin", "given_latin")
COLUMNS: tuple[str, ...] = (
    "reference", "row_note", "lodged_on", *NAME, "name_order", "other_names", "sex", "birth_date", "birthplace",
    "birthplace_text", "basis", "status", "address_option", "address_code", "address_consent",
    *(f"father_{part}" for part in NAME), *(f"mother_{part}" for part in NAME), "relative_relation",
    *(f"relative_{part}" for part in NAME), "relative_birth_date", "previous_card", "papers", "portrait",
    "language", "channel", "email", "phone", "postal", "pickup_post", "may_contact", "signed_by",
)  # fmt: skip
OPTIONAL = frozenset({"row_note"})
LANGUAGES = ("km", "en", "fr")
CHANNELS = ("letter", "email", "sms")
SIGNED = ("signature", "mark")
MAY_CONTACT = frozenset({"none", "father", "mother", *(relation.value for relation in Relation)})
COMMUNE_DIGITS = 6
OLDEST = 120


@dataclass(frozen=True, slots=True)
class PaperCell:
    """One entry of the column `papers`: `kind:seen:file`; `file` empty where it was attested."""

    kind: PaperKind
    seen: Seen
    file: str


@dataclass(frozen=True, slots=True)
class Row:
    """What a good row says. File names are as written; nothing has been opened yet."""

    reference: str
    lodged_on: date
    claim: Claim
    contact: Contact
    portrait: str
    papers: tuple[PaperCell, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """What a row may refer to, handed in: gazetteer codes and posts abroad, and the post of the office."""

    exists: Callable[[str], bool]
    post_exists: Callable[[str], bool]
    own_post: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The row, or all of its errors; the notes of a mended row in either case."""

    row: Row | None
    errors: tuple[Refusal, ...] = ()
    notes: tuple[Note, ...] = field(default=())


def check_header(names: Sequence[str]) -> None:
    """Refuse a header with missing, extra or repeated columns, naming them (`cases.missing_columns`, ...)."""
    if len(names) == 1 and (";" in names[0] or "\t" in names[0]):
        raise Refusal("cases.wrong_separator")
    repeated = sorted({name for name in names if names.count(name) > 1})
    missing = [name for name in COLUMNS if name not in names and name not in OPTIONAL]
    extra = [name for name in names if name not in COLUMNS]
    for code, found in (("repeated", repeated), ("missing", missing), ("extra", extra)):
        if found:
            raise Refusal(f"cases.{code}_columns", row=1, columns=", ".join(found)[:600])


def parse(cells: Mapping[str, str], places: Places, *, today: date) -> Parsed:
    """Read one row. Never stops at the first error: a clerk mends a row once."""
    read = Cells(cells)
    reference = read.with_("reference", read_reference, required=True) or ""
    lodged_on = read.day("lodged_on")
    claim = _claim(read, places)
    contact = _contact(read, places)
    papers = tuple(cell for text in read.items("papers") if (cell := _paper(read, text)))
    portrait = read.required("portrait")
    if lodged_on and lodged_on > today:
        read.wrong("lodged_on", "cases.lodged_in_future")
    if lodged_on and claim:
        _check_ages(read, claim, lodged_on)
    notes = tuple(read.notes)
    if read.errors or claim is None or lodged_on is None:
        return Parsed(None, tuple(read.errors), notes)
    return Parsed(Row(reference, lodged_on, claim, contact, portrait, papers, notes), (), notes)


def _claim(read: Cells, places: Places) -> Claim | None:
    name = read.name("", required=True)
    birth = read.partial("birth_date", required=True)
    sex = read.choice("sex", Sex)
    order = read.choice("name_order", NameOrder, default=NameOrder.FAMILY_FIRST)
    basis = read.choice("basis", Basis, default=Basis.UNKNOWN)
    status = read.choice("status", PersonStatus, default=PersonStatus.NONE)
    may_contact = tuple(read.items("may_contact"))
    for who in may_contact:
        if who not in MAY_CONTACT:
            read.wrong("may_contact", "cases.unknown_choice", given=who[:40], allowed=", ".join(sorted(MAY_CONTACT)))
    parts = {
        "address": _address(read, places), "birthplace": _place(read, places, "birthplace"),
        "birthplace_text": read.text("birthplace_text"), "father": read.name("father_"),
        "mother": read.name("mother_"), "relative": _relative(read), "previous_card": read.text("previous_card"),
        "signed_by": read.one_of("signed_by", SIGNED), "note": read.text("row_note"),
    }  # fmt: skip
    if not (name and birth and sex and order and basis and status):
        return None
    others = read.other_names("other_names", name, given_first=order is NameOrder.GIVEN_FIRST)
    return Claim(
        name=name, sex=sex, birth=birth, basis=basis, name_order=order, status=status, other_names=others,
        may_contact=tuple(who for who in may_contact if who != "none"), **parts,  # type: ignore[arg-type]
    )  # fmt: skip


def _address(read: Cells, places: Places) -> AddressClaim:
    option = read.choice("address_option", AddressOption, default=AddressOption.POST) or AddressOption.POST
    consent = read.one_of("address_consent", ("yes", "no", ""))
    code = _place(read, places, "address_code")
    if code and len(code) < COMMUNE_DIGITS:
        read.wrong("address_code", "cases.address_too_coarse")
    return AddressClaim(option, code, {"yes": True, "no": False}.get(consent))


def _place(read: Cells, places: Places, name: str) -> str:
    code = read.digits(name)
    if len(code) % 2 and places.exists(f"0{code}"):
        # Spreadsheets drop the zero at the front of a code.
        read.notes.append(Note(name, "cases.leading_zero_restored"))
        return f"0{code}"
    if code and not places.exists(code):
        read.wrong(name, "cases.unknown_place", given=code[:12])
    return code


def _relative(read: Cells) -> RelativeClaim | None:
    relation = read.text("relative_relation")
    name = read.name("relative_")
    birth = read.partial("relative_birth_date")
    if not relation:
        if name is not None:
            read.wrong("relative_relation", "cases.required")
        return None
    kind = read.choice("relative_relation", Relation)
    if name is None:
        read.wrong("relative_given_latin", "cases.required")
    return RelativeClaim(kind, name, birth) if kind and name else None


def _contact(read: Cells, places: Places) -> Contact:
    channel = read.one_of("channel", CHANNELS)
    email, phone, postal = read.email("email"), read.phone("phone"), read.text("postal")
    needed = {"email": ("email", email), "sms": ("phone", phone)}.get(channel)
    if needed and not needed[1]:
        read.wrong(needed[0], "cases.required_for_channel", channel=channel)
    post = read.text("pickup_post").upper() or places.own_post
    if not post:
        read.wrong("pickup_post", "cases.required")
    elif not places.post_exists(post):
        read.wrong("pickup_post", "cases.unknown_post", post=post[:12])
    return Contact(read.one_of("language", LANGUAGES), channel, email, phone, postal, post)


def _paper(read: Cells, text: str) -> PaperCell | None:
    kind, _, rest = text.partition(":")
    seen, _, file = rest.partition(":")
    kind, seen, file = kind.strip(), seen.strip(), file.strip()
    if kind not in set(PaperKind):
        read.wrong("papers", "cases.unknown_paper", given=kind[:40])
        return None
    if seen not in set(Seen):
        read.wrong("papers", "cases.unknown_seen", given=seen[:40], allowed=", ".join(Seen))
        return None
    if not file and seen != Seen.ATTESTED:
        read.wrong("papers", "cases.paper_without_file", kind=kind)
        return None
    return PaperCell(PaperKind(kind), Seen(seen), file)


def _check_ages(read: Cells, claim: Claim, lodged_on: date) -> None:
    if claim.birth.earliest > lodged_on:
        read.wrong("birth_date", "cases.born_after_lodging")
    elif age_range(claim.birth, lodged_on)[0] > OLDEST:
        read.wrong("birth_date", "cases.born_too_long_ago")
