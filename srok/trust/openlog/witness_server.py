"""The witness over HTTP: `POST /add-checkpoint`, one at a time; `GET /keys`; `GET /<sha256 of origin>/checkpoint`.

A small server of the standard library. Bounds: 256 KiB a request, 20 seconds for one, 64 connections at once.
"""

import hashlib
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import witness
from srok.trust.openlog.checkpoints import Checkpoint
from srok.trust.openlog.witness import MAX_BODY, TEXT_TYPE, Answered, Reply
from srok.trust.openlog.witness_files import WitnessFolder

log = logging.getLogger(__name__)
MAX_CONNECTIONS: Final = 64
SECONDS_IDLE: Final = 10.0
SECONDS_REQUEST: Final = 20.0
_NOT_FOUND: Final = Reply(HTTPStatus.NOT_FOUND, b"nothing here\n")
Seconds = Callable[[], int]


class Witness:
    """The answers of a witness; `seconds` is the clock (since 1970)."""

    def __init__(self, folder: WitnessFolder, seconds: Seconds) -> None:
        self.folder = folder
        self._seconds = seconds
        self._turn = threading.Lock()

    def add_checkpoint(self, body: bytes) -> Reply:
        """Answer one request; its cosignature is on disk before this returns, and no other is looked at meanwhile."""
        try:
            request = witness.read_request(body)
            origin = witness.origin_of(request, self.folder.logs)
            checkpoint = witness.checkpoint_of(request, self.folder.logs[origin])
            with self._turn:
                return self._decide(request, checkpoint, body)
        except Answered as answered:
            return answered.reply
        except (OSError, Refusal):
            log.exception("the witness could not keep its state")
            return Reply(HTTPStatus.INTERNAL_SERVER_ERROR, b"the witness cannot keep its state\n")

    def latest(self, name: str) -> Reply:
        """What was cosigned last of the log with this SHA-256 (hexadecimal) of its origin."""
        for origin in self.folder.logs:
            if hashlib.sha256(origin.encode()).hexdigest() == name:
                found = self.folder.latest(origin)
                return Reply(HTTPStatus.OK, found) if found else _NOT_FOUND
        return _NOT_FOUND

    def keys(self) -> Reply:
        """The witness's verifier keys, one a line."""
        return Reply(HTTPStatus.OK, "".join(f"{key.text}\n" for key in self.folder.keys).encode())

    def _decide(self, request: witness.Request, checkpoint: Checkpoint, body: bytes) -> Reply:
        known = self.folder.known(checkpoint.origin)
        try:
            witness.judge(request, checkpoint, known)
        except Answered as answered:
            self._keep(answered.reply, checkpoint.origin, body)
            raise
        now = self._seconds()
        if now < known.time:
            return witness.clock_behind(known.time - now)
        return witness.cosigned(self.folder.cosign(request.note, checkpoint.origin, now))

    def _keep(self, reply: Reply, origin: str, body: bytes) -> None:
        if reply.evidence is None:
            return
        log.warning("the log %s asked for a %s: kept as evidence", origin, reply.evidence)
        try:
            self.folder.keep(reply.evidence, origin, body)
        except OSError:
            log.exception("the evidence could not be kept; the answer stands")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "srok-witness"
    sys_version = ""
    timeout = SECONDS_IDLE
    server: "WitnessServer"

    def do_POST(self) -> None:
        """`/add-checkpoint`."""
        with self._deadline():
            body = self._body()
        if body is None:
            return
        known = self.path == f"{self.server.prefix}/add-checkpoint"
        self._send(self.server.witness.add_checkpoint(body) if known else _NOT_FOUND)

    def do_GET(self) -> None:
        """`/keys` and the latest checkpoints."""
        path = self.path.removeprefix(self.server.prefix)
        if path == "/keys":
            self._send(self.server.witness.keys())
        elif path.endswith("/checkpoint"):
            self._send(self.server.witness.latest(path.removesuffix("/checkpoint").removeprefix("/")))
        else:
            self._send(_NOT_FOUND)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests go to the program's log, without the address of who asked."""
        log.debug(format, *args)

    def _body(self) -> bytes | None:
        """The body by its length; a request without one, or too long, ends the connection."""
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or self.headers.get("Transfer-Encoding"):
            self._stop(HTTPStatus.LENGTH_REQUIRED)
            return None
        if len(length) > 9 or int(length) > MAX_BODY:
            self._stop(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return None
        found = self.rfile.read(int(length))
        if len(found) < int(length):
            self._stop(HTTPStatus.BAD_REQUEST)
            return None
        return found

    def _stop(self, status: HTTPStatus) -> None:
        self.close_connection = True
        self._send(Reply(status, f"{status.phrase}\n".encode()))

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Cache-Control", "no-store")
        if reply.status is HTTPStatus.SERVICE_UNAVAILABLE:
            self.send_header("Retry-After", "60")
        self.end_headers()
        self.wfile.write(reply.body)

    @contextmanager
    def _deadline(self) -> Iterator[None]:
        """Whoever sends drop by drop is cut off."""
        timer = threading.Timer(SECONDS_REQUEST, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        self.connection.shutdown(socket.SHUT_RD)


class WitnessServer(ThreadingHTTPServer):
    """The server; `prefix` stands before every path (empty, or `/w1`)."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], found: Witness, prefix: str = "") -> None:
        self.witness = found
        self.prefix = prefix
        self._places = threading.BoundedSemaphore(MAX_CONNECTIONS)
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Take a connection if there is a place, else end it."""
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve a connection, then give its place back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that breaks ends alone."""
        log.debug("a connection broke", exc_info=True)


__all__ = ["TEXT_TYPE", "Witness", "WitnessServer"]
