"""Contact details kept sealed and erased; notices sent once, served once, with the day the time to object ends."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal, Stale
from srok.ground.notices import models, public, reads, store
from srok.ground.notices.terms import SendNotice, SetContact
from srok.ground.notices.tests.conftest import AT, REFERENCE, SOPHEA

POSTAL = "12 Planted Street\nLowell"
CONTACT = SetContact(SOPHEA, "en", "letter", "sophea@example.org", "+1 202 555 0100", POSTAL, "WAS")
REFUSAL = SendNotice(SOPHEA, REFERENCE, "refused", {"post": "WAS", "age": 14}, ("cases.under_age",))


def everything_stored() -> bytes:
    """Every value of every table, as bytes."""
    found = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found += b"|".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row)
    return found


def test_contact_details_are_sealed_and_tied_to_their_subject(kunthea):
    public.set_contact(CONTACT, ctx=kunthea())
    stored = everything_stored()
    for secret in (b"sophea@example.org", b"555 0100", b"Planted", b"Lowell"):
        assert secret not in stored
    assert store.contact(SOPHEA).postal == POSTAL
    moved = new_id(AT)
    models.ContactDetails.objects.filter(pk=SOPHEA).update(subject=moved)
    with pytest.raises(Refusal, match=r"kernel\.unsealable"):
        store.contact(moved)


def test_contact_details_are_replaced_and_erased(kunthea, outbox):
    public.set_contact(CONTACT, ctx=kunthea())
    public.set_contact(replace(CONTACT, email="other@example.org"), ctx=kunthea())
    assert store.contact(SOPHEA).email == "other@example.org"
    public.send(REFUSAL, ctx=kunthea())
    public.deliver(kunthea())
    assert list(outbox.rglob("*.pdf"))
    assert public.erase(SOPHEA, ctx=kunthea())
    assert not public.erase(SOPHEA, ctx=kunthea())
    assert store.contact(SOPHEA) is None
    assert not [path for path in outbox.rglob("*") if path.is_file()]
    assert len(public.notices_of(SOPHEA)) == 1


def test_a_notice_is_sent_once_a_command(kunthea):
    command = kunthea()
    ref = public.send(REFUSAL, ctx=command)
    with pytest.raises(Refusal, match=r"journal\.replayed"):
        public.send(REFUSAL, ctx=command)
    assert public.notices_of(SOPHEA) == [ref]
    assert (ref.channel, ref.language, ref.object_until) == ("letter", "km", None)
    [fact] = [row for row in journal.facts_about(str(SOPHEA)) if row.kind == "notices.notice_sent"]
    assert fact.facts["reasons"] == ["cases.under_age"]


def test_a_refused_notice_leaves_nothing_behind(kunthea):
    with pytest.raises(Refusal, match=r"notices\.no_reason"):
        public.send(replace(REFUSAL, reasons=()), ctx=kunthea())
    assert not models.Notice.objects.exists()
    assert not models.Outbox.objects.exists()


def test_time_to_object_starts_with_proof_of_notice(kunthea, dara):
    ref = public.send(REFUSAL, ctx=kunthea())
    served = public.record_service(ref.id, "handed_over", ctx=dara(days=9))
    assert (served.served_on, served.how_served) == (date(2025, 3, 21), "handed_over")
    # 30 days later is Sunday 20 April 2025: the last day moves to a working day.
    assert served.object_until == date(2025, 4, 21)
    [fact] = [row for row in journal.facts_about(str(SOPHEA)) if row.kind == "notices.notice_served"]
    assert fact.facts["object_until"] == "2025-04-21"
    with pytest.raises(Refusal, match=r"notices\.served_already"):
        public.record_service(ref.id, "handed_over", ctx=dara(days=10))
    assert public.notice(ref.id).object_until == date(2025, 4, 21)


def test_nothing_to_object_to_in_good_news(kunthea, dara):
    ref = public.send(SendNotice(SOPHEA, REFERENCE, "card_ready", {"post": "WAS"}), ctx=kunthea())
    assert public.record_service(ref.id, "read_aloud", ctx=dara()).object_until is None


def test_service_needs_an_office_a_known_way_and_a_notice(kunthea, dara):
    ref = public.send(REFUSAL, ctx=kunthea())
    with pytest.raises(Refusal, match=r"notices\.not_an_office"):
        public.record_service(ref.id, "handed_over", ctx=replace(dara(), office=""))
    with pytest.raises(Refusal, match=r"notices\.unknown_value"):
        public.record_service(ref.id, "telepathy", ctx=dara())
    with pytest.raises(Refusal, match=r"notices\.unknown_notice"):
        public.record_service(new_id(AT), "handed_over", ctx=dara())


def test_the_second_of_two_officers_is_refused(kunthea, dara):
    ref = public.send(REFUSAL, ctx=kunthea())
    stale = reads.row(ref.id)
    public.record_service(ref.id, "handed_over", ctx=dara())
    with pytest.raises(Stale):
        store.serve(stale, on=date(2025, 3, 13), how="handed_over", until=None)


@pytest.mark.parametrize("change", [{"kind": "x"}, {"served_on": date(2025, 3, 1)}, {"how_served": "handed_over"}])
def test_the_database_itself_keeps_to_the_words(kunthea, change):
    ref = public.send(REFUSAL, ctx=kunthea())
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Notice.objects.filter(pk=ref.id).update(**change)
