"""A mission's laptop: what two officers approved leaves sealed, stays nowhere, and is one case whatever comes twice."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils.translation import override

from srok.ground.faces import wording
from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.ground.notices import public as notices
from srok.identity.cases import approving, branch_reads, branching, capturing, cli
from srok.identity.cases import public as cases
from srok.identity.cases.branch_commands import AdmitBranch, JoinPapers, ReopenBranch, SetBranchAside
from srok.identity.cases.branch_models import Branch
from srok.identity.cases.branch_terms import AdmitReason, AsideReason, BranchWhy
from srok.identity.cases.capture_commands import ApproveCapture, CaptureApplication, ReadBack
from srok.identity.cases.capture_models import Capture
from srok.identity.cases.capture_terms import Confirmed
from srok.identity.cases.kit import reference_for, references_to_print
from srok.identity.cases.models import Case
from srok.identity.cases.tests.counter import cells
from srok.identity.cases.tests.folders import row, write
from srok.identity.cases.tests.world import STARTED, acting, lodged, refused
from srok.trust.parcels import public as parcels
from srok.trust.parcels.tests.world import at_home

pytestmark = pytest.mark.usefixtures("desk")
OFFICERS = tuple(
    parcels.WarrantOfficer(name, "មន្ត្រី", name.title(), ("consular_officer",)) for name in ("dara", "sreymom")
)


@pytest.fixture
def kit(tmp_path: Path, desk: None) -> Iterator[parcels.Prepared]:
    """A kit of Washington, taken out: everything inside `with at_home` happens on its laptop."""
    with override_settings(SROK_HOME=tmp_path / "centre", SROK_KIT_UNENCRYPTED=True):
        command = parcels.PrepareKit("WAS", STARTED.date(), STARTED.date() + timedelta(days=5), OFFICERS, 9, 30)
        made = parcels.prepare(command, acting("sreymom", -1))
        parcels.check_out(made.kit, ("S1",), acting("sreymom", -1))
        yield made


def at(name: str, minutes: int) -> Context:
    found = acting(name)
    moment = found.at + timedelta(minutes=minutes)
    return replace(found, at=moment, trace=new_id(moment))


class Laptop:
    """The counter in a kit: one minute an act."""

    def __init__(self, made: parcels.Prepared, home: Path) -> None:
        self.made, self.home, self.minute = made, home, 0

    def ctx(self, name: str) -> Context:
        self.minute += 1
        return at(name, self.minute)

    def take(self, portrait: bytes, scan: bytes | None = None, **more: str) -> UUID:
        files = {"portrait": portrait} | ({"paper_0": scan} if scan else {})
        papers = {"kind_0": "baptism", "seen_0": "original"} if scan else {}
        command = CaptureApplication(new_id(STARTED), cells(**papers | more), files)
        capture = capturing.capture(command, ctx=self.ctx("dara")).id
        capturing.read_back(ReadBack(capture, Confirmed.SIGNATURE), ctx=self.ctx("dara"))
        return capture

    def approved(self, capture: UUID) -> approving.ApprovedCapture:
        return approving.approve(ApproveCapture(capture), ctx=self.ctx("sreymom"))

    def export(self) -> bytes:
        parcels.export(self.home / "out.parcel", 1)
        return (self.home / "out.parcel").read_bytes()


@contextmanager
def on_laptop(made: parcels.Prepared, home: Path) -> Iterator[Laptop]:
    """The program in the kit's folder, which nobody else may read."""
    with at_home(made, home):
        for folder in (home, home / "kit", home / "keys"):
            folder.chmod(0o700)
        yield Laptop(made, home)


def imported(*files: bytes, days: int = 2) -> parcels.ImportReport:
    return parcels.import_files(list(files), ctx=acting("chanthou", days))


@pytest.fixture
def carried(kit: parcels.Prepared, tmp_path: Path, portrait: bytes, scan: bytes) -> tuple[str, bytes]:
    """One application taken in the kit: its reference and the parcel's bytes."""
    with on_laptop(kit, tmp_path / "kit") as laptop:
        done = laptop.approved(laptop.take(portrait, scan))
        return done.capture.reference, laptop.export()


def test_approval_in_a_kit_seals_and_keeps_nothing(kit, tmp_path, portrait):
    with on_laptop(kit, tmp_path / "kit") as laptop:
        capture = laptop.take(portrait)
        done = laptop.approved(capture)
        assert (done.lodged, done.capture.kit, done.capture.event > 0) == (False, kit.kit, True)
        assert done.capture.reference in kit.warrant.references
        assert not Case.objects.exists()
        row = Capture.objects.get(pk=capture)
        assert (row.sealed, row.parts.count()) == (None, 0)
        assert {one.code: one.count for one in parcels.exposure()}["cases.exposed_drafts"] == 0
        assert b"SOPHEA" not in laptop.export().upper()


