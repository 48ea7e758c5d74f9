"""Names of people in Khmer and Latin script: one stored form, and folds and skeletons for matching only.

Family name first, then given name, no middle name. Stored: Khmer in canonical order, Latin in upper case with
its accents (the card's text; the MRZ transliterates). What the applicant wrote is kept by the caller.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from srok.ground.kernel import text
from srok.ground.kernel.refusal import Refusal

# Letters with what hangs on them (no mark and no coeng without its base), the repetition sign, spaces, hyphens.
_KHMER_NAME: Final = re.compile(
    "(?:[\u1780-\u17a2\u17a5-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17d3\u17dd])*|[\u17d7 -])*"
)
_PLAIN_LATIN: Final = re.compile("[A-Z]+(?:[ '-][A-Z]+)*")
_APOSTROPHES: Final = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u02b9\u00b4`\uff07"), "'")
_DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_LIGATURES: Final = {
    ord("Æ"): "AE", ord("Œ"): "OE", ord("ẞ"): "SS", ord("ß"): "SS", ord("Ø"): "O", ord("Đ"): "D",
    ord("Ð"): "D", ord("Þ"): "TH", ord("Ł"): "L", ord("Ħ"): "H", ord("Ŧ"): "T", ord("Ŋ"): "N",
    ord("İ"): "I", ord("ı"): "I",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in both scripts, family and given apart; make it with `canonical_name`.

    Either script may be empty (a name known only from foreign papers, or only from a Khmer list).
    """

    family_km: str
    given_km: str
    family_latin: str
    given_latin: str

    @property
    def khmer(self) -> str:
        """Family then given in Khmer script."""
        return f"{self.family_km} {self.given_km}".strip()

    @property
    def latin(self) -> str:
        """Family then given in Latin script."""
        return f"{self.family_latin} {self.given_latin}".strip()

    def __str__(self) -> str:
        return self.khmer or self.latin


def canonical_name(family_km: str, given_km: str, family_latin: str, given_latin: str) -> PersonName:
    """The stored form of a name: Khmer in canonical order, Latin in upper case, single spaces.

    Raises Refusal `kernel.name_empty` (nothing in either script), `kernel.name_not_khmer` or
    `kernel.name_not_latin` (a letter of another script, a digit, or a Khmer mark with no base), with `field`.
    """
    name = PersonName(
        canonical_khmer(family_km, field="family_km"),
        canonical_khmer(given_km, field="given_km"),
        canonical_latin(family_latin, field="family_latin"),
        canonical_latin(given_latin, field="given_latin"),
    )
    if not name.khmer and not name.latin:
        raise Refusal("kernel.name_empty", field="family_km")
    return name


def canonical_khmer(part: str, *, field: str | None = None) -> str:
    """One part of a name in stored Khmer form; Refusal `kernel.name_not_khmer` when it cannot be one."""
    tidy = " ".join(text.canonical(part.translate(_DASHES)).split())
    if not _KHMER_NAME.fullmatch(tidy):
        raise Refusal("kernel.name_not_khmer", field=field)
    return tidy


def canonical_latin(part: str, *, field: str | None = None) -> str:
    """One part of a name in stored Latin form; Refusal `kernel.name_not_latin` when it cannot be one."""
    if _PLAIN_LATIN.fullmatch(part):
        return part
    plain = part.translate(_APOSTROPHES).translate(_DASHES).translate({0x200B: None, 0xFEFF: None})
    tidy = " ".join(unicodedata.normalize("NFC", plain).upper().split())
    if any(not _is_latin(c) for c in tidy) or (tidy and not latin_fold(tidy)):
        raise Refusal("kernel.name_not_latin", field=field)
    return tidy


def latin_fold(part: str) -> str:
    """A to Z and single spaces only, for comparing: É is E, Œ is OE, hyphens are spaces, apostrophes go."""
    upper = unicodedata.normalize("NFD", part.translate(_APOSTROPHES).translate(_DASHES).upper())
    plain = unicodedata.normalize("NFD", upper.translate(_LIGATURES))
    letters = "".join(c if "A" <= c <= "Z" else " " if c in " -.,\u00a0\t" else "" for c in plain)
    return " ".join(letters.split())


def khmer_fold(part: str) -> str:
    """A key for comparing Khmer name parts: `text.fold` at its loose level, without spaces and hyphens."""
    return re.sub(r"[\s-]+", "", text.fold(part, loose=True))


def swapped(name: PersonName) -> PersonName:
    """The same name with family and given exchanged, as many foreign papers have it."""
    return PersonName(name.given_km, name.family_km, name.given_latin, name.family_latin)


_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("CHH|TCH|DJ|CH|J", "C"), ("NG", "X"), ("NH|GN", "N"), ("KH|GH|G|Q", "K"), ("PH|BH|B|F", "P"),
        ("TH|DH|D", "T"), ("SH|Z", "S"), ("W", "V"),
    )
)  # fmt: skip
_CODA_R: Final = re.compile("(?<=[AEIOUY])R(?![AEIOUY])")
_SILENT_H: Final = re.compile("(?<!^)H(?![AEIOUY])|(?<=[^AEIOUYH])H")
_DOUBLES: Final = re.compile(r"(.)\1+")
_VOWEL_CLASSES: Final = str.maketrans("AIEYOU", "AIIIUU")


def skeleton_k1(latin: str) -> str:
    """The consonants of a romanised Khmer name as heard (matching.md K1), word by word.

    CHH, CH, J are C; KH, G, Q are K; PH, B, F are P; TH, D are T; NH, GN are N; NG is X; W is V; Z, SH are S;
    an R closing a syllable and silent H go; doubles count once; `*` marks a word that starts with a vowel.
    """
    return " ".join(_consonants(_heard(word)) for word in latin_fold(latin).split())


def skeleton_k2(latin: str) -> str:
    """As `skeleton_k1`, with the vowels kept in three classes: A, I (I E Y), U (O U)."""
    return " ".join(_classed(_heard(word)) for word in latin_fold(latin).split())


def _heard(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return _DOUBLES.sub(r"\1", _SILENT_H.sub("", _CODA_R.sub("", word)))


def _consonants(word: str) -> str:
    flag = "*" if word[:1] in tuple("AEIOUY") else ""
    return flag + re.sub("[AEIOUY]", "", word)


def _classed(word: str) -> str:
    return _DOUBLES.sub(r"\1", word.translate(_VOWEL_CLASSES))


def _is_latin(character: str) -> bool:
    if character in " -'.,":
        return True
    if unicodedata.category(character)[0] == "M":
        return True
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN ")
