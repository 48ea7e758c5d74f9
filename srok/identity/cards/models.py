"""Tables of the cards. The states of `Card` are those of `terms.FLOW`, held by a CHECK."""

from django.db import models
from django.db.models import F, Q

from srok.identity.cards.bag_terms import BagState
from srok.identity.cards.terms import FLOW, MINISTRIES, Purpose

STATES = sorted({str(state) for state in FLOW.values()})


class Card(models.Model):
    """One card from its order to its end. Plan, order and to-be-signed bytes stand before any signature."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=9)
    generation = models.CharField(max_length=20)
    case_ref = models.CharField(max_length=40)
    subject = models.UUIDField(db_index=True)
    state = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    portrait_key = models.UUIDField()
    approved_by = models.CharField(max_length=150)
    pickup_post = models.CharField(max_length=8)
    replaces_number = models.CharField(max_length=9, blank=True)
    replaces_generation = models.CharField(max_length=20, blank=True)
    ordered_on = models.DateField()
    expires = models.DateField()
    status_index = models.PositiveIntegerField(unique=True)
    order_bytes = models.BinaryField()
    order_sha256 = models.CharField(max_length=64)
    tbs = models.BinaryField()
    qr_text = models.TextField(blank=True)
    card_kid = models.CharField(max_length=80, blank=True)
    dispatched_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    handed_over_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="card_state_in_flow"),
            models.UniqueConstraint(fields=["number", "generation"], name="card_number_once"),
            models.UniqueConstraint(
                fields=["case_ref"], condition=~Q(state="revoked"), name="card_one_living_per_case"
            ),
            # One card on its way to a person, whatever number of cases (law.md rule ID-UNIQ).
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state__in=["ordered", "issued"]), name="card_one_on_its_way"
            ),
            # Nothing leaves the printer without a signed QR (house rule 6).
            models.CheckConstraint(
                condition=Q(state__in=["ordered", "revoked"]) | ~Q(qr_text=""), name="card_issued_has_qr"
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(dispatched_on__isnull=False), name="card_sent_before_received"
            ),
            models.CheckConstraint(
                condition=~Q(state="handed_over") | Q(handed_over_on__isnull=False), name="card_handed_over_dated"
            ),
        ]
        indexes = [models.Index(fields=["state", "pickup_post", "ordered_on"], name="card_queue")]

    def __str__(self) -> str:
        return f"card {self.id}"


class OfficeSignature(models.Model):
    """A ministry's signature over the stored order: one per ministry, by two people, never by the approver."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="signatures")
    ministry = models.CharField(max_length=10)
    actor = models.CharField(max_length=150)
    # Repeated from the card, so that the database itself refuses the approver's signature.
    approved_by = models.CharField(max_length=150)
    kid = models.CharField(max_length=80)
    signature = models.BinaryField()
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["card", "ministry"], name="order_signed_once_per_ministry"),
            models.UniqueConstraint(fields=["card", "actor"], name="order_signed_by_two_people"),
            models.CheckConstraint(condition=Q(ministry__in=MINISTRIES), name="order_signer_ministry"),
            models.CheckConstraint(condition=~Q(actor=F("approved_by")), name="order_not_signed_by_approver"),
        ]

    def __str__(self) -> str:
        return f"{self.ministry} on {self.card_id}"


class CardOpening(models.Model):
    """An officer opened a card on a day, and for what first: once a day in the journal, whatever number of looks."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="openings")
    actor = models.CharField(max_length=150)
    purpose = models.CharField(max_length=12)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=sorted(Purpose)), name="card_opening_purpose"),
            models.UniqueConstraint(fields=["card", "actor", "on"], name="card_opening_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} opened {self.card_id}"


class CardEvent(models.Model):
    """One line of a card's life. Written with every act, never changed."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="events")
    version = models.PositiveIntegerField()
    act = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    actor = models.CharField(max_length=150)
    office = models.CharField(max_length=40)
    at = models.DateTimeField()
    on = models.DateField()
    detail = models.CharField(max_length=80, blank=True)
    second_officer = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "version"], name="card_event_per_version")]

    def __str__(self) -> str:
        return f"{self.act} of {self.card_id}"


class BagCard(models.Model):
    """In a kit: a card that the mission carries to its holder. Sealed; the portrait goes when the card is given."""

    card_id = models.UUIDField(primary_key=True)
    state = models.CharField(max_length=12)
    version = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()
    portrait = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(BagState)), name="bag_card_state_in_flow"),
        ]

    def __str__(self) -> str:
        return f"carried card {self.card_id}"
