"""Signed notes: the published example, every rule of the format, and each bit of a signature."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import notes, tree
from srok.trust.openlog.checkpoints import Checkpoint, parse_checkpoint
from srok.trust.openlog.notes import Note, SignatureLine, SignatureType, VerifierKey

# The example of golang.org/x/mod/sumdb/note, which the format comes from.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAID = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""
TEXT = Checkpoint("srok.example/register", 7, tree.leaf_hash(b"root")).text()
WITNESS = "party.example/w1"


def made(type_: SignatureType, name: str = WITNESS) -> tuple[VerifierKey, object]:
    if type_ is SignatureType.MLDSA:
        private = MLDSA44PrivateKey.from_seed_bytes(b"seed" * 8)
    else:
        private = Ed25519PrivateKey.from_private_bytes(b"seed" * 8)  # type: ignore[assignment]
    return VerifierKey(name, type_, private.public_key().public_bytes_raw()), private


def signed(type_: SignatureType, text: str = TEXT, name: str = WITNESS) -> tuple[VerifierKey, Note]:
    key, private = made(type_, name)
    time = 1_747_000_000 if type_.timed else None
    return key, Note(text, (notes.sign(key, text, private.sign, time),))  # type: ignore[attr-defined]


def refused(code: str, function, *arguments) -> Refusal:  # type: ignore[no-untyped-def]
    with pytest.raises(Refusal) as told:
        function(*arguments)
    assert told.value.code == code
    return told.value


def test_the_published_example() -> None:
    key = notes.parse_key(PETER)
    note = notes.parse(SAID.encode())
    assert key.text == PETER and note.data() == SAID.encode()
    assert notes.verify(note, [key]) == (notes.Signed(key, None),)
    refused("openlog.bad_signature", notes.verify, Note(note.text + "x\n", note.signatures), [key])


@pytest.mark.parametrize("type_", list(SignatureType))
def test_each_type_signs_and_verifies(type_: SignatureType) -> None:
    key, note = signed(type_)
    assert notes.parse(note.data()) == note and notes.parse_key(key.text) == key
    assert notes.verify(note, [key]) == (notes.Signed(key, 1_747_000_000 if type_.timed else None),)
    other = Note(TEXT.replace("7", "8"), note.signatures)
    refused("openlog.bad_signature", notes.verify, other, [key])


def test_the_messages_of_cosignatures_byte_by_byte() -> None:
    key, _ = made(SignatureType.COSIGNATURE)
    assert notes.message(key, TEXT, 5) == b"cosignature/v1\ntime 5\n" + TEXT.encode()
    late, _ = made(SignatureType.MLDSA)
    origin = b"srok.example/register"
    wanted = b"subtree/v1\n\0" + b"\x10party.example/w1" + (5).to_bytes(8) + bytes([len(origin)]) + origin
    assert notes.message(late, TEXT, 5) == wanted + bytes(8) + (7).to_bytes(8) + tree.leaf_hash(b"root")


@pytest.mark.parametrize("type_", list(SignatureType))
@given(data=st.data())
def test_each_bit_of_a_signature_counts(type_: SignatureType, data: st.DataObject) -> None:
    key, note = signed(type_)
    line = note.signatures[0]
    bit = data.draw(st.integers(0, len(line.signature) * 8 - 1))
    wrong = (int.from_bytes(line.signature) ^ 1 << bit).to_bytes(len(line.signature))
    refused("openlog.bad_signature", notes.verify, Note(TEXT, (SignatureLine(line.name, line.key_id, wrong),)), [key])


def test_unknown_keys_are_ignored_and_a_known_keys_bad_signature_rejects() -> None:
    key, note = signed(SignatureType.ED25519)
    stranger = SignatureLine("rith.example", key.id, b"x" * 64)
    other_id = SignatureLine(key.name, b"abcd", b"x" * 64)
    assert notes.verify(note.with_lines([stranger, other_id]), [key])
    refused("openlog.not_signed", notes.verify, Note(TEXT, (stranger, other_id)), [key])
    bad = SignatureLine(key.name, key.id, b"x" * 64)
    refused("openlog.bad_signature", notes.verify, note.with_lines([bad]), [key])
    short = SignatureLine(key.name, key.id, b"x" * 63)
    refused("openlog.bad_signature", notes.verify, note.with_lines([short]), [key])


def test_many_signatures_are_accepted_up_to_the_limit() -> None:
    key, note = signed(SignatureType.ED25519)
    for count in (16, 17, notes.MAX_SIGNATURES):
        more = note.with_lines(SignatureLine(f"w{n}.example", b"abcd", b"x" * 64) for n in range(count - 1))
        assert len(more.signatures) == count
        assert notes.verify(notes.parse(more.data()), [key])
    over = note.with_lines(SignatureLine(f"w{n}.example", b"abcd", b"x" * 64) for n in range(notes.MAX_SIGNATURES))
    assert refused("openlog.bad_note", notes.parse, over.data()).facts["part"] == "signatures"


LINE = "— a.example " + "AAAA" * 4


@pytest.mark.parametrize(
    "data",
    [
        "", "\n", "text\n", "text\n\n", f"text\n{LINE}\n", f"\n\n{LINE}", f"text\n\n{LINE}", f"text\n\n{LINE}\n\n",
        f"te\txt\n\n{LINE}\n", f"text\r\n\n{LINE}\n", f"te\0xt\n\n{LINE}\n", "text\n\n— a b c AAAA\n",
        "text\n\n— a+b AAAAAAAA\n", "text\n\n—  AAAAAAAA\n", "text\n\n- a AAAAAAAA\n", "text\n\n— a AAAA!AAA\n",
        "text\n\n— a AAAAAA==\n", "text\n\n— a AAAAAAB=\n", "text\n\n— a\u00a0b AAAAAAAA\n",
        "text\n\n— a\u2003b AAAAAAAA\n",
        f"text\n\n{LINE} \n", f"text\n\n{LINE}\nrubbish\n", f"text\n\n{LINE}\n{LINE[:-1]}\n", "text\n\n— a AAAAAAA\n",
        f"\n{LINE}\n",
    ],
)  # fmt: skip
def test_malformed_notes_are_refused(data: str) -> None:
    refused("openlog.bad_note", notes.parse, data.encode())


def test_bytes_that_are_no_text_or_too_many() -> None:
    refused("openlog.bad_note", notes.parse, b"\xff\n\n" + LINE.encode() + b"\n")
    refused("openlog.bad_note", notes.parse, b"x" * (notes.MAX_NOTE_BYTES + 1))


def test_empty_lines_may_stand_in_the_text() -> None:
    text = "one\n\ntwo\n"
    key, note = signed(SignatureType.ED25519, text)
    assert notes.parse(note.data()).text == text
    assert notes.verify(notes.parse(note.data()), [key])


@given(st.binary(max_size=200))
def test_no_bytes_make_the_parser_stumble(data: bytes) -> None:
    for whole in (data, TEXT.encode() + b"\n" + data, TEXT.encode() + "\n— a ".encode() + data):
        try:
            note = notes.parse(whole)
        except Refusal as told:
            assert told.code == "openlog.bad_note"
        else:
            assert note.data() == whole


@pytest.mark.parametrize(
    "text",
    ["", "PeterNeumann", PETER[:-1], PETER.replace("c74f20a3", "c74f20a4"), PETER.replace("c74f", "C74F"),
     PETER.replace("Peter", "Peter "), PETER.replace("ARpc", "ARpd"), PETER.replace("+ARpc", "+BRpc"), PETER + "\n"],
)  # fmt: skip
def test_malformed_keys_are_refused(text: str) -> None:
    refused("openlog.bad_key", notes.parse_key, text)


ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="


@given(st.integers(1, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_reads_back(size: int, root: bytes) -> None:
    found = Checkpoint("srok.example/election", size, root)
    assert parse_checkpoint(found.text()) == found


@pytest.mark.parametrize(
    "text",
    [
        "", "o\n1\n", f"o\n1\n{ROOT}", f"o\n1\n{ROOT}\n\n", f"\n1\n{ROOT}\n", f"o\n01\n{ROOT}\n", f"o\n-1\n{ROOT}\n",
        f"o\n+1\n{ROOT}\n", f"o\n1 \n{ROOT}\n", f"o\n1.0\n{ROOT}\n", f"o\n{2**63}\n{ROOT}\n", f"o\n{10**30}\n{ROOT}\n",
        f"o\n\u0661\n{ROOT}\n", f"o\n1\n{ROOT[:-1]}\n", f"o\n1\n{ROOT[:-2]}J=\n", f"o\n1\n {ROOT}\n", f"o\n0\n{ROOT}\n",
        "o\n1\nAAAA\n",
    ],
)  # fmt: skip
def test_malformed_checkpoints_are_refused(text: str) -> None:
    refused("openlog.bad_checkpoint", parse_checkpoint, text)


def test_extension_lines_are_kept_for_whoever_cosigns() -> None:
    text = f"o\n1\n{ROOT}\nmore\n"
    assert parse_checkpoint(text).extensions == ("more",) and parse_checkpoint(text).text() == text
