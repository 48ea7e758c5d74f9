"""A file of events on its way from a kit over HTTPS, resumable at any byte (docs/formats/parcel.md).

The kit signs what it is about to send; no officer's session is in a kit. What is said to be taken lies on the disk.
At its last byte the file is imported like any other. The offset is the length of the file that lies here, so a machine
that stops in the middle goes on from there.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import file_digest
from io import FileIO
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import transaction

from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import random_id
from srok.ground.kernel.refusal import Refusal
from srok.trust.parcels import answering, arriving, encoding, reads
from srok.trust.parcels.files import sync_folder
from srok.trust.parcels.models import Kit, Upload
from srok.trust.parcels.report import ImportReport

LABEL: Final = b"srok.upload/v1\0"
MOST_BYTES: Final = 1024 * 1024 * 1024
MOST_PIECE: Final = 8 * 1024 * 1024
MOST_AN_HOUR: Final = 60


@dataclass(frozen=True, slots=True)
class BeginUpload:
    """Command: a kit is about to send a file of this length and SHA-256 (hexadecimal); `signature` by its key."""

    kit: str
    length: int
    sha256: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class UploadFacts:
    """How far an upload has come; `report` (the import's stable form) when it is done."""

    id: UUID
    kit: str
    offset: int
    length: int
    done: bool
    report: dict[str, Any] | None


def signed_bytes(kit: str, length: int, sha256: str) -> bytes:
    """What the kit signs before it sends."""
    return LABEL + encoding.encode({"v": 1, "kit": kit, "length": length, "sha256": sha256})


@transaction.atomic
def begin(command: BeginUpload, *, ctx: Context) -> UploadFacts:
    """Begin an upload, or find the one that was begun for the same file.

    Raises `parcels.upload_refused` (unknown kit or a signature that is not its own), `parcels.upload_too_large`,
    `parcels.too_many_uploads`.
    """
    warrant = reads.warrant_of(command.kit)
    if warrant is None or not _signed_by(warrant.kit_key, command):
        raise Refusal("parcels.upload_refused")
    if not 0 < command.length <= MOST_BYTES:
        raise Refusal("parcels.upload_too_large", megabytes=MOST_BYTES // 1024 // 1024)
    # One at a time for each kit: the row of the kit is held.
    Kit.objects.select_for_update().get(pk=command.kit)
    row = Upload.objects.filter(kit_id=command.kit, sha256=command.sha256).first()
    if row is None:
        hour = Upload.objects.filter(kit_id=command.kit, begun_at__gt=ctx.at - timedelta(hours=1))
        if hour.count() >= MOST_AN_HOUR:
            raise Refusal("parcels.too_many_uploads")
        row = Upload(id=random_id(), kit_id=command.kit, sha256=command.sha256, length=command.length, begun_at=ctx.at)
        row.save(force_insert=True)
    return _facts(row)


def upload(upload_id: UUID) -> UploadFacts:
    """How far this upload has come; raises `parcels.unknown_upload`."""
    return _facts(_row(upload_id))


def take(upload_id: UUID, offset: int, piece: bytes, *, ctx: Context) -> UploadFacts:
    """Take the piece that begins at this offset; with the last byte the file is imported.

    Raises `parcels.unknown_upload`, `parcels.wrong_offset`, `parcels.piece_too_large`, `parcels.upload_changed` (whole,
    and not the file that was signed: it begins anew).
    """
    row = _row(upload_id)
    if row.done_at is not None:
        return _facts(row)
    if len(piece) > MOST_PIECE or offset + len(piece) > row.length:
        raise Refusal("parcels.piece_too_large", megabytes=MOST_PIECE // 1024 // 1024)
    with _held(row) as opened:
        if os.fstat(opened.fileno()).st_size != offset:
            raise Refusal("parcels.wrong_offset")
        opened.seek(offset)
        _write_all(opened, piece)
        os.fsync(opened.fileno())
        if offset + len(piece) == row.length:
            _finish(row, opened, ctx)
    return _facts(row)


def receipts_for(upload_id: UUID, *, ctx: Context) -> bytes:
    """The signed receipts of the kit that sent this upload; raises `parcels.unknown_upload`."""
    return answering.bundle_of(_row(upload_id).kit_id, ctx)


def _finish(row: Upload, opened: FileIO, ctx: Context) -> None:
    opened.seek(0)
    if file_digest(opened, "sha256").hexdigest() != row.sha256:
        opened.truncate(0)
        os.fsync(opened.fileno())
        raise Refusal("parcels.upload_changed")
    report: ImportReport = arriving.import_files([_path(row)], ctx=ctx)
    row.done_at, row.report = ctx.at, _for_the_kit(report, row.kit_id)
    Upload.objects.filter(pk=row.pk, done_at__isnull=True).update(done_at=row.done_at, report=row.report)
    _path(row).unlink(missing_ok=True)


def _for_the_kit(report: ImportReport, kit: str) -> dict[str, object]:
    """The report as this kit may see it: nothing of other kits, and not what its own acts stand beside."""
    told = report.json()
    for name in ("gaps", "quarantined", "waiting", "conflicts"):
        rows = told[name]
        assert isinstance(rows, list)
        told[name] = [{**row, **({"with": ""} if "with" in row else {})} for row in rows if row["kit"] in (kit, "")]
    return told


def _write_all(opened: FileIO, piece: bytes) -> None:
    left = memoryview(piece)
    while left:
        left = left[opened.write(left) :]


@contextmanager
def _held(row: Upload) -> Iterator[FileIO]:
    """The file of this upload, for one process at a time."""
    path = _path(row)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b", buffering=0) as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        if fresh:
            sync_folder(path.parent)
        yield opened


def _signed_by(key: bytes, command: BeginUpload) -> bool:
    data = signed_bytes(command.kit, command.length, command.sha256)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(command.signature, data)
    except InvalidSignature:
        return False
    return True


def _row(upload_id: UUID) -> Upload:
    row = Upload.objects.filter(pk=upload_id).first()
    if row is None:
        raise Refusal("parcels.unknown_upload")
    return row


def _facts(row: Upload) -> UploadFacts:
    path = _path(row)
    here = path.stat().st_size if path.exists() else 0
    done = row.done_at is not None
    if done and here:  # the machine stopped between the last word and the removal
        path.unlink(missing_ok=True)
    return UploadFacts(row.pk, row.kit_id, row.length if done else here, row.length, done, row.report)


def _path(row: Upload) -> Path:
    return Path(settings.SROK_HOME) / "uploads" / f"{row.pk}.part"
