"""The door of the cases."""

from srok.identity.cases.assess import Assessment, CardHeld, CaseEvidence, Missing, SettledPerson, assess
from srok.identity.cases.candidates import propose_candidates, settle, settle_rest
from srok.identity.cases.claims import AddressClaim, Claim, Contact, RelativeClaim
from srok.identity.cases.commands import (
    AddPapers,
    AppealDecision,
    ApproveDecision,
    AskForPapers,
    BackReason,
    DecideApplication,
    ExamineApplication,
    LodgeApplication,
    OpenCase,
    ProposeCandidates,
    Purpose,
    ReturnToExaminer,
    SettleCandidate,
    SettleReason,
    SettleRest,
    ShownPaper,
    WithdrawApplication,
)
from srok.identity.cases.decision import approve, decide
from srok.identity.cases.examination import ask_for_papers, examine, return_to_examiner
from srok.identity.cases.facts import CandidateFacts, CaseFacts, PaperFacts, StepFacts, TrackFacts, WholeCase
from srok.identity.cases.intake import IntakeReport, IntakeRow, RejectedRow, intake
from srok.identity.cases.letters import letter, letters, record_service
from srok.identity.cases.lodging import add_papers, appeal, lodge, open_case, withdraw
from srok.identity.cases.reads import (
    assessment,
    case,
    finished,
    open_acts,
    queue,
    standing_of,
    whole,
)
from srok.identity.cases.terms import (
    Act,
    Basis,
    Opinion,
    Outcome,
    PaperKind,
    Path,
    PersonStatus,
    Route,
    SearchRole,
    Seen,
    SettledAs,
    State,
)
from srok.identity.cases.tracking import track

__all__ = [
    "Act", "AddPapers", "AddressClaim", "AppealDecision", "ApproveDecision", "AskForPapers", "Assessment",
    "BackReason", "Basis", "CandidateFacts", "CardHeld", "CaseEvidence", "CaseFacts", "Claim", "Contact",
    "DecideApplication", "ExamineApplication", "IntakeReport", "IntakeRow", "LodgeApplication", "Missing",
    "OpenCase", "Opinion", "Outcome", "PaperFacts", "PaperKind", "Path", "PersonStatus", "ProposeCandidates",
    "Purpose", "RejectedRow", "RelativeClaim", "ReturnToExaminer", "Route", "SearchRole", "Seen", "SettleCandidate",
    "SettleReason", "SettleRest", "SettledAs", "SettledPerson", "ShownPaper", "State", "StepFacts", "TrackFacts",
    "WholeCase", "WithdrawApplication", "add_papers", "appeal", "approve", "ask_for_papers", "assess", "assessment",
    "case", "decide", "examine", "finished", "intake", "letter", "letters", "lodge", "open_acts", "open_case",
    "propose_candidates", "queue", "record_service", "return_to_examiner", "settle", "settle_rest", "standing_of",
    "track", "whole", "withdraw",
]  # fmt: skip
