"""Asking outside witnesses for their cosignatures (c2sp.org/tlog-witness), all at once, each within its time.

A witness that answers rubbish, slowly, never, or with a bad signature is told apart and ignored. Nothing is followed,
no proxy is used, and at most 64 KiB of an answer are read.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, urlsplit

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import witness
from srok.trust.openlog.checkpoints import parse_checkpoint
from srok.trust.openlog.notes import Note, SignatureLine
from srok.trust.openlog.policy import Policy, WitnessLine

MAX_ANSWER: Final = 64 * 1024
SECONDS: Final = 5.0
"""The time of one witness for one question, from connecting to the last byte."""
MAX_QUESTIONS: Final = 3
"""To one witness about one checkpoint: it may have moved on between two."""
MAX_AT_ONCE: Final = 16

Prove = Callable[[int], list[bytes]]
"""The consistency proof from an older size to the checkpoint asked about."""


class Standing(StrEnum):
    """How a witness stands to our log after it was asked."""

    COSIGNED = "cosigned"
    NOT_ASKED = "not_asked"  # the policy gives no address
    SILENT = "silent"  # no whole answer in its time
    UNREACHABLE = "unreachable"
    RUBBISH = "rubbish"  # an answer that is none
    BAD_SIGNATURE = "bad_signature"
    REFUSED = "refused"  # 400, 403, 404, 5xx
    AHEAD = "ahead"  # it cosigned a larger tree than ours: we were restored from an older state, or somebody is us
    DISAGREES = "disagrees"  # it cosigned another tree: a split view


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """Status, type and body (at most 64 KiB) of an answer."""

    status: int
    content_type: str
    body: bytes


Post = Callable[[str, bytes], HttpAnswer]
"""Send a body to an address; raises TimeoutError, OSError or `http.client.HTTPException`, ValueError."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking one witness: its standing, the size it is known to have cosigned, its cosignature."""

    name: str
    standing: Standing
    size: int
    line: SignatureLine | None = None
    status: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """What came of asking every witness: the note with their cosignatures, and whether they are the quorum."""

    note: Note
    asked: tuple[Asked, ...]
    met: bool

    @property
    def agreed(self) -> frozenset[str]:
        """The witnesses that cosigned, by their names in the policy."""
        return frozenset(one.name for one in self.asked if one.line is not None)


def ask_all(policy: Policy, note: Note, sizes: Mapping[str, int], prove: Prove, post: Post | None = None) -> Round:
    """Ask every witness of the policy to cosign this checkpoint.

    `sizes` are the sizes that they cosigned last as far as we know (by name; 0 where unknown).
    """
    lines = list(policy.witnesses.values())
    send = post or http_post
    if not lines:
        return Round(note, (), policy.holds(()))
    with ThreadPoolExecutor(min(MAX_AT_ONCE, len(lines)), thread_name_prefix="witness") as pool:
        asked = tuple(pool.map(lambda line: ask(line, note, sizes.get(line.name, 0), prove, send), lines))
    cosigned = [one.line for one in asked if one.line is not None]
    agreed = [one.name for one in asked if one.line is not None]
    return Round(note.with_lines(cosigned), asked, policy.holds(agreed))


def ask(line: WitnessLine, note: Note, known: int, prove: Prove, post: Post) -> Asked:
    """Ask one witness, from the size we know of it, or from the one that it names instead."""
    if not line.url:
        return Asked(line.name, Standing.NOT_ASKED, known)
    try:
        return _asked(line, note, known, prove, post)
    except TimeoutError:
        return Asked(line.name, Standing.SILENT, known)
    except (OSError, http.client.HTTPException):
        return Asked(line.name, Standing.UNREACHABLE, known)
    except ValueError:
        return Asked(line.name, Standing.RUBBISH, known)
    except Refusal as refusal:
        bad = refusal.code == "openlog.bad_signature"
        return Asked(line.name, Standing.BAD_SIGNATURE if bad else Standing.RUBBISH, known)


def _asked(line: WitnessLine, note: Note, known: int, prove: Prove, post: Post) -> Asked:
    size = parse_checkpoint(note.text).size
    old, url = min(known, size), line.url.rstrip("/") + "/add-checkpoint"
    for _ in range(MAX_QUESTIONS):
        proof = prove(old) if 0 < old < size else []
        answer = post(url, witness.request_body(old, proof, note.data()))
        if answer.status == http.client.OK:
            [cosignature] = witness.read_cosignatures(answer.body, line.key, note)
            return Asked(line.name, Standing.COSIGNED, size, cosignature, answer.status)
        if answer.status == http.client.UNPROCESSABLE_ENTITY:
            return Asked(line.name, Standing.DISAGREES, old, status=answer.status)
        if answer.status != http.client.CONFLICT:
            return Asked(line.name, Standing.REFUSED, known, status=answer.status)
        theirs = witness.read_size(answer.body)
        if theirs > size:
            return Asked(line.name, Standing.AHEAD, theirs, status=answer.status)
        if theirs == old:
            return Asked(line.name, Standing.DISAGREES, theirs, status=answer.status)
        old = theirs
    return Asked(line.name, Standing.RUBBISH, known, status=http.client.CONFLICT)


def checked_url(url: str) -> SplitResult:
    """A witness's address: http or https, a host, no user, no query; raises ValueError."""
    parts = urlsplit(url)
    plain = not (parts.username or parts.password or parts.query or parts.fragment) and url.isascii()
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain or parts.port == 0:
        raise ValueError("not the address of a witness")
    return parts


def http_post(url: str, body: bytes, seconds: float = SECONDS) -> HttpAnswer:
    """Post a body and read the answer, all within `seconds`; redirections are not followed.

    Raises TimeoutError, OSError, `http.client.HTTPException`, and ValueError for an address or answer that is none.
    """
    parts = checked_url(url)
    connection = _connection(parts, seconds)
    late = threading.Event()
    try:
        connection.connect()
        with _deadline(connection.sock, seconds, late):
            answer = _exchange(connection, parts.path, body)
        if late.is_set():
            raise TimeoutError
        return answer
    except (OSError, http.client.HTTPException) as error:
        if late.is_set():
            raise TimeoutError from error
        raise
    finally:
        connection.close()


def _connection(parts: SplitResult, seconds: float) -> http.client.HTTPConnection:
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=seconds, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=seconds)


@contextmanager
def _deadline(connected: socket.socket, seconds: float, late: threading.Event) -> Iterator[None]:
    """A witness that answers drop by drop is cut off."""

    def cut() -> None:
        late.set()
        with suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _exchange(connection: http.client.HTTPConnection, path: str, body: bytes) -> HttpAnswer:
    connection.request("POST", path, body, {"Content-Type": "text/plain; charset=utf-8", "Connection": "close"})
    answer = connection.getresponse()
    found = answer.read(MAX_ANSWER + 1)
    if len(found) > MAX_ANSWER:
        raise ValueError("too long an answer")
    return HttpAnswer(answer.status, answer.headers.get("Content-Type", ""), found)


def names(asked: Iterable[Asked], *standings: Standing) -> list[str]:
    """The witnesses of these standings."""
    return [one.name for one in asked if one.standing in standings]