def test_it_arrives_as_the_case_it_was_with_both_hands_and_both_instants(carried):
    reference, parcel = carried
    report = imported(parcel)
    assert report.conflicts == []
    case = Case.objects.get(reference=reference)
    assert (case.captured_by, case.capture_approved_by) == ("dara", "sreymom")
    assert (case.kit_event > 0, case.office) == (True, "mfa.was")
    assert case.happened_at is not None and case.happened_at < acting("chanthou", 2).at
    fact = next(one for one in journal.facts_about(reference) if one.kind == "cases.application_lodged")
    assert fact.happened_at is not None and fact.happened_at < fact.at
    again = imported(parcel, parcel, days=3)
    assert (Case.objects.count(), again.opened, again.already > 0) == (1, 0, True)


def test_a_tampered_kit_cannot_approve_for_itself(kit, tmp_path, portrait):
    """Its database lets nobody approve their own; a body forged around it is refused at the centre."""
    with on_laptop(kit, tmp_path / "kit") as laptop:
        capture = laptop.take(portrait)
        with refused("cases.own_capture"):
            approving.approve(ApproveCapture(capture), ctx=laptop.ctx("dara"))
        Capture.objects.filter(pk=capture).update(captured_by="sreymom")  # by hand, around every rule
        from srok.identity.cases.capture_models import CaptureHand

        CaptureHand.objects.filter(capture=capture).update(officer="rith")
        with pytest.raises(Exception, match="capture_two_hands"):
            laptop.approved(capture)


class TestBranches:
    @pytest.fixture
    def branch(self, carried: tuple[str, bytes], portrait: bytes) -> Branch:
        lodged(portrait)
        report = imported(carried[1])
        assert [one.reference for one in report.conflicts] == [carried[0]]
        return Branch.objects.get()

    def test_both_are_kept_whole_and_sealed(self, branch, carried, portrait, scan):
        assert (Case.objects.count(), branch.why) == (1, BranchWhy.SAME_PERSON.value)
        assert b"SOPHEA" not in bytes(branch.sealed)
        whole = branch_reads.whole(branch.pk, acting("chanthou", 3))
        assert (whole.claim.name.latin, whole.papers[0].has_image) == ("SOK SOPHEA", True)
        assert branch_reads.picture(branch.pk, "portrait", acting("dara", 3))[1] == portrait
        with refused("cases.unknown_branch"):
            branch_reads.whole(branch.pk, acting("seoul", 3))
        assert imported(carried[1], days=4).conflicts == []
        assert Branch.objects.count() == 1

    def test_somebody_else_becomes_a_case_under_the_same_receipt(self, branch):
        with refused("cases.same_hands"):
            branching.admit(AdmitBranch(branch.pk, AdmitReason.OTHER_PERSON), ctx=acting("dara", 3))
        done = branching.admit(AdmitBranch(branch.pk, AdmitReason.OTHER_PERSON), ctx=acting("chanthou", 3))
        assert done.became == branch.reference
        assert Case.objects.get(reference=branch.reference).captured_by == "dara"
        with refused("cases.branch_not_so"):
            branching.admit(AdmitBranch(branch.pk, AdmitReason.OTHER_PERSON), ctx=acting("nimol", 3))
        assert Case.objects.count() == 2

    def test_the_same_person_brings_papers_only(self, branch):
        before = Case.objects.get()
        branching.join_papers(JoinPapers(branch.pk), ctx=acting("chanthou", 3))
        assert before.papers.count() == 1
        assert cases.whole(before.reference, acting("chanthou", 3)).claim.mother.latin == "KEO BOPHA"
        assert Case.objects.count() == 1

    def test_set_aside_is_told_and_can_be_undone(self, branch):
        branching.set_aside(SetBranchAside(branch.pk, AsideReason.SAME_TWICE), ctx=acting("chanthou", 3))
        assert [one.kind for one in notices.notices_of(branch.pk)] == ["set_aside"]
        branching.reopen(ReopenBranch(branch.pk), ctx=acting("nimol", 4))
        assert Branch.objects.get().decided_by == ""

    def test_a_reference_taken_by_another_keeps_both(self, carried, portrait):
        reference, parcel = carried
        done = imported(parcel)
        assert done.conflicts == []
        Case.objects.filter(reference=reference).update(content="other")
        command = _command_of(reference)
        branching.keep(command, reference, BranchWhy.REFERENCE_TAKEN, ctx=acting("dara", 3))
        branch = Branch.objects.get()
        done_ = branching.admit(AdmitBranch(branch.pk, AdmitReason.RECEIPT_MISPRINTED), ctx=acting("chanthou", 3))
        assert done_.became != reference and Case.objects.count() == 2


