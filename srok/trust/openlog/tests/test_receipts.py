"""Receipts, promises and slips: what verifies, what is refused, and that nobody is found without the opening."""

import hashlib
import itertools
import secrets
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.canonical import commitment
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import entries, promises, receipts
from srok.trust.openlog.policy import read_policy
from srok.trust.openlog.promises import Kept, Promise, SignedPromise
from srok.trust.openlog.proofs import Proof
from srok.trust.openlog.receipts import Opened, Slip
from srok.trust.openlog.tests.logs import TinyLog, witnesses

KEY = hashlib.sha256(b"Kc").digest()
ROW = {"commune": "010201", "on": "2025-05-12", "row": "019f4c55-0000-7000-8000-000000000001", "year": 2025}
OPENED = Opened("voter row", 1, ROW, secrets.token_bytes(32))
ENTRY = {
    "v": 1, "t": "row.add", "at": "2025-05-12", "case": "0" * 32, "by": ["0" * 16], "commune": "010201",
    "c": OPENED.commitment(KEY),
}  # fmt: skip
LOG = TinyLog(leaves=20)
LOG.entries[7] = entries.write_entry(ENTRY)
[WITNESS] = witnesses(1)
POLICY = read_policy(LOG.policy(f"witness w {WITNESS.key.text}", "quorum w"))
MADE = Promise(LOG.origin, "row.add", OPENED.commitment(KEY), date(2025, 5, 12), date(2025, 5, 19))


def receipt(opened: Opened = OPENED, entry: dict = ENTRY, key: bytes = KEY) -> bytes:
    note = LOG.note(None, WITNESS.line(LOG.checkpoint().text(), 5))
    return Proof(7, tuple(LOG.path(7)), note, receipts.write_extra(opened, key, entry)).data()


def promise(made: Promise = MADE, opened: Opened = OPENED) -> SignedPromise:
    signer = LOG.keys[0]
    return SignedPromise(made, promises.sign_promise(made, signer.key, signer.private.sign), opened, KEY)


def test_a_receipt_verifies_and_says_what_it_opens():
    found = receipts.read_receipt(receipt())
    assert receipts.check_receipt(found, POLICY).checkpoint.size == 20
    assert found.opened == OPENED and found.entry == ENTRY and found.key == KEY


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"opened": Opened("voter row", 1, {**ROW, "commune": "010202"}, OPENED.opening)}, "openlog.opening_differs"),
        ({"opened": Opened("voter row", 2, ROW, OPENED.opening)}, "openlog.opening_differs"),
        ({"opened": Opened("voter row2", 1, ROW, OPENED.opening)}, "openlog.opening_differs"),
        ({"opened": Opened("voter row", 1, ROW, bytes(32))}, "openlog.opening_differs"),
        ({"key": bytes(32)}, "openlog.opening_differs"),
        ({"entry": {**ENTRY, "at": "2025-05-11"}}, "openlog.bad_proof"),
        ({"entry": {**ENTRY, "c": "0" * 64}}, "openlog.bad_proof"),
        ({"entry": {}}, "openlog.bad_proof"),
    ],
)  # fmt: skip
def test_a_forged_receipt_is_refused(change: dict, code: str):
    with pytest.raises(Refusal, match=code.replace(".", r"\.")):
        receipts.check_receipt(receipts.read_receipt(receipt(**change)), POLICY)


@pytest.mark.parametrize(
    "extra",
    [None, b"", b"{}", b"[]", b"\xff", receipts.write_extra(OPENED, KEY),
     b" " + receipts.write_extra(OPENED, KEY, ENTRY),
     receipts.write_extra(OPENED, KEY, ENTRY).replace(b'"v":1', b'"v":2'), b"[" * 9_000,
     receipts.write_extra(OPENED, KEY, ENTRY).replace(b'"version":1', b'"version":true'),
     receipts.write_extra(OPENED, KEY, ENTRY).replace(b'"version":1', b'"version":1.0'),
     receipts.write_extra(OPENED, KEY, ENTRY).replace(OPENED.opening.hex().encode(), b"00")],
)  # fmt: skip
def test_an_extra_that_is_none(extra: bytes | None):
    with pytest.raises(Refusal, match=r"openlog\.bad_receipt"):
        receipts.read_extra(extra, with_entry=True)


def test_a_promise_is_signed_by_the_log_and_judged_by_its_entries():
    data = promise().data()
    found = promises.read_promise(data)
    assert found.data() == data and promises.is_promise(data) and not promises.is_promise(receipt())
    keys = [signer.key for signer in LOG.keys]
    assert promises.check_promise(found, keys) == MADE
    held = [(n, entries.read_entry(entry).get("c", "")) for n, entry in enumerate(LOG.entries)]
    assert promises.judge(MADE, held, None) == (Kept.KEPT, 7)
    without = [one for one in held if one[0] != 7]
    assert promises.judge(MADE, without, date(2025, 5, 19)) == (Kept.OPEN, None)
    assert promises.judge(MADE, without, date(2025, 5, 20)) == (Kept.BROKEN, None)


