"""The pages of kits: in a kit its own first page; at the centre the kits, one kit, its seals, its end."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from srok.ground.accounts.terms import Role
from srok.ground.faces.public import VersionedForm, context, needs, perform, wording
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import kit_forms, kit_state, kits
from srok.identity.missions.kit_rules import Reason
from srok.trust.parcels import public as parcels
from srok.trust.parcels.terms import KitFacts, Standing

OFFICERS = needs(Role.CONSULAR_OFFICER, Role.MISSION_HEAD)


@OFFICERS
@never_cache
@require_safe
def kit(request: HttpRequest) -> HttpResponse:
    """The first page of a kit: the mission, the next step, what a finder would see, when it freezes."""
    if not settings.SROK_KIT:
        return redirect("missions:kits")
    try:
        today = kit_state.today(context(request))
    except Refusal as refusal:
        return render(request, "missions/kit_unusable.html", {"said": wording.of(refusal)}, status=503)
    return render(request, "missions/kit.html", {"today": today, "step": _next_step(today), "exposed": _exposed(today)})


def _exposed(today: kit_state.Today) -> list[tuple[str, int]]:
    """What a finder would see: the words, and how many."""
    return [(wording.sentence(one.code, {"count": one.count}), one.count) for one in today.exposed]


def _next_step(today: kit_state.Today) -> str:
    """What comes next, as a word that the page turns into a sentence and a link."""
    if today.begins_in:
        return "wait"
    if today.stop is not None:
        return "send" if today.waiting else "stopped"
    return "capture"


@OFFICERS
@never_cache
@require_safe
def every_kit(request: HttpRequest) -> HttpResponse:
    """The kits of this post, and the command that makes one."""
    ctx = context(request)
    found = parcels.kits(ctx)
    return render(request, "missions/kits.html", {"kits": found, "post": ctx.office})


@OFFICERS
@never_cache
@require_safe
def one_kit(request: HttpRequest, name: str) -> HttpResponse:
    """One kit: where it stands, its seals, what may be done with it."""
    return render(request, "missions/kit_at_centre.html", _shown(_found(name, context(request))))


def _shown(found: KitFacts) -> dict[str, Any]:
    standing = Standing(found.standing)
    forms = {
        Standing.PREPARED: ("check_out", kit_forms.SealsForm), Standing.CHECKED_OUT: ("check_in", kit_forms.SealsForm),
    }  # fmt: skip
    act, form = forms.get(standing, ("", None))
    return {
        "kit": found, "standing": str(standing), "compared": kits.compared(found) if found.seals_in else None,
        "act": act, "form": form(initial={"seen_version": found.version}) if form else None,
        "may_revoke": standing is not Standing.REVOKED, "references_left": parcels.references_left(found.kit),
        "reason_words": wording.sentence(f"missions.kit_reason_{found.reason}") if found.reason in set(Reason) else "",
    }  # fmt: skip


@OFFICERS
@never_cache
def check_out(request: HttpRequest, name: str) -> HttpResponse:
    """The kit leaves under its seals."""
    return _act(request, name, kit_forms.SealsForm, lambda given: partial(_out, name, given["seals"]))


@OFFICERS
@never_cache
def check_in(request: HttpRequest, name: str) -> HttpResponse:
    """The kit is back; its seals are compared."""
    return _act(request, name, kit_forms.SealsForm, lambda given: partial(_in, name, given["seals"]))


@OFFICERS
@never_cache
def revoke(request: HttpRequest, name: str) -> HttpResponse:
    """End the kit."""
    form = kit_forms.RevokeForm
    return _act(request, name, form, lambda given: partial(_end, name, given["reason"]), "missions/kit_revoke.html")


def _act(
    request: HttpRequest,
    name: str,
    shape: type[VersionedForm],
    act: Callable[[dict[str, Any]], Callable[..., object]],
    template: str = "missions/kit_at_centre.html",
) -> HttpResponse:
    """Carry out one act on a kit; an unfilled form comes back with its errors."""
    found = _found(name, context(request))
    form = shape(request.POST or None, initial={"seen_version": found.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        perform(request, act(given), given["seen_version"], trace=form.trace)
        return redirect("missions:kit_of", name)
    page = _shown(found) | {"form": form}
    return render(request, template, page, status=400 if form.is_bound else 200)


def _out(name: str, seals: tuple[str, ...], seen: int, *, ctx: Context) -> KitFacts:
    return parcels.check_out(name, seals, ctx, seen)


def _in(name: str, seals: tuple[str, ...], seen: int, *, ctx: Context) -> KitFacts:
    return parcels.check_in(name, seals, ctx, seen)


def _end(name: str, reason: str, seen: int, *, ctx: Context) -> KitFacts:
    return parcels.revoke(name, reason, ctx, seen)


def _found(name: str, ctx: Context) -> KitFacts:
    try:
        return parcels.kit_for(name, ctx)
    except Refusal as refusal:
        raise Http404 from refusal


urlpatterns = [
    path("kit", kit, name="kit"),
    path("missions/kits", every_kit, name="kits"),
    path("missions/kits/<slug:name>", one_kit, name="kit_of"),
    path("missions/kits/<slug:name>/check-out", check_out, name="kit_check_out"),
    path("missions/kits/<slug:name>/check-in", check_in, name="kit_check_in"),
    path("missions/kits/<slug:name>/end", revoke, name="kit_revoke"),
]
