"""Words of the register: persons, versions, commands and results (បញ្ជីអ្នករស់នៅ)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType
from uuid import UUID

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName

# A person, inside the program only: random, never shown outside (design/house.md section 2).
SubjectId = NewType("SubjectId", UUID)

# Progress of long work: (stage code, done, total), in the unit of the stage.
Progress = Callable[[str, int, int], None]

# Facts of the journal that must carry a public leaf (design/transparency.md section 2).
COVERED = frozenset({"register.imported", "register.person_admitted", "register.person_linked"})

# R8 (design/transparency.md section 3): an import that would change more of the list than this is refused.
MAX_CHANGED_PER_MILLE = 5

# Numbers beginning so are reserved: never given to a person. Synthetic people live there.
SYNTHETIC_PREFIX = "99"
# Numbers that this service itself gives on admission; imported lists keep the numbers they came with.
ADMITTED_PREFIX = "70"

# The columns of a resident list as a file, in order; `synthetic` may follow (docs/formats/register.md).
NAME_COLUMNS = ("family_km", "given_km", "family_latin", "given_latin")
FATHER_COLUMNS = tuple(f"father_{column}" for column in NAME_COLUMNS)
MOTHER_COLUMNS = tuple(f"mother_{column}" for column in NAME_COLUMNS)
CARD_COLUMNS = ("card_number", "card_generation", "card_issued", "card_expires")
COLUMNS = (
    "register_no", *NAME_COLUMNS, "sex", "birth_date", "birthplace", "residence", "household",
    *FATHER_COLUMNS, *MOTHER_COLUMNS, "father_no", "mother_no", *CARD_COLUMNS, "deceased_on",
)  # fmt: skip


class Sex(StrEnum):
    """As the civil register writes it."""

    FEMALE = "F"  # ស្រី
    MALE = "M"  # ប្រុស
    UNKNOWN = "X"  # មិនបញ្ជាក់


class AliasSource(StrEnum):
    """Where another name of a person comes from."""

    APPLICATION = "application"  # ពាក្យសុំ
    FOREIGN_PAPER = "foreign_paper"  # ឯកសារបរទេស
    MARRIAGE = "marriage"  # អាពាហ៍ពិពាហ៍
    REGISTER = "register"  # បញ្ជីអ្នករស់នៅ


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the register holds of a person today. `birthplace` and `residence` are gazetteer codes or empty."""

    subject: SubjectId
    register_no: str
    name: PersonName
    aliases: tuple[PersonName, ...]
    sex: str
    birth: PartialDate
    birthplace: str
    residence: str
    father: PersonName | None
    mother: PersonName | None
    citizen: bool
    alive: bool
    household: str
    version: int = 1
    father_no: str = ""
    mother_no: str = ""
    address_of_record: str = ""
    abroad_post: str = ""
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class KinFacts:
    """The relatives of a person who are on the list themselves."""

    father: PersonFacts | None
    mother: PersonFacts | None
    siblings: tuple[PersonFacts, ...]
    children: tuple[PersonFacts, ...]


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One person as the candidate search reads it; `seq` grows with every change of the list."""

    seq: int
    subject: SubjectId
    register_no: str
    names: tuple[PersonName, ...]
    sex: str
    birth: PartialDate
    birthplace: str
    residence: str
    father: PersonName | None
    mother: PersonName | None
    alive: bool


@dataclass(frozen=True, slots=True)
class AdmitPerson:
    """Command: enter a person who is not on the list. Needs a decision in `case_ref`, which admits once.

    `father_subject` and `mother_subject` are parents found on the list; `abroad_post` the post that serves the
    person; `address_of_record` a gazetteer code, or empty where the post is the address (ADDR-ABROAD).
    """

    case_ref: str
    name: PersonName
    sex: str
    birth: PartialDate
    birthplace: str = ""
    aliases: tuple[PersonName, ...] = ()
    father: PersonName | None = None
    mother: PersonName | None = None
    father_subject: SubjectId | None = None
    mother_subject: SubjectId | None = None
    address_of_record: str = ""
    abroad_post: str = ""


@dataclass(frozen=True, slots=True)
class LinkApplicant:
    """Command: an applicant is this person on the list. The list's own name stays; the other becomes an alias."""

    subject: SubjectId
    alias: PersonName | None
    address_of_record: str
    abroad_post: str
    case_ref: str = ""
    source: AliasSource = AliasSource.APPLICATION


@dataclass(frozen=True, slots=True)
class RowRejection:
    """Why a row was not taken: its number in the file (the header is row 1), the column, the reason's code."""

    row: int
    field: str
    code: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `accepted` = `added` + `changed` + `unchanged` rows; `cards` = card rows passed down."""

    rows: int
    accepted: int
    added: int
    changed: int
    unchanged: int
    cards: int
    sha256: str
    seen_before: bool
    rejected: tuple[RowRejection, ...]


@dataclass(frozen=True, slots=True)
class EligibilityFacts:
    """What the election rooms may know of a card's holder. `residence` is a commune code or empty."""

    handle: UUID
    citizen: bool
    alive: bool
    birth: PartialDate
    residence: str
    card_number: str
    card_generation: str
    card_state: str
    card_expires: date


@dataclass(frozen=True, slots=True)
class ListLine:
    """What a voter list prints of a person; `household` is opaque: equal for one household, meaning nothing else."""

    handle: UUID
    name: PersonName
    sex: str
    birth: PartialDate
    commune: str
    village: str
    household: str
