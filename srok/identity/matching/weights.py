"""How often each level is seen between two records of ONE person (m). What it is worth depends on u, counted live.

Set by hand from the prototype's figures (design/matching.md); a dated set replaces them when officers' decisions
have been learned from. Whoever changes a number here changes `WEIGHTS`: reports keep the name of their set.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from srok.identity.matching.names import NameLevel

WEIGHTS: Final = "by-hand-2025-01"

_L = NameLevel
# Both records bear the name in Khmer: then the Khmer usually agrees.
NAME_M_KHMER: Final = {
    _L.KHMER: 0.84, _L.LATIN: 0.05, _L.SOUND: 0.03, _L.NEAR: 0.02, _L.CONSONANTS: 0.02, _L.FAR: 0.01, _L.ELSE: 0.03,
}  # fmt: skip
# Only Latin spellings can be compared: they vary with the country that wrote them.
NAME_M_LATIN: Final = {
    _L.KHMER: 0.50, _L.LATIN: 0.50, _L.SOUND: 0.18, _L.NEAR: 0.09, _L.CONSONANTS: 0.09, _L.FAR: 0.05, _L.ELSE: 0.09,
}  # fmt: skip
# A child's family name that is the father's given name: agreement, not conflict (law.md ID-NAME-PARENT).
PATRONYMIC_M: Final = 0.12
# A parent is remembered and written down by someone else.
PARENT_ELSE_M: Final = 0.15


class DateLevel(StrEnum):
    """How closely two birth dates agree, best first."""

    EXACT = "exact"
    SWAPPED = "swapped"  # day and month exchanged
    DAY_MONTH = "day_month"  # another year
    PLACEHOLDER = "placeholder"  # the year, and one of the two is a borrowed day or no day
    YEAR_PART = "year_part"  # the year, and the month or the day
    YEAR = "year"
    NEAR_1 = "near_1"
    NEAR_3 = "near_3"
    NEAR_8 = "near_8"  # ages were lowered by four to eight years (law.md section 7.1)
    ELSE = "else"


_D = DateLevel
DATE_M: Final = {
    _D.EXACT: 0.70, _D.SWAPPED: 0.02, _D.DAY_MONTH: 0.03, _D.PLACEHOLDER: 0.06, _D.YEAR_PART: 0.04, _D.YEAR: 0.03,
    _D.NEAR_1: 0.04, _D.NEAR_3: 0.03, _D.NEAR_8: 0.03, _D.ELSE: 0.02,
}  # fmt: skip
# What is asked is itself a borrowed day or a year.
DATE_M_PLACEHOLDER: Final = {
    _D.EXACT: 0.45, _D.PLACEHOLDER: 0.30, _D.YEAR_PART: 0.02, _D.YEAR: 0.02, _D.NEAR_1: 0.08, _D.NEAR_3: 0.06,
    _D.NEAR_8: 0.04, _D.SWAPPED: 0.005, _D.DAY_MONTH: 0.005, _D.ELSE: 0.02,
}  # fmt: skip


class PlaceLevel(StrEnum):
    """How closely two places agree, best first."""

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    ELSE = "else"


PLACE_M: Final = {
    PlaceLevel.COMMUNE: 0.55, PlaceLevel.DISTRICT: 0.13, PlaceLevel.PROVINCE: 0.14, PlaceLevel.ELSE: 0.18,
}  # fmt: skip
# What is usual on any list (u), counted as if so many more people stood on it: a list of ten says little of names.
USUAL_PEOPLE: Final = 200
NAME_U: Final = {
    _L.KHMER: 0.003, _L.LATIN: 0.004, _L.SOUND: 0.006, _L.NEAR: 0.008, _L.CONSONANTS: 0.012, _L.FAR: 0.03,
}  # fmt: skip
DATE_U: Final = {
    _D.EXACT: 0.00005, _D.SWAPPED: 0.00005, _D.DAY_MONTH: 0.003, _D.PLACEHOLDER: 0.004, _D.YEAR_PART: 0.002,
    _D.YEAR: 0.018, _D.NEAR_1: 0.05, _D.NEAR_3: 0.12, _D.NEAR_8: 0.3,
}  # fmt: skip
PLACE_U: Final = {PlaceLevel.COMMUNE: 0.002, PlaceLevel.DISTRICT: 0.008, PlaceLevel.PROVINCE: 0.05}
HALF: Final = 0.5
SEX_M: Final = 0.985
GAP_M: Final = 0.975

# Ages at which one becomes a mother or a father; and between brothers and sisters.
MOTHER_GAP: Final = (14, 50)
FATHER_GAP: Final = (14, 70)
SIBLING_GAP: Final = (-28, 28)

LIKELY: Final = 0.90
REVIEW: Final = 0.10
# Below this nobody is shown, unless they look like kin.
SHOWN: Final = 0.02
MOST_SHOWN: Final = 10
