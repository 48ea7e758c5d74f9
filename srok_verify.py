#!/usr/bin/env python3
"""Check a public log of Srok without Srok: one file, standard library and `cryptography` (with ML-DSA).
    python srok_verify.py DIR [--receipt FILE] [--policy FILE] [--old CHECKPOINT] [--key HEX] [--json]
DIR: one log's folder, or the folder of both. Exit 0 it holds, 1 it does not, 2 unreadable. Written from RFC 6962, from
C2SP (signed-note, tlog-checkpoint, -tiles, -cosignature, -proof, -policy) and docs/openlog.md; short on purpose.
"""

# fmt: off
import argparse
import base64
import hashlib
import hmac
import json
import re
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

WIDTH, MAX_ENTRY, MAX_NOTE, MAX_FILE, MAX_SIGNATURES = 256, 8192, 1 << 20, 1 << 23, 64
KINDS = {1: (Ed25519PublicKey, 32, 64), 4: (Ed25519PublicKey, 32, 72), 6: (MLDSA44PublicKey, 1312, 2428)}
SAYS = {
    "unreadable_file": ("A file is missing or cannot be read.", "ឯកសារមួយបាត់ ឬអានមិនបាន។"),
    "malformed_note": ("The signed checkpoint is not well formed.", "ចំណុចត្រួតពិនិត្យដែលមានហត្ថលេខាខុសទម្រង់។"),
    "malformed_policy": ("The policy or one of its keys is not well formed.", "គោលការណ៍ ឬសោណាមួយក្នុងនោះខុសទម្រង់។"),
    "malformed_receipt": ("The receipt is not well formed.", "បង្កាន់ដៃខុសទម្រង់។"),
    "bad_signature": ("A signature of a known key is wrong.", "ហត្ថលេខានៃសោដែលស្គាល់មិនត្រឹមត្រូវ។"),
    "not_signed": ("No log of the policy has signed this.", "គ្មានកំណត់ហេតុណាក្នុងគោលការណ៍បានចុះហត្ថលេខាលើនេះទេ។"),
    "quorum_missing": ("Too few witnesses have cosigned.", "សាក្សីដែលបានចុះហត្ថលេខារួមមិនគ្រប់ចំនួន។"),
    "torn_tile": ("A tile or a bundle of entries is missing or cut.", "បន្ទះ ឬបណ្ដុំធាតុបាត់ ឬមិនពេញលេញ។"),
    "tile_differs": ("A tile is not what its entries give.", "បន្ទះមួយមិនស្របនឹងធាតុរបស់វា។"),
    "root_differs": ("The entries do not give the signed root.", "ធាតុទាំងអស់មិនផ្ដល់ឫសដែលបានចុះហត្ថលេខា។"),
    "wrong_path": ("The path does not lead to the signed root.", "ផ្លូវភស្តុតាងមិននាំទៅដល់ឫសដែលបានចុះហត្ថលេខា។"),
    "rewritten": ("The log is not a growth of its older state.", "កំណត់ហេតុមិនមែនជាការបន្តពីសភាពមុនរបស់វា។"),
    "no_key": ("The commitment key is not known.", "មិនស្គាល់សោសាធារណៈសម្រាប់ផ្ទៀងផ្ទាត់ជួរ។"),
    "opening_differs": ("Row and opening do not give the commitment.", "ជួរ និងកូនសោមិនផ្ដល់តម្លៃដែលមានក្នុងកំណត់ហេតុ។"),
}
UNREADABLE = {"unreadable_file", "malformed_note", "malformed_policy", "malformed_receipt"}
class Refused(Exception):  # a code of SAYS, and where
    pass
def need(holds: object, code: str, where: object = "") -> None:
    if not holds:
        raise Refused(code, str(where))
def number(text: str, code: str) -> int:
    need(re.fullmatch(r"0|[1-9][0-9]{0,18}", text, re.ASCII) and int(text) < 1 << 63, code, text[:40])
    return int(text)
