"""The folder a consulate sends: good rows are lodged, every fault is told, nothing is lost, again changes nothing."""

import os
from pathlib import Path

import pytest

from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics.tests.pictures import blurred, coded, face
from srok.identity.cases import public as cases
from srok.identity.cases.models import Case, PersonClaimed
from srok.identity.cases.rows import COLUMNS
from srok.identity.cases.tests.folders import row, text_of, write
from srok.identity.cases.tests.world import acting

pytestmark = [pytest.mark.usefixtures("desk"), pytest.mark.slow]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "was"


def take(folder: Path) -> cases.IntakeReport:
    return cases.intake(folder, ctx=acting("dara"))


def faults(report: cases.IntakeReport) -> list[tuple[int, str | None, str]]:
    return [(one.row, error.field, error.code) for one in report.rejected_rows for error in one.errors]


def refused(code: str):
    return pytest.raises(Refusal, match=code.replace(".", r"\."))


@pytest.mark.parametrize("bom", [False, True])
def test_good_rows_are_lodged_and_the_same_folder_again_changes_nothing(folder, portrait, scan, bom):
    rows = [row(), row(given_km="រិទ្ធ", given_latin="Rith", sex="M")]
    report = take(write(folder, rows, portrait, scan, bom=bom))
    assert (faults(report), report.rows, [one.row for one in report.accepted]) == ([], 2, [2, 3])
    before = sorted(Case.objects.values_list("reference", "version", "content"))
    again = take(folder)
    assert ([one.row for one in again.already], again.accepted, faults(again)) == ([2, 3], [], [])
    assert sorted(Case.objects.values_list("reference", "version", "content")) == before


def test_what_a_row_says_is_what_the_case_holds(folder, portrait, scan):
    said = row(
        birth_date="០១.០២.១៩៦០", birthplace="120101", other_names="Martin; សុខ សុភី", previous_card="123",
        relative_relation="sibling", relative_family_latin="Sok", relative_given_latin="Sophy",
        relative_birth_date="1962", may_contact="sibling;mother", email="sophea@example.org",
        address_option="last_residence", address_code="12010101",
    )  # fmt: skip
    report = take(write(folder, [said], portrait, scan))
    assert faults(report) == []
    found = cases.whole(said["reference"], acting("dara"))
    claim = found.claim
    assert claim.birth.iso() == "1960-02-01"
    assert claim.name.latin == "SOK SOPHEA"
    assert [name.latin or name.khmer for name in claim.other_names] == ["MARTIN SOPHEA", "សុខ សុភី"]
    assert claim.relative is not None
    assert (claim.relative.name.latin, claim.relative.birth.iso()) == ("SOK SOPHY", "1962")
    assert (claim.may_contact, claim.previous_card, claim.address.code) == (("sibling", "mother"), "123", "12010101")
    assert [paper.kind.value for paper in found.papers] == ["baptism"]


def test_every_fault_of_a_row_is_told_at_its_field_and_the_others_are_lodged(folder, portrait, scan):
    bad = row(
        given_km="", sex="female", birth_date="30.02.1960", birthplace="99", portrait="none.jpg", channel="email",
        papers="letter:original:scan.png;i94:seen:x", pickup_post="XXX", may_contact="neighbour",
        lodged_on="2025-01", address_code="12", relative_given_latin="Sophy", email="nowhere",
        reference="AAAA-BBBB-CCCC",
    )  # fmt: skip
    report = take(write(folder, [bad, row()], portrait, scan))
    assert len(report.accepted) == 1
    assert set(faults(report)) == {
        (2, "reference", "kernel.bad_reference"), (2, "lodged_on", "cases.full_date_needed"),
        (2, "given_km", "cases.required"), (2, "sex", "cases.unknown_choice"),
        (2, "birth_date", "kernel.bad_date"), (2, "birthplace", "cases.unknown_place"),
        (2, "address_code", "cases.address_too_coarse"), (2, "relative_relation", "cases.required"),
        (2, "email", "cases.bad_email"), (2, "pickup_post", "cases.unknown_post"),
        (2, "may_contact", "cases.unknown_choice"), (2, "papers", "cases.unknown_paper"),
        (2, "papers", "cases.unknown_seen"), (2, "portrait", "cases.file_missing"),
    }  # fmt: skip


