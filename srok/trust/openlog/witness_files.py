"""What a witness keeps on disk, and nothing is answered before it lies there: keys, logs, latest checkpoints, evidence.

    FOLDER/witness.json             the witness's name
    FOLDER/ed25519.pem, mldsa44.pem its keys, 0600
    FOLDER/logs/<sha256 of origin>/policy       the log's keys, as a policy file
    FOLDER/logs/<sha256 of origin>/checkpoint   what was cosigned last, with all signatures; empty before
    FOLDER/evidence/<kind>-<digest>.txt         what a log signed and should not have

A folder that lost its `checkpoint` is refused: a witness that forgets could cosign a fork of what it cosigned before.
"""

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import notes
from srok.trust.openlog.checkpoints import parse_checkpoint
from srok.trust.openlog.notes import SignatureLine, SignatureType, VerifierKey
from srok.trust.openlog.policy import NONE, LogLine, Policy, check_signatures, read_policy, write_policy
from srok.trust.openlog.witness import Evidence, Known

MAX_EVIDENCE: Final = 1_000
"""Files of each kind; forks and inconsistencies are never thrown away for the other two."""
_PEMS: Final = {SignatureType.COSIGNATURE: "ed25519.pem", SignatureType.MLDSA: "mldsa44.pem"}
Signer = Callable[[bytes], bytes]
Writer = Callable[[Path, bytes], None]


class WitnessFolder:
    """A witness's folder, held by one process at a time."""

    def __init__(self, folder: Path, write: Writer | None = None) -> None:
        """Open what `create` made; raises `openlog.no_witness`, `openlog.witness_state_lost`.

        `write` puts a file durably in place, or raises OSError.
        """
        self.folder = folder
        self._write = write or write_durably
        try:
            self.name = str(json.loads((folder / "witness.json").read_bytes())["name"])
            self._signers = {kind: _load(folder / pem) for kind, pem in _PEMS.items()}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Refusal("openlog.no_witness", name=str(folder)) from error
        self.keys = tuple(VerifierKey(self.name, kind, public) for kind, (public, _) in self._signers.items())
        self.logs = {policy.logs[0].key.name: policy for policy in self._policies()}
        for origin in self.logs:
            self.known(origin)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder; raises `openlog.witness_busy` where another process does."""
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError as error:
            raise Refusal("openlog.witness_busy", name=str(self.folder)) from error
        finally:
            os.close(descriptor)

    def add_log(self, keys: list[VerifierKey]) -> None:
        """Trust these keys of one log; its state starts empty, or stays what it is.

        Raises `openlog.bad_policy` where the keys are of two logs, or none are given.
        """
        if len({key.name for key in keys}) != 1:
            raise Refusal("openlog.bad_policy", line=0, part="name")
        origin = keys[0].name
        policy = Policy(logs=[LogLine(key, "") for key in keys], quorum=NONE)
        folder = self._of(origin)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not (folder / "checkpoint").exists():
            if (folder / "policy").exists():
                raise Refusal("openlog.witness_state_lost", name=origin)
            self._write(folder / "checkpoint", b"")
        self._write(folder / "policy", write_policy(policy))
        self.logs[origin] = policy

    def latest(self, origin: str) -> bytes:
        """What was cosigned last of this log, as a note; empty before."""
        try:
            return (self._of(origin) / "checkpoint").read_bytes()
        except OSError as error:
            raise Refusal("openlog.witness_state_lost", name=origin) from error

    def known(self, origin: str) -> Known:
        """Size, root and time of what was cosigned last; raises `openlog.witness_state_lost` where it is unreadable."""
        data = self.latest(origin)
        if not data:
            return Known()
        try:
            note = notes.parse(data)
            times = [signed.time or 0 for signed in notes.verify(note, self.keys)]
            checkpoint = parse_checkpoint(note.text)
        except Refusal as refusal:
            raise Refusal("openlog.witness_state_lost", name=origin) from refusal
        if checkpoint.origin != origin:
            raise Refusal("openlog.witness_state_lost", name=origin)
        return Known(checkpoint.size, checkpoint.root, max(times))

    def cosign(self, note: notes.Note, origin: str, time: int) -> list[SignatureLine]:
        """Cosign with every key, and have it on disk before anybody learns of it."""
        own = [notes.sign(key, note.text, self._signers[key.type][1], time) for key in self.keys]
        trusted = {(key.name, key.id) for key in check_signatures(self.logs[origin], note).signed}
        kept = [line for line in note.signatures if (line.name, line.key_id) in trusted]
        self._write(self._of(origin) / "checkpoint", notes.Note(note.text, (*kept, *own)).data())
        return own

    def keep(self, kind: Evidence, origin: str, body: bytes) -> None:
        """Keep a request beside what was cosigned last; the same one once, and at most 1,000 of a kind."""
        folder = self.folder / "evidence"
        folder.mkdir(exist_ok=True, mode=0o700)
        # What is signed counts, not how: ML-DSA signs the same text differently each time.
        asked, _, _ = body.rpartition(b"\n\n")
        path = folder / f"{kind}-{hashlib.sha256(asked).hexdigest()[:32]}.txt"
        if path.exists() or sum(1 for _ in folder.glob(f"{kind}-*.txt")) >= MAX_EVIDENCE:
            return
        self._write(path, b"cosigned before:\n\n" + self.latest(origin) + b"\nasked:\n\n" + body)

    def _policies(self) -> Iterator[Policy]:
        for path in sorted(self.folder.glob("logs/*/policy")):
            yield read_policy(path.read_bytes())

    def _of(self, origin: str) -> Path:
        return self.folder / "logs" / hashlib.sha256(origin.encode()).hexdigest()


def create(folder: Path, name: str) -> WitnessFolder:
    """Make a witness: a name (`witness.example/w1`) and two fresh keys.

    Raises `openlog.witness_exists` and `openlog.bad_key`. An Ed25519 key must never serve two names, because what it
    signs does not hold the name: so a witness's keys are made with it.
    """
    if not notes.is_key_name(name):
        raise Refusal("openlog.bad_key", name=name[:80])
    if (folder / "witness.json").exists() or any((folder / pem).exists() for pem in _PEMS.values()):
        raise Refusal("openlog.witness_exists", name=str(folder))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for pem, key in (("ed25519.pem", Ed25519PrivateKey.generate()), ("mldsa44.pem", MLDSA44PrivateKey.generate())):
        write_durably(folder / pem, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    write_durably(folder / "witness.json", json.dumps({"name": name}).encode() + b"\n")
    return WitnessFolder(folder)


def write_durably(path: Path, data: bytes) -> None:
    """Put a file in place in one step, on disk with its name before this returns; nobody reads a half."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _load(path: Path) -> tuple[bytes, Signer]:
    if path.stat().st_mode & 0o077:
        raise Refusal("openlog.key_open", name=path.name)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey | MLDSA44PrivateKey):
        raise ValueError(path.name)
    return key.public_key().public_bytes_raw(), key.sign
