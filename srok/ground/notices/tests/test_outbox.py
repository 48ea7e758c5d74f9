"""Messages leave at least once, twice changes nothing, and say no more than they must."""

import json
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default as email_policy

import pytest
from pypdf import PdfReader

from srok.ground.kernel.ids import new_id
from srok.ground.notices import models, outbox, public, rules
from srok.ground.notices.terms import DeliveryReport, OutboxAct, SendNotice, SetContact
from srok.ground.notices.tests.conftest import AT, REFERENCE, SOPHEA, acting

REFUSAL = SendNotice(SOPHEA, REFERENCE, "refused", {"post": "WAS"}, ("cases.under_age",))


class BrokenCarrier:
    """A carrier whose disk is full."""

    def put(self, channel: str, name: str, data: bytes) -> None:
        raise OSError("no space left")

    def remove(self, channel: str, name: str) -> None:
        pass


def contact(channel: str, language: str = "km") -> SetContact:
    return SetContact(SOPHEA, language, channel, "sophea@example.org", "+1 202 555 0100", "12 Main Street")


def files(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_email_speaks_two_languages_and_tells_no_reason(kunthea, outbox):
    public.set_contact(contact("email"), ctx=kunthea())
    ref = public.send(REFUSAL, ctx=kunthea())
    assert public.deliver(kunthea()) == DeliveryReport(delivered=1)
    mail = message_from_bytes((outbox / "email" / f"{ref.id}.eml").read_bytes(), policy=email_policy)
    text = mail.get_content()
    assert mail["To"] == "sophea@example.org"
    assert text.index("ស្ថានទូតកម្ពុជា") < text.index("Royal Embassy, Washington")
    for private in ("under_age", "15", "refus", "បដិសេធ", "Sophea"):
        assert private not in text


@pytest.mark.parametrize(("language", "word"), [("km", "ស្រុក"), ("en", "Srok"), ("fr", "Srok")])
def test_sms_is_in_the_language_of_the_person(kunthea, outbox, language, word):
    public.set_contact(contact("sms", language), ctx=kunthea())
    ref = public.send(REFUSAL, ctx=kunthea())
    public.deliver(kunthea())
    said = json.loads((outbox / "sms" / f"{ref.id}.json").read_bytes())
    assert said["to"] == "+1 202 555 0100"
    assert said["text"].startswith(word)
    assert REFERENCE in said["text"]


def test_delivering_again_changes_nothing(kunthea, outbox):
    public.set_contact(contact("letter"), ctx=kunthea())
    public.send(REFUSAL, ctx=kunthea())
    public.deliver(kunthea())
    first = files(outbox)
    assert public.deliver(kunthea()) == DeliveryReport()
    # A crash after the file and before the commit: the row still waits, and the same file is written again.
    models.Outbox.objects.update(state="waiting")
    assert public.deliver(kunthea()) == DeliveryReport(delivered=1)
    assert files(outbox) == first


def test_a_letter_without_contact_waits_at_the_post(kunthea, outbox):
    ref = public.send(REFUSAL, ctx=kunthea())
    assert public.deliver(kunthea()) == DeliveryReport(delivered=1)
    assert (outbox / "letter" / f"{ref.id}.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("postal", "printed"), [("12 Main\tStreet\n\nLowell", True), ("\u4e2d\u6587 Street", False)])
def test_an_address_that_cannot_be_printed_waits_at_the_post(kunthea, outbox, postal, printed):
    public.set_contact(SetContact(SOPHEA, postal=postal), ctx=kunthea())
    ref = public.send(REFUSAL, ctx=kunthea())
    assert public.deliver(kunthea()) == DeliveryReport(delivered=1)
    page = PdfReader(outbox / "letter" / f"{ref.id}.pdf").pages[1].extract_text()
    assert ("12 Main Street" in page) == printed
    assert ("The holder of the receipt" in page) != printed


def test_one_letter_that_cannot_be_made_does_not_stop_the_others(kunthea, outbox):
    """Contact details moved to another row cannot be opened; the letter after it still leaves."""
    public.set_contact(SetContact(SOPHEA, postal="x"), ctx=kunthea())
    public.send(REFUSAL, ctx=kunthea())
    models.ContactDetails.objects.update(sealed=b"\x01" + bytes(40))
    public.send(replace(REFUSAL, subject=new_id(AT)), ctx=kunthea())
    assert public.deliver(kunthea()) == DeliveryReport(delivered=1, failed=1)


def test_a_carrier_that_fails_is_tried_later_and_given_up_in_the_end(kunthea):
    public.send(REFUSAL, ctx=kunthea())
    at, reports = AT, []
    for _ in range(rules.MAX_ATTEMPTS):
        reports.append(public.deliver(acting("service:work", "moi.gdi", at), transport=BrokenCarrier()))
        assert public.deliver(acting("service:work", "moi.gdi", at), transport=BrokenCarrier()) == DeliveryReport()
        at += timedelta(hours=6)
    assert [report.put_off for report in reports] == [1] * (rules.MAX_ATTEMPTS - 1) + [0]
    assert reports[-1].failed == 1
    assert models.Outbox.objects.get().state == "failed"


def test_erased_before_it_left(kunthea, outbox):
    public.set_contact(contact("sms"), ctx=kunthea())
    public.send(REFUSAL, ctx=kunthea())
    public.erase(SOPHEA, ctx=kunthea())
    assert public.deliver(kunthea()) == DeliveryReport()
    assert models.Outbox.objects.get().state == "dropped"
    assert not outbox.exists()


def test_a_second_worker_moves_nothing(kunthea):
    public.send(REFUSAL, ctx=kunthea())
    row = models.Outbox.objects.get()
    assert outbox_move(row) is True
    assert outbox_move(row) is False


def outbox_move(row: models.Outbox) -> bool:
    return outbox.store.move(row, OutboxAct.DELIVER, delivered_at=AT)


def test_not_before_its_time(kunthea):
    public.send(REFUSAL, ctx=kunthea())
    early = replace(kunthea(), at=AT - timedelta(minutes=1))
    assert public.deliver(early) == DeliveryReport()
