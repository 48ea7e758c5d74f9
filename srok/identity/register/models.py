"""Tables of the register. `Person` is who, `PersonVersion` is what was known when; a version is never overwritten."""

from django.db import models
from django.db.models import F, Q

from srok.identity.register.terms import AliasSource, Sex

NAME = 200  # characters of one part of a name
DATE = 10  # `1960`, `1960-05` or `1960-05-03`


class PersonData(models.Model):
    """What a resident list says of one person: the columns shared by versions and staged rows."""

    family_km = models.CharField(max_length=NAME, blank=True)
    given_km = models.CharField(max_length=NAME, blank=True)
    family_latin = models.CharField(max_length=NAME, blank=True)
    given_latin = models.CharField(max_length=NAME, blank=True)
    sex = models.CharField(max_length=1)
    birth = models.CharField(max_length=DATE)
    birthplace = models.CharField(max_length=8, blank=True)
    residence = models.CharField(max_length=8, blank=True)
    household = models.CharField(max_length=40, blank=True)
    father_family_km = models.CharField(max_length=NAME, blank=True)
    father_given_km = models.CharField(max_length=NAME, blank=True)
    father_family_latin = models.CharField(max_length=NAME, blank=True)
    father_given_latin = models.CharField(max_length=NAME, blank=True)
    mother_family_km = models.CharField(max_length=NAME, blank=True)
    mother_given_km = models.CharField(max_length=NAME, blank=True)
    mother_family_latin = models.CharField(max_length=NAME, blank=True)
    mother_given_latin = models.CharField(max_length=NAME, blank=True)
    father_no = models.CharField(max_length=10, blank=True)
    mother_no = models.CharField(max_length=10, blank=True)
    deceased_on = models.CharField(max_length=DATE, blank=True)
    # The original letters of those columns whose stored form differs from what the file said.
    as_written = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"a person of version {self.pk}"


class Person(models.Model):
    """One person under a random id. `version` is that of the newest version; `row_hash` that of the last row read."""

    subject = models.UUIDField(primary_key=True)
    register_no = models.CharField(max_length=10, unique=True)
    synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    # The case that admitted the person here; None for people of an imported list.
    case_ref = models.CharField(max_length=40, null=True, unique=True)
    row_hash = models.CharField(max_length=32, blank=True)
    card_hash = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(synthetic=False) | Q(register_no__startswith="99"), name="synthetic_in_reserved_range"
            ),
        ]

    def __str__(self) -> str:
        return self.register_no


class PersonVersion(PersonData):
    """What is known of a person in a span of days [`valid_from`, `valid_until`); the newest version is open."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    citizen = models.BooleanField(default=True)
    # Where papers are addressed: a gazetteer code, or the post abroad (law.md ADDR-ABROAD).
    address_of_record = models.CharField(max_length=8, blank=True)
    abroad_post = models.CharField(max_length=8, blank=True)
    # The import that brought this version, or None.
    run = models.UUIDField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "version"], name="person_version_once"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_until__isnull=True), name="person_one_open_version"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="version_span"
            ),
            models.CheckConstraint(condition=Q(sex__in=sorted(Sex)), name="version_sex"),
        ]
        indexes = [
            models.Index(fields=["father_no"], condition=~Q(father_no=""), name="version_of_father"),
            models.Index(fields=["mother_no"], condition=~Q(mother_no=""), name="version_of_mother"),
        ]

    def __str__(self) -> str:
        return f"version {self.version} of {self.person_id}"


class PersonAlias(models.Model):
    """Another name of a person, and where it comes from."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="aliases")
    family_km = models.CharField(max_length=NAME, blank=True)
    given_km = models.CharField(max_length=NAME, blank=True)
    family_latin = models.CharField(max_length=NAME, blank=True)
    given_latin = models.CharField(max_length=NAME, blank=True)
    source = models.CharField(max_length=20)
    noted_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "family_km", "given_km", "family_latin", "given_latin"], name="alias_once"
            ),
            models.CheckConstraint(condition=Q(source__in=sorted(AliasSource)), name="alias_source"),
        ]

    def __str__(self) -> str:
        return f"alias of {self.person_id}"


class ElectionHandle(models.Model):
    """The random handle by which the election rooms know a person; only `for_roll` resolves it."""

    handle = models.UUIDField(primary_key=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.handle)


class ImportRun(models.Model):
    """One import of a resident list that was swapped in: which file, what it did, what it left out and why."""

    # Numbered by the database: which import was the last must not hang on a clock.
    id = models.BigAutoField(primary_key=True)
    run = models.UUIDField(unique=True)
    sha256 = models.CharField(max_length=64)
    done_at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    rows = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    cards = models.PositiveIntegerField()
    # [[row, field, code], ...]: places and reasons, never what stood there.
    rejected = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"import {self.run}"


class StagedRow(PersonData):
    """A row of a file on its way in; it lives from reading to the swap, and never longer than its import."""

    run = models.UUIDField()
    row = models.PositiveIntegerField()
    register_no = models.CharField(max_length=10)
    synthetic = models.BooleanField()
    subject = models.UUIDField()
    handle = models.UUIDField()
    row_hash = models.CharField(max_length=32)
    card_hash = models.CharField(max_length=32, blank=True)
    card_number = models.CharField(max_length=9, blank=True)
    card_generation = models.CharField(max_length=20, blank=True)
    card_issued = models.DateField(null=True)
    card_expires = models.DateField(null=True)
    # What the swap will do: `add`, `change`, `keep`.
    act = models.CharField(max_length=6, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["run", "register_no"], name="staged_number"),
            models.Index(fields=["run", "subject"], name="staged_subject"),
        ]

    def __str__(self) -> str:
        return f"row {self.row}"
