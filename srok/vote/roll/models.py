"""Tables of the roll."""

from django.db import models
from django.db.models import Q

from srok.vote.roll.terms import FLOW, CardRead, Channel

STATES = sorted({str(state) for state in FLOW.values()})


class VoterRow(models.Model):
    """One person's place on one commune's list. `handle` is the person for elections only; no name stands here."""

    id = models.UUIDField(primary_key=True)
    reference = models.CharField(max_length=14, unique=True)
    handle = models.UUIDField()
    commune = models.CharField(max_length=6)
    state = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    list_year = models.PositiveIntegerField()
    channel = models.CharField(max_length=20)
    card_read = models.CharField(max_length=20)
    # Declared by the person at the desk, posted and open to objection like any other (rule VL-COMMUNE).
    residence_declared = models.BooleanField()
    actor = models.CharField(max_length=150)
    entered_at = models.DateTimeField()
    entered_on = models.DateField()
    fact = models.UUIDField()
    trace = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="row_state_in_flow"),
            # Rule VL-ONE: one living row per person in the whole nation.
            models.UniqueConstraint(fields=["handle"], condition=Q(state="entered"), name="row_one_per_person"),
            models.CheckConstraint(condition=Q(channel=Channel.IN_PERSON), name="row_in_person"),
            models.CheckConstraint(condition=Q(card_read__in=list(CardRead)), name="row_card_read"),
        ]
        indexes = [models.Index(fields=["commune", "entered_on"], name="row_commune_day")]

    def __str__(self) -> str:
        return self.reference
