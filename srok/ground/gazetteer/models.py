"""The table of places. Codes are official and never reused for another place within one source."""

from django.db import models

from srok.ground.gazetteer.terms import Level, Unit


class Place(models.Model):
    """One place; `until_on` is the first day on which it was no longer one (half-open)."""

    code = models.CharField(max_length=8, primary_key=True)
    level = models.CharField(max_length=8)
    name_km = models.CharField(max_length=120)
    name_latin = models.CharField(max_length=120)
    unit = models.CharField(max_length=8)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=[str(one) for one in Level]), name="place_level"),
            models.CheckConstraint(condition=models.Q(unit__in=[str(one) for one in Unit]), name="place_unit"),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True)
                | models.Q(from_on__isnull=True)
                | models.Q(until_on__gt=models.F("from_on")),
                name="place_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_latin}"
