"""Tables of the notices. No name stands in any of them; addresses stand sealed in one."""

from django.db import models

from srok.ground.notices.terms import Channel, Kind, Language, OutboxState, ServiceWay

KINDS = [kind.value for kind in Kind]
CHANNELS = [channel.value for channel in Channel]
LANGUAGES = [language.value for language in Language]
WAYS = [way.value for way in ServiceWay]
STATES = [state.value for state in OutboxState]


class ContactDetails(models.Model):
    """How to reach one subject; everything but language and channel is sealed and tied to the subject."""

    subject = models.UUIDField(primary_key=True)
    language = models.CharField(max_length=2)
    channel = models.CharField(max_length=8)
    sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(language__in=LANGUAGES), name="contact_language"),
            models.CheckConstraint(condition=models.Q(channel__in=CHANNELS), name="contact_channel"),
        ]

    def __str__(self) -> str:
        return str(self.subject)


class Notice(models.Model):
    """One notice to one subject, as codes; served once, with proof."""

    id = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    reference = models.CharField(max_length=40)
    kind = models.CharField(max_length=24)
    facts = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    language = models.CharField(max_length=2)
    channel = models.CharField(max_length=8)
    office = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    made_on = models.DateField()
    served_on = models.DateField(null=True)
    how_served = models.CharField(max_length=20, blank=True)
    object_until = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="notice_kind"),
            models.CheckConstraint(condition=models.Q(channel__in=CHANNELS), name="notice_channel"),
            models.CheckConstraint(condition=models.Q(how_served__in=["", *WAYS]), name="notice_how_served"),
            models.CheckConstraint(
                condition=models.Q(served_on__isnull=True, how_served="", object_until__isnull=True)
                | (models.Q(served_on__isnull=False) & ~models.Q(how_served="")),
                name="notice_served_with_proof",
            ),
        ]
        indexes = [models.Index(fields=["subject", "id"], name="notice_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Outbox(models.Model):
    """One message waiting to leave: its key makes writing it twice harmless."""

    key = models.CharField(max_length=60, primary_key=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8)
    state = models.CharField(max_length=10, default=OutboxState.WAITING.value)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="outbox_state"),
            models.CheckConstraint(condition=models.Q(channel__in=CHANNELS), name="outbox_channel"),
        ]
        indexes = [models.Index(fields=["state", "next_at"], name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"
