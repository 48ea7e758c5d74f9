"""`srok_verify.py` against folders written by hand: what holds, what is refused, and with which code."""

import ast
import base64
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import srok_verify
from srok_verify import Refused
from tests.fraud import folder
from tests.fraud.chance import Chance
from tests.fraud.conftest import Published
from tests.fraud.folder import REGISTER, WITNESSES, Log, Signer

ROOT = Path(srok_verify.__file__).parent


def verify(*words: object) -> tuple[int, dict]:
    done = subprocess.run([sys.executable, str(ROOT / "srok_verify.py"), *map(str, words), "--json"],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert not done.stderr
    return done.returncode, json.loads(done.stdout)


def policy(text: str | None = None) -> srok_verify.Policy:
    return srok_verify.Policy((text or folder.policy_text()).encode())


def code_of(made: Refused) -> str:
    return made.args[0]


def test_it_is_one_short_file_without_srok():
    text = (ROOT / "srok_verify.py").read_text()
    assert len(text.splitlines()) < 300
    names = [n.module or "" for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ImportFrom)]
    names += [alias.name for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Import) for alias in n.names]
    assert {name.partition(".")[0] for name in names} <= {*sys.stdlib_module_names, "cryptography"}


def test_a_published_folder_holds(published: Published):
    status, told = verify(published.top, "--receipt", published.receipt, "--old", published.old)
    assert status == 0 and told["ok"]
    assert told["logs"][REGISTER]["size"] == len(published.register.entries)
    assert told["logs"][REGISTER]["signed"] == [f"{REGISTER} 0x01", f"{REGISTER} 0x06"]
    assert told["receipt"]["row"]["commune"]
    assert verify(published.top / "register")[0] == 0


def test_a_folder_of_nothing_is_unreadable(tmp_path: Path):
    status, told = verify(tmp_path)
    assert (status, told["code"]) == (2, "verify.unreadable_file")
    folder.write_index(tmp_path)
    assert verify(tmp_path)[0] == 2


def test_every_code_speaks_both_languages():
    for code, (english, khmer) in srok_verify.SAYS.items():
        assert english.endswith(".") and any("\u1780" <= letter <= "\u17ff" for letter in khmer), code


@pytest.mark.parametrize("what", ["entries", "0", "1"])
def test_a_torn_or_changed_tile_is_refused(published: Published, tmp_path: Path, what: str):
    top = tmp_path / "copy"
    shutil.copytree(published.top, top)
    for path in sorted((top / "register" / "tile" / what).rglob("*")):
        if path.is_file():
            raw = path.read_bytes()
            for torn in (raw[:-1], raw + b"\0", b"", raw[:40] + bytes([raw[40 % len(raw)] ^ 1]) + raw[41:]):
                path.write_bytes(torn)
                status, told = verify(top)
                assert status == 1 and told["code"] in (
                    "verify.torn_tile",
                    "verify.tile_differs",
                    "verify.root_differs",
                )
            path.write_bytes(raw)
            path.unlink()
            assert verify(top)[1]["code"] == "verify.torn_tile"
            path.write_bytes(raw)
            break
    assert verify(top)[0] == 0


def test_a_full_tile_stands_in_for_a_partial_one(tmp_path: Path):
    log = Log(REGISTER, [b'{"n":%d}' % n for n in range(600)])
    log.write(tmp_path / "register")
    grown = tmp_path / "register"
    smaller = log.note(300)
    for kind in ("entries", "0"):
        shutil.rmtree(grown / "tile" / kind / "002.p")
    (grown / "checkpoint").write_bytes(smaller)
    shutil.rmtree(grown / "tile" / "1")
    folder.put(grown, "1", 0, folder.root(log.leaves(256)), 1)
    folder.write_index(tmp_path)
    assert verify(tmp_path)[0] == 0


def test_an_empty_log_and_sizes_around_full_tiles_hold(tmp_path: Path):
    for size in (0, 1, 255, 256, 257, 512, 65_536, 65_537):
        top = tmp_path / str(size)
        Log(REGISTER, [b'{"n":%d}' % n for n in range(size)]).write(top / "register")
        folder.write_index(top)
        assert verify(top)[0] == 0, size


