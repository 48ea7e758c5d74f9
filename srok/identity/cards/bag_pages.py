"""In a kit: the bag of cards, one card beside its holder, the hand-over. Not at the centre."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from srok.ground.accounts.terms import Role
from srok.ground.faces.dates_in_words import date_in_words
from srok.ground.faces.public import context, needs, perform, wording
from srok.ground.kernel.refusal import Refusal
from srok.identity.cards import bag, forms, shown
from srok.identity.cards.bag_terms import BagState, Carried
from srok.identity.cards.terms import HandOverCard
from srok.trust.parcels import public as parcels

DESK = needs(Role.CARD_OFFICER)


@DESK
@never_cache
@require_safe
def bag_list(request: HttpRequest) -> HttpResponse:
    """The cards that this mission carries, those still to hand over first; found by the last digits of a number."""
    _in_kit()
    wanted = request.GET.get("number", "").strip()[:9]
    cards = [card for card in bag.bag() if card.number.endswith(wanted)]
    left = bag.exposed()
    return render(request, "cards/bag.html", {"cards": cards, "left": left, "wanted": wanted})


@DESK
@never_cache
def bag_card(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """One carried card: the portrait beside the person, the form, or what comes next once it is given."""
    _in_kit()
    card = _carried(card_id)
    form = forms.HandOverForm(
        request.POST or None, initial={"seen_version": card.version}, colleagues=shown.colleagues(context(request))
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        command = HandOverCard(
            card.card_id, given["checked"], given["present"], given["second_officer"], given["seen_version"]
        )
        if perform(request, bag.hand_over_from_bag, command, trace=form.trace) is not None:
            messages.success(request, wording.sentence("cards.bag_given"))
        return redirect("cards:bag_card", card_id=card.card_id)
    page = {"card": card, "form": form, "rows": _rows(card), "given": card.state is not BagState.CARRIED}
    return render(request, "cards/bag_card.html", page, status=400 if form.is_bound else 200)


@DESK
@never_cache
@require_safe
def bag_portrait(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """The holder's portrait, while the card is carried."""
    _in_kit()
    try:
        return HttpResponse(bag.portrait(card_id), content_type="image/jpeg")
    except Refusal as refusal:
        raise Http404 from refusal


def _in_kit() -> None:
    if not parcels.is_kit():
        raise Http404


def _carried(card_id: UUID) -> Carried:
    try:
        return bag.carried(card_id)
    except Refusal as refusal:
        raise Http404 from refusal


def _rows(card: Carried) -> list[dict[str, object]]:
    language = "km" if get_language() == "km" else "en"
    return [
        {"label": wording.sentence("cards.bag_number"), "value": card.number, "lang": ""},
        {"label": wording.sentence("cards.bag_name_km"), "value": card.name_km, "lang": "km"},
        {"label": wording.sentence("cards.bag_name_latin"), "value": card.name_latin, "lang": "km-Latn"},
        {"label": wording.sentence("cards.bag_expires"), "value": date_in_words(card.expires, language)},
    ]


urlpatterns = [
    path("cards/bag/", bag_list, name="bag"),
    path("cards/bag/<uuid:card_id>/", bag_card, name="bag_card"),
    path("cards/bag/<uuid:card_id>/portrait.jpg", bag_portrait, name="bag_portrait"),
]
