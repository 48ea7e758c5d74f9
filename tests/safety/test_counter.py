"""The counter's two hands: stopped after any write nothing is half done, and of two who approve at once one does."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.test.utils import override_settings

from srok.ground.kernel.ids import new_id
from srok.identity.biometrics.tests.pictures import coded, face
from srok.identity.cases import approving, capturing
from srok.identity.cases.capture_commands import (
    ApproveCapture,
    CaptureApplication,
    DiscardCapture,
    KeepDraft,
    ReadBack,
    SendBackCapture,
)
from srok.identity.cases.capture_models import Capture
from srok.identity.cases.capture_terms import Confirmed, SentBack
from srok.identity.cases.models import Case
from srok.identity.cases.tests import world
from srok.identity.cases.tests.counter import cells
from tests.safety import chain
from tests.safety.test_at_once import at_once
from tests.safety.test_crashes import stopped_everywhere

ON_POSTGRESQL = os.environ.get("SROK_TEST_DB") == "postgresql"


@pytest.fixture(scope="module")
def portrait() -> bytes:
    return coded(face())


def capturing_of(capture: UUID, portrait: bytes, given: str) -> chain.Act:
    """The act of Dara: the form of somebody whose given name is `given`."""
    command = CaptureApplication(capture, cells(given_latin=given), {"portrait": portrait})
    return lambda: capturing.capture(command, ctx=world.acting("dara"))


def confirming(capture: UUID) -> chain.Act:
    return lambda: capturing.read_back(ReadBack(capture, Confirmed.SIGNATURE), ctx=world.acting("dara"))


def approving_as(capture: UUID, who: str = "sreymom") -> chain.Act:
    return lambda: approving.approve(ApproveCapture(capture), ctx=world.acting(who))


def sending_back(capture: UUID, who: str = "sreymom") -> chain.Act:
    return lambda: approving.send_back(SendBackCapture(capture, (SentBack.NAME,)), ctx=world.acting(who))


@pytest.mark.django_db
@pytest.mark.slow
class TestStopped:
    @pytest.fixture(autouse=True)
    def home(self, tmp_path: Path) -> Iterator[Path]:
        with override_settings(SROK_KEYS=tmp_path / "keys"):
            chain.settle(tmp_path)
            yield tmp_path
            world.forget_places(tmp_path)

    def test_no_act_of_the_counter_is_ever_half_done(self, portrait: bytes) -> None:
        capture = new_id(world.STARTED)
        draft = KeepDraft(capture, {"given_latin": "Soph"}, {"portrait": portrait})
        stopped_everywhere(lambda: capturing.keep_draft(draft, ctx=world.acting("dara")), at_least=4)
        stopped_everywhere(capturing_of(capture, portrait, "Sophea"), at_least=3)
        stopped_everywhere(confirming(capture), at_least=2)
        stopped_everywhere(sending_back(capture), at_least=2)
        again = CaptureApplication(capture, cells(given_latin="Sophea"))
        stopped_everywhere(lambda: capturing.correct(again, ctx=world.acting("dara")), at_least=3)
        confirming(capture)()
        stopped_everywhere(approving_as(capture), at_least=12)
        assert Case.objects.count() == 1
        other = new_id(world.STARTED)
        capturing_of(other, portrait, "Sophy")()
        stopped_everywhere(lambda: approving.discard(DiscardCapture(other), ctx=world.acting("dara")), at_least=2)


@pytest.mark.usefixtures("committed_world")
class TestAtOnce:
    pytestmark = [] if ON_POSTGRESQL else [pytest.mark.slow]

    def confirmed(self, portrait: bytes, given: str) -> UUID:
        capture = new_id(world.STARTED)
        capturing_of(capture, portrait, given)()
        confirming(capture)()
        return capture

    def test_two_officers_who_approve_at_once_lodge_one_case(self, portrait: bytes) -> None:
        capture, before = self.confirmed(portrait, "Oneof"), Case.objects.count()
        said = at_once(approving_as(capture), approving_as(capture, "third"), meet="cases_capturehand")
        assert said.count("ok") == 1, said
        assert set(said) <= {"ok", "journal.stale", "cases.capture_not_so"}
        row = Capture.objects.get(pk=capture)
        assert Case.objects.count() == before + 1
        assert row.hands.get(typed=False).officer == row.approved_by != "dara"

    def test_approving_and_sending_back_are_one_or_the_other(self, portrait: bytes) -> None:
        capture, before = self.confirmed(portrait, "Twoof"), Case.objects.count()
        said = at_once(approving_as(capture), sending_back(capture, "third"))
        assert said.count("ok") == 1, said
        assert Case.objects.count() - before == int(Capture.objects.get(pk=capture).state == "approved")

    def test_who_approves_while_it_is_corrected_approves_the_old_or_nothing(self, portrait: bytes) -> None:
        capture, before = self.confirmed(portrait, "Threeof"), Case.objects.count()
        again = CaptureApplication(capture, cells(given_latin="Changed"))
        said = at_once(approving_as(capture), lambda: capturing.correct(again, ctx=world.acting("dara")))
        assert said.count("ok") == 1, said
        row = Capture.objects.get(pk=capture)
        assert (row.state, Case.objects.count() - before) in {("approved", 1), ("captured", 0)}