def test_khmer_typed_out_of_order_is_stored_in_order_and_noted(folder, portrait, scan):
    said = row(family_km="ហុ៊ន", given_km="សិទិ្ធ")
    report = take(write(folder, [said], portrait, scan))
    assert faults(report) == []
    assert [(number, note.field, note.code) for number, note in report.notes] == [
        (2, "family_km", "cases.khmer_order_mended"), (2, "given_km", "cases.khmer_order_mended"),
    ]  # fmt: skip
    assert cases.whole(said["reference"], acting("dara")).claim.name.khmer == "ហ៊ុន សិទ្ធិ"


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"family_km": "សុ៊៊ខ"}, "family_km", "cases.khmer_repeated_mark"),
        ({"family_km": "Sok"}, "family_km", "kernel.name_not_khmer"),
        ({"family_latin": "សុខ"}, "family_latin", "kernel.name_not_latin"),
        ({"birth_date": "2026-01-01"}, "birth_date", "cases.born_after_lodging"),
        ({"birth_date": "1860"}, "birth_date", "cases.born_too_long_ago"),
        ({"lodged_on": "2025-02-01"}, "lodged_on", "cases.lodged_in_future"),
        ({"papers": "baptism:original:"}, "papers", "cases.paper_without_file"),
        ({"signed_by": ""}, "signed_by", "cases.required"),
        ({"channel": "sms"}, "phone", "cases.required_for_channel"),
        ({"postal": "x" * 501}, "postal", "cases.too_long"),
        ({"birthplace_text": "a\x07b"}, "birthplace_text", "cases.control_character"),
    ],
)
def test_each_fault_has_its_word(folder, portrait, scan, change, field, code):
    assert faults(take(write(folder, [row(**change)], portrait, scan))) == [(2, field, code)]
    assert not Case.objects.exists()


def test_a_code_that_lost_its_zero_in_a_spreadsheet_is_mended(folder, portrait, scan):
    report = take(write(folder, [row(birthplace="120101"), row(given_latin="Rith", birthplace="12")], portrait, scan))
    assert faults(report) == []
    from srok.identity.cases import rows

    parsed = rows.parse(row(birthplace="10201"), rows.Places(lambda code: code == "010201", lambda post: True),
                        today=acting("dara").on)  # fmt: skip
    assert parsed.row is not None
    assert (parsed.row.claim.birthplace, parsed.notes[0].code) == ("010201", "cases.leading_zero_restored")


@pytest.mark.parametrize(
    "name", ["../face.jpg", "/etc/passwd", "..\\face.jpg", "sub/face.jpg", ".face.jpg", "face.jpg\u202e", "C:face.jpg"]
)
def test_path_tricks_are_refused_and_nothing_outside_is_read(folder, portrait, scan, name):
    write(folder, [row(portrait=name)], portrait, scan)
    (folder.parent / "face.jpg").write_bytes(portrait)
    assert faults(take(folder)) == [(2, "portrait", "cases.not_a_plain_name")]


def test_links_pipes_and_folders_are_no_files(folder, portrait, scan):
    rows = [row(portrait=name, given_latin=given) for name, given in
            (("link.jpg", "A"), ("pipe.jpg", "B"), ("sub.jpg", "C"))]  # fmt: skip
    write(folder, rows, portrait, scan)
    (folder.parent / "secret.jpg").write_bytes(portrait)
    (folder / "link.jpg").symlink_to(folder.parent / "secret.jpg")
    (folder / "sub.jpg").mkdir()
    os.mkfifo(folder / "pipe.jpg")
    assert {code for _, _, code in faults(take(folder))} == {"cases.not_a_file"}
    assert not Case.objects.exists()


def test_a_name_with_accents_is_found_in_either_form_of_unicode(folder, portrait, scan):
    write(folder, [row(portrait="Hélène.jpg")], portrait, scan)
    (folder / "He\u0301le\u0300ne.jpg").write_bytes(portrait)
    assert faults(take(folder)) == []


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"\xff\xd8\xff" + b"\0" * 50_000_000, "cases.file_too_large"),
        (lambda: b"no picture", "biometrics.unreadable"),
        (lambda: coded(face())[:9000], "biometrics.unreadable"),
        (lambda: coded(blurred(face())), "biometrics.blurred"),
        (lambda: coded(face(300, 400)), "biometrics.too_small"),
    ],
)
def test_a_bad_photo_is_told_in_words(folder, portrait, scan, make, code):
    write(folder, [row(portrait="bad.jpg")], portrait, scan)
    (folder / "bad.jpg").write_bytes(make())
    assert (2, "portrait", code) in faults(take(folder))
    assert not Case.objects.exists()


def test_a_scan_that_cannot_be_opened_is_told(folder, portrait):
    assert faults(take(write(folder, [row()], portrait, b"%PDF-1.7"))) == [(2, "papers", "biometrics.unreadable")]


def test_duplicate_rows_are_told_and_the_first_counts(folder, portrait, scan):
    first = row()
    twice = row(family_latin="Sophea", given_latin="SOK", family_km="សុភា", given_km="សុខ")
    other = row(reference=first["reference"], given_latin="Rith")
    report = take(write(folder, [first, dict(first), twice, other], portrait, scan))
    assert [one.row for one in report.accepted] == [2]
    assert set(faults(report)) == {
        (3, "reference", "cases.reference_repeated"), (3, "given_latin", "cases.same_person_twice"),
        (4, "given_latin", "cases.same_person_twice"), (5, "reference", "cases.reference_repeated"),
    }  # fmt: skip
    assert faults(take(folder)) == faults(report)


