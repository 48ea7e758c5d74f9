"""The counter: a form that survives a power cut, the read-back, the second officer's page, the receipt on the spot."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from srok.ground.accounts.terms import Role
from srok.ground.faces.public import VersionedForm, context, needs, perform, wording
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.ground.paper import public as paper
from srok.identity.cases import approving, capture_reads, capture_shown, capturing, kit, receipts
from srok.identity.cases.capture_commands import (
    ApproveCapture,
    DiscardCapture,
    ReadBack,
    RestoreCapture,
    SendBackCapture,
)
from srok.identity.cases.capture_forms import ApproveCaptureForm, ReadBackForm, SendBackCaptureForm
from srok.identity.cases.capture_terms import CaptureWhole, Confirmed, SentBack, Stage
from srok.identity.cases.forms import PlainForm
from srok.identity.cases.rows import Row

COUNTER = needs(Role.CONSULAR_OFFICER)


@COUNTER
@never_cache
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits at this counter: half-filled, to be read back, to be approved, sent back, given up."""
    ctx = context(request)
    page = {
        "rows": [capture_shown.listed(one) for one in capture_reads.captures(ctx)],
        "discarded": [capture_shown.listed(one) for one in capture_reads.discarded(ctx)], "in_kit": kit.is_kit(),
    }  # fmt: skip
    return render(request, "cases/captures.html", page)


@COUNTER
@never_cache
@require_safe
def capture(request: HttpRequest, capture: UUID) -> HttpResponse:
    """One capture at its state: read back, approval by a second officer, or the receipt."""
    return _page(request, capture, {})


def _page(request: HttpRequest, id_: UUID, bound: dict[str, VersionedForm], status: int = 200) -> HttpResponse:
    ctx = context(request)
    try:
        facts = capture_reads.capture(id_, ctx)
        if facts.state is Stage.APPROVED:
            return _receipt_page(request, id_, ctx)
        whole = capture_reads.whole(id_, ctx)
    except Refusal as refusal:
        raise Http404 from refusal
    row = capture_shown.row_of(whole, ctx)
    spoken = _spoken(request, whole)
    page = {
        "whole": whole, "capture": facts, "row": row, "spoken": spoken, "bound": next(iter(bound.values()), None),
        "taken": capture_shown.taken_rows(whole), "changed": capture_shown.changed(whole),
        "reasons": [wording.sentence(code) for code in facts.reasons],
        "warnings": capture_shown.warnings(row) if row else [],
        "open": {name: bound.get(name) or _form(name, whole) for name in _open(whole)},
        **_read_aloud(whole, row, spoken),
    }  # fmt: skip
    return render(request, f"cases/capture_{_template(whole)}.html", page, status=status)


def _read_aloud(whole: CaptureWhole, row: Row | None, spoken: str) -> dict[str, Any]:
    """What is read to the applicant, in their language; the page around it stays in the officer's."""
    with override(spoken):
        return {
            "said": capture_shown.said_back(row) if row else [], "printed": capture_shown.printed(row) if row else [],
            "why": capture_shown.why_printed(row.claim) if row else [], "papers": capture_shown.papers(whole),
        }  # fmt: skip


def _template(whole: CaptureWhole) -> str:
    return "approval" if whole.capture.state is Stage.READ_BACK else "read_back"


def _spoken(request: HttpRequest, whole: CaptureWhole) -> str:
    """What is read back speaks the applicant's language; everything else the officer's."""
    if whole.capture.state is not Stage.CAPTURED:
        return request.LANGUAGE_CODE
    asked = request.GET.get("say", "")
    chosen = asked if asked in ("km", "en") else whole.cells.get("language", "km")
    return "km" if chosen == "km" else "en"


def _open(whole: CaptureWhole) -> tuple[str, ...]:
    """The forms that this officer is offered."""
    facts = whole.capture
    if facts.state is Stage.CAPTURED:
        return ("read_back", "discard")
    if facts.state is Stage.READ_BACK:
        return ("discard",) if facts.mine else ("approve", "send_back")
    return ("restore",) if facts.state is Stage.DISCARDED else ("discard",)


