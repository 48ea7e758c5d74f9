"""The desks in a browser without script: who sees what, one walk through all forms, both languages, empty states."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from srok.ground.journal import public as journal
from srok.ground.kernel.ids import new_id, new_reference
from srok.identity.cases import public as cases
from srok.identity.cases.models import Case
from srok.identity.cases.tests.counter import sent, taken_by_two
from srok.identity.cases.tests.people import RITH
from srok.identity.cases.tests.world import STARTED, acting, approved, decided, examined, lodged, settle_as

pytestmark = pytest.mark.usefixtures("desk", "clock")


@pytest.fixture
def clock():
    """The pages stand a month after the start, as a demo's do."""
    with override_settings(SROK_CLOCK_STARTS_AT=(STARTED + timedelta(days=30)).isoformat(), LANGUAGE_CODE="en"):
        yield


def as_(name: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(get_user_model().objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def post(client: Client, name: str, reference: str, **given: object):
    """Send a form of the case page as a browser would, with the version the page showed."""
    version = Case.objects.get(reference=reference).version
    sent = {"command_id": str(new_id(STARTED)), "seen_version": version, **given}
    return client.post(reverse(f"cases:{name}", args=[reference]), sent, follow=True)


def page(client: Client, reference: str) -> str:
    return client.get(reverse("cases:case", args=[reference])).content.decode()


class TestTracking:
    def test_it_shows_the_stage_and_no_person(self, portrait):
        reference = lodged(portrait)
        shown = Client().get("/track", {"reference": reference.replace("-", " ").lower()}).content.decode()
        assert "Application received" in shown
        assert "Ministry of Foreign Affairs" in shown
        for word in ("SOPHEA", "សុភា", "BOPHA", "1960", "chanthou", "dara"):
            assert word not in shown

    def test_a_refusal_shows_that_a_letter_was_sent_and_no_reason(self, portrait):
        reference = lodged(portrait, birth="2014-05-03")
        settle_as(reference, {})
        examined(reference, "unfavourable", ("cases.under_age",))
        decided(reference, "refuse", ("cases.under_age",))
        approved(reference)
        shown = Client().get("/track", {"reference": reference}).content.decode()
        assert "A letter was sent on" in shown
        assert "age" not in shown.split("<main")[1].split("</main>")[0].replace("page", "")

    def test_every_unknown_reference_gets_the_same_answer(self):
        answers = set()
        for reference in (new_reference(), new_reference()):
            shown = Client().get("/track", {"reference": reference}).content.decode()
            answers.add(shown.replace(reference, ""))
        assert len(answers) == 1
        assert "We hold nothing under this reference" in answers.pop()

    def test_a_typing_error_is_told_by_its_check_character(self):
        answer = Client().get("/track", {"reference": "AAAA-AAAA-AAAA"})
        assert "not a reference" in answer.content.decode()

    def test_the_days_count_until_the_decision_stands(self, portrait):
        reference = lodged(portrait, birth="2014-05-03")
        settle_as(reference, {})
        examined(reference, "unfavourable", ("cases.under_age",))
        decided(reference, "refuse", ("cases.under_age",))
        approved(reference)
        decided_after = cases.track(reference, acting("dara", 30).on).days_used
        post(as_("dara"), "appeal", reference, grounds="I was born in 2004.")
        assert cases.track(reference, acting("dara", 60).on).days_used == decided_after < 10

    @pytest.mark.parametrize("language", ["km", "en"])
    def test_it_stands_in_both_languages(self, portrait, language):
        client = Client(headers={"accept-language": language})
        shown = client.get("/track", {"reference": lodged(portrait)})
        assert shown.status_code == 200
        assert shown.headers["Content-Language"] == language


class TestTheDesks:
    def test_the_whole_way_through_the_forms(self, portrait, scan):
        dara, chanthou, vuthy, kunthea = (as_(name) for name in ("dara", "chanthou", "vuthy", "kunthea"))
        form = sent(portrait, kind_0="baptism", seen_0="original", file_0=SimpleUploadedFile("scan.png", scan))
        answer = taken_by_two(dara, as_("sreymom"), form)
        reference = Case.objects.get().reference
        assert reference in answer.content.decode()

        search = reverse("cases:propose", args=[reference])
        assert search in page(chanthou, reference)
        assert search not in page(dara, reference)
        post(chanthou, "propose", reference)
        mother = next(one for one in cases.whole(reference, acting("chanthou")).candidates
                      if one.register_no == "1000000001" and one.role is cases.SearchRole.MOTHER)  # fmt: skip
        assert "Is the mother" in page(chanthou, reference)
        settled = post(chanthou, "settle", reference, candidate=str(mother.id), as_="mother",
                       reason="cases.settled_by_papers")  # fmt: skip
        assert "The candidate is settled." in settled.content.decode()
        post(chanthou, "settle_rest", reference, reason="cases.settled_by_conflict")
        shown = page(chanthou, reference)
        assert "Descent from a parent on the list" in shown
        assert "article 9(1)" in shown
        assert "Record the opinion" in shown
        post(chanthou, "examine", reference, opinion="favourable")
        assert "Record the decision" in page(vuthy, reference)
        post(vuthy, "decide", reference, outcome="approve")
        assert "Record the approval" not in page(vuthy, reference)
        post(kunthea, "approve", reference, agree="yes")
        assert cases.standing_of(reference).state is cases.State.APPROVED
        assert "both ministries" in page(dara, reference).lower()

    @pytest.mark.parametrize(
        ("typed", "said"),
        [("Sangkat Tonle Basak, Phnom Penh", ""), ("សង្កាត់ទន្លេបាសាក់", ""), ("Fresno", "No place of this name"),
         ("Tonle", "No place of this name")],
    )  # fmt: skip
    def test_a_place_may_be_named(self, typed, said):
        told = (
            as_("dara")
            .post("/cases/new", sent(None, address_code=typed))
            .context["form"]
            .errors.get("address_code", [""])
        )
        assert told[0].startswith(said) and bool(told[0]) == bool(said)

    def test_who_has_nothing_to_do_is_told_who_has(self, portrait):
        reference = lodged(portrait)
        assert "Nothing is to be done at this desk now." in page(as_("dara"), reference)
        assert "Nothing is to be done at this desk now." not in page(as_("chanthou"), reference)

    def test_refusal_letter_service_and_objection(self, portrait):
        reference = lodged(portrait, birth="2014-05-03")
        chanthou, vuthy, kunthea, dara = (as_(name) for name in ("chanthou", "vuthy", "kunthea", "dara"))
        settle_as(reference, {})
        post(chanthou, "examine", reference, opinion="unfavourable", reasons=["cases.under_age"])
        faulty = post(vuthy, "decide", reference, outcome="refuse")
        assert "Give at least one reason" in faulty.content.decode()
        post(vuthy, "decide", reference, outcome="refuse", reasons=["cases.under_age"])
        assert "Sub-decree 60" in page(kunthea, reference)
        post(kunthea, "approve", reference, agree="yes")
        letter = cases.letters(reference, acting("dara"))[-1]
        pdf = dara.get(reverse("cases:letter", args=[reference, letter.id]))
        assert (pdf.headers["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
        post(dara, "serve", reference, notice=str(letter.id), how="handed_over")
        assert "May object until" in page(dara, reference)
        post(dara, "appeal", reference, grounds="I was born in 2004.")
        assert "I was born in 2004." in page(as_("sokha"), reference)
        assert cases.standing_of(reference).state is cases.State.APPEALED

    def test_papers_are_asked_for_brought_and_seen(self, portrait, scan):
        reference = lodged(portrait)
        settle_as(reference, {"1000000001": "mother"})
        chanthou, dara = as_("chanthou"), as_("dara")
        assert "Bring a paper that names your parents" in page(chanthou, reference)
        post(chanthou, "ask", reference, missing=["cases.need_filiation"])
        assert cases.standing_of(reference).state is cases.State.WAITING_PAPERS
        half = post(dara, "papers", reference, kind_0="baptism", seen_0="original")
        assert half.status_code == 400
        assert "Add the image" in half.content.decode()
        post(dara, "papers", reference, kind_0="baptism", seen_0="original", file_0=SimpleUploadedFile("a.png", scan))
        paper = cases.whole(reference, acting("dara")).papers[0]
        image = dara.get(reverse("cases:paper", args=[reference, paper.id]))
        assert (image.headers["Content-Type"], image.content) == ("image/png", scan)
        assert "sandbox" in image.headers["Content-Security-Policy"]

    def test_opening_a_case_is_noted_with_its_purpose(self, portrait):
        reference = lodged(portrait)
        page(as_("chanthou"), reference)
        page(as_("chanthou"), reference)
        opened = [fact for fact in journal.facts_about(reference) if fact.kind == "cases.case_opened"]
        assert [(fact.actor, fact.facts["purpose"]) for fact in opened] == [("chanthou", "examination")]

    def test_a_page_too_old_says_so_and_changes_nothing(self, portrait):
        reference = lodged(portrait)
        settle_as(reference, {})
        sent = {"command_id": str(new_id(STARTED)), "seen_version": 1, "opinion": "unfavourable",
                "reasons": ["cases.no_khmer_parent"]}  # fmt: skip
        answer = as_("chanthou").post(reverse("cases:examine", args=[reference]), sent, follow=True)
        assert "Somebody else has changed this" in answer.content.decode()
        assert cases.standing_of(reference).state is cases.State.LODGED

    def test_the_counter_tells_every_fault_at_its_field(self, portrait):
        given = sent(b"no picture", birth_date="31.02.1960", given_km="", sex="F")
        answer = as_("dara").post("/cases/new", given)
        errors = answer.context["form"].errors
        assert answer.status_code == 400
        assert {"birth_date", "given_km", "portrait"} <= set(errors)
        assert not Case.objects.exists()


class TestWhoSeesWhat:
    def test_each_office_sees_its_own(self, portrait):
        reference = lodged(portrait)
        addresses = [
            reverse("cases:case", args=[reference]), reverse("cases:portrait", args=[reference]),
        ]  # fmt: skip
        for address in addresses:
            assert as_("dara").get(address).status_code == 200
            assert as_("chanthou").get(address).status_code == 200
            assert as_("seoul").get(address).status_code == 404
            assert as_("vuthy").get(address).status_code == 404
            assert as_("malis").get(address).status_code == 403
            assert Client().get(address).status_code == 302
        assert reference not in as_("seoul").get("/cases/?show=open").content.decode()

    @pytest.mark.parametrize("name", ["propose", "settle_rest", "examine", "decide", "approve", "withdraw"])
    def test_forms_of_other_desks_are_closed(self, portrait, name):
        reference = lodged(portrait)
        others = {"withdraw": "chanthou"}.get(name, "dara")
        assert post(as_(others), name, reference).status_code == 403

    @pytest.mark.parametrize("language", ["km", "en"])
    @pytest.mark.parametrize("name", ["dara", "chanthou", "vuthy", "kunthea"])
    @pytest.mark.parametrize("which", ["mine", "open", "finished"])
    def test_an_empty_desk_explains_itself(self, language, name, which):
        shown = as_(name, language).get("/cases/", {"show": which})
        assert shown.status_code == 200
        assert "srok-empty" in shown.content.decode()

    def test_the_nearest_deadline_comes_first(self, portrait):
        late = lodged(portrait)
        early = lodged(portrait, name=RITH)
        Case.objects.filter(reference=early).update(due_on=STARTED.date())
        shown = as_("chanthou").get("/cases/").content.decode()
        assert shown.index(early) < shown.index(late)
        assert "Days over the limit" in shown

    @pytest.mark.parametrize("language", ["km", "en"])
    def test_the_case_and_the_form_stand_in_both_languages(self, portrait, scan, language):
        reference = lodged(portrait, papers=(cases.ShownPaper(cases.PaperKind.BAPTISM, cases.Seen.ORIGINAL, scan),))
        settle_as(reference, {"1000000001": "mother"})
        for name, address in (("chanthou", reverse("cases:case", args=[reference])), ("dara", "/cases/new")):
            shown = as_(name, language).get(address)
            assert shown.status_code == 200
            assert f'<html lang="{language}"' in shown.content.decode()
            assert "cases." not in visible(shown.content)


def visible(content: bytes) -> str:
    """What a reader sees: without attributes, so without the codes that forms carry."""
    from html.parser import HTMLParser

    class Text(HTMLParser):
        said = BytesIO()

        def handle_data(self, data: str) -> None:
            self.said.write(data.encode())

    reader = Text()
    reader.said = BytesIO()
    reader.feed(content.decode())
    return reader.said.getvalue().decode()
