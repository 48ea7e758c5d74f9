"""A receipt, a promise or a slip against a published folder: what holds, and what is evidence. Needs no database."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import entries, policy, promises, receipts, tiles, tree, verifying
from srok.trust.openlog.checkpoints import Checkpoint, parse_checkpoint
from srok.trust.openlog.folder import Folder, fetcher
from srok.trust.openlog.policy import NONE, LogLine, Policy
from srok.trust.openlog.promises import Kept, Promise
from srok.trust.openlog.receipts import Opened
from srok.trust.openlog.tiles import ENTRIES, WIDTH, Tile

_PHNOM_PENH_SECONDS = 7 * 3600


@dataclass(frozen=True, slots=True)
class Judged:
    """What a paper proves: its kind (`receipt`, `promise`, `slip`), how it stands, and what it opens."""

    kind: str
    origin: str
    valid: bool
    state: str
    opened: Opened
    entry: dict[str, Any]
    index: int | None = None
    size: int = 0
    cosigned: tuple[str, ...] = ()
    promise: Promise | None = None


Find = Callable[[str], tuple[int | None, date | None]]
"""The index of the entry with this commitment in the log, and the newest day of the log where it is needed."""


def judge(root: Path, data: bytes, trusted: Policy | None = None, find: Find | None = None) -> Judged:
    """Judge a paper (the file of a receipt or a promise, or the text of a slip's QR) against a published folder.

    `trusted` is the policy to go by; without one, the folder's own. A promise is judged by every entry of the folder,
    unless `find` knows where to look. Raises `openlog.bad_receipt` for what is no such paper,
    `openlog.no_log` where the folder has not its log, and what makes it worthless: `openlog.bad_proof`,
    `openlog.not_signed`, `openlog.bad_signature`, `openlog.quorum_missing`, `openlog.opening_differs`,
    `openlog.not_in_this_log`, `openlog.other_history`.
    """
    if promises.is_promise(data):
        return _promise(root, promises.read_promise(data), trusted, find)
    text = data.strip()
    if not text.startswith(b"{"):
        return _receipt(root, data, trusted)
    read = _plain(text)
    if "s" in read:
        signed = promises.read_slip(text.decode("utf-8", "replace"), lambda name: _origin(root, name), _key(root))
        return _promise(root, signed, trusted, find)
    return _slip(root, receipts.read_slip(text.decode("utf-8", "replace")), trusted)


def policy_of(root: Path) -> Policy:
    """The policy that `index.json` gives; else the keys it names, with no witness. As good as where the folder is from.

    Raises `openlog.bad_policy`, `openlog.no_log`.
    """
    index: dict[str, Any] = {}
    with suppress(Refusal):
        index = _index(root)
    if isinstance(index.get("policy"), str):
        return policy.read_policy(index["policy"].encode())
    found = Policy(quorum=NONE)
    for folder in verifying.log_folders(root):
        found.logs += [LogLine(key, "") for key in verifying.keys_in_index(folder)]
    return found


def _receipt(root: Path, data: bytes, trusted: Policy | None) -> Judged:
    receipt = receipts.read_receipt(data)
    accepted = receipts.check_receipt(receipt, trusted or policy_of(root))
    folder, here = _log(root, accepted.checkpoint.origin)
    _check_one_history(folder, here, accepted.checkpoint)
    return Judged(
        "receipt", accepted.checkpoint.origin, True, "holds", receipt.opened, dict(receipt.entry),
        receipt.proof.index, accepted.checkpoint.size, tuple(accepted.cosigned),
    )  # fmt: skip


def _slip(root: Path, slip: receipts.Slip, trusted: Policy | None) -> Judged:
    folder, _ = _log(root, _origin(root, slip.log))
    rules = trusted or policy_of(root)
    accepted = policy.accept(rules, verifying.read_checkpoint(folder)[0])
    here = accepted.checkpoint
    if slip.index >= here.size:
        raise Refusal("openlog.not_in_this_log")
    data = _entry(folder, slip.index, here.size)
    read = tiles.reader(here.size, fetcher(folder))
    path = tree.inclusion_proof(slip.index, here.size, read)
    tree.verify_inclusion(slip.index, here.size, tree.leaf_hash(data), path, here.root)
    entry = entries.read_entry(data)
    if entry.get("c") != slip.opened.commitment(_key(root)):
        raise Refusal("openlog.opening_differs")
    return Judged(
        "slip", here.origin, True, "holds", slip.opened, entry, slip.index, here.size, tuple(accepted.cosigned)
    )


def _promise(root: Path, signed: promises.SignedPromise, trusted: Policy | None, find: Find | None) -> Judged:
    rules = trusted or policy_of(root)
    made = promises.check_promise(signed, rules.of_log(signed.promise.origin))
    folder, _ = _log(root, made.origin)
    note = verifying.read_checkpoint(folder)[0]
    accepted = policy.check_signatures(rules, note)
    index, newest = (find or _Scan(folder, accepted.checkpoint).find)(made.commitment)
    size = accepted.checkpoint.size
    there = index is not None and index < size and entries.read_entry(_entry(folder, index, size)).get("c")
    held = [(index, made.commitment)] if index is not None and there == made.commitment else []
    days = [newest] if newest is not None else []
    days += [_day(time) for time in accepted.cosigned.values()]
    state, index = promises.judge(made, held, max(days, default=None))
    return Judged(
        "promise", made.origin, state is not Kept.BROKEN, str(state), signed.opened, {}, index,
        accepted.checkpoint.size, tuple(accepted.cosigned), made,
    )  # fmt: skip


def _check_one_history(folder: Folder, here: Checkpoint, shown: Checkpoint) -> None:
    """The receipt's tree must be the beginning of the folder's; one larger than the folder's is not contradicted."""
    if shown.size > here.size:
        return
    read = tiles.reader(here.size, fetcher(folder))
    if tree.root_at(shown.size, read) != shown.root or tree.root_at(here.size, read) != here.root:
        raise Refusal("openlog.other_history")


def _log(root: Path, origin: str) -> tuple[Folder, Checkpoint]:
    """The folder of this log; raises `openlog.no_log`."""
    for path in verifying.log_folders(root):
        folder = Folder(path)
        found = parse_checkpoint(verifying.read_checkpoint(folder)[0].text)
        if found.origin == origin:
            return folder, found
    raise Refusal("openlog.no_log")


def _origin(root: Path, name: str) -> str:
    """The origin of the log that the index calls so; raises `openlog.no_log`."""
    for row in _index(root).get("logs", []):
        if row.get("name") == name:
            return str(row["origin"])
    raise Refusal("openlog.no_log")


def _key(root: Path) -> bytes:
    """The commitment key that the index publishes; raises `openlog.no_log`."""
    try:
        return bytes.fromhex(str(_index(root)["commitment_key"]))
    except (KeyError, ValueError) as error:
        raise Refusal("openlog.no_log") from error


def _index(root: Path) -> dict[str, Any]:
    for path in (root / "index.json", root.parent / "index.json"):
        try:
            found = json.loads(path.read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(found, dict):
            return found
    raise Refusal("openlog.no_log")


def _plain(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text[: receipts.MAX_QR + 1])
    except (ValueError, RecursionError) as error:
        raise receipts.bad("json") from error
    if not isinstance(found, dict):
        raise receipts.bad("json")
    return found


def _entry(folder: Folder, index: int, size: int) -> bytes:
    return _bundle(folder, index // WIDTH, size)[index % WIDTH]


def _bundle(folder: Folder, index: int, size: int) -> list[bytes]:
    """The entries of a bundle; a full one stands in for the partial one that was tidied away."""
    tile = Tile(ENTRIES, index, min(WIDTH, size - index * WIDTH))
    data = folder.get(tile.path)
    if data is not None:
        return tiles.unbundle(data, tile.width)
    whole = folder.get(tile.whole().path)
    return tiles.unbundle(whole, WIDTH)[: tile.width] if whole is not None else tiles.unbundle(b"", tile.width)


class _Scan:
    """Reads all entries of a folder once, checked against the signed root; remembers the days it saw."""

    def __init__(self, folder: Folder, here: Checkpoint) -> None:
        self.folder, self.here = folder, here
        self.days: list[date] = []

    def find(self, commitment: str) -> tuple[int | None, date | None]:
        """The index of the entry with this commitment, and the newest day where there is none."""
        for index, found in self.commitments():
            if found == commitment:
                return index, None
        return None, self.days[0] if self.days else None

    def commitments(self) -> Iterator[tuple[int, str]]:
        """Index and commitment of each entry; raises `openlog.root_differs` at the end where the log is not whole."""
        grown = tree.CompactRange()
        for number in range(-(-self.here.size // WIDTH)):
            for at, data in enumerate(_bundle(self.folder, number, self.here.size)):
                grown.append(tree.leaf_hash(data))
                entry = entries.read_entry(data)
                self._note(entry)
                yield number * WIDTH + at, str(entry.get("c", ""))
        if grown.root() != self.here.root:
            raise Refusal("openlog.root_differs")

    def _note(self, entry: dict[str, Any]) -> None:
        try:
            day = date.fromisoformat(str(entry.get("at", ""))[:10])
        except ValueError:
            return
        if not self.days or day > self.days[0]:
            self.days = [day]


def _day(seconds: int) -> date:
    """The civil day in Cambodia of a cosignature's time."""
    return datetime.fromtimestamp(min(seconds, 2**33) + _PHNOM_PENH_SECONDS, UTC).date()
