"""Words of the matching: what is asked, what is answered."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName


class SearchedAs(StrEnum):
    """Whom the search looks for, seen from the applicant."""

    SELF = "self"  # ខ្លួនឯង
    MOTHER = "mother"  # ម្ដាយ
    FATHER = "father"  # ឪពុក
    SIBLING = "sibling"  # បងប្អូន


class Hint(StrEnum):
    """What an officer should make of a candidate; never a decision."""

    LIKELY = "likely"  # ទំនងជា
    REVIEW = "review"  # ត្រូវពិនិត្យ
    UNLIKELY = "unlikely"  # មិនទំនងជា


@dataclass(frozen=True, slots=True)
class SearchPerson:
    """Command: look for one person on the list. Everything but one name may be missing.

    `name`, `birth`, `sex`, `birthplace`, `father`, `mother` are those of the person LOOKED FOR: for the role
    `mother`, `name` is the mother's name and `birth` her own birth date, or None. `child_birth` is then the
    applicant's birth date, so that the gap in age can be judged. For the role `sibling`, `father` and `mother` are
    the parents shared with the applicant, and `name` may be empty. `other_names` are tried as well as `name`.
    """

    name: PersonName
    birth: PartialDate | None = None
    sex: str = ""
    birthplace: str = ""
    father: PersonName | None = None
    mother: PersonName | None = None
    as_role: SearchedAs = SearchedAs.SELF
    child_birth: PartialDate | None = None
    other_names: tuple[PersonName, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldReason:
    """Why one field speaks for (`bits` > 0) or against a candidate, in tenths of a bit.

    `matching.field_<field>` is the label of the field, `code` the sentence beside it; `one_in` fills the sentence:
    one in so many people on the list agrees as closely.
    """

    field: str
    level: str
    code: str
    bits10: int
    one_in: int

    @property
    def bits(self) -> float:
        """The weight of evidence in bits, log2(m/u)."""
        return self.bits10 / 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person on the list who could be meant. `score` 0..1 is the confidence of the stored weights."""

    subject: UUID
    register_no: str
    score: float
    hint: Hint
    reasons: tuple[FieldReason, ...]


@dataclass(frozen=True, slots=True)
class MatchReport:
    """The answer of one search: best candidate first. `searched` people were on the list, seen up to `snapshot`."""

    report_id: UUID
    as_role: SearchedAs
    searched: int
    snapshot: int
    weights: str
    capped: bool
    candidates: tuple[Candidate, ...]