def unbase64(text: str, code: str, length: int = 0) -> bytes:
    good = len(text) % 4 == 0 and re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", text, re.ASCII)
    raw = base64.b64decode(text) if good else b""
    need(raw and base64.b64encode(raw).decode() == text and length in (0, len(raw)), code, text[:40])
    return raw
def canonical(value: object) -> bytes:  # RFC 8785 of ASCII keys, lists, integers, text, true, false, null
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()

def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\0" + entry).digest()
def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()

def tree_hash(hashes: list) -> bytes:  # of subtrees of one size, the last perhaps smaller
    while len(hashes) > 1:
        pairs = [node_hash(*hashes[at : at + 2]) for at in range(0, len(hashes) - 1, 2)]
        hashes = pairs + hashes[2 * len(pairs) :]
    return hashes[0] if hashes else hashlib.sha256().digest()

def climb(index: int, size: int, leaf: bytes, path: list) -> bytes:  # the root (RFC 6962 section 2.1.1)
    need(bool(path) == (size > 1), "wrong_path", "length")
    half = 1 << (size - 1).bit_length() >> 1
    if size == 1:
        return leaf
    if index < half:
        return node_hash(climb(index, half, leaf, path[:-1]), path[-1])
    return node_hash(path[-1], climb(index - half, size - half, leaf, path[:-1]))
def check_inclusion(index: int, size: int, leaf: bytes, path: list, root: bytes) -> None:
    need(0 <= index < size < 1 << 63 and {len(part) for part in (leaf, root, *path)} == {32}, "wrong_path", index)
    need(climb(index, size, leaf, path) == root, "wrong_path", index)

def grow(old: int, new: int, known: bytes | None, path: list) -> tuple:  # old and new root (section 2.1.2)
    need(len(path) == (known is None) if old == new else path, "rewritten", "length")
    half = 1 << (new - 1).bit_length() >> 1
    if old == new:
        return (known or path[0],) * 2
    if old <= half:
        first, second = grow(old, half, known, path[:-1])
        return first, node_hash(second, path[-1])
    first, second = grow(old - half, new - half, None, path[:-1])
    return node_hash(path[-1], first), node_hash(path[-1], second)
def check_consistency(old: int, new: int, roots: tuple, path: list) -> None:  # roots: old, new
    need(0 < old <= new < 1 << 63 and {len(part) for part in (*roots, *path)} == {32}, "rewritten", f"{old} {new}")
    need(grow(old, new, roots[0], path) == roots, "rewritten", f"{old} {new}")

class Key:
    """A verifier key `name+id+base64(type || public key)` of type 0x01, 0x04 or 0x06."""
    def __init__(self, vkey: str):
        found = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+(\S+)", vkey)
        need(found and len(found[1].encode("utf-8", "replace")) < 256, "malformed_policy", vkey[:60])
        raw = unbase64(found[3], "malformed_policy")
        need(raw[0] in KINDS and len(raw) == 1 + KINDS[raw[0]][1], "malformed_policy", vkey[:60])
        self.name, self.kind, self.public = found[1], raw[0], raw[1:]
        self.id = hashlib.sha256(self.name.encode("utf-8", "surrogateescape") + b"\n" + raw).digest()[:4]
        need(self.id.hex() == found[2], "malformed_policy", vkey[:60])

    def check(self, made: bytes, note: "Checkpoint") -> int:  # the time it states, or 0
        need(len(made) == KINDS[self.kind][2], "bad_signature", self.name)
        time = 0 if self.kind == 1 else int.from_bytes(made[:8], "big")
        body = note.text.encode() if self.kind == 1 else b"cosignature/v1\ntime %d\n%b" % (time, note.text.encode())
        if self.kind == 6:
            name, origin = (bytes([len(text.encode())]) + text.encode() for text in (self.name, note.origin))
            body = b"subtree/v1\n\0" + name + made[:8] + origin + bytes(8) + note.size.to_bytes(8, "big") + note.root
        try:
            KINDS[self.kind][0].from_public_bytes(self.public).verify(made if self.kind == 1 else made[8:], body)
        except (InvalidSignature, ValueError) as error:
            raise Refused("bad_signature", self.name) from error
        need(time < 1 << 63, "bad_signature", self.name)
        return time

