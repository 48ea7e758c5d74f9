"""The counter of these tests: Dara takes, Sreymom approves; the same form that a browser sends."""

from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from srok.ground.kernel.ids import new_id
from srok.identity.cases import approving, capturing
from srok.identity.cases.capture_commands import ApproveCapture, CaptureApplication, ReadBack
from srok.identity.cases.capture_models import Capture
from srok.identity.cases.capture_terms import Confirmed
from srok.identity.cases.tests.folders import row
from srok.identity.cases.tests.world import STARTED, acting

MEANT_FOR_FOLDERS = ("reference", "papers", "portrait", "signed_by", "row_note")


def cells(**more: str) -> dict[str, str]:
    """Sophea's form as it is typed."""
    found = {name: text for name, text in row().items() if text and name not in MEANT_FOR_FOLDERS}
    return found | {"where": "post"} | more


def captured(portrait: bytes, who: str = "dara", days: int = 0, **more: str) -> UUID:
    """A capture of Sophea by an officer, filled."""
    files = {"portrait": portrait}
    command = CaptureApplication(new_id(STARTED), cells(**more), files)
    return capturing.capture(command, ctx=acting(who, days)).id


def confirmed(portrait: bytes, who: str = "dara", **more: str) -> UUID:
    """A capture that the applicant has confirmed."""
    capture = captured(portrait, who, **more)
    capturing.read_back(ReadBack(capture, Confirmed.SIGNATURE), ctx=acting(who))
    return capture


def approved(capture: UUID, who: str = "sreymom", statement: str = "") -> approving.ApprovedCapture:
    """The second officer agrees."""
    return approving.approve(ApproveCapture(capture, statement), ctx=acting(who))


def sent(portrait: bytes | None, **more: object) -> dict[str, object]:
    """What a browser sends from the form of a new application."""
    given: dict[str, object] = dict(cells()) | {"command_id": str(new_id(STARTED)), "capture": str(new_id(STARTED))}
    given.pop("may_contact", None)
    if portrait is not None:
        given["portrait"] = SimpleUploadedFile("face.jpg", portrait)
    return given | more


def press(client: Client, act: str, capture: UUID, **given: object):
    """Send one of the forms of a capture's page, with the version that the page showed."""
    version = Capture.objects.get(pk=capture).version
    body = {"command_id": str(new_id(STARTED)), "seen_version": version, **given}
    return client.post(reverse(f"cases:capture_{act}", args=[capture]), body, follow=True)


def taken_by_two(dara: Client, sreymom: Client, form: dict[str, object]):
    """The whole counter in a browser: filled, read back, approved; the page with the receipt."""
    answer = dara.post("/cases/new", form, follow=True)
    assert answer.status_code == 200, answer.context["form"].errors
    capture = UUID(str(form["capture"]))
    press(dara, "read_back", capture, read="on", how="signature")
    return press(sreymom, "approve", capture, compared="on")