def _form(name: str, whole: CaptureWhole, request: HttpRequest | None = None) -> VersionedForm:
    sent = (request.POST,) if request else ()
    initial: dict[str, Any] = {"initial": {"seen_version": whole.capture.version}, "auto_id": f"{name}_%s"}
    if name == "approve":
        return ApproveCaptureForm(*sent, where=whole.capture.where, **initial)
    kind = {"read_back": ReadBackForm, "send_back": SendBackCaptureForm}.get(name, PlainForm)
    return kind(*sent, **initial)


def _command(name: str, id_: UUID, form: VersionedForm) -> Any:
    given = form.cleaned_data
    seen = given["seen_version"]
    if name == "read_back":
        witnesses = (given["witness_1"], given["witness_2"])
        return ReadBack(id_, Confirmed(given["how"]), witnesses, given["guardian"], seen)
    if name == "approve":
        return ApproveCapture(id_, given.get("statement", ""), seen)
    if name == "send_back":
        return SendBackCapture(id_, tuple(SentBack(code) for code in given["reasons"]), seen)
    return DiscardCapture(id_, seen) if name == "discard" else RestoreCapture(id_, seen)


ACTS: dict[str, Callable[..., Any]] = {
    "read_back": capturing.read_back, "approve": approving.approve, "send_back": approving.send_back,
    "discard": approving.discard, "restore": approving.restore,
}  # fmt: skip


def _view(name: str) -> Callable[..., HttpResponse]:
    @COUNTER
    @never_cache
    @require_POST
    def view(request: HttpRequest, capture: UUID) -> HttpResponse:
        ctx = context(request)
        try:
            whole = capture_reads.whole(capture, ctx)
        except Refusal:
            return redirect("cases:capture", capture=capture)
        form = _form(name, whole, request)
        if not form.is_valid():
            return _page(request, capture, {name: form}, 400)
        done = perform(request, ACTS[name], _command(name, capture, form), trace=form.trace)
        if done is not None:
            messages.success(request, wording.sentence(f"cases.done_capture_{name}"))
        if name in ("send_back", "discard", "restore") and done is not None:
            return redirect("cases:captures")
        return redirect("cases:capture", capture=capture)

    view.__doc__ = f"Act `{name}` on a capture."
    return view


def _receipt_page(request: HttpRequest, id_: UUID, ctx: Context) -> HttpResponse:
    receipt = receipts.receipt_of(id_, ctx)
    page = {
        "receipt": receipt,
        "qr": paper.qr_svg(receipt.reference),
        "capture_id": id_,
    }
    return render(request, "cases/capture_receipt.html", page)


@COUNTER
@never_cache
@require_safe
def receipt_pdf(request: HttpRequest, capture: UUID) -> HttpResponse:
    """The receipt as a slip of A6, in both languages."""
    ctx = context(request)
    try:
        receipt = receipts.receipt_of(capture, ctx)
        answer = HttpResponse(receipts.slip_pdf(receipt, ctx), content_type="application/pdf")
    except Refusal as refusal:
        raise Http404 from refusal
    answer["Content-Disposition"] = f'inline; filename="{receipt.reference}.pdf"'
    return answer


@COUNTER
@never_cache
@require_safe
def part(request: HttpRequest, capture: UUID, name: str) -> HttpResponse:
    """A picture of a capture, for the officers of its office; never run as anything but a picture."""
    try:
        mime, data = capture_reads.picture(capture, name, context(request))
    except Refusal as refusal:
        raise Http404 from refusal
    answer = HttpResponse(data, content_type=mime)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


urlpatterns: list[URLPattern] = [
    path("cases/captures/", waiting, name="captures"),
    path("cases/captures/<uuid:capture>/", capture, name="capture"),
    path("cases/captures/<uuid:capture>/receipt.pdf", receipt_pdf, name="capture_receipt"),
    path("cases/captures/<uuid:capture>/part/<str:name>", part, name="capture_part"),
    *(path(f"cases/captures/<uuid:capture>/{name.replace('_', '-')}", _view(name), name=f"capture_{name}")
      for name in ACTS),
]  # fmt: skip
