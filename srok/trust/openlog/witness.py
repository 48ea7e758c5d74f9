"""Being a witness (c2sp.org/tlog-witness v1.1): what is asked, and the one right answer to it. Pure.

A witness remembers of each log the latest checkpoint it cosigned, and cosigns a larger one only with the proof that the
log grew from it. Whatever else a log signs is answered, and kept as evidence: a fork, a rollback, a stale size.
"""

import re
from base64 import b64encode
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import notes, tree
from srok.trust.openlog.checkpoints import Checkpoint, exact_base64, parse_checkpoint
from srok.trust.openlog.notes import Note, SignatureLine, VerifierKey
from srok.trust.openlog.policy import Policy, check_signatures

MAX_BODY: Final = 256 * 1024
MAX_PROOF: Final = 63
SIZE_TYPE: Final = "text/x.tlog.size"
TEXT_TYPE: Final = "text/plain; charset=utf-8"
_OLD: Final = re.compile(r"old (0|[1-9][0-9]{0,18})", re.ASCII)
_SIZE: Final = re.compile(rb"(0|[1-9][0-9]{0,18})\n")


class Evidence(StrEnum):
    """What a request shows of a log that signed it."""

    FORK = "fork"  # two trees of one size
    INCONSISTENT = "inconsistent"  # no proof that the larger tree grew from the one cosigned
    ROLLBACK = "rollback"  # a smaller tree than the one cosigned
    STALE = "stale"  # an old size that is not the one cosigned


@dataclass(frozen=True, slots=True)
class Request:
    """An `add-checkpoint` request as read."""

    old: int
    proof: tuple[bytes, ...]
    note: Note


@dataclass(frozen=True, slots=True)
class Known:
    """What the witness cosigned last of a log: size, root, and the time it stated (seconds)."""

    size: int = 0
    root: bytes = tree.EMPTY_ROOT
    time: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer over HTTP; `evidence` says what is to be kept of the request."""

    status: HTTPStatus
    body: bytes
    content_type: str = TEXT_TYPE
    evidence: Evidence | None = None


class Answered(Exception):
    """The request ends with this reply, and nothing is cosigned."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply)
        self.reply = reply


def request_body(old: int, proof: Sequence[bytes], note: bytes) -> bytes:
    """The body of an `add-checkpoint` request."""
    lines = [f"old {old}", *(b64encode(part).decode() for part in proof), ""]
    return "".join(f"{line}\n" for line in lines).encode() + note


def read_request(body: bytes) -> Request:
    """The request of a body; raises `Answered` (400) for whatever is not of the format."""
    head, separator, note = body.partition(b"\n\n")
    if len(body) > MAX_BODY or not separator:
        raise Answered(_refused(HTTPStatus.BAD_REQUEST, "not an add-checkpoint request"))
    try:
        lines = head.decode("ascii").split("\n")
        old = _OLD.fullmatch(lines[0])
        if old is None or int(old[1]) >= tree.MAX_SIZE or len(lines) - 1 > MAX_PROOF:
            raise Refusal("openlog.bad_proof", part="old")
        proof = tuple(exact_base64(line, tree.HASH_BYTES) for line in lines[1:])
        return Request(int(old[1]), proof, notes.parse(note))
    except (Refusal, UnicodeDecodeError) as error:
        raise Answered(_refused(HTTPStatus.BAD_REQUEST, "not an add-checkpoint request")) from error


def origin_of(request: Request, known: Collection[str]) -> str:
    """The log that the request is about, one of those known; raises `Answered` (400, 404, 422).

    422 is for a tree of no leaves whose root is another one (tlog-witness v1.1).
    """
    origin = request.note.text.partition("\n")[0]
    try:
        parse_checkpoint(request.note.text)
    except Refusal as refusal:
        if refusal.facts.get("part") != "root":
            raise Answered(_refused(HTTPStatus.BAD_REQUEST, "not a checkpoint")) from refusal
        if origin in known:
            raise Answered(_refused(HTTPStatus.UNPROCESSABLE_ENTITY, "not the empty tree")) from refusal
    if origin not in known:
        raise Answered(_refused(HTTPStatus.NOT_FOUND, "unknown log"))
    return origin


