"""Publishing a log into a folder: tiles first and durable, then the checkpoint (L2); repaired from the database."""

import json
from datetime import timedelta

from django.conf import settings

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import building, cosigning, figures, notes, reads, rows, sequencing, signing
from srok.trust.openlog.building import Builder, File
from srok.trust.openlog.checkpoints import Checkpoint, parse_checkpoint
from srok.trust.openlog.folder import Folder, Store, fetcher
from srok.trust.openlog.notes import Note
from srok.trust.openlog.signing import Cosign
from srok.trust.openlog.terms import FRESH_SECONDS, KEEP_PARTIALS_DAYS, ORIGINS, Head, Log, Published
from srok.trust.openlog.tiles import WIDTH, Tile
from srok.trust.openlog.tree import EMPTY_ROOT
from srok.trust.openlog.verifier import verifier_files

# So many files are written and synced together: about 130,000 entries.
TOGETHER = 1_024
_DAY_SECONDS = 86_400


def publish(log: Log, folder: Store, ctx: Context, *, cosign: Cosign | None = None, repair: bool = False) -> Published:
    """Bring the published folder of a log up to everything sequenced, sign it, and put the checkpoint in place.

    Safe to stop anywhere and to run again. Raises `openlog.busy` (another publisher in this folder),
    `openlog.disk_full`, `openlog.other_log`, `openlog.smaller_tree`, `openlog.other_tree`, `openlog.damaged`,
    `openlog.key_lost`; then nothing new is published.
    """
    rows.be_durable()
    with folder.alone():
        signing.keys_of(log)
        writing = _Writing(log, folder)
        note: Note | None = None
        while note is None:
            head = reads.head(log)
            writing.grow(head, repair=repair)
            checkpoint = signing.checkpoint_of(log, head.size, head.root)
            note = notes.parse(head.note) if _fresh(head, ctx) else None
            signed = note is None
            note = note or signing.sign(log, checkpoint, ctx)
        if cosign is not None and (signed or cosigning.lacks_quorum(note)):
            note = note.with_lines(cosign(log, note))
            signing.keep_cosigned(log, note)
        if folder.get("checkpoint") != note.data():
            folder.put([("checkpoint", note.data())])
        tidied = _tidy(folder) if _passed_a_step(writing.before, head.size) else 0
    behind = head.signed_at is not None and ctx.at < head.signed_at
    return Published(log, head.size, signed, writing.files, writing.repaired, tidied, behind)


def publish_all(
    out: Folder, ctx: Context, *, cosign: Cosign | None = None, repair: bool = False
) -> tuple[Published, ...]:
    """Publish both logs into their folders under `out`, with `index.json` and the browser's verifier beside them."""
    done = tuple(publish(log, Folder(out.root / log), ctx, cosign=cosign, repair=repair) for log in Log)
    _put_beside(out)
    return done


def work(ctx: Context, *, least_seconds: int = 10) -> int:
    """One round of the background work: sequence what is due, publish what changed or grew old, watch the witnesses.

    A checkpoint is signed at most every `least_seconds`. Returns how many entries were sequenced.
    """
    rows.be_durable()
    done = sequencing.sequence(ctx)
    cosign = cosigning.cosigner(ctx)
    for log in Log:
        head = reads.head(log)
        age = timedelta(days=1) if head.signed_at is None else abs(ctx.at - head.signed_at)
        waits = timedelta(seconds=least_seconds if head.size > head.signed_size else FRESH_SECONDS[log])
        folder = reads.published_folder(log)
        if age >= waits or folder.get("checkpoint") != head.note:
            publish(log, folder, ctx, cosign=cosign)
    _put_beside(Folder(settings.SROK_OPENLOG))
    cosigning.watch(ctx)
    for log in Log:
        figures.count_up(log)
    return done.sequenced


def index_json() -> bytes:
    """What a reader of the published folder starts with: origins, folders, keys, the policy, and the commitment key."""
    index = {
        "v": 1,
        "commitment_key": settings.SROK_COMMITMENT_KEY.hex(),
        "policy": cosigning.policy_bytes().decode(),
        "logs": [
            {"name": log, "origin": ORIGINS[log], "folder": log, "keys": [key.text for key in reads.verifier_keys(log)]}
            for log in Log
        ],
    }
    return json.dumps(index, indent=1).encode() + b"\n"


def _put_beside(out: Folder) -> None:
    """`index.json` and the page that checks the folder in a browser, where they are not there yet."""
    wanted = (("index.json", index_json()), *verifier_files())
    if changed := [(path, data) for path, data in wanted if out.get(path) != data]:
        out.put(changed)


