"""Questions to the sequence of a log; none writes anything."""

from uuid import UUID

from django.conf import settings
from django.db.models import Count

from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import public as credentials
from srok.trust.openlog import rows, rules, tree
from srok.trust.openlog.folder import Folder
from srok.trust.openlog.models import HeldLeaf, LogEntry, LogHead, SignedTree
from srok.trust.openlog.notes import SignatureType, VerifierKey
from srok.trust.openlog.terms import ORIGINS, Entry, Head, Log
from srok.trust.openlog.tree import CompactRange

CHUNK = 65_536


def log_named(name: str) -> Log:
    """The log of this name; raises `openlog.unknown_log`."""
    try:
        return Log(name)
    except ValueError as error:
        raise Refusal("openlog.unknown_log", log=name[:40]) from error


def head(log: Log) -> Head:
    """Where the log stands now; a log without entries has size 0 and no note."""
    row = LogHead.objects.filter(pk=log).first() or LogHead(log=log)
    return Head(log, row.size, range_of(row).root(), row.signed_size, bytes(row.note), row.signed_at)


def range_of(row: LogHead) -> CompactRange:
    """The compact range kept in a head."""
    kept = bytes(row.hashes)
    return CompactRange(row.size, [kept[at : at + tree.HASH_BYTES] for at in range(0, len(kept), tree.HASH_BYTES)])


def entry(log: Log, index: int) -> Entry | None:
    """The entry at this place, or None."""
    row = LogEntry.objects.filter(log=log, index=index).first()
    return _entry(row) if row else None


def entry_of_fact(fact: UUID) -> Entry | None:
    """The sequenced entry of this fact's leaf, or None while it is held."""
    row = LogEntry.objects.filter(fact=fact).first()
    return _entry(row) if row else None


def indexes_of(facts: list[UUID]) -> dict[UUID, int]:
    """The places of those of these facts whose leaves are sequenced."""
    return {fact: index for fact, index in LogEntry.objects.filter(fact__in=facts).values_list("fact", "index") if fact}


def held(log: Log) -> dict[str, int]:
    """How many leaves wait in each group of this log; leaves that fit no log stand under `!`."""
    counted = HeldLeaf.objects.filter(log=log).values_list("group").annotate(count=Count("fact")).order_by("group")
    return {group or rules.AT_ONCE: count for group, count in counted}


def signed_root(log: Log, size: int) -> bytes | None:
    """The root that was signed at exactly this size, or None."""
    root = SignedTree.objects.filter(log=log, size=size).values_list("root", flat=True).first()
    return bytes(root) if root is not None else None


def root_at(log: Log, size: int) -> bytes:
    """The root of the first `size` entries, from the leaf hashes kept here; 10 million take half a minute.

    Raises `openlog.damaged` where one of them is missing.
    """
    grown = CompactRange()
    try:
        for chunk in rows.chunks(log, 0, size, CHUNK):
            grown.extend(leaf for leaf, _ in chunk)
    except ValueError as error:
        raise Refusal("openlog.damaged", log=log) from error
    return grown.root()


def verifier_keys(log: Log) -> tuple[VerifierKey, ...]:
    """The public keys of this log under its origin: Ed25519 first, ML-DSA-44 second; empty before the first."""
    keys = credentials.log_keys(log)
    if keys is None:
        return ()
    origin = ORIGINS[log]
    return (
        VerifierKey(origin, SignatureType.ED25519, keys.ed25519),
        VerifierKey(origin, SignatureType.MLDSA, keys.mldsa44),
    )


def published_folder(log: Log) -> Folder:
    """The folder from which the application serves this log (`SROK_OPENLOG`)."""
    return Folder(settings.SROK_OPENLOG / log)


def _entry(row: LogEntry) -> Entry:
    return Entry(Log(row.log), row.index, bytes(row.data), row.fact)
