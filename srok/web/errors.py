"""The pages of errors: what happened, whether anything was saved, what to do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request could not be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the page belongs to another desk."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing lives at this address."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn without the request, so that a failing session or database cannot fail it again."""
    return HttpResponse(render_to_string("500.html"), status=500)


def unavailable() -> HttpResponse:
    """503: busy or closed for work; the reader is told when to come back."""
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "30"})
