"""The door of the matching."""

from srok.identity.matching.actions import search
from srok.identity.matching.indexing import index_now
from srok.identity.matching.reads import report
from srok.identity.matching.terms import Candidate, FieldReason, Hint, MatchReport, SearchedAs, SearchPerson

__all__ = [
    "Candidate", "FieldReason", "Hint", "MatchReport", "SearchPerson", "SearchedAs", "index_now", "report", "search",
]  # fmt: skip
