"""At the desk: a holder asks for the receipt of an act, and takes home a proof, or until there is one, a promise."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction

from srok.ground.accounts.terms import Role
from srok.ground.journal import public as journal
from srok.ground.journal.terms import LEAF_TYPES
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import (
    building,
    cosigning,
    entries,
    notes,
    promises,
    reads,
    receipts,
    rows,
    signing,
    tiles,
    tree,
)
from srok.trust.openlog.checkpoints import parse_checkpoint
from srok.trust.openlog.folder import fetcher
from srok.trust.openlog.notes import SignatureType, VerifierKey
from srok.trust.openlog.posting import posted_day
from srok.trust.openlog.promises import Promise, SignedPromise
from srok.trust.openlog.proofs import Proof
from srok.trust.openlog.receipts import Opened, Slip
from srok.trust.openlog.terms import ORIGINS, Entry, Log
from srok.trust.openlog.tiles import Tile

DESKS: Final = frozenset({Role.CONSULAR_OFFICER, Role.CARD_OFFICER, Role.COMMUNE_CLERK, Role.IDENTIFICATION_OFFICER})
SERVICE: Final = "service:receipts"


@dataclass(frozen=True, slots=True)
class GiveReceipt:
    """Command: the receipt of a leaf, named by its commitment, its fact, its subject or its case (the newest one).

    `type` chooses among the leaves of a subject, such as `card.issued`.
    """

    reference: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What the holder takes home: the file, and what its slip says; `index` or `latest_on` is None.

    `promise` is there while the log does not hold the entry yet.
    """

    log: Log
    type: str
    commitment: str
    opened: Opened
    data: bytes
    index: int | None = None
    size: int | None = None
    promise: Promise | None = None
    qr_text: str = ""

    @property
    def suffix(self) -> str:
        """How the file's name ends."""
        return ".srok-promise" if self.promise else ".tlog-proof"


@transaction.atomic
def give_receipt(command: GiveReceipt, *, ctx: Context) -> Given:
    """Make the receipt of an act for its holder, who stands at the desk; the journal remembers that it was asked for.

    Raises `openlog.not_a_desk`, `openlog.unknown_leaf`, `openlog.not_your_desk` (an office that had nothing to do with
    the subject), `openlog.opening_gone`, `openlog.no_row_kept`.
    """
    leaf = _leaf(command)
    _check_desk(leaf, ctx)
    kept = journal.opening_of(leaf.fact)
    if kept is None:
        raise Refusal("openlog.opening_gone")
    if kept.row is None:
        raise Refusal("openlog.no_row_kept")
    opened = Opened(kept.label, kept.version, kept.row, kept.opening)
    entry = reads.entry_of_fact(leaf.fact)
    note = cosigning.best_note(Log(leaf.log), entry.index) if entry is not None else None
    given = _promised(leaf, opened, ctx) if entry is None or note is None else _proven(leaf, opened, entry, note)
    facts: journal.Facts = {"log": leaf.log, "type": leaf.type}
    if given.promise:
        journal.record(ctx, "openlog.promise_given", str(leaf.fact), facts)
    else:
        journal.record(ctx, "openlog.receipt_given", str(leaf.fact), facts)
    return given


def _leaf(command: GiveReceipt) -> journal.LeafFacts:
    found = journal.leaves_named(command.reference.strip())
    wanted = [leaf for leaf in found if leaf.commitment and command.type in ("", leaf.type)]
    if not wanted:
        raise Refusal("openlog.unknown_leaf")
    return wanted[0]


def _check_desk(leaf: journal.LeafFacts, ctx: Context) -> None:
    if ctx.actor == SERVICE:
        return
    if not ctx.roles & DESKS:
        raise Refusal("openlog.not_a_desk")
    if ctx.office not in journal.offices_about(leaf.subject):
        raise Refusal("openlog.not_your_desk")


def _proven(leaf: journal.LeafFacts, opened: Opened, entry: Entry, note: notes.Note) -> Given:
    size = parse_checkpoint(note.text).size
    read = tiles.reader(size, tiles_of(entry.log))
    path = tuple(tree.inclusion_proof(entry.index, size, read))
    extra = receipts.write_extra(opened, settings.SROK_COMMITMENT_KEY, entries.read_entry(entry.data))
    return Given(
        log=entry.log, type=leaf.type, commitment=leaf.commitment, opened=opened, index=entry.index, size=size,
        data=Proof(entry.index, path, note, extra).data(),
        qr_text=receipts.slip_text(Slip(entry.log, entry.index, opened)),
    )  # fmt: skip


def tiles_of(log: Log) -> Callable[[Tile], bytes]:
    """Reads the tiles of the home, or makes them of the leaf hashes where the log is published elsewhere."""
    published = fetcher(reads.published_folder(log))

    def fetch(tile: Tile) -> bytes:
        try:
            return published(tile)
        except Refusal:
            return _made(log, tile)

    return fetch


def _made(log: Log, tile: Tile) -> bytes:
    span = tiles.WIDTH ** (tile.level + 1)
    end = tile.index * span + tile.width * span // tiles.WIDTH
    row = [leaf for chunk in rows.chunks(log, tile.index * span, end, reads.CHUNK) for leaf, _ in chunk]
    for _ in range(tile.level):
        row = [building.full_root(row[at : at + tiles.WIDTH]) for at in range(0, len(row), tiles.WIDTH)]
    return b"".join(row)


def _promised(leaf: journal.LeafFacts, opened: Opened, ctx: Context) -> Given:
    log = Log(leaf.log)
    keys = signing.keys_of(log)
    key = VerifierKey(ORIGINS[log], SignatureType.ED25519, keys.ed25519)
    latest = journal.promise(leaf.fact, posted=posted_day(LEAF_TYPES[leaf.type].about, leaf.on)).latest_on
    promise = Promise(ORIGINS[log], leaf.type, leaf.commitment, max(leaf.on, ctx.on), max(latest, ctx.on))
    note = promises.sign_promise(promise, key, keys.sign_ed25519)
    signed = SignedPromise(promise, note, opened, settings.SROK_COMMITMENT_KEY)
    return Given(
        log=log, type=leaf.type, commitment=leaf.commitment, opened=opened, promise=promise, data=signed.data(),
        qr_text=promises.slip_text(signed, log),
    )  # fmt: skip
