"""What the resident list says now, for the comparison with the public log (`srok openlog check`).

A person admitted or linked by a case has a leaf of each version. A list that was imported has one leaf, which counts:
a version more or less in that import shows, a changed name inside it does not (docs/openlog.md says so).
"""

from collections.abc import Collection, Iterator

from django.db.models import Q

from srok.ground.journal.terms import LedgerRow
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName
from srok.identity.register import rules
from srok.identity.register.models import ImportRun, Person, PersonVersion

LABELS = ("register.person", "register.import")


def rows() -> Iterator[LedgerRow]:
    """Every version that no import brought, then every import with what is left of it."""
    versions = PersonVersion.objects.filter(run__isnull=True).order_by("person_id", "version")
    for version in versions.iterator(chunk_size=500):
        yield _person(version)
    for run in ImportRun.objects.order_by("id").iterator(chunk_size=500):
        yield _import(run)
    stray = PersonVersion.objects.exclude(run__isnull=True).exclude(run__in=ImportRun.objects.values("run"))
    for version in stray.order_by("person_id", "version").iterator(chunk_size=500):
        yield _person(version)


def known(subjects: Collection[str]) -> set[str]:
    """Those of these subjects of leaves that stand in the tables: persons and imports."""
    people = Person.objects.filter(pk__in=subjects).values_list("pk", flat=True)
    runs = ImportRun.objects.filter(run__in=subjects).values_list("run", flat=True)
    return {str(one) for one in (*people, *runs)}


def _person(version: PersonVersion) -> LedgerRow:
    name = PersonName(version.family_km, version.given_km, version.family_latin, version.given_latin)
    row = rules.leaf_row(
        name, PartialDate.parse(version.birth), subject=str(version.person_id), version=version.version,
        address=version.address_of_record or version.abroad_post,
    )  # fmt: skip
    reference = f"person {version.person_id} version {version.version}"
    return LedgerRow("register.person", str(version.person_id), row, reference, version.version)


def _import(run: ImportRun) -> LedgerRow:
    brought = PersonVersion.objects.filter(run=run.run)
    added = brought.filter(Q(version=1)).count()
    row = {
        "sha256": run.sha256, "added": added, "changed": brought.count() - added, "unchanged": run.unchanged,
        "rejected": len(run.rejected),
    }  # fmt: skip
    return LedgerRow("register.import", str(run.run), row, f"import {run.run}")
