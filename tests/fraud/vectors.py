"""Random proofs and receipts, and what each verifier says of them: one letter a line, 1 holds, 0 refused."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import srok_verify
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import policy, receipts, tree
from tests.fraud import folder
from tests.fraud.chance import Chance
from tests.fraud.folder import KC, REGISTER, WITNESSES, Log, Signer
from tools.oracles import PYTHON

HERE = Path(__file__).parent
NODE = shutil.which("node")
Proof = dict[str, object]
BAD = (srok_verify.Refused, ValueError, KeyError, TypeError, AttributeError, OverflowError)


class Forest:
    """A tree of so many leaves whose proofs at any size come fast: the hashes of complete subtrees are kept."""

    def __init__(self, size: int, chance: Chance):
        self.levels = [[folder.leaf(chance.bytes(8)) for _ in range(size)]]
        while len(self.levels[-1]) > 1:
            row = self.levels[-1]
            self.levels.append([folder.node(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)])

    def over(self, start: int, end: int) -> bytes:
        """MTH of the leaves [start, end)."""
        width = end - start
        level = width.bit_length() - 1
        if width == 1 << level and start % width == 0:
            return self.levels[level][start >> level]
        half = 1 << (width - 1).bit_length() - 1
        return folder.node(self.over(start, start + half), self.over(start + half, end))

    def path(self, index: int, start: int, end: int) -> list[bytes]:
        """PATH of a leaf among [start, end)."""
        if end - start == 1:
            return []
        half = start + (1 << (end - start - 1).bit_length() - 1)
        if index < half:
            return [*self.path(index, start, half), self.over(half, end)]
        return [*self.path(index, half, end), self.over(start, half)]

    def growth(self, old: int, start: int, end: int, whole: bool) -> list[bytes]:
        """SUBPROOF of the first `old` leaves of [start, end)."""
        if old == end - start:
            return [] if whole else [self.over(start, end)]
        half = 1 << (end - start - 1).bit_length() - 1
        if old <= half:
            return [*self.growth(old, start, start + half, whole), self.over(start + half, end)]
        return [*self.growth(old - half, start + half, end, False), self.over(start, start + half)]


def proofs(n: int, seed: object, largest: int = 5000) -> Iterator[Proof]:
    """Random proofs of inclusion and growth; every second one is then changed in one bit of a hash, or otherwise."""
    chance = Chance("vectors", seed)
    forest = Forest(largest, chance)
    for place in range(n):
        size = 1 + chance.below(largest if chance.happens(0.7) else 40)
        made = included(forest, chance.below(size), size) if chance.happens(0.5) else grown(
            forest, 1 + chance.below(size), size)  # fmt: skip
        yield changed(made, chance) if place % 2 else made


def included(forest: Forest, index: int, size: int) -> Proof:
    """A true proof of inclusion."""
    path = [part.hex() for part in forest.path(index, 0, size)]
    return {"k": "i", "at": str(index), "size": str(size), "hashes": [forest.levels[0][index].hex(),
            forest.over(0, size).hex()], "path": path}  # fmt: skip


def grown(forest: Forest, old: int, size: int) -> Proof:
    """A true proof of growth."""
    path = [part.hex() for part in forest.growth(old, 0, size, True)]
    roots = [forest.over(0, old).hex(), forest.over(0, size).hex()]
    return {"k": "c", "at": str(old), "size": str(size), "hashes": roots, "path": path}


def changed(made: Proof, chance: Chance) -> Proof:
    """One bit of one hash flipped; now and then a hash more, less or cut, or a number beyond its bounds."""
    hashes, path = [*made["hashes"]], [*made["path"]]  # type: ignore[misc]
    what = chance.below(20)
    if what == 0:
        path.insert(chance.below(len(path) + 1), chance.bytes(32).hex())
    elif what == 1 and path:
        path.pop(chance.below(len(path)))
    elif what == 2:
        hashes[0] = hashes[0][:-2]
    elif what == 3:
        return {**made, "at": made["size"] if made["k"] == "i" else "0"}
    elif what == 4:
        return {**made, "size": str(2**63)}
    else:
        place = chance.below(len(hashes) + len(path))
        row, at = (hashes, place) if place < len(hashes) else (path, place - len(hashes))
        raw = bytearray.fromhex(row[at])
        raw[chance.below(32)] ^= 1 << chance.below(8)
        row[at] = raw.hex()
    return {**made, "hashes": hashes, "path": path}


def by_file(made: Proof) -> bool:
    """`srok_verify.py`."""
    hashes, path = [bytes.fromhex(one) for one in made["hashes"]], [bytes.fromhex(one) for one in made["path"]]  # type: ignore[attr-defined]
    at, size = int(str(made["at"])), int(str(made["size"]))
    try:
        if made["k"] == "i":
            srok_verify.check_inclusion(at, size, hashes[0], path, hashes[1])
        else:
            srok_verify.check_consistency(at, size, (hashes[0], hashes[1]), path)
    except srok_verify.Refused:
        return False
    return True


def by_library(made: Proof) -> bool:
    """The library."""
    hashes, path = [bytes.fromhex(one) for one in made["hashes"]], [bytes.fromhex(one) for one in made["path"]]  # type: ignore[attr-defined]
    at, size = int(str(made["at"])), int(str(made["size"]))
    try:
        if made["k"] == "i":
            tree.verify_inclusion(at, size, hashes[0], path, hashes[1])
        else:
            tree.verify_consistency((at, size), (hashes[0], hashes[1]), path)
    except Refusal:
        return False
    return True


def by_browser(lines: Iterable[str]) -> str:
    """The browser's verifier, in Node: proofs as JSON lines, or `{"receipt": hex}` with a first line of policy."""
    return _piped([str(NODE), str(HERE / "judge.js")], lines)


