"""Tables of the parcels. A centre fills the first half, a kit the second.

What has left a kit's hands is append-only by trigger (migration 0002): outgoing events, used references, receipts.
"""

from django.db import models
from django.db.models import Q

from srok.trust.parcels.rules import FLOW, KIT_FLOW
from srok.trust.parcels.terms import ReferenceState

STATES = sorted({str(state) for state in FLOW.values()})
STANDINGS = sorted({str(standing) for standing in KIT_FLOW.values()})


class Kit(models.Model):
    """A laptop of a mission: its warrant, its public key, and where it stands. Its private key is not here."""

    kit = models.CharField(max_length=40, primary_key=True)
    post = models.CharField(max_length=8)
    office = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    serial = models.PositiveIntegerField()
    from_on = models.DateField()
    until_on = models.DateField()
    state = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    warrant = models.BinaryField()
    prepared_at = models.DateTimeField()
    seals_out = models.JSONField(default=list)
    seals_in = models.JSONField(default=list)
    revoked_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    forked = models.BooleanField(default=False)
    last_seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STANDINGS), name="kit_standing_in_flow"),
            models.UniqueConstraint(fields=["post", "year", "serial"], name="kit_numbered_once"),
            models.CheckConstraint(
                condition=~Q(state="revoked") | Q(revoked_at__isnull=False), name="kit_revoked_dated"
            ),
        ]

    def __str__(self) -> str:
        return self.kit


class AllocatedReference(models.Model):
    """A receipt reference that one kit may give out; voided with the kit where it was not used."""

    reference = models.CharField(max_length=20, primary_key=True)
    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="references")
    place = models.PositiveIntegerField()
    fate = models.CharField(max_length=10, default=str(ReferenceState.ALLOCATED))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fate__in=sorted(ReferenceState)), name="reference_fate"),
            models.UniqueConstraint(fields=["kit", "place"], name="reference_place_once"),
        ]

    def __str__(self) -> str:
        return self.reference


class Arrival(models.Model):
    """One event that arrived, or bytes that are none; kept as it came, whatever becomes of it. `digest` is SHA-256.

    `kit` is text, not a key: an unknown kit's event is kept too. `accepted`: its kit signed it and it is not the later
    one of a fork. `released_by`: an officer let it through in spite of `code`.
    """

    kit = models.CharField(max_length=40, blank=True)
    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, unique=True)
    prev = models.CharField(max_length=64, blank=True)
    accepted = models.BooleanField(default=False)
    state = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    code = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField()
    received_on = models.DateField()
    happened_at = models.DateTimeField(null=True)
    kind = models.CharField(max_length=80, blank=True)
    event_id = models.UUIDField(null=True)
    actor = models.CharField(max_length=150, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    conflict_with = models.CharField(max_length=80, blank=True)
    settled_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="arrival_state_in_flow"),
            # One command of a kit acts once, under whatever number it comes.
            models.UniqueConstraint(
                fields=["event_id"], condition=Q(state__in=["opened", "conflict"]) & Q(event_id__isnull=False),
                name="arrival_command_once",
            ),
            models.CheckConstraint(condition=~Q(state="quarantined") | ~Q(code=""), name="arrival_quarantine_told"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["kit", "seq"], name="arrival_of_kit"),
            models.Index(fields=["state", "kit", "seq"], name="arrival_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.kit} {self.seq}"


class ArrivalBytes(models.Model):
    """The bytes of an event as it came, apart from its state, so that a move between states rewrites none of them."""

    arrival = models.OneToOneField(Arrival, on_delete=models.PROTECT, primary_key=True, related_name="content")
    raw = models.BinaryField()

    def __str__(self) -> str:
        return f"bytes of {self.arrival_id}"


class LostNumbers(models.Model):
    """Numbers of a kit that an officer declared lost, with the reason; both ends inclusive."""

    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="lost")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    actor = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(first__lte=models.F("last")), name="lost_numbers_in_order")]

    def __str__(self) -> str:
        return f"{self.kit_id} {self.first}-{self.last}"


class Upload(models.Model):
    """A file of events on its way from a kit; its bytes lie in a file of this id, their length is the offset."""

    id = models.UUIDField(primary_key=True)
    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="uploads")
    sha256 = models.CharField(max_length=64)
    length = models.BigIntegerField()
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    report = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kit", "sha256"], name="upload_once")]

    def __str__(self) -> str:
        return str(self.id)


class OutgoingEvent(models.Model):
    """An event of this kit: what anybody may know of it. Written with the act, never changed."""

    seq = models.BigIntegerField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    happened_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    length = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.seq)


class OutgoingBytes(models.Model):
    """The sealed event itself; goes when the centre's receipt for exactly these bytes has come."""

    event = models.OneToOneField(OutgoingEvent, on_delete=models.PROTECT, primary_key=True, related_name="sealed")
    raw = models.BinaryField()

    def __str__(self) -> str:
        return f"bytes of {self.event_id}"


class UsedReference(models.Model):
    """A reference of the warrant that this kit has given out."""

    reference = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.reference


class KitReceipt(models.Model):
    """What a bundle said of one event of this kit: one row for each time it changed."""

    event = models.ForeignKey(OutgoingEvent, on_delete=models.PROTECT, related_name="receipts")
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=20)
    subject = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "made_at"], name="kit_receipt_once")]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.outcome}"


class Contact(models.Model):
    """A sign of the centre that reached this kit: a receipt bundle, made at this instant."""

    made_at = models.DateTimeField(unique=True)
    confirmed_at = models.DateTimeField()
    revoked = models.BooleanField(default=False)
    # Numbers under which the centre holds other bytes than this kit wrote.
    foreign = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.made_at.isoformat()