def test_the_same_reference_with_other_content_is_refused(folder, portrait, scan):
    said = row()
    take(write(folder, [said], portrait, scan))
    changed = said | {"birth_date": "1961-01-01"}
    assert faults(take(write(folder, [changed], portrait, scan))) == [(2, "reference", "cases.reference_taken")]
    noted = said | {"row_note": "called back"}
    assert [one.row for one in take(write(folder, [noted], portrait, scan)).already] == [2]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda path: (path / "applications.csv").unlink(), "cases.no_applications_file"),
        (lambda path: (path / "applications.csv").write_bytes(b""), "cases.no_rows"),
        (lambda path: (path / "applications.csv").write_text(text_of([]), newline=""), "cases.no_rows"),
        (lambda path: (path / "applications.csv").write_text(text_of([row()], COLUMNS[:-1])), "cases.missing_columns"),
        (lambda path: (path / "applications.csv").write_text(text_of([row()], (*COLUMNS, "x"))), "cases.extra_columns"),
        (lambda path: (path / "applications.csv").write_text(text_of([row()], (*COLUMNS, "sex"))),
         "cases.repeated_columns"),
        (lambda path: (path / "applications.csv").write_text(text_of([row()]).replace(",", ";")),
         "cases.wrong_separator"),
        (lambda path: (path / "applications.csv").write_text(text_of([row()]), "utf-16"), "cases.not_utf8"),
        (lambda path: (path / "applications.csv").write_bytes(b"\0" * 21_000_000), "cases.file_too_large"),
    ],
)  # fmt: skip
def test_an_unreadable_folder_is_refused_whole(folder, portrait, scan, spoil, code):
    spoil(write(folder, [row()], portrait, scan))
    with refused(code):
        take(folder)
    assert not Case.objects.exists()


def test_no_folder_at_all(tmp_path):
    with refused("cases.no_folder"):
        take(tmp_path / "nowhere")


def test_missing_columns_are_named(folder, portrait, scan):
    write(folder, [row()], portrait, scan)
    (folder / "applications.csv").write_text(text_of([row()], tuple(c for c in COLUMNS if c not in ("sex", "papers"))))
    with pytest.raises(Refusal) as found:
        take(folder)
    assert found.value.facts["columns"] == "sex, papers"


def test_a_last_row_that_is_whole_needs_no_line_end(folder, portrait, scan):
    write(folder, [row(), row(given_latin="Rith")], portrait, scan)
    whole = (folder / "applications.csv").read_bytes()
    (folder / "applications.csv").write_bytes(whole.rstrip(b"\r\n"))
    assert [one.row for one in take(folder).accepted] == [2, 3]


@pytest.mark.parametrize("cut", [2, 3, 40, 120])
def test_a_half_written_file_loses_only_its_last_row_and_completes_later(folder, portrait, scan, cut):
    rows = [row(), row(given_latin="Rith")]
    write(folder, rows, portrait, scan)
    whole = (folder / "applications.csv").read_bytes()
    (folder / "applications.csv").write_bytes(whole[: -cut - 1])
    report = take(folder)
    assert [one.row for one in report.accepted] == [2]
    (number, _, code), *_ = faults(report)
    assert (number, code in ("cases.no_row_end", "cases.row_cut")) == (3, True)
    (folder / "applications.csv").write_bytes(whole)
    again = take(folder)
    assert ([one.row for one in again.already], [one.row for one in again.accepted]) == ([2], [3])


def test_an_open_quotation_mark_is_a_cut_row(folder, portrait, scan):
    write(folder, [row(), row(given_latin="Rith", postal="12 Elm St")], portrait, scan)
    text = (folder / "applications.csv").read_text().replace("12 Elm St", '"12 Elm St')
    (folder / "applications.csv").write_text(text)
    report = take(folder)
    assert ([one.row for one in report.accepted], faults(report)) == ([2], [(3, None, "cases.row_cut")])


def test_a_row_with_too_many_cells_is_told(folder, portrait, scan):
    write(folder, [row()], portrait, scan)
    text = (folder / "applications.csv").read_text().replace("Battambang", "Battambang, Cambodia")
    (folder / "applications.csv").write_text(text)
    assert faults(take(folder)) == [(2, None, "cases.row_too_long")]


def test_stopped_in_the_middle_nothing_is_half_done_and_again_completes(folder, portrait, scan):
    write(folder, [row(given_latin=name) for name in ("A", "B", "C")], portrait, scan)

    def impatient(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    report = cases.intake(folder, ctx=acting("dara"), progress=impatient)
    assert (report.stopped, len(report.accepted)) == (True, 2)
    assert Case.objects.count() == PersonClaimed.objects.count() == 2
    again = take(folder)
    assert (again.stopped, len(again.already), len(again.accepted)) == (False, 2, 1)


def test_files_that_nobody_names_are_told(folder, portrait, scan):
    write(folder, [row()], portrait, scan)
    (folder / "forgotten.jpg").write_bytes(portrait)
    assert take(folder).unused_files == ["forgotten.jpg"]


def test_only_a_post_takes_in_a_folder(folder, portrait, scan):
    write(folder, [row()], portrait, scan)
    with refused("cases.not_your_desk"):
        cases.intake(folder, ctx=acting("vuthy"))
