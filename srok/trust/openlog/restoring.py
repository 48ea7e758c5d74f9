"""After a restore of an older database: the log's own published folder gives back the entries that are missing.

The key refuses to sign anything smaller or other than before, so the log can go on only as the same history. What the
older database still held back is matched by its `case`, so that nothing enters a second time.
"""

from itertools import islice
from uuid import UUID

from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.journal.terms import Leaf
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import notes, reads, rows, sequencing, tiles, tree, verifying
from srok.trust.openlog.checkpoints import Checkpoint
from srok.trust.openlog.entries import read_entry
from srok.trust.openlog.folder import Folder, fetcher
from srok.trust.openlog.models import HeldLeaf
from srok.trust.openlog.terms import ORIGINS, Log
from srok.trust.openlog.tiles import ENTRIES, WIDTH
from srok.trust.openlog.tree import EMPTY_ROOT


@transaction.atomic
def adopt(log: Log, folder: Folder, ctx: Context) -> int:
    """Take over the entries that the published folder has and the database lacks; return how many.

    The whole folder is checked first. One fact, and a public entry (`alarm`, code `log.restored`), say that it was
    done. Raises `openlog.other_log` (not signed by this log's key), `openlog.other_tree` (the folder is no growth of
    what is here), and what `verify_log` found.
    """
    rows.lock_writer()
    checkpoint = _checked(log, folder)
    head = reads.head(log)
    read = tiles.reader(checkpoint.size, fetcher(folder))
    if checkpoint.size < head.size:
        return 0
    if (tree.root_at(head.size, read) if head.size else EMPTY_ROOT) != head.root:
        raise Refusal("openlog.other_tree", log=log)
    if checkpoint.size == head.size:
        return 0
    while sequencing.take_in():
        pass
    cases = _held_cases(log)
    for start in range(head.size, checkpoint.size, reads.CHUNK):
        entries = _entries(folder, checkpoint.size, start, min(start + reads.CHUNK, checkpoint.size))
        facts = [cases.get(str(read_entry(data).get("case"))) for data in entries]
        sequencing.append_restored(log, entries, facts)
    public: dict[str, str | int] = {"code": "log.restored", "size": head.size, "adopted": checkpoint.size - head.size}
    leaf = Leaf(log=log, type="alarm", label="openlog.alarm", public=public)
    journal.record(ctx, "openlog.adopted", ORIGINS[log], {"size": head.size, "until": checkpoint.size}, leaf=leaf)
    return checkpoint.size - head.size


def _checked(log: Log, folder: Folder) -> Checkpoint:
    note, checkpoint = verifying.read_checkpoint(folder)
    keys = reads.verifier_keys(log)
    try:
        notes.verify(note, keys)
    except Refusal as refusal:
        raise Refusal("openlog.other_log") from refusal
    found = verifying.verify_log(folder.root, keys)
    if not found.valid:
        raise Refusal(found.problems[0].code)
    return checkpoint


def _held_cases(log: Log) -> dict[str, UUID]:
    """The facts whose leaves are held here, by the `case` that their entry carries."""
    ids = list(HeldLeaf.objects.filter(log=log).values_list("fact", flat=True))
    found: dict[str, UUID] = {}
    for at in range(0, len(ids), 500):
        leaves = journal.leaves_of(ids[at : at + 500])
        found |= {str(leaf.entry.get("case")): fact for fact, leaf in leaves.items()}
    return found


def _entries(folder: Folder, size: int, start: int, end: int) -> list[bytes]:
    """The entries `[start, end)` from the bundles of a log of this size."""
    found: list[bytes] = []
    for index in range(start // WIDTH, -(-end // WIDTH)):
        tile = tiles.holding(ENTRIES, index * WIDTH, size)
        found += tiles.unbundle(folder.get(tile.path) or b"", tile.width)
    first = start // WIDTH * WIDTH
    return list(islice(found, start - first, end - first))
