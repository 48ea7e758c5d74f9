"""The published files as pages: the same bytes at the same paths as in the folder, with the right words for caches."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

from srok.ground.faces.public import needs
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import tiles
from srok.trust.openlog.folder import Folder
from srok.trust.openlog.terms import Log
from srok.trust.openlog.verifier import verifier_files

# The checkpoint changes; what stands under `tile` never does (c2sp.org/tlog-tiles).
_MOVING = "public, max-age=2"
_STILL = "public, max-age=31536000, immutable"
_TEXT, _BYTES, _JSON = "text/plain; charset=utf-8", "application/octet-stream", "application/json"
_KINDS = {
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "woff2": "font/woff2", "txt": _TEXT,
}  # fmt: skip


@needs(public=True)
def index(request: HttpRequest) -> HttpResponse:
    """The origins, keys and folders of the logs."""
    return _file("index.json", _JSON, _MOVING)


@needs(public=True)
def checkpoint(request: HttpRequest, log: str) -> HttpResponse:
    """The newest checkpoint of a log."""
    return _file(f"{_log(log)}/checkpoint", _TEXT, _MOVING)


@needs(public=True)
def tile(request: HttpRequest, log: str, rest: str) -> HttpResponse:
    """A tile or an entry bundle, under its one spelling."""
    try:
        found = tiles.parse_path(f"tile/{rest}")
    except Refusal as refusal:
        raise Http404 from refusal
    return _file(f"{_log(log)}/{found.path}", _BYTES, _STILL)


@needs(public=True)
def verifier(request: HttpRequest, name: str) -> HttpResponse:
    """A file of the page that checks the folder in the reader's browser; it stands beside the logs as in the folder."""
    found = dict(verifier_files()).get(f"verify/{name}")
    if found is None:
        raise Http404
    return HttpResponse(found, content_type=_KINDS[name.rpartition(".")[2]])


def _log(name: str) -> Log:
    try:
        return Log(name)
    except ValueError as error:
        raise Http404 from error


def _file(name: str, type_: str, cache: str) -> HttpResponse:
    data = Folder(settings.SROK_OPENLOG).get(name)
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type=type_)
    response["Cache-Control"] = cache
    # Anybody's page may check the log in a browser.
    response["Access-Control-Allow-Origin"] = "*"
    return response


FILES: list[URLPattern] = [
    path("openlog/index.json", index, name="index"),
    path("openlog/verify/<str:name>", verifier, name="verifier"),
    path("openlog/<slug:log>/checkpoint", checkpoint, name="checkpoint"),
    path("openlog/<slug:log>/tile/<path:rest>", tile, name="tile"),
]
