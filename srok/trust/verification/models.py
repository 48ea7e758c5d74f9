"""The answer book and the receipts. A test lists the book's columns: nothing may be added that names a person."""

from django.db import models
from django.db.models import Q

from srok.trust.verification.terms import HELD, OUTCOMES, BookState, Party


class BookSubject(models.Model):
    """One person under a random id. Written whole by `register`, whose own rows carry the version."""

    subject = models.UUIDField(primary_key=True)
    birth = models.CharField(max_length=10)
    citizen_from = models.DateField(null=True)
    citizen_until = models.DateField(null=True)
    alive_from = models.DateField()
    alive_until = models.DateField(null=True)
    handed_over_abroad = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.subject)


class BookCard(models.Model):
    """One card, also after its end: an ended card still answers."""

    number = models.CharField(max_length=9)
    generation = models.CharField(max_length=20)
    subject = models.ForeignKey(BookSubject, on_delete=models.PROTECT, related_name="cards")
    state = models.CharField(max_length=20)
    state_from = models.DateField()
    state_reason = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField(null=True)
    expires = models.DateField()
    status_index = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "generation"], name="book_card_once"),
            models.UniqueConstraint(
                fields=["status_index"], condition=Q(status_index__isnull=False), name="book_status_index_once"
            ),
            models.CheckConstraint(condition=Q(state__in=sorted(BookState)), name="book_card_state"),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(HELD)) | Q(valid_from__isnull=False), name="book_active_card_dated"
            ),
        ]

    def __str__(self) -> str:
        return f"card {self.pk}"


class Receipt(models.Model):
    """One answer as it was given and signed. `subject` is empty where the card was not known."""

    reference = models.CharField(max_length=14, primary_key=True)
    trace = models.UUIDField()
    party = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    document = models.CharField(max_length=64)
    on = models.DateField()
    asked_at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    office = models.CharField(max_length=40)
    subject = models.UUIDField(null=True)
    outcome = models.CharField(max_length=10)
    reasons = models.JSONField(default=list)
    pseudonym = models.CharField(max_length=24, blank=True)
    statement = models.BinaryField()
    kid = models.CharField(max_length=80)
    signature = models.BinaryField()

    class Meta:
        constraints = [
            # The same command about the same card is one question (house rule 7).
            models.UniqueConstraint(
                fields=["trace", "party", "purpose", "document", "on"], name="receipt_once_per_command"
            ),
            models.CheckConstraint(condition=Q(party__in=sorted(Party)), name="receipt_party"),
            models.CheckConstraint(
                condition=Q(outcome__in=sorted({word for pair in OUTCOMES.values() for word in pair})),
                name="receipt_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(party="border") | Q(outcome__in=OUTCOMES[Party.BORDER], pseudonym=""),
                name="receipt_border_of_document_only",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "-asked_at"], name="receipt_of_subject"),
            models.Index(fields=["office", "-asked_at"], name="receipt_of_office"),
            models.Index(fields=["actor", "on"], name="receipt_of_officer_day"),
        ]

    def __str__(self) -> str:
        return self.reference
