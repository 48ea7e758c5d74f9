"""The commune desk: read the card, look, confirm, receipt; and the public page on how to register."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from srok.ground.accounts.terms import Role
from srok.ground.faces.public import clock, context, needs, wording
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.ground.law import public as law
from srok.vote.roll import forms, scan
from srok.vote.roll import public as roll
from srok.vote.roll.reads import commune_of
from srok.vote.roll.rules import NOT_ANNOUNCED

app_name = "roll"

DESK = needs(Role.COMMUNE_CLERK)


@DESK
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """One field for the card; then what the card says, and whether its holder can be entered."""
    ctx = context(request)
    form = forms.ReadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            text = given["qr_text"] or scan.qr_text_of(given["picture"].read())
            return _look(request, ctx, text, forms.EnterForm(initial={"qr_text": text}))
        except Refusal as refusal:
            form.add_error("qr_text" if given["qr_text"] else "picture", wording.of(refusal))
    return render(request, "roll/desk.html", _desk(ctx) | {"form": form}, status=400 if form.is_bound else 200)


def _desk(ctx: Context) -> dict[str, Any]:
    return {
        "window": roll.window(ctx.on),
        "commune": commune_of(ctx),
        "rows": roll.entered_today(ctx),
        "count": roll.count_entered_today(ctx),
    }


def _look(request: HttpRequest, ctx: Context, text: str, form: forms.EnterForm) -> HttpResponse:
    """What the card says; the confirmation, or why not and what to do. Presence is stated when confirming."""
    command = roll.RegisterVoter(text, commune_of(ctx), roll.Channel.IN_PERSON, present=True)
    seen = roll.preview(command, ctx)
    portrait = f"data:image/webp;base64,{b64encode(seen.portrait).decode()}" if seen.portrait else ""
    page = {"seen": seen, "portrait": portrait, "form": form, "commune": command.commune, "said": _said(seen.refusal)}
    return render(request, "roll/confirm.html", page, status=400 if form.is_bound else 200)


@DESK
@never_cache
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Enter the holder; a refusal is shown with its reason and what to do."""
    form = forms.EnterForm(request.POST)
    ctx = context(request)
    if not form.is_valid():
        return _unticked(request, ctx, form)
    ctx = ctx.for_command(form.trace)
    command = roll.RegisterVoter(
        form.cleaned_data["qr_text"], commune_of(ctx), roll.Channel.IN_PERSON, present=form.cleaned_data["present"]
    )
    try:
        receipt = roll.register_voter(command, ctx=ctx)
    except Refusal as refusal:
        done = roll.row_entered_by(ctx.trace) if refusal.code == "journal.replayed" else None
        if done is None:
            return render(request, "roll/refused.html", {"said": _said(refusal)})
        return redirect("roll:row", row_id=done)
    return redirect("roll:row", row_id=receipt.row_id)


def _unticked(request: HttpRequest, ctx: Context, form: forms.EnterForm) -> HttpResponse:
    try:
        return _look(request, ctx, form.data.get("qr_text", ""), form)
    except Refusal as refusal:
        return render(request, "roll/refused.html", {"said": _said(refusal)}, status=400)


def _said(refusal: Refusal | None) -> dict[str, Any] | None:
    """A refusal for the page: its words, and the next opening where the window is the reason."""
    if refusal is None:
        return None
    following = str(refusal.facts.get("next", ""))
    return {
        "code": refusal.code,
        "words": wording.of(refusal),
        "commune": str(refusal.facts.get("commune", "")),
        "source": _source(refusal.code),
        "asked_window": bool(following),
        "next": "" if following == NOT_ANNOUNCED else following,
    }


def _source(code: str) -> str:
    """What the law data name as the source of this reason; nothing where they name none."""
    try:
        return law.reason(code, clock.civil_date()).cite((get_language() or "km")[:2])
    except Refusal:
        return ""


@DESK
@never_cache
@require_safe
def row(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """The receipt of an entry."""
    ctx = context(request)
    try:
        receipt = roll.receipt(row_id, ctx)
    except Refusal as refusal:
        raise Http404 from refusal
    return render(request, "roll/row.html", {"receipt": receipt})


@DESK
@never_cache
@require_safe
def receipt_pdf(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """The receipt on paper."""
    ctx = context(request)
    try:
        made = HttpResponse(roll.receipt_pdf(roll.receipt(row_id, ctx), ctx), content_type="application/pdf")
    except Refusal as refusal:
        raise Http404 from refusal
    made["Content-Disposition"] = 'inline; filename="receipt.pdf"'
    return made


@needs(public=True)
@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """How to be entered on the voter list: in person, in the announced weeks, and no other way."""
    page = {"window": roll.window(clock.civil_date()), "source": _source("roll.not_in_person")}
    return render(request, "roll/how.html", page)


urlpatterns = [
    path("roll/", desk, name="desk"),
    path("roll/enter", enter, name="enter"),
    path("roll/row/<uuid:row_id>/", row, name="row"),
    path("roll/row/<uuid:row_id>/receipt.pdf", receipt_pdf, name="receipt_pdf"),
    path("roll/how", how, name="how"),
]