def by_oracle(lines: Iterable[str]) -> str:
    """aics-tlog, in its own venv."""
    return _piped([str(PYTHON), str(HERE / "judge_oracle.py")], lines)


def _piped(command: list[str], lines: Iterable[str]) -> str:
    done = subprocess.run(command, input="\n".join(lines) + "\n", text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


# --- receipts, bit by bit --------------------------------------------------------------------------------------------


@cache
def receipt() -> bytes:
    """A receipt whose every byte counts: signed by the log (Ed25519) and four witnesses, all of whom are asked for."""
    log = Log(REGISTER, [b'{"n":%d}' % n for n in range(1000)])
    row = {"card": "c", "number": "900000017", "state": "handed_over"}
    opening = bytes(range(32))
    entry = {"v": 1, "t": "card.handed_over", "c": folder.commit(opening, "card", 3, row).hex()}
    index = log.add(entry)
    extra = {
        "v": 1,
        "entry": entry,
        "label": "card",
        "version": 3,
        "row": row,
        "opening": opening.hex(),
        "key": KC.hex(),
    }
    raw = log.receipt(index, extra)
    text = raw.decode().rpartition("\n\n")[0].partition("\n\n")[2] + "\n"
    keys = [Signer(REGISTER, 1), *WITNESSES]
    lines = "".join(key.line(text, 0 if key.kind == 1 else 1_746_000_000) for key in keys)
    return raw.partition(b"\n\n")[0] + b"\n\n" + (text + "\n" + lines).encode()


def policy_text() -> str:
    """The Ed25519 key of the log, and all four witnesses."""
    lines = [f"log {Signer(REGISTER, 1).vkey}"]
    lines += [f"witness W{n} {key.vkey}" for n, key in enumerate(WITNESSES)]
    return "\n".join([*lines, "group all-four all W0 W1 W2 W3", "quorum all-four", ""])


def flips(n: int, seed: object) -> Iterator[bytes]:
    """The receipt with one bit changed, `n` times."""
    chance, raw = Chance("flips", seed), receipt()
    for _ in range(n):
        bit = chance.below(8 * len(raw))
        made = bytearray(raw)
        made[bit // 8] ^= 1 << bit % 8
        yield bytes(made)


def receipt_by_file() -> Callable[[bytes], bool]:
    """`srok_verify.py` on receipts."""
    trusted = srok_verify.Policy(policy_text().encode())

    def judge(raw: bytes) -> bool:
        try:
            read = srok_verify.Receipt(raw)
            read.check(trusted.accept(read.note), None, KC)
        except BAD:
            return False
        return True

    return judge


def receipt_by_library() -> Callable[[bytes], bool]:
    """The library on receipts."""
    trusted = policy.read_policy(policy_text().encode())

    def judge(raw: bytes) -> bool:
        try:
            receipts.check_receipt(receipts.read_receipt(raw), trusted)
        except Refusal:
            return False
        return True

    return judge


def receipt_lines(raws: Iterable[bytes]) -> list[str]:
    """What `judge.js` reads of receipts."""
    return [
        json.dumps({"policy": policy_text(), "key": KC.hex()}),
        *(json.dumps({"receipt": raw.hex()}) for raw in raws),
    ]