def checkpoint_of(request: Request, log: Policy) -> Checkpoint:
    """The checkpoint, if a trusted key of its log signed it; raises `Answered` (400, 403)."""
    try:
        return check_signatures(log, request.note).checkpoint
    except Refusal as refusal:
        bad = refusal.code in ("openlog.bad_checkpoint", "openlog.bad_note")
        status = HTTPStatus.BAD_REQUEST if bad else HTTPStatus.FORBIDDEN
        raise Answered(_refused(status, refusal.code)) from refusal


def judge(request: Request, checkpoint: Checkpoint, known: Known) -> None:
    """Let the checkpoint pass, or raise `Answered`: 400, 409 with the size cosigned last, 422.

    Two trees of one size are a 422 (tlog-witness v1.1; in v1.0 they were a 409), so that every 409 means: ask again.
    """
    if request.old > checkpoint.size:
        raise Answered(_refused(HTTPStatus.BAD_REQUEST, "the old size is larger than the checkpoint"))
    if request.old != known.size:
        raise Answered(_conflict(known, _kind(checkpoint, known)))
    if checkpoint.size == known.size and checkpoint.root != known.root:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        raise Answered(_refused(status, "another tree of this size was cosigned", Evidence.FORK))
    try:
        tree.verify_growth((known.size, checkpoint.size), (known.root, checkpoint.root), request.proof)
    except Refusal as refusal:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        raise Answered(_refused(status, "the proof does not verify", Evidence.INCONSISTENT)) from refusal


def clock_behind(seconds: int) -> Reply:
    """The answer where the clock shows an earlier time than the one stated last: nothing is cosigned until then."""
    return _refused(HTTPStatus.SERVICE_UNAVAILABLE, f"the clock of the witness is {seconds} s behind; try later")


def cosigned(lines: Iterable[SignatureLine]) -> Reply:
    """The answer with the cosignatures."""
    return Reply(HTTPStatus.OK, "".join(line.text() for line in lines).encode())


def read_cosignatures(body: bytes, key: VerifierKey, note: Note) -> list[SignatureLine]:
    """What a witness answered with 200: the valid cosignatures of this one key; lines of other keys are ignored.

    Raises `openlog.witness_rubbish` for what is no list of signature lines, or holds none of the key, or two, and
    `openlog.bad_signature` for a wrong one.
    """
    try:
        lines = notes.parse(note.text.encode() + b"\n" + body).signatures
    except Refusal as refusal:
        raise Refusal("openlog.witness_rubbish") from refusal
    own = [line for line in lines if (line.name, line.key_id) == (key.name, key.id)]
    if len(own) != 1:
        raise Refusal("openlog.witness_rubbish")
    notes.check_line(own[0], key, note.text)
    return own


def read_size(body: bytes) -> int:
    """The size in the body of a 409; raises `openlog.witness_rubbish`."""
    found = _SIZE.fullmatch(body)
    if found is None or int(found[1]) >= tree.MAX_SIZE:
        raise Refusal("openlog.witness_rubbish")
    return int(found[1])


def _kind(checkpoint: Checkpoint, known: Known) -> Evidence:
    if checkpoint.size == known.size and checkpoint.root != known.root:
        return Evidence.FORK
    return Evidence.ROLLBACK if checkpoint.size < known.size else Evidence.STALE


def _conflict(known: Known, kind: Evidence) -> Reply:
    return Reply(HTTPStatus.CONFLICT, f"{known.size}\n".encode(), SIZE_TYPE, kind)


def _refused(status: HTTPStatus, words: str, evidence: Evidence | None = None) -> Reply:
    return Reply(status, f"{words}\n".encode(), evidence=evidence)
