"""Cells of a row: each is read once, every error is kept with its column. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from srok.ground.kernel import text as khmer
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName, canonical_name
from srok.ground.kernel.refusal import Refusal

E = TypeVar("E", bound=StrEnum)
V = TypeVar("V")

LONGEST = 500
MENDED = frozenset({"order", "invisible", "deprecated"})
EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,190}\.[A-Za-z0-9-]{2,63}")
PHONE = re.compile(r"\+?[0-9 ().-]{6,24}")


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was mended and is told, in a column; never an error."""

    field: str
    code: str


class Cells:
    """Reads the cells of one row; `errors` and `notes` grow as they are read."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self.errors: list[Refusal] = []
        self.notes: list[Note] = []

    def wrong(self, field: str, code: str, **facts: str | int) -> None:
        """Keep an error of this column."""
        self.errors.append(Refusal(code, field=field, row=None, **facts))

    def text(self, field: str) -> str:
        """The cell without blanks around it; too long or with control characters is an error."""
        found = self._cells.get(field, "").strip().strip("\ufeff")
        if len(found) > LONGEST:
            self.wrong(field, "cases.too_long", most=LONGEST)
            return ""
        if any(unicodedata.category(character) == "Cc" and character not in "\r\n\t" for character in found):
            self.wrong(field, "cases.control_character")
            return ""
        return found

    def required(self, field: str) -> str:
        """The cell, which may not be empty."""
        found = self.text(field)
        if not found:
            self.wrong(field, "cases.required")
        return found

    def with_(self, field: str, read: Callable[[str], V], *, required: bool = False) -> V | None:
        """The cell as `read` understands it; its refusal becomes an error of this column."""
        found = self.required(field) if required else self.text(field)
        if not found:
            return None
        try:
            return read(found)
        except Refusal as refusal:
            self.errors.append(Refusal(refusal.code, field=field, row=None, **{"text": found[:40], **refusal.facts}))
            return None

    def partial(self, field: str, *, required: bool = False) -> PartialDate | None:
        """A date of which parts may be unknown, in Khmer or Latin digits."""
        return self.with_(field, PartialDate.parse, required=required)

    def day(self, field: str) -> date | None:
        """A full date, which must be given."""
        found = self.partial(field, required=True)
        if found is not None and found.whole is None:
            self.wrong(field, "cases.full_date_needed")
        return found.whole if found else None

    def choice(self, field: str, words: type[E], *, default: E | None = None) -> E | None:
        """One of a closed list; an empty cell is the default, or an error where there is none."""
        found = self.text(field)
        if not found:
            if default is None:
                self.wrong(field, "cases.required")
            return default
        try:
            return words(found)
        except ValueError:
            self.wrong(field, "cases.unknown_choice", given=found[:40], allowed=", ".join(words))
            return None

    def one_of(self, field: str, words: tuple[str, ...]) -> str:
        """One of a few words; an empty cell is an error unless the empty word is among them."""
        found = self.text(field)
        if found in words:
            return found
        if not found:
            self.wrong(field, "cases.required")
        else:
            self.wrong(field, "cases.unknown_choice", given=found[:40], allowed=", ".join(w for w in words if w))
        return words[0]

    def items(self, field: str) -> list[str]:
        """The entries of a cell, parted by `;`."""
        return [item.strip() for item in self.text(field).split(";") if item.strip()]

    def digits(self, field: str) -> str:
        """A code of digits (Khmer digits too)."""
        found = khmer.to_arabic_digits(self.text(field))
        if found and not (found.isascii() and found.isdigit()):
            self.wrong(field, "cases.not_a_code")
            return ""
        return found

    def email(self, field: str) -> str:
        """An e-mail address, or empty."""
        found = self.text(field)
        if found and not EMAIL.fullmatch(found):
            self.wrong(field, "cases.bad_email")
        return found

    def phone(self, field: str) -> str:
        """A telephone number as it was written, or empty."""
        found = khmer.to_arabic_digits(self.text(field))
        if found and not PHONE.fullmatch(found):
            self.wrong(field, "cases.bad_phone")
        return found

    def name(self, prefix: str, *, required: bool = False) -> PersonName | None:
        """A name in four cells, canonical; Khmer typed out of order is mended and noted."""
        fields = [f"{prefix}{part}" for part in ("family_km", "given_km", "family_latin", "given_latin")]
        parts = [self.required(one) if required else self.text(one) for one in fields]
        if not any(parts) or (required and not all(parts)):
            return None
        for one, part in zip(fields[:2], parts[:2], strict=True):
            self._check_order(one, part)
        try:
            return canonical_name(*parts)
        except Refusal as refusal:
            self.wrong(f"{prefix}{refusal.field or 'family_km'}", refusal.code, **refusal.facts)
            return None

    def other_names(self, field: str, own: PersonName, *, given_first: bool) -> tuple[PersonName, ...]:
        """Other names the person has used. One word is another family name (a married name)."""
        found = []
        for item in self.items(field):
            try:
                found.append(_other_name(item, own, given_first=given_first))
            except Refusal as refusal:
                self.wrong(field, refusal.code, text=item[:40])
        return tuple(found)

    def _check_order(self, field: str, text: str) -> None:
        problem = khmer.order_problem(text)
        if problem in MENDED:
            self.notes.append(Note(field, "cases.khmer_order_mended"))
        if khmer.order_problem(khmer.canonical(text)) == "repeated_mark":
            self.wrong(field, "cases.khmer_repeated_mark")


def _other_name(text: str, own: PersonName, *, given_first: bool) -> PersonName:
    """A name in one cell: Khmer is family first; Latin as the foreign papers write it; one word is a family name."""
    words = text.split()
    in_khmer = any("\u1780" <= character <= "\u17ff" for character in text)
    if len(words) == 1:
        family, given = words[0], own.given_km if in_khmer else own.given_latin
        return canonical_name(family, given, "", "") if in_khmer else canonical_name("", "", family, given)
    if given_first and not in_khmer:
        words = [words[-1], *words[:-1]]
    family, given = words[0], " ".join(words[1:])
    return canonical_name(family, given, "", "") if in_khmer else canonical_name("", "", family, given)
