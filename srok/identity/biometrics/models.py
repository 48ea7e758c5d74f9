"""Tables of the biometrics: faces without names."""

from django.db import models

from srok.identity.biometrics.finger_terms import Finger, Found
from srok.identity.biometrics.terms import Message, RequestState

FINGERS = [finger.value for finger in Finger]
FOUND = [found.value for found in Found]
STATES = [state.value for state in RequestState]
MESSAGES = [message.value for message in Message]


class Portrait(models.Model):
    """One portrait, sealed. The key says nothing about whose it is; `sha256` is of the JPEG before sealing."""

    key = models.UUIDField(primary_key=True)
    sealed = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)


class FaceTemplate(models.Model):
    """The numbers that an engine made of one portrait, sealed and tied to its key. One a portrait and engine."""

    id = models.UUIDField(primary_key=True)
    key = models.UUIDField()
    engine = models.CharField(max_length=60)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["engine", "key"], name="template_once")]
        indexes = [models.Index(fields=["key"], name="template_key")]

    def __str__(self) -> str:
        return f"{self.engine} {self.key}"


class Gallery(models.Model):
    """The faces that one engine can search, as a count of their changes: it is raised in the change's transaction."""

    engine = models.CharField(max_length=60, primary_key=True)
    changes = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.engine} {self.changes}"


class GalleryChange(models.Model):
    """One change of a gallery, in the order in which they were committed: every process follows them by number."""

    id = models.UUIDField(primary_key=True)
    engine = models.CharField(max_length=60)
    number = models.BigIntegerField()
    key = models.UUIDField()
    added = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["engine", "number"], name="gallery_change_number")]

    def __str__(self) -> str:
        return f"{self.engine} {self.number}"


class AbisRequest(models.Model):
    """One message to the identification system, with its answer; the id is chosen by who asks, so that it acts once."""

    id = models.UUIDField(primary_key=True)
    message = models.CharField(max_length=10)
    key = models.UUIDField(null=True)
    state = models.CharField(max_length=10)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    problem = models.CharField(max_length=60, blank=True)
    answer = models.JSONField(default=dict)
    engine = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="abis_state"),
            models.CheckConstraint(condition=models.Q(message__in=MESSAGES), name="abis_message"),
        ]
        indexes = [
            models.Index(fields=["state", "next_at", "id"], name="abis_due"),
            models.Index(fields=["key"], name="abis_key"),
        ]

    def __str__(self) -> str:
        return f"{self.message} {self.id}"


class FingerSet(models.Model):
    """The fingers taken for one application, under an opaque key; with the device, or the rule that waived them."""

    key = models.UUIDField(primary_key=True)
    office = models.CharField(max_length=40)
    taken_by = models.CharField(max_length=150)
    taken_on = models.DateField()
    device = models.CharField(max_length=80, blank=True)
    serial = models.CharField(max_length=80, blank=True)
    waived_by = models.CharField(max_length=60, blank=True)
    consequence = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(waived_by="", consequence="")
                | (~models.Q(waived_by="") & ~models.Q(consequence="")),
                name="finger_waiver_costs",
            ),
        ]
        indexes = [models.Index(fields=["office", "taken_on"], name="finger_set_office")]

    def __str__(self) -> str:
        return str(self.key)


class FingerPrint(models.Model):
    """One finger of a set: its best template, sealed, or why there is none. An open row has tries and no finding."""

    id = models.UUIDField(primary_key=True)
    of = models.ForeignKey(FingerSet, on_delete=models.CASCADE, related_name="fingers")
    finger = models.CharField(max_length=16)
    found = models.CharField(max_length=10, blank=True)
    quality = models.PositiveSmallIntegerField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sealed = models.BinaryField(null=True)
    noted_by = models.CharField(max_length=150)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "finger"], name="finger_once"),
            models.CheckConstraint(condition=models.Q(finger__in=FINGERS), name="finger_name"),
            models.CheckConstraint(condition=models.Q(found__in=["", *FOUND]), name="finger_found"),
            models.CheckConstraint(
                condition=~models.Q(found=Found.CAPTURED.value) | models.Q(sealed__isnull=False),
                name="finger_captured_has_template",
            ),
            models.CheckConstraint(
                condition=models.Q(found__in=["", Found.CAPTURED.value]) | models.Q(sealed__isnull=True),
                name="finger_exception_has_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_id} {self.finger}"
