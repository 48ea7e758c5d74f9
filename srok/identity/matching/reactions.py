"""What the matching does when the register tells something new: it indexes those people again."""

from __future__ import annotations

from uuid import UUID

from srok.ground.journal.terms import FactRow
from srok.identity.matching.indexing import index_people
from srok.identity.register import public as register


def index_import(fact: FactRow) -> None:
    """Index everyone whom an import added or changed."""
    index_people(register.search_rows(run=UUID(fact.subject)))


def index_person(fact: FactRow) -> None:
    """Index one person who was admitted or linked: a new alias is found from the next search on."""
    index_people(register.search_rows(subjects=[UUID(fact.subject)]))


REACTIONS = {
    "register.imported": index_import,
    "register.person_admitted": index_person,
    "register.person_linked": index_person,
}
