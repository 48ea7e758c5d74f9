"""The counter: two officers for every application, nothing lost on the way, nothing kept when it is done."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from srok.ground.journal import public as journal
from srok.ground.kernel.ids import new_id
from srok.identity.cases import approving, capture_reads, capturing
from srok.identity.cases import public as cases
from srok.identity.cases.capture_commands import (
    ApproveCapture,
    CaptureApplication,
    DiscardCapture,
    KeepDraft,
    ReadBack,
    RestoreCapture,
    SendBackCapture,
)
from srok.identity.cases.capture_models import Capture, CaptureHand, CapturePart
from srok.identity.cases.capture_terms import Confirmed, SentBack, Stage
from srok.identity.cases.models import Case
from srok.identity.cases.tests.counter import approved, captured, cells, confirmed, press, sent, taken_by_two
from srok.identity.cases.tests.world import STARTED, acting, refused

pytestmark = pytest.mark.usefixtures("desk")


class TestTheTwoHands:
    def test_what_two_officers_took_is_lodged_at_once_and_kept_nowhere_else(self, portrait):
        done = approved(confirmed(portrait))
        case = Case.objects.get(reference=done.capture.reference)
        assert done.lodged
        assert (case.captured_by, case.capture_approved_by, case.lodged_by) == ("dara", "sreymom", "sreymom")
        row = Capture.objects.get(pk=done.capture.id)
        assert (row.sealed, row.parts.count(), row.state) == (None, 0, "approved")
        assert cases.whole(case.reference, acting("dara")).claim.name.latin == "SOK SOPHEA"

    def test_nobody_approves_or_sends_back_their_own(self, portrait):
        capture = confirmed(portrait)
        for act, command in (
            (approving.approve, ApproveCapture(capture)),
            (approving.send_back, SendBackCapture(capture, (SentBack.NAME,))),
        ):
            with refused("cases.own_capture"):
                act(command, ctx=acting("dara"))
        assert not Case.objects.exists()

    def test_who_corrected_it_may_not_approve_it_either(self, portrait):
        capture = confirmed(portrait)
        capturing.correct(CaptureApplication(capture, cells(given_latin="Sopheap")), ctx=acting("sreymom"))
        capturing.read_back(ReadBack(capture, Confirmed.SIGNATURE), ctx=acting("dara"))
        for name in ("dara", "sreymom"):
            with refused("cases.own_capture"):
                approved(capture, name)

    def test_the_database_itself_knows_one_hand_an_officer(self, portrait):
        capture = confirmed(portrait)
        with pytest.raises(IntegrityError), transaction.atomic():
            CaptureHand(capture_id=capture, officer="dara", typed=False, at=STARTED).save(force_insert=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            Capture.objects.filter(pk=capture).update(state="approved", approved_by="dara", sealed=None)
        with pytest.raises(IntegrityError), transaction.atomic():
            Capture.objects.filter(pk=capture).update(state="approved", approved_by="sreymom")

    def test_who_took_it_never_examines_it(self, portrait):
        done = approved(confirmed(portrait))
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(reference=done.capture.reference).update(examined_by="dara")

    def test_another_office_sees_nothing_of_it(self, portrait):
        capture = confirmed(portrait)
        with refused("cases.unknown_capture"):
            approved(capture, "seoul")
        assert capture_reads.captures(acting("seoul")) == []

    def test_of_two_who_approve_at_once_one_is_told(self, portrait):
        capture = confirmed(portrait)
        approved(capture)
        with refused("cases.capture_not_so"):
            approved(capture)
        assert Case.objects.count() == 1


class TestTheWay:
    def test_every_act_is_one_fact_without_a_name(self, portrait):
        capture = confirmed(portrait)
        approving.send_back(SendBackCapture(capture, (SentBack.BIRTH,)), ctx=acting("sreymom"))
        capturing.correct(CaptureApplication(capture, cells(birth_date="1960-01-02")), ctx=acting("dara"))
        with refused("cases.capture_not_so"):
            approved(capture)
        capturing.read_back(ReadBack(capture, Confirmed.MARK, ("Chan", "Mala")), ctx=acting("dara"))
        done = approved(capture)
        kinds = sorted(fact.kind for fact in journal.facts_about(done.capture.reference))
        assert kinds == [
            "cases.application_captured", "cases.application_lodged", "cases.capture_approved",
            "cases.capture_corrected", "cases.capture_read_back", "cases.capture_read_back",
            "cases.capture_sent_back",
        ]  # fmt: skip
        for fact in journal.facts_about(done.capture.reference):
            assert not {"SOK", "SOPHEA", "Sophea", "Chan"} & set(str(dict(fact.facts)).replace("'", " ").split())
        whole = cases.whole(done.capture.reference, acting("dara"))
        assert (whole.claim.birth.iso(), whole.claim.signed_by) == ("1960-01-02", "mark")

    @pytest.mark.parametrize(
        ("how", "more", "code"),
        [
            (Confirmed.MARK, {}, "cases.two_witnesses_needed"),
            (Confirmed.MARK, {"witnesses": ("Mala", " Mala ")}, "cases.two_witnesses_needed"),
            (Confirmed.GUARDIAN, {"guardian": " "}, "cases.guardian_needed"),
        ],
    )
    def test_a_mark_has_two_witnesses_and_a_guardian_a_name(self, portrait, how, more, code):
        capture = captured(portrait)
        with refused(code):
            capturing.read_back(ReadBack(capture, how, **more), ctx=acting("dara"))
        assert Capture.objects.get(pk=capture).state == "captured"

    def test_out_of_area_needs_the_second_officers_own_statement(self, portrait):
        capture = confirmed(portrait, where="elsewhere", place="Wat Buddhikarama")
        with refused("cases.statement_needed"):
            approved(capture)
        approved(capture, statement="Bedridden: I saw her at the pagoda myself.")
        assert Case.objects.get().taken.where == "elsewhere"

    def test_given_up_and_taken_up_again_until_the_sweep(self, portrait):
        capture = captured(portrait)
        approving.discard(DiscardCapture(capture), ctx=acting("dara"))
        approving.restore(RestoreCapture(capture), ctx=acting("dara"))
        approving.discard(DiscardCapture(capture), ctx=acting("dara"))
        assert approving.sweep(ctx=acting("dara")) == 0
        captured(portrait, days=1)  # the next day's first capture sweeps
        assert set(CapturePart.objects.values_list("capture", flat=True)) != {capture}
        assert not CapturePart.objects.filter(capture=capture).exists()
        with refused("cases.words_destroyed"):
            approving.restore(RestoreCapture(capture), ctx=acting("dara", 1))

    def test_a_stale_page_changes_nothing(self, portrait):
        capture = confirmed(portrait)
        with refused("journal.stale"):
            approving.approve(ApproveCapture(capture, seen=1), ctx=acting("sreymom"))
        assert not Case.objects.exists()

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"birth_date": "31.02.1960"}, "kernel.bad_date"), ({"given_km": ""}, "cases.required"),
            ({"kind_0": "baptism", "seen_0": "original"}, "cases.paper_without_file"),
            ({"reference": "AAAA-AAAA-AAAA"}, "kernel.bad_reference"), ({"place": "x" * 2001}, "cases.too_much_typed"),
        ],
    )  # fmt: skip
    def test_what_a_folder_would_be_refused_for_is_no_capture(self, portrait, more, code):
        with refused(code):
            captured(portrait, **more)
        assert not Capture.objects.exists()

    def test_an_old_capture_of_a_standing_reference_is_refused(self, portrait):
        reference = approved(confirmed(portrait)).capture.reference
        with refused("cases.reference_taken"):
            captured(portrait, reference=reference)


class TestTheDraft:
    def test_a_half_filled_form_is_kept_sealed_and_gone_on_with(self, portrait):
        capture = new_id(STARTED)
        for typed in ({"given_latin": "Soph"}, {"given_latin": "Sophea", "birth_date": "19"}):
            capturing.keep_draft(KeepDraft(capture, typed, {"portrait": portrait}), ctx=acting("dara"))
        row = Capture.objects.get()
        assert (row.state, row.parts.count(), row.reference) == ("started", 1, None)
        assert b"Sophea" not in bytes(row.sealed)
        whole = capture_reads.whole(capture, acting("dara"))
        assert dict(whole.cells) == {"given_latin": "Sophea", "birth_date": "19"}
        started = [one.kind for one in journal.facts_about(str(capture))]
        assert started == ["cases.capture_started"]
        capturing.capture(CaptureApplication(capture, cells()), ctx=acting("dara"))
        assert Capture.objects.get().state == "captured"
        with refused("cases.capture_not_so"):
            capturing.keep_draft(KeepDraft(capture, {"given_latin": "Late"}), ctx=acting("dara"))

    def test_a_picture_that_cannot_be_opened_is_not_kept(self):
        with refused("biometrics.unreadable"):
            capturing.keep_draft(KeepDraft(new_id(STARTED), {}, {"portrait": b"no picture"}), ctx=acting("dara"))
        assert not Capture.objects.exists()


@pytest.fixture
def clock():
    with override_settings(SROK_CLOCK_STARTS_AT=(STARTED + timedelta(days=30)).isoformat(), LANGUAGE_CODE="en"):
        yield


def as_(name: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(get_user_model().objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.usefixtures("clock")
class TestThePages:
    @pytest.mark.parametrize("language", ["km", "en"])
    def test_the_counter_in_a_browser_without_script(self, portrait, language):
        dara, sreymom = as_("dara", language), as_("sreymom", language)
        answer = taken_by_two(dara, sreymom, sent(portrait))
        reference = Case.objects.get().reference
        assert reference in answer.content.decode()
        assert "<svg" in answer.content.decode()
        assert "cases." not in answer.content.decode().split("<main")[1].replace("cases.j", "").replace("cases.c", "")
        slip = sreymom.get(reverse("cases:capture_receipt", args=[Capture.objects.get().pk]))
        assert slip.content[:5] == b"%PDF-"

    def test_a_form_to_mend_keeps_its_pictures(self, portrait):
        form = sent(portrait, birth_date="31.02.1998")
        shown = as_("dara").post("/cases/new", form).content.decode()
        assert "31.02.1998" in shown
        assert "This picture is kept." in shown
        form = sent(None, capture=form["capture"], birth_date="1998-02-01")
        assert as_("dara").post("/cases/new", form, follow=True).status_code == 200
        assert Capture.objects.get().state == "captured"
        assert CapturePart.objects.count() == 1

    def test_the_read_back_speaks_the_applicants_language_and_the_page_the_officers(self, portrait):
        capture = captured(portrait, language="km")
        page = as_("dara", "en").get(reverse("cases:capture", args=[capture])).content.decode()
        before, rest = page.split('<section class="srok-said" lang="km"')
        said, after = rest.split("</section>", 1)
        assert '<html lang="en"' in before
        assert "Read back to the applicant" in before
        assert "(if any)" in after
        assert "By signature" in after
        assert "សុខ សុភា" in said
        assert "ថ្ងៃខែឆ្នាំកំណើត" in said
        assert "Birth date" not in page
        in_english = as_("dara").get(reverse("cases:capture", args=[capture]), {"say": "en"}).content.decode()
        assert "Birth date" in in_english.split('<section class="srok-said" lang="en"')[1]

    def test_the_page_of_who_took_it_offers_no_approval(self, portrait):
        capture = confirmed(portrait)
        address = reverse("cases:capture", args=[capture])
        assert "Approve and give the receipt" not in as_("dara").get(address).content.decode()
        assert "Approve and give the receipt" in as_("sreymom").get(address).content.decode()
        press(as_("dara"), "approve", capture, compared="on")
        assert not Case.objects.exists()

    def test_the_form_keeps_what_is_typed_and_says_so(self, portrait):
        client, capture = as_("dara"), new_id(STARTED)
        answer = client.post(reverse("cases:capture_keep", args=[capture]), {"given_latin": "Sophea"})
        assert answer.status_code == 204
        again = client.get("/cases/new").content.decode()
        assert f"?take={capture}" in again
        taken = client.get("/cases/new", {"take": str(capture)}).content.decode()
        assert 'value="Sophea"' in taken
        assert as_("seoul").get("/cases/new", {"take": str(capture)}).status_code == 404

    def test_pictures_are_for_the_office_only(self, portrait):
        address = reverse("cases:capture_part", args=[captured(portrait), "portrait"])
        found = as_("sreymom").get(address)
        assert "sandbox" in found.headers["Content-Security-Policy"]
        assert as_("seoul").get(address).status_code == 404
        assert as_("chanthou").get(address).status_code == 403

    def test_stages_are_listed_without_a_name(self, portrait):
        confirmed(portrait)
        captured(portrait, given_latin="Mala", given_km="ម៉ាលា")
        listed = as_("sreymom").get(reverse("cases:captures")).content.decode()
        assert "Compare and approve" in listed
        assert "SOPHEA" not in listed.upper()
        assert {one.state for one in capture_reads.captures(acting("dara"))} == {Stage.READ_BACK, Stage.CAPTURED}
