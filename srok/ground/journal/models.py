"""Tables of the journal. `Fact`, `Place` and `WaitingLeaf` are append-only by trigger (migration 0002)."""

from django.db import models


class Fact(models.Model):
    """One thing that was done, by whom, where and when."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    facts = models.JSONField()
    actor = models.CharField(max_length=150)
    office = models.CharField(max_length=40)
    at = models.DateTimeField()
    on = models.DateField()
    # When an act without a network was done; `at` is when it was recorded here.
    happened_at = models.DateTimeField(null=True)
    trace = models.UUIDField()

    class Meta:
        constraints = [
            # Replaying a command is harmless: its facts exist already.
            models.UniqueConstraint(fields=["trace", "kind", "subject"], name="fact_once_per_command"),
        ]
        indexes = [models.Index(fields=["subject", "id"], name="fact_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Place(models.Model):
    """The place of a committed fact in the one order that every reader follows."""

    seq = models.BigIntegerField(primary_key=True)
    fact = models.OneToOneField(Fact, on_delete=models.PROTECT, related_name="place")

    def __str__(self) -> str:
        return str(self.seq)


class Cursor(models.Model):
    """How far one reaction has come; moved in the transaction of its effect."""

    reaction = models.CharField(max_length=120, primary_key=True)
    seq = models.BigIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.reaction} at {self.seq}"


class ParkedFact(models.Model):
    """A fact that a reaction could not digest after several tries; an operator looks at it."""

    reaction = models.CharField(max_length=120)
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="+")
    error = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reaction", "fact"], name="parked_once")]

    def __str__(self) -> str:
        return f"{self.reaction}: {self.fact_id}"


class WaitingLeaf(models.Model):
    """A leaf stored with its act and not yet sequenced into the public log."""

    fact = models.OneToOneField(Fact, on_delete=models.PROTECT, primary_key=True, related_name="leaf")
    log = models.CharField(max_length=20)
    type = models.CharField(max_length=40)
    commitment = models.CharField(max_length=64)
    entry = models.JSONField()
    prev = models.UUIDField(null=True)

    class Meta:
        # A holder's paper names the commitment, and anybody may ask by it.
        indexes = [models.Index(fields=["commitment"], name="leaf_commitment")]

    def __str__(self) -> str:
        return f"{self.log} {self.type}"


class Opening(models.Model):
    """The sealed opening of a commitment, apart from it: destroying it makes the person unfindable for ever."""

    leaf = models.OneToOneField(WaitingLeaf, on_delete=models.PROTECT, primary_key=True, related_name="+")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"opening of {self.pk}"
