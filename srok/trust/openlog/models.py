"""Tables of the public log. `LogEntry` and `SignedTree` are append-only by trigger (migration 0002)."""

from django.db import models
from django.db.models import F, Q

from srok.trust.openlog.terms import Log
from srok.trust.openlog.witnessing import Standing


class LogEntry(models.Model):
    """One sequenced entry: its place in its log, its bytes and its leaf hash, and the fact that brought it."""

    pk = models.CompositePrimaryKey("log", "index")
    log = models.CharField(max_length=10)
    index = models.BigIntegerField()
    leaf = models.BinaryField()
    data = models.BinaryField()
    fact = models.UUIDField(null=True)

    class Meta:
        constraints = [
            # A leaf is sequenced exactly once (L9).
            models.UniqueConstraint(fields=["fact"], condition=Q(fact__isnull=False), name="openlog_fact_once"),
            models.CheckConstraint(condition=Q(log__in=sorted(Log), index__gte=0), name="openlog_entry_place"),
        ]

    def __str__(self) -> str:
        return f"{self.log} {self.index}"


class HeldLeaf(models.Model):
    """A leaf taken over from the journal that waits for its batch; it goes when it is sequenced."""

    fact = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField(unique=True)
    log = models.CharField(max_length=10)
    type = models.CharField(max_length=40)
    group = models.CharField(max_length=40)
    on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["log", "group", "on"], name="openlog_held_group")]

    def __str__(self) -> str:
        return f"{self.type} {self.fact}"


class LogHead(models.Model):
    """Where a log stands: the compact range over all sequenced entries, and the newest signed checkpoint."""

    log = models.CharField(max_length=10, primary_key=True)
    size = models.BigIntegerField(default=0)
    hashes = models.BinaryField(default=b"")
    signed_size = models.BigIntegerField(default=0)
    note = models.BinaryField(default=b"")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(log__in=sorted(Log)), name="openlog_head_log"),
            models.CheckConstraint(
                condition=Q(signed_size__gte=0, signed_size__lte=models.F("size")), name="openlog_head_signed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.log} at {self.size}"


class SignedTree(models.Model):
    """A size and root that was signed, for ever: one root for a size, so no two inconsistent checkpoints."""

    pk = models.CompositePrimaryKey("log", "size")
    log = models.CharField(max_length=10)
    size = models.BigIntegerField()
    root = models.BinaryField()
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.log} {self.size}"


class Intake(models.Model):
    """How far the journal was read: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.seq)


class WitnessStanding(models.Model):
    """How a witness of the policy stood to one of our logs when it was last asked."""

    log = models.CharField(max_length=10)
    name = models.CharField(max_length=255)
    key = models.CharField(max_length=64)
    standing = models.CharField(max_length=20)
    since = models.DateTimeField()
    asked_at = models.DateTimeField()
    size = models.BigIntegerField(default=0)
    cosigned_size = models.BigIntegerField(default=0)
    cosigned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log", "name"], name="openlog_witness_once"),
            models.CheckConstraint(
                condition=Q(log__in=sorted(Log), standing__in=sorted(Standing)), name="openlog_witness_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.log} {self.name}: {self.standing}"


class Quorum(models.Model):
    """The newest checkpoint of a log that its quorum cosigned, since when one is missing, and whether that was told."""

    log = models.CharField(max_length=10, primary_key=True)
    size = models.BigIntegerField(default=0)
    note = models.BinaryField(default=b"")
    met_at = models.DateTimeField(null=True)
    late_since = models.DateTimeField(null=True)
    alarmed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.log} cosigned at {self.size}"


class OpeningOrder(models.Model):
    """That an opening is to be destroyed, or was: two officers, never one alone."""

    fact = models.UUIDField(primary_key=True)
    reason = models.CharField(max_length=40)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    destroyed_by = models.CharField(max_length=150, blank=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(destroyed_by=F("asked_by")), name="openlog_opening_two_hands"),
            models.CheckConstraint(
                condition=Q(destroyed_by="", destroyed_at__isnull=True)
                | (~Q(destroyed_by="") & Q(destroyed_at__isnull=False)),
                name="openlog_opening_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"opening of {self.fact}"


class Tally(models.Model):
    """How many entries of a log carry a value on a day: its type, or its commune, or the office of the act."""

    log = models.CharField(max_length=10)
    by = models.CharField(max_length=10)
    key = models.CharField(max_length=60)
    on = models.DateField()
    count = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "by", "key", "on"], name="openlog_tally_once")]

    def __str__(self) -> str:
        return f"{self.log} {self.by} {self.key} {self.on}: {self.count}"


class TallyMark(models.Model):
    """Up to which entry of a log the tallies count."""

    log = models.CharField(max_length=10, primary_key=True)
    size = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.log} {self.size}"
