"""Pages of the biometrics: a portrait tried before anybody comes, and the words about a shot of the camera at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from srok.ground.accounts.terms import Role
from srok.ground.faces.public import needs, wording
from srok.identity.biometrics import finger_pages
from srok.identity.biometrics.checks import quality as judged
from srok.identity.biometrics.forms import TryForm
from srok.identity.biometrics.terms import MAX_BYTES

app_name = "biometrics"


@needs(Role.CONSULAR_OFFICER)
@never_cache
@require_POST
def quality(request: HttpRequest) -> HttpResponse:
    """What is wrong with the photo sent as `portrait`, with words in the page's language; nothing is kept."""
    sent = request.FILES.get("portrait")
    verdict = judged(_bytes(sent) if sent else b"")
    told = {name: _worded(getattr(verdict, name)) for name in ("problems", "not_checked")}
    return JsonResponse({"ok": verdict.ok, **told}, json_dumps_params={"ensure_ascii": False})


@needs(Role.CONSULAR_OFFICER)
@never_cache
def try_portrait(request: HttpRequest) -> HttpResponse:
    """Try camera, light and background; nothing is kept."""
    form = TryForm(request.POST, request.FILES) if request.method == "POST" else TryForm()
    verdict = judged(_bytes(form.cleaned_data["portrait"])) if request.method == "POST" and form.is_valid() else None
    page = {"form": form, "verdict": verdict}
    return render(request, "biometrics/try.html", page, status=400 if form.errors else 200)


def _worded(codes: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"code": code, "words": wording.sentence(code)} for code in codes]


def _bytes(sent: Any) -> bytes:
    sent.seek(0)
    found: bytes = sent.read(MAX_BYTES + 1)
    return found


urlpatterns = [
    path("biometrics/quality", quality, name="quality"),
    path("biometrics/try", try_portrait, name="try"),
    *finger_pages.urlpatterns,
]