def _tidy(folder: Store) -> int:
    """Take away partial tiles whose full one has been there long enough; return how many folders of them."""
    return folder.remove([path for path, age in folder.partials() if age > KEEP_PARTIALS_DAYS * _DAY_SECONDS])


def _passed_a_step(before: int, size: int) -> bool:
    """Whether tiles became full that call for a look through the folder: each one of a small log, each 256 later on."""
    step = WIDTH if size < WIDTH**2 * 16 else WIDTH**2
    return before // step != size // step


def _fresh(head: Head, ctx: Context) -> bool:
    """Whether the newest signed checkpoint covers everything sequenced and is young enough (L5)."""
    if not head.note or head.signed_size != head.size or head.signed_at is None:
        return False
    return abs(ctx.at - head.signed_at) < timedelta(seconds=FRESH_SECONDS[head.log])


class _Writing:
    """Brings the tiles of one folder up to a size."""

    def __init__(self, log: Log, store: Store) -> None:
        self.log = log
        self.store = store
        self.files = 0
        self.repaired = 0
        self.before = 0
        self._builder: Builder | None = None
        self._waiting: list[File] = []

    def grow(self, head: Head, *, repair: bool) -> None:
        """Write every tile of the log at `head` that is not there yet; durable on return."""
        if self._builder is None:
            self._builder = self._standing(head, repair=repair)
            self.before = self._builder.size
        self._extend(self._builder, head.size)
        if self._builder.root() != head.root:
            raise Refusal("openlog.other_tree", log=self.log)

    def _standing(self, head: Head, *, repair: bool) -> Builder:
        """Where the folder stands: at its checkpoint, where its last tiles give that root; else made again."""
        published = self._checkpoint()
        if published is None:
            return Builder()
        if published.size > head.size:
            raise Refusal("openlog.smaller_tree", log=self.log, signed=published.size, size=head.size)
        if not repair:
            try:
                found = building.resumed(published.size, fetcher(self.store))
            except Refusal:
                found = Builder()
            if found.size == published.size and found.root() == published.root:
                self._check_known(published)
                return found
        return self._again(published)

    def _checkpoint(self) -> Checkpoint | None:
        """The checkpoint that the folder shows, by our own key; None where there is none or it is no note at all."""
        data = self.store.get("checkpoint")
        if data is None:
            return None
        try:
            note = notes.parse(data)
            found = parse_checkpoint(note.text)
        except Refusal:
            return None
        try:
            notes.verify(note, reads.verifier_keys(self.log))
        except Refusal as refusal:
            raise Refusal("openlog.other_log") from refusal
        if found.origin != ORIGINS[self.log]:
            raise Refusal("openlog.other_log")
        return found

    def _check_known(self, published: Checkpoint) -> None:
        known = reads.signed_root(self.log, published.size)
        if known is None:
            known = reads.root_at(self.log, published.size) if published.size else EMPTY_ROOT
        if known != published.root:
            raise Refusal("openlog.other_tree", log=self.log)

    def _again(self, published: Checkpoint) -> Builder:
        """Make every tile of the published size again from the database; those that differ are put right."""
        builder = Builder()
        before = self.files
        self._extend(builder, published.size, compare=True)
        if builder.root() != published.root:
            raise Refusal("openlog.other_tree", log=self.log)
        self.repaired += self.files - before
        return builder

    def _extend(self, builder: Builder, size: int, *, compare: bool = False) -> None:
        if builder.size == size and not compare:
            return
        try:
            for chunk in rows.chunks(self.log, builder.size, size, reads.CHUNK):
                leaves, entries = [leaf for leaf, _ in chunk], [data for _, data in chunk]
                for file in builder.add(leaves, entries):
                    self._take(file, compare=compare)
        except ValueError as error:
            raise Refusal("openlog.damaged", log=self.log) from error
        for file in builder.unfinished():
            self._take(file, compare=compare)
        self._flush()

    def _take(self, file: File, *, compare: bool) -> None:
        tile, data = file
        if compare and self._holds(tile, data):
            return
        self._waiting.append(file)
        if len(self._waiting) >= TOGETHER:
            self._flush()

    def _holds(self, tile: Tile, data: bytes) -> bool:
        return self.store.get(tile.path) == data

    def _flush(self) -> None:
        self.store.put([(tile.path, data) for tile, data in self._waiting])
        self.files += len(self._waiting)
        self._waiting = []