def _command_of(reference: str) -> cases.LodgeApplication:
    """The application of a case as it was lodged, to arrive once more."""
    from srok.identity.biometrics import public as biometrics
    from srok.identity.cases import store

    case = Case.objects.get(reference=reference)
    return cases.LodgeApplication(
        reference, case.lodged_on, store.claim_of(case), cases.Contact(pickup_post="WAS"),
        biometrics.portrait(case.portrait), content="another", taken=store.taken_of(case),
    )  # fmt: skip


class TestBranchPages:
    @pytest.mark.parametrize("language", ["km", "en"])
    def test_both_side_by_side_and_honest_tracking(self, carried, portrait, language):
        lodged(portrait)
        imported(carried[1])
        branch = Branch.objects.get()
        client = Client(headers={"accept-language": language})
        officer = get_user_model().objects.get(username="chanthou")
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        assert carried[0] in client.get(reverse("cases:branches")).content.decode()
        shown = client.get(reverse("cases:branch", args=[branch.pk])).content.decode()
        assert shown.count("SOPHEA") >= 2
        tracked = Client(headers={"accept-language": language}).get("/track", {"reference": carried[0]})
        assert "SOPHEA" not in tracked.content.decode()
        with override(language):
            assert wording.sentence("cases.next_compared") in tracked.content.decode()
        given = {
            "command_id": str(new_id(STARTED)),
            "seen_version": branch.version,
            "reason": "cases.admit_other_person",
        }
        answer = client.post(reverse("cases:branch_admit", args=[branch.pk]), given, follow=True)
        assert answer.status_code == 200
        assert Case.objects.filter(reference=carried[0]).exists()


def test_a_number_printed_in_a_kit_is_on_nobody_elses_receipt(kit, tmp_path):
    """What is typed takes from the pool's beginning, what is printed from its end; nothing that was given out."""
    with on_laptop(kit, tmp_path / "kit") as laptop:
        pool, ctx = kit.warrant.references, laptop.ctx("dara")
        assert reference_for("", ctx) == pool[0]
        assert references_to_print(3) == list(pool[-3:])
        reference_for(pool[-1], ctx)
        assert references_to_print(3) == list(pool[-4:-1])
        assert references_to_print(5000) == list(pool[1:-1])
        for left in pool[1:-1]:
            reference_for(left, ctx)
        with pytest.raises(Refusal) as told:
            references_to_print(1)
        assert told.value.code == "parcels.no_reference_left"


def test_a_folder_in_a_kit_names_who_brings_it(kit, tmp_path, capsys):
    with on_laptop(kit, tmp_path / "kit"), pytest.raises(SystemExit) as ended:
        cli.intake(tmp_path, json=True)
    assert ended.value.code == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "cases.unknown_officer"


def test_a_folder_in_a_kit_waits_for_a_second_officer(kit, tmp_path, portrait, scan):
    with on_laptop(kit, tmp_path / "kit") as laptop:
        rows = [row(reference=kit.warrant.references[0]), row(given_latin="Mala", given_km="ម៉ាលា")]
        folder = write(tmp_path / "was", rows, portrait, scan)
        report = cases.intake(folder, ctx=laptop.ctx("dara"))
        assert [one.row for one in report.accepted] == [2]
        assert [one.codes for one in report.rejected_rows] == [("parcels.foreign_reference",)]
        assert [one.row for one in cases.intake(folder, ctx=laptop.ctx("dara")).already] == [2]
        done = laptop.approved(Capture.objects.get().pk)
        assert (done.lodged, done.capture.reference) == (False, kit.warrant.references[0])
        assert [one.row for one in cases.intake(folder, ctx=laptop.ctx("dara")).already] == [2]
        parcel = laptop.export()
    imported(parcel)
    assert Case.objects.get().papers.count() == 1


def test_prints_travel_with_the_application_and_do_not_stay(kit, tmp_path, portrait):
    from srok.identity.biometrics import public as biometrics

    with on_laptop(kit, tmp_path / "kit") as laptop:
        capture = laptop.take(portrait)
        note = biometrics.NoteFinger(capture, biometrics.Finger.RIGHT_THUMB, biometrics.Found.MISSING)
        biometrics.note_finger(note, ctx=laptop.ctx("dara"))
        reference = laptop.approved(capture).capture.reference
        assert biometrics.finger_record(capture).fingers == {}
        parcel = laptop.export()
    imported(parcel)
    taken = cases.whole(reference, acting("chanthou", 3)).taken
    assert (dict(taken.fingers), taken.finger_key) == ({"right_thumb": "missing"}, str(capture))
    assert biometrics.finger_record(capture).found == {"right_thumb": "missing"}