class Checkpoint:
    """A parsed, not yet trusted checkpoint: origin, size, root, text and signature lines (name, key id, rest)."""
    def __init__(self, note: bytes):
        whole = note.decode("utf-8", "replace")
        good = len(note) <= MAX_NOTE and whole.encode() == note and not re.search("[\0-\x09\x0b-\x1f]", whole)
        head, blank, tail = whole.rpartition("\n\n")
        lines = [re.fullmatch(r"— ([^\s+]+) (\S{8,})", line) for line in tail[:-1].split("\n")]
        parts, good = head.split("\n"), good and blank and tail.endswith("\n") and len(lines) <= MAX_SIGNATURES
        need(good and all(lines) and len(parts) == 3 and 0 < len(parts[0].encode()) < 256, "malformed_note", head[:60])
        raws = [(line[1], unbase64(line[2], "malformed_note")) for line in lines]
        self.text, self.signatures = head + "\n", [(name, raw[:4], raw[4:]) for name, raw in raws]
        self.origin, self.size = parts[0], number(parts[1], "malformed_note")
        self.root = unbase64(parts[2], "malformed_note", 32)
        self.signed, self.cosigned = [], {}

class Policy:
    """A policy file: logs, witnesses (name -> key), groups (name -> least, members), quorum."""
    def __init__(self, raw: bytes):
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {"none": (0, [])}, ""
        for line in raw.decode("utf-8", "surrogateescape").split("\n"):
            words = re.split("[ \t]+", line.strip(" \t"))
            good = not re.search("[\0-\x08\x0b-\x1f\x7f]", line)
            need(good and (not words[0] or words[0][0] == "#" or self.line(*words)), "malformed_policy", line[:60])
        need(self.quorum and raw.endswith(b"\n"), "malformed_policy", "quorum or last line")

    def line(self, kind: str, *rest: str) -> bool:
        known = {*self.witnesses, *self.groups}
        if kind == "log" and len(rest) in (1, 2):
            self.logs.append(Key(rest[0]))
            return len(self.logs) == len({key.public for key in self.logs})
        if kind == "witness" and len(rest) in (2, 3) and rest[0] not in known:
            self.witnesses[rest[0]] = Key(rest[1])
            return len(self.witnesses) == len({key.public for key in self.witnesses.values() if key.kind != 1})
        if kind == "group" and len(rest) > 2 and rest[0] not in known:
            used = [name for _, members in self.groups.values() for name in members] + [*rest[2:]]
            least = {"all": len(rest) - 2, "any": 1}.get(rest[1]) or number(rest[1], "malformed_policy")
            self.groups[rest[0]] = (least, rest[2:])
            return 1 <= least <= len(rest) - 2 and len(used) == len(set(used)) and known - {"none"} >= set(rest[2:])
        free, self.quorum = not self.quorum, rest[0] if rest else ""
        return kind == "quorum" and len(rest) == 1 and free and self.quorum in known

    def holds(self, name: str, cosigned: dict) -> bool:
        least, members = self.groups.get(name, (0, None))
        return name in cosigned if members is None else sum(self.holds(one, cosigned) for one in members) >= least

    def accept(self, note: bytes) -> Checkpoint:
        """The checkpoint with `signed` (log keys) and `cosigned` (witness -> time); refused unless the policy holds."""
        found = Checkpoint(note)
        keys = [("", key) for key in self.logs if key.name == found.origin] + [*self.witnesses.items()]
        for name, key_id, made in found.signatures:
            for witness, key in keys:
                if (key.name, key.id) == (name, key_id):
                    found.cosigned[witness] = key.check(made, found)
                    found.signed += [] if witness else [f"{name} 0x{key.kind:02x}"]
        need(found.signed, "not_signed", found.origin)
        found.cosigned.pop("")
        need(self.holds(self.quorum, found.cosigned), "quorum_missing", self.quorum)
        return found

