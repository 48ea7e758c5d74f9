"""The door of the biometrics."""

from srok.identity.biometrics.abis import abis
from srok.identity.biometrics.actions import erase, keep
from srok.identity.biometrics.asking import ask, search_face, work
from srok.identity.biometrics.checks import quality, readable
from srok.identity.biometrics.engine import engine
from srok.identity.biometrics.finger_acts import capture_finger, note_finger, waive_fingers
from srok.identity.biometrics.finger_bundle import bundle as finger_bundle
from srok.identity.biometrics.finger_bundle import keep_bundle as keep_finger_bundle
from srok.identity.biometrics.finger_reads import exceptions_by_officer, finger_record, finger_template
from srok.identity.biometrics.finger_rules import waived as fingers_waived
from srok.identity.biometrics.finger_terms import (
    CaptureFinger,
    Finger,
    FingerRecord,
    Found,
    NoteFinger,
    OfficerExceptions,
    Span,
    WaiveFingers,
)
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
    "FACE", "HARD", "Candidate", "CaptureFinger", "Comparison", "FaceSearch", "Finger", "FingerRecord", "Found",
    "Message", "NoteFinger", "OfficerExceptions", "Quality", "SearchState", "Span", "Verdict", "WaiveFingers", "abis",
    "ask", "capture_finger", "compare", "engine", "erase", "exceptions_by_officer", "finger_bundle", "finger_record",
    "finger_template", "fingers_waived", "held", "keep", "keep_finger_bundle", "note_finger", "portrait", "quality",
    "queue_facts", "readable", "search_face", "search_of", "thumbnail", "waive_fingers", "work",
]  # fmt: skip
