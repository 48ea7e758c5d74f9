"""The card desk: what awaits my act, one card with its proof sheet and life line, the acts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from srok.ground.accounts.terms import Role
from srok.ground.faces.public import VersionedForm, context, needs, perform, wording
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.text import to_arabic_digits
from srok.identity.cards import bag_pages, forms, printing, reads, rules, shown
from srok.identity.cards import public as cards
from srok.identity.cards.terms import CardFacts

app_name = "cards"

DESK = needs(Role.CARD_OFFICER, Role.ORDER_SIGNER)


@DESK
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """The cards that wait for an act of this officer, and the door to any other card by its number."""
    ctx = context(request)
    form = forms.FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = cards.card_by_number(to_arabic_digits(form.cleaned_data["number"]), ctx)
        except Refusal as refusal:
            form.add_error("number", wording.of(refusal))
        else:
            return redirect("cards:card", card_id=found.id)
    page = {"queues": shown.queues(ctx), "form": form}
    return render(request, "cards/desk.html", page, status=400 if form.is_bound else 200)


@DESK
@never_cache
@require_safe
def card(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """One card: what comes next, the proof sheet, the picture once it is made, the life line."""
    ctx = context(request)
    found = _opened(card_id, ctx)
    act = shown.my_act(found, ctx)
    form = ACTS[act].form(initial={"seen_version": found.version}) if act in ACTS else None
    return render(request, "cards/card.html", _page(found, ctx) | {"act": act, "form": form})


def _page(found: CardFacts, ctx: Context) -> dict[str, Any]:
    return {
        "card": found,
        "state": cards.shown_state(found.state, found.plan.expires, ctx.on),
        "awaited": rules.awaited(found, ctx.on),
        "steps": shown.steps(found),
        "rows": shown.proof_rows(found),
        "life": shown.life(found),
        "may_end": shown.may_end(found, ctx),
    }


def _act(request: HttpRequest, card_id: UUID, act: str) -> HttpResponse:
    """Carry out one act from its form; an unticked form comes back with its errors."""
    ctx = context(request)
    found = _found(card_id, ctx)
    shape = ACTS[act]
    more = {"colleagues": shown.colleagues(ctx)} if act == "hand_over" else {}
    form = shape.form(request.POST or None, initial={"seen_version": found.version}, **more)
    if request.method == "POST" and form.is_valid():
        command = shape.command(found.id, form.cleaned_data)
        perform(request, getattr(cards, act), command, trace=form.trace)
        return redirect("cards:card", card_id=found.id)
    cards.open_card(found, ctx=ctx)
    page = _page(found, ctx) | {"act": act, "form": form, "act_is_mine": shown.my_act(found, ctx) == act}
    return render(request, shape.template, page, status=400 if form.is_bound else 200)


@dataclass(frozen=True, slots=True)
class Shape:
    """How an act looks: its form, its page, the command it makes of the card and the ticked form."""

    form: type[VersionedForm]
    template: str
    command: Callable[[UUID, dict[str, Any]], Any]


def _plain(make: Callable[..., Any]) -> Callable[[UUID, dict[str, Any]], Any]:
    return lambda card_id, given: make(card_id, seen=given["seen_version"])


ACTS: dict[str, Shape] = {
    "sign_order": Shape(forms.SignForm, "cards/card.html", _plain(cards.SignOrder)),
    "issue": Shape(forms.ActForm, "cards/card.html", _plain(cards.IssueCard)),
    "dispatch": Shape(forms.ActForm, "cards/card.html", _plain(cards.DispatchCard)),
    "receive": Shape(forms.ActForm, "cards/card.html", _plain(cards.ReceiveCard)),
    "hand_over": Shape(
        forms.HandOverForm,
        "cards/hand_over.html",
        lambda card_id, given: cards.HandOverCard(
            card_id, given["checked"], given["present"], given["second_officer"], given["seen_version"]
        ),
    ),
    "revoke": Shape(
        forms.EndForm,
        "cards/end.html",
        lambda card_id, given: cards.RevokeCard(
            card_id, cards.RevokeReason(given["reason"]), given["seen_version"], given["reported"]
        ),
    ),
}


@needs(Role.ORDER_SIGNER)
@require_POST
def sign(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Sign the order for one's ministry."""
    return _act(request, card_id, "sign_order")


@needs(Role.CARD_OFFICER)
@require_POST
def issue(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Personalise the card."""
    return _act(request, card_id, "issue")


@needs(Role.CARD_OFFICER)
@require_POST
def dispatch(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Put the card into the bag."""
    return _act(request, card_id, "dispatch")


@needs(Role.CARD_OFFICER)
@require_POST
def receive(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Count the card in."""
    return _act(request, card_id, "receive")


@needs(Role.CARD_OFFICER)
@never_cache
def hand_over(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Compare, tick, give."""
    return _act(request, card_id, "hand_over")


@needs(Role.CARD_OFFICER)
@never_cache
def end(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """End a card before its date."""
    return _act(request, card_id, "revoke")


@DESK
@never_cache
@require_safe
def portrait(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """The portrait, for the officer who compares."""
    found = _opened(card_id, context(request))
    return HttpResponse(_made(lambda: printing.portrait_of(found)), content_type="image/jpeg")


@DESK
@never_cache
@require_safe
def picture(request: HttpRequest, card_id: UUID, side: int) -> HttpResponse:
    """The front or the back of the issued card for the screen."""
    found = _opened(card_id, context(request))
    return HttpResponse(_made(lambda: cards.card_png(found.id, side)), content_type="image/png")


@DESK
@never_cache
@require_safe
def pdf(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Both sides of the issued card as PDF."""
    found = _opened(card_id, context(request))
    made = HttpResponse(_made(lambda: cards.card_pdf(found.id)), content_type="application/pdf")
    made["Content-Disposition"] = 'inline; filename="card.pdf"'
    return made


def _found(card_id: UUID, ctx: Context) -> CardFacts:
    try:
        return reads.card_for(card_id, ctx)
    except Refusal as refusal:
        raise Http404 from refusal


def _opened(card_id: UUID, ctx: Context) -> CardFacts:
    """The card for an officer who looks at it; the look is noted."""
    found = _found(card_id, ctx)
    cards.open_card(found, ctx=ctx)
    return found


def _made(make: Callable[[], bytes]) -> bytes:
    try:
        return make()
    except Refusal as refusal:
        raise Http404 from refusal


urlpatterns = [
    *bag_pages.urlpatterns,
    path("cards/", desk, name="desk"),
    path("cards/<uuid:card_id>/", card, name="card"),
    path("cards/<uuid:card_id>/sign", sign, name="sign_order"),
    path("cards/<uuid:card_id>/issue", issue, name="issue"),
    path("cards/<uuid:card_id>/dispatch", dispatch, name="dispatch"),
    path("cards/<uuid:card_id>/receive", receive, name="receive"),
    path("cards/<uuid:card_id>/hand-over", hand_over, name="hand_over"),
    path("cards/<uuid:card_id>/end", end, name="revoke"),
    path("cards/<uuid:card_id>/portrait.jpg", portrait, name="portrait"),
    path("cards/<uuid:card_id>/front.png", picture, {"side": 0}, name="front"),
    path("cards/<uuid:card_id>/back.png", picture, {"side": 1}, name="back"),
    path("cards/<uuid:card_id>/card.pdf", pdf, name="pdf"),
]