def read(path: Path) -> bytes:
    need(path.is_file() and path.stat().st_size <= MAX_FILE, "unreadable_file", path)
    return path.read_bytes()
def tile(folder: Path, level: object, index: int, width: int) -> tuple:  # a full one stands in for a partial
    name = f"{index % 1000:03d}"
    while index := index // 1000:
        name = f"x{index % 1000:03d}/{name}"
    full = folder / "tile" / str(level) / name
    partial = full.with_name(f"{full.name}.p") / str(width)
    path = partial if width < WIDTH and (partial.is_file() or not full.is_file()) else full
    need(path.is_file(), "torn_tile", path)
    return path, read(path), width if path == partial else WIDTH
def check_tile(folder: Path, level: int, index: int, hashes: list) -> None:
    path, raw, width = tile(folder, level, index, len(hashes))
    need(len(raw) == 32 * width, "torn_tile", path)
    need(raw.startswith(b"".join(hashes)), "tile_differs", path)

def bundles(folder: Path, size: int, start: int = 0):  # the entries, a list for each bundle from `start` on
    for index in range(start, -(-size // WIDTH)):
        path, raw, width = tile(folder, "entries", index, min(WIDTH, size - index * WIDTH))
        entries, at = [], 0
        while at < len(raw):
            first, at = at + 2, at + 2 + int.from_bytes(raw[at : at + 2], "big")
            need(first <= len(raw) >= at and at - first <= MAX_ENTRY, "torn_tile", path)
            entries.append(raw[first:at])
        need(len(entries) == width, "torn_tile", path)
        yield entries[: size - index * WIDTH]

def check_tree(folder: Path, signed: Checkpoint, look=lambda first, entries: None, sizes=()) -> dict:
    """Every bundle and tile against the signed root; `look` sees each bundle; returns the roots at `sizes`."""
    levels, roots = [[] for _ in range(9)], {0: tree_hash([])}
    for index, entries in enumerate(bundles(folder, signed.size)):
        look(index * WIDTH, entries)
        hashes, level = [leaf_hash(entry) for entry in entries], 0
        for size in {signed.size, *sizes}:
            if 0 < size - index * WIDTH <= len(hashes):
                carried = hashes[: size - index * WIDTH]
                for above in levels[1:]:
                    carried = [*above, tree_hash(carried)]
                roots[size] = tree_hash(carried)
        check_tile(folder, 0, index, hashes)
        while len(hashes) == WIDTH:
            levels[level], level, index = [], level + 1, index // WIDTH
            hashes = levels[level] = [*levels[level], tree_hash(hashes)]
            if len(hashes) == WIDTH:
                check_tile(folder, level, index, hashes)
    for level, hashes in enumerate(levels):
        if hashes:
            check_tile(folder, level, signed.size // WIDTH ** (level + 1), hashes)
    need(roots[signed.size] == signed.root, "root_differs", signed.origin)
    return roots

class Receipt:
    """A `.tlog-proof`: extra (the JSON of docs/openlog.md, or {}), index, path, and the note of its checkpoint."""
    def __init__(self, raw: bytes):
        head, blank, self.note = raw.partition(b"\n\n")
        lines = head.decode("ascii", "replace").split("\n")
        need(blank and lines.pop(0) == "c2sp.org/tlog-proof@v1" and lines, "malformed_receipt", "header")
        extra = unbase64(lines.pop(0)[6:], "malformed_receipt") if lines[0].startswith("extra ") else b"{}"
        try:
            self.extra = json.loads(extra)
            good = isinstance(self.extra, dict) and canonical(self.extra) == extra
        except (ValueError, RecursionError) as error:
            raise Refused("malformed_receipt", "extra") from error
        need(good and lines and lines[0].startswith("index "), "malformed_receipt", "extra or index")
        self.index = number(lines.pop(0)[6:], "malformed_receipt")
        self.path = [unbase64(line, "malformed_receipt", 32) for line in lines]

    def check(self, signed: Checkpoint, folder: Path | None, key: bytes) -> dict:  # the entry, found and opened
        said, parts = {*self.extra} - {"v", "entry", "key"}, {"label", "opening", "row", "version"}
        good = said in (set(), parts) and self.extra.get("v", 1) == 1 and ("key" not in self.extra or said)
        need(good and ("entry" in self.extra or folder and self.index < signed.size), "malformed_receipt", "extra")
        entry = canonical(self.extra["entry"]) if "entry" in self.extra else (
            next(bundles(folder, signed.size, self.index // WIDTH))[self.index % WIDTH])
        check_inclusion(self.index, signed.size, leaf_hash(entry), self.path, signed.root)
        if said:
            need(len(key := key or bytes.fromhex(self.extra.get("key", ""))) == 32, "no_key")
            opening, row = bytes.fromhex(self.extra["opening"]), canonical(self.extra["row"])
            label, version = self.extra["label"].encode(), self.extra["version"].to_bytes(4, "big")
            body = opening + bytes([len(label)]) + label + version + len(row).to_bytes(4, "big") + row
            good = opening.hex() == self.extra["opening"] and key.hex() == self.extra.get("key", key.hex())
            same = json.loads(entry)["c"] == hmac.digest(key, body, "sha256").hex() and len(opening) == 32
            need(same and good, "opening_differs", self.index)
        return json.loads(entry)

def run(given: argparse.Namespace) -> dict:  # refuses at the first thing that does not hold
    index = next((one for one in (given.dir / "index.json", given.dir.parent / "index.json") if one.is_file()), None)
    told = json.loads(read(index)) if index else {}
    lines = [f"log {key}" for log in told.get("logs", []) for key in log["keys"]] + ["quorum none\n"]
    policy = Policy(read(given.policy) if given.policy else (told.get("policy") or "\n".join(lines)).encode())
    receipt = Receipt(read(given.receipt)) if given.receipt else None
    notes = ([receipt.note] if receipt else []) + ([read(given.old)] if given.old else [])
    asked, key, logs = [policy.accept(note) for note in notes], given.key or told.get("commitment_key", ""), {}
    for folder in sorted(path.parent for path in (*given.dir.glob("checkpoint"), *given.dir.glob("*/checkpoint"))):
        signed = policy.accept(read(folder / "checkpoint"))
        mine = [one for one in asked if one.origin == signed.origin]
        roots = check_tree(folder, signed, sizes=[one.size for one in mine])
        need(all(roots.get(one.size) == one.root for one in mine), "rewritten", signed.origin)
        logs[signed.origin] = {name: getattr(signed, name) for name in ("size", "signed", "cosigned")}
        logs[signed.origin] |= {"root": signed.root.hex(), "folder": folder}
    need(logs or receipt, "unreadable_file", given.dir)
    folder = logs.get(asked[0].origin, {}).get("folder") if receipt else None
    entry = receipt.check(asked[0], folder, bytes.fromhex(key)) if receipt else None
    shown = receipt and {"index": receipt.index, "entry": entry, "row": receipt.extra.get("row")}
    return {"logs": logs, "receipt": shown}

def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name, kind in {"dir": Path, "--receipt": Path, "--policy": Path, "--old": Path, "--key": str}.items():
        words.add_argument(name, type=kind)
    words.add_argument("--json", action="store_true")
    given = words.parse_args()
    try:
        status, told = 0, {"ok": True, **run(given)}
    except (Refused, OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError) as problem:
        code, where = problem.args if isinstance(problem, Refused) else ("unreadable_file", repr(problem))
        status, said = 2 if code in UNREADABLE else 1, {"message_en": SAYS[code][0], "message_km": SAYS[code][1]}
        told = {"ok": False, "code": f"verify.{code}", "where": where, **said}
    print(json.dumps(told, ensure_ascii=False, indent=None if given.json else 1, default=str))
    return status

if __name__ == "__main__":
    raise SystemExit(main())