def test_a_forged_promise_is_refused():
    keys = [signer.key for signer in LOG.keys]
    other = TinyLog()
    with pytest.raises(Refusal, match=r"openlog\.not_signed"):
        promises.check_promise(promise(), [signer.key for signer in other.keys])
    later = Promise(MADE.origin, MADE.type, MADE.commitment, MADE.made, date(2026, 5, 19))
    moved = promises.read_promise(promise().data().replace(b"latest 2025-05-19", b"latest 2026-05-19"))
    assert moved.promise == later
    with pytest.raises(Refusal, match=r"openlog\.bad_signature"):
        promises.check_promise(moved, keys)
    with pytest.raises(Refusal, match=r"openlog\.opening_differs"):
        promises.check_promise(promise(opened=Opened("voter row", 1, {}, OPENED.opening)), keys)


def test_a_promise_is_no_checkpoint_and_a_checkpoint_no_promise():
    from srok.trust.openlog.checkpoints import parse_checkpoint

    with pytest.raises(Refusal, match=r"openlog\.bad_checkpoint"):
        parse_checkpoint(MADE.text())
    with pytest.raises(Refusal, match=r"openlog\.bad_receipt"):
        promises.parse_text(LOG.checkpoint().text())


@pytest.mark.parametrize(
    "change",
    [(b"@v1", b"@v2"), (b"extra ", b"extras "), (b"log srok", b"log  srok"), (b"type row.add", b"type row.ad"),
     (b"made 2025-05-12", b"made 2025-5-12"), (b"made 2025-05-12", b"made 2025-13-12"), (b"commitment ", b"c "),
     (b"made 2025-05-12", b"made 2025-05-20"), (b"latest", b"LATEST"), (b"\n\n", b"\n"), (b"\xe2\x80\x94", b"-")],
)  # fmt: skip
def test_files_that_are_no_promise(change: tuple[bytes, bytes]):
    with pytest.raises(Refusal, match=r"openlog\.bad_(receipt|note)"):
        promises.read_promise(promise().data().replace(*change))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes):
    for read in (lambda: promises.read_promise(promises.HEADER.encode() + b"\n" + data),
                 lambda: receipts.read_slip(data.decode("utf-8", "replace")),
                 lambda: receipts.read_extra(data, with_entry=False)):  # fmt: skip
        try:
            read()
        except Refusal as refusal:
            assert refusal.code in ("openlog.bad_receipt", "openlog.bad_note")


def test_a_slip_fits_700_bytes_and_opens_the_same():
    text = receipts.slip_text(Slip("register", 73_894_112, OPENED))
    assert len(text.encode()) <= 700
    assert receipts.read_slip(text) == Slip("register", 73_894_112, OPENED)
    signed = promise()
    found = promises.read_slip(promises.slip_text(signed, "register"), lambda name: f"srok.example/{name}", KEY)
    assert promises.check_promise(found, [LOG.keys[0].key]) == MADE
    assert len(promises.slip_text(signed, "register").encode()) <= 700
    with pytest.raises(Refusal, match=r"openlog\.slip_too_long"):
        receipts.slip_text(Slip("register", 1, Opened("x", 1, {"name": "\u1780" * 400}, OPENED.opening)))


@given(st.binary(min_size=32, max_size=32))
def test_an_opening_is_read_as_people_type_it(opening: bytes):
    text = receipts.opening_text(opening)
    assert receipts.read_opening(text) == receipts.read_opening(text.lower().replace(" ", "\n")) == opening
    for bad in (text[:-1], text + "A", text.replace(text[0], "1"), ""):
        with pytest.raises(Refusal, match=r"openlog\.bad_receipt"):
            receipts.read_opening(bad)


def test_without_the_opening_nobody_is_found_by_trying_every_row():
    """R18: whoever knows the key and every candidate, but not the opening, finds no row behind a commitment."""
    days = [date.fromordinal(date(1960, 1, 1).toordinal() + n).isoformat() for n in range(0, 9_000, 90)]
    people = itertools.product(("SOPHEA", "BOPHA"), days, "FM")
    candidates = [{"name": name, "birth": day, "sex": sex} for name, day, sex in people]
    own, opening = candidates[123], secrets.token_bytes(32)
    public = commitment(KEY, opening, "register.person", 1, own)
    guesses = (bytes(32), hashlib.sha256(public).digest(), public, KEY, b"\xff" * 32)
    tried = [commitment(KEY, guess, "register.person", 1, row) for guess in guesses for row in candidates]
    assert public not in tried and len(tried) == 5 * len(candidates)
    assert [row for row in candidates if commitment(KEY, opening, "register.person", 1, row) == public] == [own]
