"""What is turned away at the door, before anything of it is read, stored on disk or looked up."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from srok.ground.faces.cli import error_json
from srok.ground.faces.dates_in_words import digits
from srok.ground.kernel.refusal import Refusal

NUL = "\0"
BODY = frozenset({"POST", "PUT", "PATCH"})


class Gate:
    """Middleware, before the sessions: it bounds the size of every request and lets no NUL byte through.

    A body over `SROK_MAX_BODY` bytes is refused with 413 by its stated length, so that nobody fills the disk with
    uploads before a form has looked at them. The server interface reads no more than the stated length, and nothing
    of a body without one: such a request is told so (411). PostgreSQL stores no NUL byte and fails on a search for
    one: an address with it leads nowhere (404), a question after `?` cannot be read (400), a cookie is dropped.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if NUL in name + value]:
            del request.COOKIES[name]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Runs after every middleware has seen the head of the request and before any reads its body."""
        if NUL in request.path:
            raise Http404
        if any(NUL in text for name, values in request.GET.lists() for text in (name, *values)):
            return render(request, "400.html", status=400)
        return refused(request) if request.method in BODY else None


def refused(request: HttpRequest) -> HttpResponse | None:
    """The answer to a body that is too large or of unknown length; None for any other."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length and "HTTP_TRANSFER_ENCODING" in request.META:
        return _said(request, Refusal("faces.length_missing"), status=411)
    if length.isascii() and length.isdigit() and int(length) > settings.SROK_MAX_BODY:
        most = settings.SROK_MAX_BODY // 1024 // 1024
        return _said(request, Refusal("faces.body_too_large", megabytes=most), status=413)
    return None


def _said(request: HttpRequest, refusal: Refusal, *, status: int) -> HttpResponse:
    """The refusal as a page, or as JSON where JSON was sent. The rest of the body is not waited for."""
    if request.content_type == "application/json":
        answer: HttpResponse = JsonResponse(error_json(refusal), status=status)
    else:
        language = (get_language() or "km")[:2]
        facts = {name: digits(str(fact), language) for name, fact in refusal.facts.items()}
        answer = render(request, "413.html", {"code": refusal.code, "facts": facts}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
