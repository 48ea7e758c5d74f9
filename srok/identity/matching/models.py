"""Tables of the matching: the index of names on the list, its state, and the reports of searches."""

from django.db import models

from srok.identity.matching.terms import Hint, SearchedAs

NAME = 200


class IndexedName(models.Model):
    """One name of one person on the list, with the keys under which a search finds it."""

    subject = models.UUIDField(db_index=True)
    register_no = models.CharField(max_length=10)
    family_latin = models.CharField(max_length=NAME, blank=True)
    family_km = models.CharField(max_length=NAME, blank=True)
    given_latin = models.CharField(max_length=NAME, blank=True)
    given_km = models.CharField(max_length=NAME, blank=True)
    father_family_latin = models.CharField(max_length=NAME, blank=True)
    father_family_km = models.CharField(max_length=NAME, blank=True)
    father_given_latin = models.CharField(max_length=NAME, blank=True)
    father_given_km = models.CharField(max_length=NAME, blank=True)
    mother_family_latin = models.CharField(max_length=NAME, blank=True)
    mother_family_km = models.CharField(max_length=NAME, blank=True)
    mother_given_latin = models.CharField(max_length=NAME, blank=True)
    mother_given_km = models.CharField(max_length=NAME, blank=True)
    sex = models.CharField(max_length=1)
    birth = models.CharField(max_length=10)
    birthplace = models.CharField(max_length=8, blank=True)
    alive = models.BooleanField()
    # Aliases are found like names, but only the first name of a person is counted.
    first = models.BooleanField()
    key_names = models.BigIntegerField(null=True, db_index=True)
    key_khmer = models.BigIntegerField(null=True, db_index=True)
    key_given_year = models.BigIntegerField(null=True, db_index=True)
    key_family_year = models.BigIntegerField(null=True, db_index=True)
    key_given_father = models.BigIntegerField(null=True, db_index=True)
    key_given_mother = models.BigIntegerField(null=True, db_index=True)
    key_parents = models.BigIntegerField(null=True, db_index=True)
    key_father = models.BigIntegerField(null=True, db_index=True)
    key_mother = models.BigIntegerField(null=True, db_index=True)
    key_given_place = models.BigIntegerField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"a name of {self.register_no}"


class IndexState(models.Model):
    """What the index holds: one row. `snapshot` is the newest change of the list that it has seen."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    people = models.PositiveIntegerField(default=0)
    snapshot = models.BigIntegerField(default=0)
    # Grows with every whole rebuild, so that counts held in memory are known to be stale.
    epoch = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"index at {self.snapshot}"


class StoredReport(models.Model):
    """One search: what was asked (sealed), over what, with which weights. Never computed again."""

    id = models.UUIDField(primary_key=True)
    as_role = models.CharField(max_length=10)
    searched = models.PositiveIntegerField()
    snapshot = models.BigIntegerField()
    weights = models.CharField(max_length=40)
    capped = models.BooleanField()
    asked = models.BinaryField()
    actor = models.CharField(max_length=150)
    office = models.CharField(max_length=40)
    at = models.DateTimeField()
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(as_role__in=sorted(SearchedAs)), name="report_role"),
        ]

    def __str__(self) -> str:
        return f"report {self.id}"


class StoredCandidate(models.Model):
    """One candidate of a report as it was shown: ten-thousandths of confidence, and the reasons field by field."""

    report = models.ForeignKey(StoredReport, on_delete=models.CASCADE, related_name="candidates")
    rank = models.PositiveSmallIntegerField()
    subject = models.UUIDField(db_index=True)
    register_no = models.CharField(max_length=10)
    score10000 = models.PositiveIntegerField()
    hint = models.CharField(max_length=10)
    # [[field, level, code, bits10, one_in], ...]: codes and figures, no name.
    reasons = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "rank"], name="candidate_rank_once"),
            models.CheckConstraint(condition=models.Q(hint__in=sorted(Hint)), name="candidate_hint"),
        ]

    def __str__(self) -> str:
        return f"candidate {self.rank} of {self.report_id}"
