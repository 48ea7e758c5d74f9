"""Tables of the cases. What a person says, shows or writes is sealed; states, hands and codes are readable."""

from django.db import models
from django.db.models import F, Q

from srok.identity.cases.branch_models import Branch, BranchPart
from srok.identity.cases.capture_models import Capture, CaptureHand, CapturePart
from srok.identity.cases.capture_terms import Confirmed, FaceSearch, Where
from srok.identity.cases.constraints import one_of
from srok.identity.cases.terms import (
    OPEN,
    Opinion,
    Outcome,
    PaperKind,
    Path,
    SearchRole,
    Seen,
    SettledAs,
    State,
)

DECIDED_STATES = [State.DECIDED, State.APPROVED, State.REFUSED, State.APPEALED, State.CLOSED]
__all__ = [
    "Branch", "BranchPart", "Candidate", "Capture", "CaptureHand", "CapturePart", "Case", "HowTaken", "Opening",
    "Paper", "PersonClaimed", "Search", "Sound", "Step",
]  # fmt: skip


class Case(models.Model):
    """One application: where it stands, whose hands it went through, what was decided."""

    id = models.UUIDField(primary_key=True)
    reference = models.CharField(max_length=14, unique=True)
    state = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    round = models.PositiveSmallIntegerField(default=1)
    office = models.CharField(max_length=40, db_index=True)
    pickup_post = models.CharField(max_length=8)
    lodged_on = models.DateField()
    state_since = models.DateField()
    waited_days = models.PositiveIntegerField(default=0)
    due_on = models.DateField(db_index=True)
    searched_on = models.DateField(null=True)

    lodged_by = models.CharField(max_length=150)
    # Of a counter: who took it and which second officer approved that; when, and in which event of which kit.
    captured_by = models.CharField(max_length=150, blank=True)
    capture_approved_by = models.CharField(max_length=150, blank=True)
    happened_at = models.DateTimeField(null=True)
    kit = models.CharField(max_length=40, blank=True)
    kit_event = models.PositiveBigIntegerField(default=0)
    face_search = models.CharField(max_length=16, default=FaceSearch.NOT_AVAILABLE.value)
    face_search_by = models.CharField(max_length=150, blank=True)
    face_waiver = models.CharField(max_length=40, blank=True)
    examined_by = models.CharField(max_length=150, blank=True)
    examined_office = models.CharField(max_length=40, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_office = models.CharField(max_length=40, blank=True)
    approved_by = models.CharField(max_length=150, blank=True)
    approved_office = models.CharField(max_length=40, blank=True)

    opinion = models.CharField(max_length=12, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    path = models.CharField(max_length=16, blank=True)
    reasons = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    central_answer = models.CharField(max_length=60, blank=True)

    portrait = models.UUIDField()
    subject = models.UUIDField(null=True)
    content = models.CharField(max_length=64)
    person_key = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=one_of("state", State), name="case_state"),
            models.CheckConstraint(condition=one_of("opinion", Opinion, blank=True), name="case_opinion"),
            models.CheckConstraint(condition=one_of("outcome", Outcome, blank=True), name="case_outcome"),
            models.CheckConstraint(condition=one_of("path", Path, blank=True), name="case_path"),
            # Two hands, in the database too (house rule 6).
            models.CheckConstraint(
                condition=~Q(approved_by=F("decided_by")) | Q(approved_by=""), name="case_two_hands"
            ),
            models.CheckConstraint(
                condition=(~Q(approved_by=F("examined_by")) & ~Q(decided_by=F("examined_by"))) | Q(examined_by="")
                | Q(decided_by=""),
                name="case_examiner_decides_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(examined_by=F("lodged_by")) | Q(examined_by=""), name="case_lodger_examines_nothing"
            ),
            models.CheckConstraint(
                condition=~Q(examined_by=F("captured_by")) | Q(examined_by=""), name="case_taker_examines_nothing"
            ),
            # Who took the application at the counter never approved the taking.
            models.CheckConstraint(
                condition=~Q(capture_approved_by=F("captured_by")) | Q(captured_by=""), name="case_second_officer"
            ),
            models.CheckConstraint(condition=one_of("face_search", FaceSearch), name="case_face_search"),
            models.CheckConstraint(
                condition=~Q(face_search=FaceSearch.WAIVED.value) | ~Q(face_waiver=""), name="case_face_waived_by_rule"
            ),
            # Two ministries: nothing is approved that Foreign Affairs did not favour and Interior did not decide.
            models.CheckConstraint(
                condition=~Q(state__in=[State.APPROVED, State.CLOSED])
                | (
                    Q(examined_office__startswith="mfa.", decided_office__startswith="moi.",
                      approved_office__startswith="moi.", opinion=Opinion.FAVOURABLE, outcome=Outcome.APPROVE)
                    & ~Q(examined_by="") & ~Q(decided_by="") & ~Q(approved_by="")
                ),
                name="case_two_ministries",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REFUSE, state__in=DECIDED_STATES) | ~Q(reasons=[]),
                name="case_refusal_has_reasons",
            ),
            # The same person has one open application at a time.
            models.UniqueConstraint(
                fields=["person_key"], condition=Q(state__in=sorted(OPEN)), name="case_one_open_per_person"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference


class PersonClaimed(models.Model):
    """What the applicant says of themselves and their kin, sealed."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="person")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"person of {self.case_id}"


class HowTaken(models.Model):
    """How the application was taken at a counter: place, confirmation, fingers, what was accepted; words sealed."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="taken")
    confirmed = models.CharField(max_length=10, blank=True)
    where = models.CharField(max_length=10)
    fingers = models.JSONField(default=dict)
    finger_waiver = models.CharField(max_length=40, blank=True)
    as_is = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=one_of("where", Where), name="taken_where"),
            models.CheckConstraint(condition=one_of("confirmed", Confirmed, blank=True), name="taken_confirmed"),
        ]

    def __str__(self) -> str:
        return f"taking of {self.case_id}"


