"""Portraits are kept sealed under keys that say nothing."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import public as biometrics
from srok.identity.biometrics.models import Portrait
from srok.identity.biometrics.tests.pictures import blurred, coded, face

AT = datetime(2025, 1, 20, 15, tzinfo=UTC)


def dara() -> Context:
    return Context("dara", "mfa.was", frozenset({"consular_officer"}), AT, AT.date(), new_id(AT))


@pytest.mark.django_db
def test_a_kept_portrait_comes_back_and_lies_sealed():
    key = biometrics.keep(coded(face()), dara())
    row = Portrait.objects.get(pk=key)
    assert biometrics.portrait(key)[:3] == b"\xff\xd8\xff"
    assert biometrics.portrait(key) not in bytes(row.sealed)
    assert b"JFIF" not in bytes(row.sealed)
    assert len(biometrics.thumbnail(key)) <= 500
    (fact,) = journal.facts_about(str(key))
    assert (fact.kind, dict(fact.facts)) == ("biometrics.portrait_kept", {"sha256": row.sha256})


@pytest.mark.django_db
def test_a_portrait_moved_to_another_key_cannot_be_opened():
    ctx = dara()
    one, other = biometrics.keep(coded(face()), ctx), biometrics.keep(coded(face(700, 900)), ctx)
    Portrait.objects.filter(pk=one).update(sealed=Portrait.objects.get(pk=other).sealed)
    with pytest.raises(Refusal) as refused:
        biometrics.portrait(one)
    assert refused.value.code == "kernel.unsealable"


@pytest.mark.django_db
def test_a_bad_portrait_is_not_kept():
    with pytest.raises(Refusal) as refused:
        biometrics.keep(coded(blurred(face())), dara())
    assert (refused.value.code, refused.value.field) == ("biometrics.blurred", "portrait")
    assert not Portrait.objects.exists()


@pytest.mark.django_db
def test_an_unknown_key_says_so():
    with pytest.raises(Refusal) as refused:
        biometrics.portrait(UUID(int=7))
    assert refused.value.code == "biometrics.no_portrait"


def test_the_table_holds_no_name():
    columns = {field.name for field in Portrait._meta.get_fields()}
    assert columns == {"key", "sealed", "sha256", "kept_at"}
