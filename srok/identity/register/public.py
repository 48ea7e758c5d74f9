"""The door of the register."""

from srok.identity.register.actions import admit, import_file, link
from srok.identity.register.reads import kin_of, person, person_by_no, search_rows, size
from srok.identity.register.synthetic.writing import generate
from srok.identity.register.terms import (
    AdmitPerson,
    AliasSource,
    EligibilityFacts,
    ImportReport,
    KinFacts,
    LinkApplicant,
    ListLine,
    PersonFacts,
    RowRejection,
    SearchRow,
    SubjectId,
)

__all__ = [
    "AdmitPerson", "AliasSource", "EligibilityFacts", "ImportReport", "KinFacts", "LinkApplicant", "ListLine",
    "PersonFacts", "RowRejection", "SearchRow", "SubjectId", "admit", "generate", "import_file", "kin_of", "link",
    "person", "person_by_no", "search_rows", "size",
]  # fmt: skip
