"""The JSON API of the parcels: a kit sends its file, piece by piece, and fetches its receipts; no session."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Field, Header, Router, Schema

from srok.ground.accounts.public import service_context
from srok.ground.faces.cli import error_json
from srok.ground.faces.public import clock
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.trust.parcels import uploads
from srok.trust.parcels.uploads import BeginUpload, UploadFacts

router = Router(tags=["parcels"])
PUBLIC = {"x-srok-needs": "public"}
STATUS = {
    "parcels.upload_refused": 403, "parcels.unknown_upload": 404, "parcels.wrong_offset": 409,
    "parcels.piece_too_large": 413, "parcels.upload_too_large": 413, "parcels.too_many_uploads": 429,
}  # fmt: skip


class UploadIn(Schema, extra="forbid"):
    """The file that a kit is about to send; `signature` (hexadecimal) by the kit's key over these facts."""

    kit: Annotated[str, Field(max_length=40)]
    length: Annotated[int, Field(ge=1)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    signature: Annotated[str, Field(pattern="^[0-9a-f]{128}$")]


class UploadOut(Schema):
    """How far the file has come; `report` is that of `srok parcels import --json` once it is done."""

    id: UUID
    kit: str
    offset: int
    length: int
    done: bool
    report: dict[str, Any] | None


@router.post("/uploads", response=UploadOut, auth=None, openapi_extra=PUBLIC)
def begin(request: HttpRequest, body: UploadIn) -> HttpResponse:
    """Begin to send a file, or learn how far the same file had come. 403 unless the kit signed it."""
    command = BeginUpload(body.kit, body.length, body.sha256, bytes.fromhex(body.signature))
    return _answered(lambda: uploads.begin(command, ctx=_ctx()))


@router.get("/uploads/{upload_id}", response=UploadOut, auth=None, openapi_extra=PUBLIC)
def offset(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """How far this file has come; also in the header `Upload-Offset`."""
    return _answered(lambda: uploads.upload(upload_id))


@router.patch("/uploads/{upload_id}", response=UploadOut, auth=None, openapi_extra=PUBLIC)
def take(
    request: HttpRequest, upload_id: UUID, upload_offset: Annotated[int, Header(alias="Upload-Offset", ge=0)]
) -> HttpResponse:
    """Take the body as the piece that begins at `Upload-Offset` (at most 8 MiB). 409 where it does not begin there."""
    return _answered(lambda: uploads.take(upload_id, upload_offset, request.body, ctx=_ctx()))


@router.get("/uploads/{upload_id}/receipts", auth=None, openapi_extra=PUBLIC)
def receipts(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """The signed receipts (CBOR) of the kit that sent this file: only it knows the number of the upload."""
    try:
        content = uploads.receipts_for(upload_id, ctx=_ctx())
    except Refusal as refusal:
        return _refused(refusal)
    return HttpResponse(content, content_type="application/cbor-seq", headers={"Cache-Control": "no-store"})


def _answered(act: Callable[[], UploadFacts]) -> HttpResponse:
    try:
        found = act()
    except Refusal as refusal:
        return _refused(refusal)
    said = {
        "id": str(found.id), "kit": found.kit, "offset": found.offset, "length": found.length, "done": found.done,
        "report": found.report,
    }  # fmt: skip
    return JsonResponse(said, headers={"Upload-Offset": str(found.offset), "Cache-Control": "no-store"})


def _refused(refusal: Refusal) -> HttpResponse:
    return JsonResponse(error_json(refusal), status=STATUS.get(refusal.code, 422))


def _ctx() -> Context:
    at = clock.instant()
    return service_context("parcels", "mfa.consular", at=at, trace=new_id(at))