def test_signatures(published: Published):
    note = published.register.note()
    assert policy().accept(note).cosigned == dict.fromkeys(("W1", "W2", "W3", "W4"), 1_746_000_000)
    text, _, lines = note.decode().rpartition("\n\n")
    lines = lines.splitlines(keepends=True)

    def with_lines(*chosen: str) -> bytes:
        return f"{text}\n\n{''.join(chosen)}".encode()

    unknown = Signer("witness.example/nobody", 4).line(text + "\n", 5)
    assert policy().accept(with_lines(*lines, unknown)).signed
    assert policy().accept(with_lines(*lines, *[unknown] * 11)).signed  # 17 signatures
    for chosen, code in (
        (lines[2:], "not_signed"), (lines[:4], "quorum_missing"), (lines * 20, "malformed_note"),
        ([*lines, lines[0].replace("— ", "- ")], "malformed_note"), ([*lines, "— x y\n"], "malformed_note"),
        ([], "malformed_note"), ([*lines, "— a+b AAAAAAAA\n"], "malformed_note"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            policy().accept(with_lines(*chosen))
        assert code_of(refused.value) == code
    for place, line in enumerate(lines):
        head, coded = line.strip().rsplit(" ", 1)
        raw = bytearray(base64.b64decode(coded))
        raw[-1] ^= 1
        bad = f"{head} {base64.b64encode(raw).decode()}\n"
        with pytest.raises(Refused) as refused:
            policy().accept(with_lines(*lines[:place], bad, *lines[place + 1 :]))
        assert code_of(refused.value) == "bad_signature"


@pytest.mark.parametrize(
    "text",
    [
        "o\n01\n{root}\n", "o\n-1\n{root}\n", "o\n1\n{short}\n", "o\n1\n{root}\nextension\n", "\n1\n{root}\n",
        "o\n9223372036854775808\n{root}\n", "o\n1\n", "o\n1\n{root}\r\n", "o\n１\n{root}\n", "o\n1\n{loose}\n",
        "o\n99999999999999999999999\n{root}\n", "o\t\n1\n{root}\n",
    ],
)  # fmt: skip
def test_a_malformed_checkpoint_is_refused(text: str):
    root = base64.b64encode(bytes(range(32))).decode()
    said = text.format(root=root, short=base64.b64encode(bytes(31)).decode(), loose=root[:-2] + "9=")
    with pytest.raises(Refused) as refused:
        srok_verify.Checkpoint(f"{said}\n— x AAAAAAAA\n".encode())
    assert code_of(refused.value) == "malformed_note"


def test_largest_sizes_are_read():
    root = base64.b64encode(bytes(range(32))).decode()
    made = srok_verify.Checkpoint(f"o\n9223372036854775807\n{root}\n\n— x AAAAAAAA\n".encode())
    assert made.size == 2**63 - 1


@pytest.mark.parametrize(
    "lines",
    [
        "quorum W1", "witness none {w}\nquorum none", "witness W1 {w}\nwitness W2 {w}\nquorum W1",
        "log {l}\nlog {l}\nquorum none",
        "witness W1 {l}\nquorum W1", "witness W1 {w}\ngroup g 2 W1\nquorum g", "witness W1 {w}\ngroup g 0 W1\nquorum g",
        "witness W1 {w}\ngroup g any W1\ngroup h any W1\nquorum h", "quorum none\nquorum none",
        "group g any g\nquorum g", "",
        "witness W1 {w}\ngroup W1 any W1\nquorum W1", "log {l}x\nquorum none", "word\nquorum none", "quorum none\r",
        "witness W1 {w}\ngroup g any W1 W1\nquorum g", "quorum", "log {l} a b\nquorum none", "quorum none none",
    ],
)  # fmt: skip
def test_a_malformed_policy_is_refused(lines: str):
    with pytest.raises(Refused) as refused:
        policy(lines.format(w=WITNESSES[0].vkey, l=Signer(REGISTER, 1).vkey) + "\n")
    assert code_of(refused.value) == "malformed_policy"


def test_groups_count_as_the_policy_says():
    w = [f"witness W{n} {key.vkey}" for n, key in enumerate(WITNESSES)]
    text = "\n".join(["# two and two", *w, " group a\t2 W0 W1", "group b any W2 W3", "group c all a b", "quorum c", ""])
    made = policy(text)
    for cosigned, holds in (("W0 W1 W2", True), ("W0 W2 W3", False), ("W0 W1", False), ("W0 W1 W2 W3", True)):
        assert made.holds("c", dict.fromkeys(cosigned.split(), 1)) is holds


def test_the_log_may_not_shrink_or_change(published: Published, tmp_path: Path):
    log = Log(REGISTER, published.register.entries[:400])
    log.write(tmp_path / "register")
    folder.write_index(tmp_path)
    old = tmp_path / "old"
    old.write_bytes(published.register.note(401))
    assert verify(tmp_path, "--old", old)[1]["code"] == "verify.rewritten"
    other = Log(REGISTER, [*log.entries[:10], b'{"n":1}', *log.entries[11:]])
    old.write_bytes(other.note(200))
    status, told = verify(tmp_path, "--old", old)
    assert (status, told["code"]) == (1, "verify.rewritten")
    old.write_bytes(log.note(200))
    assert verify(tmp_path, "--old", old)[0] == 0


def test_receipts(published: Published, tmp_path: Path):
    raw = published.receipt.read_bytes()
    bad = tmp_path / "bad.tlog-proof"
    head, _, note = raw.partition(b"\n\n")
    lines = head.split(b"\n")
    for made, code in (
        (b"x" + raw, "malformed_receipt"), (raw.replace(b"index ", b"index 0"), "malformed_receipt"),
        (b"\n".join([*lines, lines[-1]]) + b"\n\n" + note, "wrong_path"),
        (b"\n".join(lines[:-1]) + b"\n\n" + note, "wrong_path"),
        (b"\n".join([*lines[:2], b"index 99999", *lines[3:]]) + b"\n\n" + note, "wrong_path"),
        (b"\n".join([*lines[:2], *lines[3:]]) + b"\n\n" + note, "malformed_receipt"),
        (b"\n".join([lines[0], b"extra e30=", *lines[2:]]) + b"\n\n" + note, None),
        (b"\n".join([lines[0], b"extra IA==", *lines[2:]]) + b"\n\n" + note, "malformed_receipt"),
        (raw[:-3], "malformed_note"),
    ):  # fmt: skip
        bad.write_bytes(made)
        status, told = verify(published.top, "--receipt", bad)
        assert (status == 0) if code is None else (told["code"] == f"verify.{code}"), (code, told)


def test_an_opening_of_another_row_is_refused(published: Published):
    receipt = srok_verify.Receipt(published.receipt.read_bytes())
    signed = policy().accept(receipt.note)
    receipt.check(signed, None, b"")
    for change in ({"version": 2}, {"label": "card"}, {"opening": "00" * 32}, {"row": {}}, {"key": "00" * 32}):
        other = srok_verify.Receipt(published.receipt.read_bytes())
        other.extra = {**receipt.extra, **change}
        with pytest.raises(Refused) as refused:
            other.check(signed, None, b"")
        assert code_of(refused.value) == "opening_differs"


def test_every_single_bit_of_a_receipt_counts(published: Published):
    """Any change of one bit is refused, or lies in a signature line of a key that the policy does not know."""
    raw = published.receipt.read_bytes()
    chance = Chance("bits")
    for _ in range(400):
        bit = chance.below(len(raw) * 8)
        made = bytearray(raw)
        made[bit // 8] ^= 1 << bit % 8
        with pytest.raises((Refused, ValueError, KeyError, TypeError, AttributeError)):
            receipt = srok_verify.Receipt(bytes(made))
            strict = policy(folder.policy_text(least=4))
            signed = strict.accept(receipt.note)
            receipt.check(signed, None, b"")
            assert len(signed.signed) < 2
            raise Refused("not_signed")


def test_proofs_agree_with_the_words_of_the_rfc():
    chance = Chance("proofs")
    for _ in range(200):
        size = 1 + chance.below(70)
        leaves = [folder.leaf(chance.bytes(8)) for _ in range(size)]
        index, old = chance.below(size), 1 + chance.below(size)
        top = folder.root(leaves)
        assert srok_verify.tree_hash(leaves) == top
        srok_verify.check_inclusion(index, size, leaves[index], folder.path_of(index, leaves), top)
        srok_verify.check_consistency(old, size, (folder.root(leaves[:old]), top), folder.growth(old, leaves))
        for wrong in ((index + 1) % size, size, -1):
            if wrong != index:
                with pytest.raises(Refused):
                    srok_verify.check_inclusion(wrong, size, leaves[index], folder.path_of(index, leaves), top)
    with pytest.raises(Refused):
        srok_verify.check_consistency(0, 5, (folder.root([]), top), [])
