"""In a kit, desks that have nothing to do on a mission are shut, and say where their work is done."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from srok.ground.faces.cli import error_json
from srok.ground.kernel.refusal import Refusal
from srok.project.kit import answers


class KitGate:
    """Middleware of a kit: only the pages of `SROK_KIT_PAGES` answer; every other address is told so (404).

    It stands behind all others and looks at the address alone, so no page can forget it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Turn away what is not a page of a mission."""
        match = request.resolver_match
        room = match.app_name if match else ""
        if answers(settings.SROK_KIT_PAGES, room, (match.url_name if match else None) or ""):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse(error_json(Refusal("web.not_in_kit")), status=404)
        return render(request, "web/not_in_kit.html", status=404)
