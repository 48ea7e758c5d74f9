"""Home, what this is, how to apply, the rules, the language switch, the health of the program."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from srok.ground.faces.public import clock, needs
from srok.web import errors, reads

app_name = "web"

bad_request, forbidden = errors.bad_request, errors.forbidden
not_found, server_error = errors.not_found, errors.server_error


@needs(public=True)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The four groups of readers and where each one starts; in a kit, today's mission."""
    if settings.SROK_KIT:
        return redirect("missions:kit")
    return render(request, "web/home.html", {"law": reads.legal_facts(clock.civil_date())})


@needs(public=True)
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this service is, who decides, what a card is and is not, what is promised to people."""
    return render(request, "web/about.html", {"law": reads.legal_facts(clock.civil_date())})


@needs(public=True)
@require_safe
def apply(request: HttpRequest) -> HttpResponse:
    """Who can have a card, what to bring, how it goes."""
    return render(request, "web/apply.html", {"law": reads.legal_facts(clock.civil_date())})


@needs(public=True)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The legal numbers in force today and the rules the program carries out, each with its source."""
    on = clock.civil_date()
    shown = {"on": on, "numbers": reads.numbers_in_force(on), "rules": reads.rules_carried_out()}
    return render(request, "web/rules.html", shown)


@needs(public=True)
@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the reader's language in a cookie and go back to the page they were on (only one of ours)."""
    wanted = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) and wanted.startswith("/")
    answer = redirect(wanted if safe else "web:home")
    if code in dict(settings.LANGUAGES) and check_for_language(code):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 86400, samesite="Lax", httponly=True,
            secure=request.is_secure(),
        )  # fmt: skip
    return answer


@needs(public=True)
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether the program and its database answer: 200 `{"state": "up"}`, else 503 with what is down."""
    down = reads.what_is_down()
    return JsonResponse({"state": "down" if down else "up", "down": down}, status=503 if down else 200)


urlpatterns = [
    path("", home, name="home"),
    path("about", about, name="about"),
    path("apply", apply, name="apply"),
    path("rules", rules, name="rules"),
    path("language/<slug:code>", language, name="language"),
    path("healthz", healthz, name="healthz"),
]
