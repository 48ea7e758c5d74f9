"""Signing checkpoints: never two inconsistent ones, not even after an older copy was restored."""

from collections.abc import Callable, Sequence

from django.db import transaction

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import public as credentials
from srok.trust.openlog import notes, reads, rows
from srok.trust.openlog.checkpoints import Checkpoint
from srok.trust.openlog.models import LogHead, SignedTree
from srok.trust.openlog.notes import Note, SignatureLine, SignatureType, VerifierKey
from srok.trust.openlog.terms import ORIGINS, Log

Cosign = Callable[[Log, Note], Sequence[SignatureLine]]
"""Asks the witnesses: cosignature lines for a checkpoint that the log has just signed."""


def keys_of(log: Log) -> credentials.LogKeys:
    """The keys of the log; made on the first call of its life. Raises `openlog.key_lost`, `credentials.key_open`."""
    found = credentials.log_keys(log)
    if found is not None:
        return found
    if credentials.high_water(log) is not None or SignedTree.objects.filter(log=log).exists():
        raise Refusal("openlog.key_lost", log=log)
    return credentials.create_log_keys(log)


@transaction.atomic
def sign(log: Log, checkpoint: Checkpoint, ctx: Context) -> Note | None:
    """Sign a checkpoint of this log and keep it; None where a larger one was signed meanwhile.

    Its tiles are durable already (L2). Time never goes back: after the clock did, the time of the last signature is
    stated again. Raises `openlog.smaller_tree`, `openlog.other_tree`, `openlog.key_lost`.
    """
    rows.lock_writer()
    LogHead.objects.get_or_create(pk=log)
    head = LogHead.objects.select_for_update().get(pk=log)
    if head.signed_size > checkpoint.size:
        return None
    keys = keys_of(log)
    _check_history(log, checkpoint)
    signed_at = max(ctx.at, head.signed_at or ctx.at)
    credentials.raise_high_water(log, checkpoint.size, checkpoint.root)
    SignedTree.objects.get_or_create(
        log=log, size=checkpoint.size, defaults={"root": checkpoint.root, "signed_at": signed_at}
    )
    note = _signed(checkpoint, keys, int(signed_at.timestamp()))
    LogHead.objects.filter(pk=log).update(signed_size=checkpoint.size, note=note.data(), signed_at=signed_at)
    return note


@transaction.atomic
def keep_cosigned(log: Log, note: Note) -> None:
    """Keep the cosignatures beside the newest checkpoint, unless another was signed meanwhile."""
    head = LogHead.objects.select_for_update().get(pk=log)
    if notes.parse(bytes(head.note)).text == note.text:
        LogHead.objects.filter(pk=log).update(note=note.data())


def _check_history(log: Log, checkpoint: Checkpoint) -> None:
    """Refuse what is not a growth of everything signed before: by the database, and by the mark beside the key."""
    mark = credentials.high_water(log)
    if mark is None:
        if SignedTree.objects.filter(log=log).exists():
            raise Refusal("openlog.key_lost", log=log)
        return
    size, root = mark
    if checkpoint.size < size:
        raise Refusal("openlog.smaller_tree", log=log, signed=size, size=checkpoint.size)
    here = checkpoint.root if size == checkpoint.size else _root_before(log, size)
    known = reads.signed_root(log, checkpoint.size)
    if here != root or known not in (None, checkpoint.root):
        raise Refusal("openlog.other_tree", log=log)


def _root_before(log: Log, size: int) -> bytes:
    """The root that this history had at a size: as it was signed, else (a crash in between) from the entries."""
    return reads.signed_root(log, size) or reads.root_at(log, size)


def _signed(checkpoint: Checkpoint, keys: credentials.LogKeys, time: int) -> Note:
    text, origin = checkpoint.text(), checkpoint.origin
    plain = VerifierKey(origin, SignatureType.ED25519, keys.ed25519)
    late = VerifierKey(origin, SignatureType.MLDSA, keys.mldsa44)
    lines = (notes.sign(plain, text, keys.sign_ed25519), notes.sign(late, text, keys.sign_mldsa44, time))
    return Note(text, lines)


def checkpoint_of(log: Log, size: int, root: bytes) -> Checkpoint:
    """The checkpoint of this log at this size."""
    return Checkpoint(ORIGINS[log], size, root)
