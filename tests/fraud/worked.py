"""Writes docs/openlog-worked.md: the bytes of every step, from a small log. `python -m tests.fraud.worked`."""

import base64
import json
from pathlib import Path

from tests.fraud import folder
from tests.fraud.folder import KC, REGISTER, WITNESSES, Log, Signer, canonical, commit, node

TARGET = Path(__file__).resolve().parents[2] / "docs" / "openlog-worked.md"
TIME = 1_747_022_400
OPENING = bytes(range(32))
ROW = {"commune": "120101", "on": "2025-05-12", "row": "0196c2a0-0000-7000-8000-000000000001", "state": "entered"}
HEAD = """<!-- Written by `python -m tests.fraud.worked`; a test compares it with the code. Do not edit. -->

# The public log, byte by byte

A log of five entries with keys that are made for this page (seeds are hashes of their names, never used elsewhere).
Hexadecimal unless said otherwise. Explanations: [the public log](openlog.md), "Writing a verifier".

"""


def entries() -> list[bytes]:
    """Five entries: a period, two rows, a correction of the first, a list."""
    first = {"v": 1, "t": "row.add", "at": "2025-05-12", "by": ["00" * 8], "case": "11" * 16, "commune": "120101",
             "c": commit(OPENING, "voter row", 1, ROW).hex()}  # fmt: skip
    second = {**first, "case": "22" * 16, "c": commit(bytes(32), "voter row", 1, {**ROW, "row": "other"}).hex()}
    later = {**ROW, "state": "moved"}
    third = {**first, "t": "row.correct", "case": "33" * 16, "prev": 1,
             "c": commit(OPENING[::-1], "voter row", 2, later).hex()}  # fmt: skip
    about_nobody = {"v": 1, "at": "2025-04-20T01:00Z", "by": ["00" * 8]}
    period = {**about_nobody, "t": "period.open", "case": "44" * 16, "year": 2025, "from": "2025-05-01",
              "until": "2025-05-26"}  # fmt: skip
    closed = {**about_nobody, "t": "period.close", "at": "2025-05-26T10:00Z", "case": "55" * 16, "year": 2025}
    return [canonical(one) for one in (period, first, second, third, closed)]


def page() -> str:
    """The whole page."""
    log = Log(REGISTER, entries())
    leaves = log.leaves()
    parts = [HEAD, *commitment(), *tree(log, leaves), *signatures(log), *receipt(log)]
    return "".join(parts)


def block(title: str, *lines: str) -> str:
    """A heading and a block of text."""
    return f"## {title}\n\n" + "".join(f"    {line}\n" for text in lines for line in text.split("\n")) + "\n"


def commitment() -> list[str]:
    """The commitment of the first row."""
    body = canonical(ROW)
    return [
        block("1. The commitment of a row", f"Kc       {KC.hex()}", f"opening  {OPENING.hex()}",
              f"label    09 {b'voter row'.hex()}", "version  00000001", f"length   {len(body):08x}",
              f"row      {body.decode()}", f"c        {commit(OPENING, 'voter row', 1, ROW).hex()}"),
    ]  # fmt: skip


def tree(log: Log, leaves: list[bytes]) -> list[str]:
    """Entries, leaves, nodes, tiles, proofs."""
    pairs = [node(leaves[0], leaves[1]), node(leaves[2], leaves[3])]
    four = node(*pairs)
    bundle = b"".join(len(one).to_bytes(2, "big") + one for one in log.entries)
    path = [part.hex() for part in folder.path_of(1, leaves)]
    growth = [part.hex() for part in folder.growth(3, leaves)]
    return [
        block("2. Entries and leaf hashes", *(f"{at} {one.decode()}\n  {leaves[at].hex()}"
                                              for at, one in enumerate(log.entries))),
        block("3. The tree", f"node(0, 1)          {pairs[0].hex()}", f"node(2, 3)          {pairs[1].hex()}",
              f"node(0..3)          {four.hex()}", f"root of 3           {folder.root(leaves[:3]).hex()}",
              f"root of 5           {node(four, leaves[4]).hex()}"),
        block("4. Tiles", "tile/0/000.p/5       160 bytes: the five leaf hashes, one behind the other",
              f"tile/entries/000.p/5 {len(bundle)} bytes, beginning with {bundle[:2].hex()} (the length of entry 0)",
              f"SHA-256 of the bundle {folder.hashlib.sha256(bundle).hexdigest()}"),
        block("5. Proofs", "inclusion of entry 1 in 5:", *path, "growth from 3 to 5:", *growth),
    ]  # fmt: skip


def signatures(log: Log) -> list[str]:
    """Key, checkpoint, messages."""
    key, witness, pq = Signer(REGISTER, 1), WITNESSES[0], Signer(REGISTER, 6)
    text = folder.checkpoint_text(REGISTER, 5, folder.root(log.leaves()))
    message = b"subtree/v1\n\0" + bytes([len(REGISTER)]) + REGISTER.encode() + TIME.to_bytes(8, "big")
    message += bytes([len(REGISTER)]) + REGISTER.encode() + bytes(8) + (5).to_bytes(8, "big")
    message += base64.b64decode(text.split("\n")[2])
    return [
        block("6. Keys", f"public key of the log  {key.public.hex()}", f"key ID                 {key.id.hex()}",
              f"verifier key           {key.vkey}", f"verifier key, witness  {witness.vkey}",
              f"ML-DSA-44 key ID       {pq.id.hex()} (the key itself: 1,312 bytes)"),
        block("7. The checkpoint, signed and cosigned", note(log).rstrip("\n")),
        block("8. What the witness signed", f"cosignature/v1\ntime {TIME}\n{text}".rstrip("\n")),
        block("9. What an ML-DSA-44 key signs", f"at the time {TIME}: {len(message)} bytes", message.hex()),
    ]  # fmt: skip


def note(log: Log) -> str:
    """The checkpoint with the two Ed25519 signatures; ML-DSA signs with chance and would differ each time."""
    text = folder.checkpoint_text(REGISTER, 5, folder.root(log.leaves()))
    return text + "\n" + Signer(REGISTER, 1).line(text) + WITNESSES[0].line(text, TIME)


def proof(log: Log) -> bytes:
    """The receipt of entry 1."""
    extra = {"v": 1, "entry": json.loads(log.entries[1]), "label": "voter row", "version": 1, "row": ROW,
             "opening": OPENING.hex(), "key": KC.hex()}  # fmt: skip
    lines = ["c2sp.org/tlog-proof@v1", "extra " + base64.b64encode(canonical(extra)).decode(), "index 1"]
    lines += [base64.b64encode(part).decode() for part in folder.path_of(1, log.leaves())]
    return ("\n".join([*lines, "", ""]) + note(log)).encode()


def policy() -> str:
    """The policy of this page."""
    witness = WITNESSES[0]
    return f"# one log, one witness\nlog {Signer(REGISTER, 1).vkey}\nwitness W1 {witness.vkey}\nquorum W1\n"


def receipt(log: Log) -> list[str]:
    """The receipt and its policy."""
    return [
        block("10. A policy", policy().rstrip("\n")),
        block("11. The receipt of entry 1 under this policy", proof(log).decode().rstrip("\n")),
    ]


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
