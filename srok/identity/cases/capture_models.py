"""Tables of the capture. What a person says and shows is sealed; stages, hands and codes are readable."""

from django.db import models
from django.db.models import F, Q

from srok.identity.cases.capture_terms import Confirmed, Stage, Where
from srok.identity.cases.constraints import one_of


class Capture(models.Model):
    """An application being taken by one officer, until a second one approves it; then its words are destroyed."""

    id = models.UUIDField(primary_key=True)
    reference = models.CharField(max_length=14, null=True, unique=True)
    state = models.CharField(max_length=10)
    version = models.PositiveIntegerField(default=1)
    office = models.CharField(max_length=40, db_index=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    on = models.DateField()
    captured_by = models.CharField(max_length=150)
    approved_by = models.CharField(max_length=150, blank=True)
    read_back_by = models.CharField(max_length=150, blank=True)
    confirmed = models.CharField(max_length=10, blank=True)
    where = models.CharField(max_length=10, default=Where.POST.value)
    reasons = models.JSONField(default=list)
    ticket = models.CharField(max_length=64, blank=True)
    content = models.CharField(max_length=64, blank=True)
    sealed = models.BinaryField(null=True)
    kit = models.CharField(max_length=40, blank=True)
    event = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=one_of("state", Stage), name="capture_state"),
            models.CheckConstraint(condition=one_of("confirmed", Confirmed, blank=True), name="capture_confirmed"),
            models.CheckConstraint(condition=one_of("where", Where), name="capture_where"),
            # Another person, enforced in data: also off line, also by hand in a database shell.
            models.CheckConstraint(
                condition=~Q(approved_by=F("captured_by")) | Q(approved_by=""), name="capture_two_hands"
            ),
            models.CheckConstraint(
                condition=(Q(state=Stage.APPROVED.value) & ~Q(approved_by="") & ~Q(confirmed=""))
                | (~Q(state=Stage.APPROVED.value) & Q(approved_by="")),
                name="capture_approved_by_somebody",
            ),
            # What was approved is kept in the case or in the sealed parcel, and nowhere else.
            models.CheckConstraint(
                condition=~Q(state=Stage.APPROVED.value) | Q(sealed=None), name="capture_words_destroyed"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[Stage.STARTED.value, Stage.DISCARDED.value]) | ~Q(reference=None),
                name="capture_has_reference",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or str(self.id)


class CapturePart(models.Model):
    """A picture of a capture, sealed: `portrait` or `paper_N`. Without an image two officers attested the paper."""

    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="parts")
    name = models.CharField(max_length=12)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    mime = models.CharField(max_length=12)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["capture", "name"], name="capture_part_once")]

    def __str__(self) -> str:
        return f"{self.name} of {self.capture_id}"


class CaptureHand(models.Model):
    """One officer's only kind of hand in a capture: who typed anything of it can never be the one who approved it."""

    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="hands")
    officer = models.CharField(max_length=150)
    typed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["capture", "officer"], name="capture_hand_once"),
            models.UniqueConstraint(fields=["capture"], condition=Q(typed=False), name="capture_one_approver"),
        ]

    def __str__(self) -> str:
        return f"{self.officer} in {self.capture_id}"
