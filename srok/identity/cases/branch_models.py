"""Tables of the branches: what arrived beside a standing case, whole and sealed; nothing is merged by field."""

from django.db import models
from django.db.models import Q

from srok.identity.cases.branch_terms import BranchStage, BranchWhy
from srok.identity.cases.constraints import one_of


class Branch(models.Model):
    """An application that could not become a case by itself, until an officer says what it is."""

    id = models.UUIDField(primary_key=True)
    reference = models.CharField(max_length=14, db_index=True)
    beside = models.CharField(max_length=14)
    why = models.CharField(max_length=16)
    state = models.CharField(max_length=10)
    version = models.PositiveIntegerField(default=1)
    office = models.CharField(max_length=40, db_index=True)
    arrived_at = models.DateTimeField()
    happened_at = models.DateTimeField(null=True)
    kit = models.CharField(max_length=40, blank=True)
    event = models.PositiveBigIntegerField(default=0)
    content = models.CharField(max_length=64)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_office = models.CharField(max_length=40, blank=True)
    decided_on = models.DateField(null=True)
    reasons = models.JSONField(default=list)
    became = models.CharField(max_length=14, blank=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=one_of("state", BranchStage), name="branch_state"),
            models.CheckConstraint(condition=one_of("why", BranchWhy), name="branch_why"),
            models.CheckConstraint(
                condition=Q(state=BranchStage.KEPT.value) | ~Q(decided_by=""), name="branch_decided_by_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[BranchStage.ADMITTED.value, BranchStage.SET_ASIDE.value]) | ~Q(reasons=[]),
                name="branch_decided_with_reason",
            ),
            # The same words under the same number arrive once, however often they are sent.
            models.UniqueConstraint(fields=["reference", "content"], name="branch_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} beside {self.beside}"


class BranchPart(models.Model):
    """A picture of a branch, sealed: `portrait` or `paper_N`."""

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="parts")
    name = models.CharField(max_length=12)
    mime = models.CharField(max_length=12)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["branch", "name"], name="branch_part_once")]

    def __str__(self) -> str:
        return f"{self.name} of {self.branch_id}"
