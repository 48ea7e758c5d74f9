"""What a row of a resident list must be, and how much of the list one import may change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from unicodedata import category

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName, canonical_khmer, canonical_latin
from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.text import to_arabic_digits
from srok.identity.register.terms import (
    CARD_COLUMNS,
    COLUMNS,
    FATHER_COLUMNS,
    MAX_CHANGED_PER_MILLE,
    MOTHER_COLUMNS,
    NAME_COLUMNS,
    SYNTHETIC_PREFIX,
    Sex,
)

FIRST_BIRTH_YEAR = 1890
OWNER, IMPORTER = "moi.gdi", "identification_officer"
KNOWN_PLACE = Callable[[str], bool]
Problem = tuple[str, str]  # (field, code)
# Different names for different things the register keeps: these columns are a person, the rest is their card.
PERSON_COLUMNS = tuple(column for column in COLUMNS if column not in CARD_COLUMNS)
_SEXES = {"F": Sex.FEMALE, "ស្រី": Sex.FEMALE, "M": Sex.MALE, "ប្រុស": Sex.MALE, "X": Sex.UNKNOWN}


@dataclass(slots=True)
class ReadRow:
    """One row as it will be stored: canonical values by column; `problems` empty when it can be taken."""

    values: dict[str, str]
    as_written: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    card_issued: date | None = None
    card_expires: date | None = None
    synthetic: bool = False

    @property
    def row_hash(self) -> str:
        """Equal for rows that say the same of a person."""
        return _hash(self.values[column] for column in PERSON_COLUMNS)

    @property
    def card_hash(self) -> str:
        """Equal for rows that say the same of a card; empty without one."""
        return _hash(self.values[column] for column in CARD_COLUMNS) if self.values["card_number"] else ""


def read_row(cells: Mapping[str, str], *, on: date, known_place: KNOWN_PLACE) -> ReadRow:
    """The row as it will be stored, with every problem found in it, field by field; never raises."""
    row = ReadRow({column: cells.get(column, "").strip() for column in COLUMNS})
    row.synthetic = cells.get("synthetic", "").strip().lower() == "yes"
    _read_numbers(row)
    for columns in (NAME_COLUMNS, FATHER_COLUMNS, MOTHER_COLUMNS):
        for column in columns:
            _read_name(row, column)
    _check_name(row)
    _read_sex(row)
    _read_dates(row, on)
    for column in ("birthplace", "residence"):
        _read_place(row, column, known_place)
    _read_free(row, "household", 40)
    _read_card(row, on)
    return row


def check_importer(office: str, roles: Collection[str]) -> None:
    """The list is Interior's: its identification officers import it, or a service of their department.

    Raises `register.not_your_list`.
    """
    if office != OWNER or (roles and IMPORTER not in roles):
        raise Refusal("register.not_your_list", office=office)


def check_changes(existing: int, changed: int, *, allowed: bool) -> None:
    """R8: raises `register.too_many_changes` when more than 0.5 % of those on the list would change."""
    if not allowed and changed * 1000 > existing * MAX_CHANGED_PER_MILLE:
        raise Refusal("register.too_many_changes", changed=changed, existing=existing)


def leaf_row(name: PersonName, birth: PartialDate, *, subject: str, version: int, address: str) -> dict[str, object]:
    """What the public log commits to of a person on the list: the row stays here, only its commitment leaves."""
    return {
        "subject": subject, "version": version, "name_km": name.khmer, "name_latin": name.latin,
        "birth": birth.iso(), "address": address,
    }  # fmt: skip


def _hash(values: Iterable[str]) -> str:
    return blake2b("\x1f".join(values).encode(), digest_size=16).hexdigest()


def _read_numbers(row: ReadRow) -> None:
    for column in ("register_no", "father_no", "mother_no"):
        value = row.values[column] = to_arabic_digits(row.values[column]).replace(" ", "")
        wanted = column == "register_no" or value
        if wanted and not (len(value) == 10 and value.isascii() and value.isdigit()):
            row.problems.append((column, "register.bad_register_no"))
    number = row.values["register_no"]
    if number and number in (row.values["father_no"], row.values["mother_no"]):
        row.problems.append(("register_no", "register.own_parent"))
    if number.startswith(SYNTHETIC_PREFIX) is not row.synthetic:
        row.problems.append(("register_no", "register.reserved_number"))


def _read_name(row: ReadRow, column: str) -> None:
    written = row.values[column]
    read = _name_part(written, column.endswith("_km"))
    if read is None or len(read) > 200:
        row.problems.append((column, "register.not_khmer" if column.endswith("_km") else "register.not_latin"))
        return
    row.values[column] = read
    if read != written:
        row.as_written[column] = written


@lru_cache(maxsize=65_536)
def _name_part(written: str, khmer: bool) -> str | None:
    try:
        return canonical_khmer(written) if khmer else canonical_latin(written)
    except Refusal:
        return None


def _check_name(row: ReadRow) -> None:
    """A person has a whole name in one script at least; the other may be missing, but never half of it."""
    for script in ("km", "latin"):
        family, given = row.values[f"family_{script}"], row.values[f"given_{script}"]
        if bool(family) != bool(given):
            row.problems.append((f"given_{script}" if family else f"family_{script}", "register.name_half"))
    if not any(row.values[column] for column in NAME_COLUMNS):
        row.problems.append(("family_km", "register.name_missing"))


def _read_free(row: ReadRow, column: str, most: int) -> None:
    """Free text: not too long and without control characters (PostgreSQL keeps no NUL)."""
    if len(row.values[column]) > most:
        row.problems.append((column, "register.too_long"))
    if any(category(letter) == "Cc" for letter in row.values[column]):
        row.problems.append((column, "register.control_character"))


def _read_sex(row: ReadRow) -> None:
    sex = _SEXES.get(row.values["sex"].upper())
    if sex is None:
        row.problems.append(("sex", "register.bad_sex"))
    row.values["sex"] = str(sex or "")


def _read_dates(row: ReadRow, on: date) -> None:
    birth = _date(row, "birth_date")
    if birth is None:
        if not row.values["birth_date"]:
            row.problems.append(("birth_date", "register.birth_missing"))
        return
    if birth.earliest > on:
        row.problems.append(("birth_date", "register.in_the_future"))
    if birth.year < FIRST_BIRTH_YEAR:
        row.problems.append(("birth_date", "register.birth_too_early"))
    died = _date(row, "deceased_on")
    if died is not None and died.earliest > on:
        row.problems.append(("deceased_on", "register.in_the_future"))
    if died is not None and died.latest < birth.earliest:
        row.problems.append(("deceased_on", "register.died_before_birth"))


def _date(row: ReadRow, column: str) -> PartialDate | None:
    """The date in this column in its ISO form, or None; what is not a date is a problem."""
    written = row.values[column]
    if not written:
        return None
    try:
        read = PartialDate.parse(written)
    except Refusal:
        row.problems.append((column, "register.bad_date"))
        return None
    row.values[column] = read.iso()
    if read.iso() != written:
        row.as_written[column] = written
    return read


def _whole_date(row: ReadRow, column: str) -> date | None:
    """As `_date`, for a date that is never partial."""
    read = _date(row, column)
    if read is not None and read.whole is None:
        row.problems.append((column, "register.bad_date"))
    return read.whole if read else None


def _read_place(row: ReadRow, column: str, known_place: KNOWN_PLACE) -> None:
    code = row.values[column] = to_arabic_digits(row.values[column]).upper()
    if code and not known_place(code):
        row.problems.append((column, "register.unknown_place"))


def _read_card(row: ReadRow, on: date) -> None:
    number = row.values["card_number"] = to_arabic_digits(row.values["card_number"]).replace(" ", "")
    if not any(row.values[column] for column in CARD_COLUMNS):
        return
    missing = [column for column in CARD_COLUMNS if not row.values[column]]
    row.problems += [(column, "register.card_incomplete") for column in missing]
    if number and not (len(number) == 9 and number.isascii() and number.isdigit()):
        row.problems.append(("card_number", "register.bad_card_number"))
    _read_free(row, "card_generation", 20)
    row.card_issued, row.card_expires = _whole_date(row, "card_issued"), _whole_date(row, "card_expires")
    if row.card_issued and row.card_expires and row.card_expires <= row.card_issued:
        row.problems.append(("card_expires", "register.card_dates_reversed"))
    if row.card_issued and row.card_issued > on:
        row.problems.append(("card_issued", "register.in_the_future"))
