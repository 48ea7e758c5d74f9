"""Sign in and sign out."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from srok.ground.accounts.forms import SignInForm
from srok.ground.accounts.models import Officer
from srok.ground.faces.public import needs, wording

app_name = "accounts"


@needs(public=True)
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; on success go where the reader was going."""
    form = SignInForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        officer = authenticate(request, username=given["username"], password=given["password"])
        if officer is not None:
            login(request, officer)
            return HttpResponseRedirect(_safe_next(request, given["next"]))
        form.add_error(None, wording.sentence("accounts.wrong_password"))
    password = settings.SROK_DEMO_PASSWORD
    shown = {"form": form, "sign_ins": _demo_sign_ins(), "demo_password": password}
    return render(request, "accounts/sign_in.html", shown, status=400 if form.is_bound else 200)


@needs(public=True)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("web:home")


def _safe_next(request: HttpRequest, wanted: str) -> str:
    """The page to go to: only one of our own."""
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def _demo_sign_ins() -> list[Officer]:
    """The demo prints its sign-ins on the page; nothing else ever does."""
    if not settings.SROK_DEMO:
        return []
    return list(Officer.objects.filter(is_active=True).select_related("office").order_by("office_id", "username"))


urlpatterns = [
    path("accounts/sign-in", sign_in, name="sign_in"),
    path("accounts/sign-out", sign_out, name="sign_out"),
]