class Sound(models.Model):
    """How a name of the applicant sounds, as a keyed fingerprint: open cases that share one are compared."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sounds")
    mark = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "mark"], name="sound_once")]

    def __str__(self) -> str:
        return f"sound of {self.case_id}"


class Paper(models.Model):
    """A paper that was shown. Without an image (`sealed` empty) two officers attested it."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=24)
    seen = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    mime = models.CharField(max_length=12, blank=True)
    sealed = models.BinaryField(null=True)
    added_by = models.CharField(max_length=150)
    added_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in PaperKind]), name="paper_kind"),
            models.CheckConstraint(condition=Q(seen__in=[s.value for s in Seen]), name="paper_seen"),
            models.CheckConstraint(condition=~Q(sha256="") | Q(seen=Seen.ATTESTED), name="paper_image_or_attested"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id}"


class Search(models.Model):
    """One search of the resident list: as whom, over how many people; its report stands in `matching`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="searches")
    report_id = models.UUIDField(unique=True)
    as_role = models.CharField(max_length=8)
    searched = models.PositiveIntegerField()
    on = models.DateField()

    def __str__(self) -> str:
        return f"{self.as_role} of {self.case_id}"


class Candidate(models.Model):
    """A person of the resident list who could be meant, and whom an officer took them for."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="candidates")
    report_id = models.UUIDField()
    as_role = models.CharField(max_length=8)
    subject = models.UUIDField()
    register_no = models.CharField(max_length=20)
    permille = models.PositiveSmallIntegerField()
    hint = models.CharField(max_length=10)
    reasons = models.JSONField()
    settled_as = models.CharField(max_length=16, blank=True)
    settled_reason = models.CharField(max_length=60, blank=True)
    settled_by = models.CharField(max_length=150, blank=True)
    settled_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=one_of("settled_as", SettledAs, blank=True), name="candidate_settled_as"),
            models.CheckConstraint(condition=Q(as_role__in=[r.value for r in SearchRole]), name="candidate_role"),
            models.UniqueConstraint(fields=["case", "as_role", "subject"], name="candidate_once"),
            # One applicant is one person of the list.
            models.UniqueConstraint(
                fields=["case"], condition=Q(settled_as=SettledAs.SAME_PERSON), name="candidate_one_self"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.as_role} of {self.case_id}"


class Step(models.Model):
    """One act in the life of a case, in order; never changed afterwards."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    n = models.PositiveIntegerField()
    act = models.CharField(max_length=24)
    state = models.CharField(max_length=20)
    actor = models.CharField(max_length=150)
    office = models.CharField(max_length=40)
    round = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    on = models.DateField()
    opinion = models.CharField(max_length=12, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    reasons = models.JSONField(default=list)
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "n"], name="step_order")]
        ordering = ["n"]

    def __str__(self) -> str:
        return f"{self.act} of {self.case_id}"


class Opening(models.Model):
    """An officer opened a case on a day for a purpose: once a day in the journal, whatever the number of looks."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="openings")
    actor = models.CharField(max_length=150)
    purpose = models.CharField(max_length=12)
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "actor", "purpose", "on"], name="opening_once_a_day")]

    def __str__(self) -> str:
        return f"{self.actor} opened {self.case_id}"
