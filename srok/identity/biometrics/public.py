"""The door of the biometrics."""

from srok.identity.biometrics.abis import abis
from srok.identity.biometrics.actions import erase, keep
from srok.identity.biometrics.asking import ask, search_face, work
from srok.identity.biometrics.checks import quality, readable
from srok.identity.biometrics.engine import engine
from srok.identity.biometrics.reads import compare, held, portrait, queue_facts, search_of, thumbnail
from srok.identity.biometrics.terms import (
    FACE,
    HARD,
    Candidate,
    Comparison,
    FaceSearch,
    Message,
    Quality,
    SearchState,
    Verdict,
)

__all__ = [
    "FACE", "HARD", "Candidate", "Comparison", "FaceSearch", "Message", "Quality", "SearchState", "Verdict", "abis",
    "ask", "compare", "engine", "erase", "held", "keep", "portrait", "quality", "queue_facts", "readable",
    "search_face", "search_of", "thumbnail", "work",
]  # fmt: skip
