"""The JSON API (OpenAPI 3.1 at `/api/openapi.json`): the operations of every room that has an `api.py`."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from srok.ground.faces.cli import error_json
from srok.ground.kernel.refusal import Refusal
from srok.project.rooms import drawers

api = NinjaAPI(
    title="Srok",
    version="1",
    description="Checks of cards and answers from the answer book. "
    "Errors carry a code and a sentence in Khmer and English.",
    docs_url=None,
)
for _label, _module in drawers("api"):
    api.add_router(f"/{_label}", _module.router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal in the stable form of an error, status 422."""
    return api.create_response(request, error_json(refusal), status=422)
