"""Names as the search compares them: folded letters, skeletons, and how closely two of them agree. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from srok.ground.kernel.names import PersonName, khmer_fold, latin_fold, skeleton_k1, skeleton_k2
from srok.identity.matching.similarity import jaro_winkler

MOST_FORMS = 12


class NameLevel(IntEnum):
    """How closely two names agree, best first (design/matching.md section 3)."""

    KHMER = 0  # the same Khmer letters, but for signs that only some write
    LATIN = 1  # the same Latin letters
    SOUND = 2  # K2: the same consonants and classes of vowels
    NEAR = 3  # Jaro-Winkler >= .92
    CONSONANTS = 4  # K1: the same consonants
    FAR = 5  # Jaro-Winkler >= .84
    ELSE = 6


# Levels at which a name is the same name for an officer too, whatever the spelling.
STRONG = frozenset({NameLevel.KHMER, NameLevel.LATIN, NameLevel.SOUND})


@dataclass(frozen=True, slots=True, eq=False)
class NameKey:
    """One part of a name ready for comparing; `k1` comes from the Khmer where there is no Latin spelling.

    Made by `name_key`, which gives the same object for the same letters: it is hashed by identity, for speed.
    """

    latin: str
    khmer: str
    k1: str
    k2: str

    @property
    def known(self) -> bool:
        """Whether there is anything to compare."""
        return bool(self.latin or self.khmer)


@lru_cache(maxsize=65_536)
def name_key(latin: str, khmer: str) -> NameKey:
    """The comparable form of one part of a name, written in either script or both."""
    letters = latin_fold(latin).replace(" ", "")
    return NameKey(
        letters, khmer_fold(khmer), skeleton_k1(letters) if letters else khmer_skeleton(khmer), skeleton_k2(letters)
    )


def level_of(left: NameKey, right: NameKey) -> NameLevel | None:
    """How closely two names agree; None when they cannot be compared (one missing, or no script in common)."""
    if left.khmer and left.khmer == right.khmer:
        return NameLevel.KHMER
    if left.latin and right.latin:
        return _latin_level(left, right)
    if not left.known or not right.known:
        return None
    if left.khmer and right.khmer:
        return NameLevel.CONSONANTS if left.k1 == right.k1 else NameLevel.ELSE
    # One only in Khmer, the other only in Latin: sounds may agree; letters never can, and that says nothing.
    return NameLevel.CONSONANTS if left.k1 == right.k1 else None


def _latin_level(left: NameKey, right: NameKey) -> NameLevel:
    if left.latin == right.latin:
        return NameLevel.LATIN
    if left.k2 == right.k2:
        return NameLevel.SOUND
    alike = jaro_winkler(left.latin, right.latin)
    if alike >= 0.92:
        return NameLevel.NEAR
    if left.k1 == right.k1:
        return NameLevel.CONSONANTS
    return NameLevel.FAR if alike >= 0.84 else NameLevel.ELSE


@dataclass(frozen=True, slots=True)
class NameForm:
    """One way in which a stated name may be meant: family, given, and the bits it costs to read it so."""

    family: NameKey
    given: NameKey
    cost10: int = 0
    swapped: bool = False


SWAP_COST10 = 25
# Khmer letters say which part is which; both boxes may still have been filled the wrong way round.
SWAP_COST10_KHMER = 60
DROPPED_COST10 = 10


def forms_of(name: PersonName) -> tuple[NameForm, ...]:
    """The ways to read a name: as stated, exchanged, and with parts of a compound name left out."""
    found: dict[tuple[NameKey, NameKey], NameForm] = {}
    for family, given, cost in _readings(name):
        swap = SWAP_COST10_KHMER if name.family_km and name.given_km else SWAP_COST10
        for form in (NameForm(family, given, cost), NameForm(given, family, cost + swap, swapped=True)):
            found.setdefault((form.family, form.given), form)
    return tuple(found.values())[:MOST_FORMS]


def _readings(name: PersonName) -> Iterator[tuple[NameKey, NameKey, int]]:
    family, given = name_key(name.family_latin, name.family_km), name_key(name.given_latin, name.given_km)
    yield family, given, 0
    # "Marie Sopheap", "Sok-Tremblay": a name taken abroad stands beside the one on the list.
    for part in _parts(name.given_latin):
        yield family, name_key(part, name.given_km), DROPPED_COST10
    for part in _parts(name.family_latin):
        yield name_key(part, name.family_km), given, DROPPED_COST10


def _parts(latin: str) -> list[str]:
    words = latin_fold(latin).split()
    return [word for word in words if len(word) > 1] if len(words) > 1 else []


_SOUNDS = {
    **dict.fromkeys("កខគឃ", "K"), "ង": "X", **dict.fromkeys("ចឆជឈ", "C"), **dict.fromkeys("ញណន", "N"),
    **dict.fromkeys("ដឋឌឍតថទធ", "T"), **dict.fromkeys("បផពភ", "P"), "ម": "M", "រ": "R", **dict.fromkeys("លឡ", "L"),
    "វ": "V", "ស": "S", "ហ": "H",
}  # fmt: skip
_SILENCED = re.compile("[\u1780-\u17a2](?:\u17d2[\u1780-\u17a2])?[\u17b7-\u17bd]?\u17cd")
_LAST_BELOW = re.compile("\u17d2[\u1780-\u17a2][\u17cb-\u17d1]*$")
_CODA_RO = re.compile("(?<=.)(?:\u17d2)?រ(?![\u17b6-\u17c5\u17d2])")
_INITIAL_VOWEL = re.compile("^[អយ\u17a5-\u17b3]")


@lru_cache(maxsize=65_536)
def khmer_skeleton(khmer: str) -> str:
    """The consonants of a Khmer name as `skeleton_k1` would hear its Latin spelling; rough, for blocking only."""
    text = khmer_signs_kept(khmer).replace("ហ\u17d2វ", "ផ").replace("ហ\u17d2ស", "ស")
    text = _CODA_RO.sub("", _LAST_BELOW.sub("", _SILENCED.sub("", text)))
    heard = "".join(_SOUNDS.get(letter, "") for letter in text)
    heard = heard[:1] + heard[1:].replace("H", "")
    mark = "*" if _INITIAL_VOWEL.match(text) else ""
    return mark + re.sub(r"(.)\1+", r"\1", heard)


def khmer_signs_kept(khmer: str) -> str:
    """The Khmer letters and signs of a name, without spaces and hyphens."""
    return re.sub(r"[\s-]+", "", khmer)
