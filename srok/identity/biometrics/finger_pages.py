"""Pages of the fingerprints: one finger after another with words at once; whose exceptions stand out."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from srok.ground.accounts.terms import Role
from srok.ground.faces.public import context, needs, perform, wording
from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import devices, finger_acts, finger_reads
from srok.identity.biometrics.finger_terms import (
    MOST_TRIES,
    CaptureFinger,
    Finger,
    NoteFinger,
    OfficerExceptions,
    Span,
    Told,
    WaiveFingers,
)
from srok.identity.biometrics.forms import CaptureForm, NoteForm, WaiveForm
from srok.identity.biometrics.wording import FINGERS, FOUND

LOOKED_BACK = timedelta(days=90)


@needs(Role.CONSULAR_OFFICER)
@never_cache
@require_safe
def fingers(request: HttpRequest, key: UUID) -> HttpResponse:
    """The ten fingers of one set: take each, say why not, or waive them all by rule."""
    return _shown(request, key)


def _shown(request: HttpRequest, key: UUID, waive: WaiveForm | None = None) -> HttpResponse:
    record, tries = finger_reads.finger_record(key), finger_reads.tries_of(key)
    rows = [
        {
            "finger": finger.value, "words": FINGERS[finger], "facts": record.fingers.get(finger),
            "found": FOUND[record.fingers[finger].found] if finger in record.fingers else "",
            "left": MOST_TRIES - tries.get(finger, 0), "form": NoteForm(initial={"finger": finger.value}),
        }
        for finger in Finger
    ]  # fmt: skip
    page = {
        "key": key, "record": record, "rows": rows, "waive": waive or WaiveForm(), "next": _next(record, tries),
        "device": _device(request), "form": waive,
    }  # fmt: skip
    return render(request, "biometrics/fingers.html", page, status=400 if waive is not None else 200)


def _next(record: Any, tries: dict[Finger, int]) -> CaptureForm | None:
    """The form that takes the next finger: the first that is not finished."""
    ahead = [finger for finger in Finger if finger not in record.fingers]
    if not ahead or record.waived_by:
        return None
    return CaptureForm(initial={"finger": min(ahead, key=lambda finger: tries.get(finger, 0) >= MOST_TRIES).value})


def _device(request: HttpRequest) -> str:
    """The device's name; without one the page says so, and fingers can still be noted or waived."""
    try:
        found = devices.device()
    except Refusal as refusal:
        messages.error(request, wording.of(refusal))
        return ""
    return found.name if found else ""


@needs(Role.CONSULAR_OFFICER)
@require_POST
def capture(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take one shot of one finger; what to do better comes as a message at once."""
    form = CaptureForm(request.POST)
    if form.is_valid():
        command = CaptureFinger(key, Finger(form.cleaned_data["finger"]))
        told = perform(request, finger_acts.capture_finger, command, trace=form.trace)
        if told is not None:
            _tell(request, FINGERS[command.finger], told)
    return redirect("biometrics:fingers", key)


def _tell(request: HttpRequest, finger: Any, told: Told) -> None:
    for code in told.problems:
        say = messages.info if told.kept else messages.warning
        say(request, f"{finger} – {wording.sentence(code)}")
    if told.kept and not told.problems:
        messages.success(request, f"{finger} – {wording.sentence('biometrics.finger_good')}")


@needs(Role.CONSULAR_OFFICER)
@require_POST
def note(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say why there is no print of one finger."""
    form = NoteForm(request.POST)
    if form.is_valid():
        command = NoteFinger(key, Finger(form.cleaned_data["finger"]), form.cleaned_data["found"])
        perform(request, finger_acts.note_finger, command, trace=form.trace)
    else:
        messages.error(request, wording.sentence("biometrics.choose_why"))
    return redirect("biometrics:fingers", key)


@needs(Role.CONSULAR_OFFICER)
@require_POST
def waive(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take no fingers, by the rule of the day."""
    form = WaiveForm(request.POST)
    if not form.is_valid():
        return _shown(request, key, form)
    perform(request, finger_acts.waive_fingers, WaiveFingers(key, form.cleaned_data["birth"]), trace=form.trace)
    return redirect("biometrics:fingers", key)


@needs(Role.MISSION_HEAD)
@never_cache
@require_safe
def exceptions(request: HttpRequest) -> HttpResponse:
    """Whose exceptions stand out in this office in the last 90 days: counts of officers, nothing of applicants."""
    ctx = context(request)
    span = Span(ctx.on - LOOKED_BACK, ctx.on)
    rows: list[OfficerExceptions] = finger_reads.exceptions_by_officer(ctx, span)
    return render(request, "biometrics/exceptions.html", {"rows": rows, "span": span})


urlpatterns = [
    path("biometrics/fingers/<uuid:key>", fingers, name="fingers"),
    path("biometrics/fingers/<uuid:key>/take", capture, name="capture"),
    path("biometrics/fingers/<uuid:key>/note", note, name="note"),
    path("biometrics/fingers/<uuid:key>/waive", waive, name="waive"),
    path("biometrics/exceptions", exceptions, name="exceptions"),
]
