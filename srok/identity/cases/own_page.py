"""The counter reads the picture from the applicant's own page: by a scanner that types, a photo, or a camera."""

from io import BytesIO
from typing import Any
from uuid import UUID

import zxingcpp
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from PIL import Image

from srok.ground.accounts.terms import Role
from srok.ground.faces.public import CommandForm, context, needs, perform, wording
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import public as biometrics
from srok.identity.cases import capture_reads, capturing, counter, prefill, spelling
from srok.identity.cases.capture_commands import KeepDraft

WIDEST = 2400
QR_CODES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


class OwnPageForm(CommandForm):
    """The text that a scanner typed, or a photo of the picture."""

    own_page = forms.CharField(
        label=_("Picture of the applicant's own page"), required=False, max_length=prefill.LONGEST_TEXT + 1,
        help_text=_("Put the cursor here and scan; a scanner types by itself."),
    )  # fmt: skip
    photo = forms.FileField(
        label=_("Or a photo of it"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
    )  # fmt: skip


@needs(Role.CONSULAR_OFFICER)
@never_cache
@require_POST
def read(request: HttpRequest, capture: UUID) -> HttpResponse:
    """Read the applicant's picture into the form; what an officer has typed already stays as it is."""
    ctx = context(request)
    form = OwnPageForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, wording.sentence("cases.prefill_not_ours"))
        return redirect("cases:new")
    try:
        command = _command(capture, fields_of(form.cleaned_data), ctx)
    except Refusal as refusal:
        messages.error(request, wording.of(refusal))
        return redirect("cases:new")
    if perform(request, capturing.keep_draft, command, trace=form.trace) is None:
        return redirect("cases:new")
    messages.success(request, wording.sentence("cases.done_own_page"))
    answer = redirect("cases:new")
    answer["Location"] += f"?take={capture}"
    return answer


def _command(capture: UUID, found: dict[str, str], ctx: Context) -> KeepDraft:
    try:
        typed = dict(capture_reads.whole(capture, ctx).cells)
    except Refusal:
        typed = {}
    return KeepDraft(capture, found | typed, prefill=found)


def fields_of(given: dict[str, Any]) -> dict[str, str]:
    """The fields of the typed text, else of the photo; raises the refusals of `prefill.decode`."""
    if str(given.get("own_page") or "").strip():
        return prefill.decode(str(given["own_page"]))
    if given.get("photo"):
        return prefill.decode(text_in(counter.read_upload(given["photo"])))
    raise Refusal("cases.prefill_no_code", field="photo")


def text_in(photo: bytes) -> str:
    """The text of the QR in a photo; an applicant's own before any other.

    Raises the code of a photo that cannot be opened, and `cases.prefill_no_code`.
    """
    problem = biometrics.readable(photo)
    if problem:
        raise Refusal(problem, field="photo")
    with Image.open(BytesIO(photo), formats=("JPEG", "PNG")) as opened:
        picture = opened.convert("L")
    picture.thumbnail((WIDEST, WIDEST))
    texts = [one.text for one in zxingcpp.read_barcodes(picture, formats=QR_CODES)]
    ours = [one for one in texts if one.startswith("SROK")]
    if not texts:
        raise Refusal("cases.prefill_no_code", field="photo")
    return (ours or texts)[0]


@needs(Role.CONSULAR_OFFICER)
@never_cache
@require_safe
def spelled(request: HttpRequest) -> JsonResponse:
    """Usual spellings of a name in the other script, while it is typed: a person chooses, or none."""
    field, text = request.GET.get("field", "")[:60], request.GET.get("text", "")[:60]
    found = spelling.suggestions(field, text)
    return JsonResponse({"field": spelling.other_script(field), "suggestions": found})


urlpatterns: list[URLPattern] = [
    path("cases/captures/spelling", spelled, name="capture_spelling"),
    path("cases/captures/<uuid:capture>/own-page", read, name="capture_own_page"),
]
