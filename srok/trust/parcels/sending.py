"""A kit sends what it holds to the centre, piece by piece, and takes the receipts; stopped anywhere, it goes on there.

The file on its way lies in the kit's folder until the centre has it whole, so that the same bytes go on.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import file_digest
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.parcels import bundles, carrying, here, uploads
from srok.trust.parcels.carrying import Confirmed

PIECE: Final = 512 * 1024
TRIES: Final = 5
_LOCAL: Final = {"127.0.0.1", "localhost", "::1"}
Progress = Callable[[int, int], None]
Way = Callable[[str, str, bytes, dict[str, str]], tuple[int, bytes]]
"""(method, path, body, headers) -> status and answer."""
_MEGABYTES: Final = uploads.MOST_PIECE // 1024 // 1024


@dataclass(frozen=True, slots=True)
class Sent:
    """What one sending did: bytes that left, the centre's reports, and what its receipts let go of."""

    bytes: int
    reports: tuple[dict[str, Any], ...]
    confirmed: Confirmed


def send(way: Way, *, ctx: Context, progress: Progress | None = None) -> Sent:
    """Send every event that waits to the centre (`Https(url)`), then take its receipts.

    Raises `parcels.not_sent` (say it again, it goes on where it stopped), `parcels.not_a_kit`,
    and what the centre refuses.
    """
    centre = _Centre(way)
    spool = Path(settings.SROK_HOME) / "kit" / "outgoing.parcel"
    sent, reports = 0, []
    while spool.exists() or carrying.pending():
        if not spool.exists():
            carrying.export(spool)
        done, length = centre.send_file(spool, progress)
        sent += length
        reports.append(done["report"])
        confirmed = carrying.confirm(centre.get(f"/uploads/{done['id']}/receipts"), ctx=ctx)
        spool.unlink()
        if not confirmed.receipted:
            break
    left = Confirmed(0, len(carrying.pending()), ()) if not reports else confirmed
    return Sent(sent, tuple(reports), left)


class Https:
    """The way to the centre: one question, its status and its answer. Without encryption only on this machine."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("https", "http") or not parts.hostname:
            raise Refusal("parcels.https_only")
        if parts.scheme == "http" and parts.hostname not in _LOCAL:
            raise Refusal("parcels.https_only")
        self.parts = parts

    def __call__(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """Ask once; raises OSError or HTTPException where the line breaks."""
        kind = HTTPSConnection if self.parts.scheme == "https" else HTTPConnection
        connection = kind(self.parts.hostname or "", self.parts.port, timeout=60)
        try:
            connection.request(method, self.parts.path.rstrip("/") + path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(bundles.MAX_FILE)
        finally:
            connection.close()


class _Centre:
    """The centre's API: each question may be asked again."""

    def __init__(self, way: Way) -> None:
        self.way = way

    def send_file(self, path: Path, progress: Progress | None) -> tuple[dict[str, Any], int]:
        """Send this file from wherever the centre has it; its last answer, and how many bytes left here."""
        length = path.stat().st_size
        with path.open("rb") as opened:
            digest = file_digest(opened, "sha256").hexdigest()
            kit = here.this_kit().kit
            signature = here.sign(uploads.signed_bytes(kit, length, digest)).hex()
            asked = {"kit": kit, "length": length, "sha256": digest, "signature": signature}
            state, sent = self.post("/uploads", asked), 0
            while not state["done"]:
                opened.seek(state["offset"])
                piece = opened.read(PIECE)
                state = self.piece(state, piece)
                sent += len(piece)
                if progress:
                    progress(state["offset"], length)
        return state, sent

    def piece(self, state: dict[str, Any], piece: bytes) -> dict[str, Any]:
        """One piece; where the centre stands elsewhere by now, its offset counts."""
        path = f"/uploads/{state['id']}"
        headers = {"Upload-Offset": str(state["offset"]), "Content-Type": "application/offset+octet-stream"}
        try:
            answer: dict[str, Any] = json.loads(self._ask("PATCH", path, piece, headers))
        except Refusal as refusal:
            if refusal.code != "parcels.wrong_offset":
                raise
            answer = json.loads(self._ask("GET", path, b"", {}))
        return answer

    def post(self, path: str, asked: dict[str, Any]) -> dict[str, Any]:
        """A question in JSON."""
        body = json.dumps(asked).encode()
        answer: dict[str, Any] = json.loads(self._ask("POST", path, body, {"Content-Type": "application/json"}))
        return answer

    def get(self, path: str) -> bytes:
        """The bytes behind this path."""
        return self._ask("GET", path, b"", {})

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        for _ in range(TRIES):
            try:
                status, content = self.way(method, f"/api/parcels{path}", body, headers)
            except (OSError, HTTPException):
                continue
            if status == 200:
                return content
            if code := _code(content):
                raise Refusal(code, megabytes=_MEGABYTES)
            if status < 500:
                break
        raise Refusal("parcels.not_sent")


def _code(content: bytes) -> str:
    """The centre's own code, where it is one of ours."""
    try:
        code = json.loads(content)["error"]["code"]
    except (ValueError, KeyError, TypeError):
        return ""
    return code if isinstance(code, str) and code.startswith("parcels.") else ""
