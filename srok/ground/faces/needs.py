"""What a page or an operation needs: declared on each, walked by a test, enforced here (house rule 10)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from ninja.security import APIKeyCookie

P = ParamSpec("P")
View = Callable[..., HttpResponse]


def needs(*roles: str, public: bool = False) -> Callable[[View], View]:
    """Mark a view with the roles of which an officer must hold one, or as public.

    Without a sign-in the reader is sent to it; with a role of another desk the page says whose it is (403).
    What an officer is shown is never stored (`Cache-Control: no-store`).
    """
    if bool(roles) == public:
        raise ValueError("a page is public, or names the roles it needs")

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if public:
                return view(request, *args, **kwargs)
            if has_one_of(request, roles):
                answer = view(request, *args, **kwargs)
                # What a desk shows is kept by no browser and no proxy, whatever the view forgot.
                add_never_cache_headers(answer)
                return answer
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            return render(request, "403.html", {"roles": roles}, status=403)

        guarded.srok_needs = frozenset(roles)  # type: ignore[attr-defined]
        guarded.srok_public = public  # type: ignore[attr-defined]
        return guarded

    return mark


def has_one_of(request: HttpRequest, roles: tuple[str, ...]) -> bool:
    """True when the signed-in officer holds one of these roles."""
    held = getattr(request.user, "roles", [])
    return request.user.is_authenticated and bool(set(roles) & set(held))


class OfficerAuth(APIKeyCookie):
    """Authentication of a JSON operation by the officer's session (ninja `auth=`), with the roles it needs.

    `APIKeyCookie` makes Django's CSRF check (403), which ninja leaves out for any other callable; a public operation
    declares `auth=None` and lists itself as public by `openapi_extra={"x-srok-needs": "public"}`.
    """

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, *roles: str) -> None:
        super().__init__(csrf=True)
        self.srok_needs = frozenset(roles)

    def authenticate(self, request: HttpRequest, key: str | None) -> object | None:
        """The officer, or None (401) when nobody with such a role is signed in."""
        return request.user if has_one_of(request, tuple(self.srok_needs)) else None
