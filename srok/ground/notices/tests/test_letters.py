"""Letters from codes: both languages, every source, how and until when to object, the name only at print time."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from srok.ground.kernel.refusal import Refusal
from srok.ground.law import public as law
from srok.ground.notices import letters, public, reads
from srok.ground.notices.terms import Kind, SendNotice
from srok.ground.notices.tests.conftest import REFERENCE, SOPHEA

REASONS = ("cases.under_age", "cases.no_khmer_parent")
ADDRESSEE = ("លោកស្រី សុខ សុភា", "Ms SOK SOPHEA")


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_makes_a_letter_in_both_languages(kunthea, kind):
    asked = {Kind.REFUSED: REASONS, Kind.PAPERS_NEEDED: REASONS, Kind.CARD_ENDED: ("cards.lost",)}
    reasons = asked.get(kind, ())
    facts = {"post": "WAS", "day": "2025-03-20", "time": "09:30"}
    ref = public.send(SendNotice(SOPHEA, REFERENCE, kind.value, facts, reasons), ctx=kunthea())
    made = letters.compose(reads.row(ref.id), ADDRESSEE)
    for text in (made.subject_km, *made.paragraphs_km, *made.appeal_km):
        assert "{" not in text
        assert "\u1780" <= text[0] <= "\u17ff", text
    for text in (made.subject_en, *made.paragraphs_en, *made.appeal_en):
        assert "{" not in text
        assert not any("\u1780" <= letter <= "\u17ff" for letter in text), text
    assert len(PdfReader(BytesIO(public.letter(ref.id, ADDRESSEE, ctx=kunthea()))).pages) == 2
    assert bool(made.appeal_km) == (kind in (Kind.REFUSED, Kind.CARD_ENDED))


def test_an_ended_card_gives_its_reason_with_a_source_and_may_be_objected_to(kunthea, dara):
    with pytest.raises(Refusal, match=r"notices\.no_reason"):
        public.send(SendNotice(SOPHEA, REFERENCE, "card_ended", {"post": "WAS"}), ctx=kunthea())
    for reason in ("cards.lost", "cards.lost_in_bag", "cards.misprinted"):
        ref = public.send(SendNotice(SOPHEA, REFERENCE, "card_ended", {"post": "WAS"}, (reason,)), ctx=kunthea())
        made = letters.compose(reads.row(ref.id), ADDRESSEE)
        assert "12 March 2025" in made.paragraphs_en[0]
        assert made.reasons[0].source_en == "rule of the service"
        assert made.reasons[0].source_km
    assert public.record_service(ref.id, "handed_over", ctx=dara()).object_until is not None


def test_a_withdrawal_is_written_to_the_applicant_with_days_to_contradict(kunthea):
    ref = public.send(SendNotice(SOPHEA, REFERENCE, "withdrawn", {"post": "WAS"}), ctx=kunthea())
    made = letters.compose(reads.row(ref.id), ADDRESSEE)
    assert "on 12 March 2025" in made.paragraphs_en[0] and "within 30 days" in made.paragraphs_en[0]
    assert "៣០ ថ្ងៃ" in made.paragraphs_km[0]


def test_a_refusal_cites_law_and_tells_until_when(kunthea, dara):
    ref = public.send(SendNotice(SOPHEA, REFERENCE, "refused", {"post": "WAS"}, REASONS), ctx=kunthea())
    made = letters.compose(reads.row(ref.id), ADDRESSEE)
    for reason, code in zip(made.reasons, REASONS, strict=True):
        source = law.reason(code, ref.made_on)
        assert (reason.source_km, reason.source_en) == (source.cite("km"), source.cite("en"))
    assert "30 days" in made.appeal_en[0]
    assert "៣០ ថ្ងៃ" in made.appeal_km[0]
    assert "Royal Embassy, Washington" in made.appeal_en[1]
    assert "rule of the service" in made.appeal_en[-1]
    public.record_service(ref.id, "handed_over", ctx=dara())
    served = letters.compose(reads.row(ref.id), ADDRESSEE)
    assert "11 April 2025" in served.appeal_en[0]
    assert "ថ្ងៃទី១១ ខែមេសា ឆ្នាំ២០២៥" in served.appeal_km[0]


def test_the_name_is_printed_and_not_kept(kunthea):
    ref = public.send(SendNotice(SOPHEA, REFERENCE, "approved", {}), ctx=kunthea())
    pdf = public.letter(ref.id, ADDRESSEE, ctx=kunthea())
    assert "Ms SOK SOPHEA" in PdfReader(BytesIO(pdf)).pages[1].extract_text()
    row = reads.row(ref.id)
    assert "SOPHEA" not in str([getattr(row, field.attname) for field in row._meta.fields])
    unnamed = letters.compose(row, ())
    assert REFERENCE in unnamed.addressee[0]


def test_the_public_prints_no_letters(kunthea):
    ref = public.send(SendNotice(SOPHEA, REFERENCE, "approved", {}), ctx=kunthea())
    with pytest.raises(Refusal, match=r"notices\.not_an_office"):
        public.letter(ref.id, ADDRESSEE, ctx=replace(kunthea(), office=""))


def test_an_unprintable_addressee_is_refused_by_character(kunthea):
    ref = public.send(SendNotice(SOPHEA, REFERENCE, "approved", {}), ctx=kunthea())
    with pytest.raises(Refusal) as refused:
        public.letter(ref.id, ("ហុ៊ន",), ctx=kunthea())
    assert refused.value.facts["character"].startswith("U+17CA")
