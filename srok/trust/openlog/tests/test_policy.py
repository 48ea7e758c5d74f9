"""Policy files: what holds, and everything that is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import policy as policies
from srok.trust.openlog.notes import SignatureType
from srok.trust.openlog.policy import accept, read_policy, write_policy
from srok.trust.openlog.tests.logs import Signer, TinyLog, witnesses

LOG = TinyLog(leaves=3)
ONE, TWO, THREE, FOUR, FIVE = FIVE_WITNESSES = list(witnesses(5))
NAMES = ["party1", "party2", "party3", "society1", "society2"]
LINES = [f"witness {name} {one.key.text}" for name, one in zip(NAMES, FIVE_WITNESSES, strict=True)]
GROUPED = [
    *LINES, "group parties 2 party1 party2 party3", "group society any society1 society2",
    "group both all parties society", "quorum both",
]  # fmt: skip


def test_a_policy_of_groups_is_read_and_written_again():
    found = read_policy(b"# who\n\n \t" + LOG.policy(*GROUPED))
    assert found.quorum == "both" and list(found.groups) == ["parties", "society", "both"]
    assert found.groups["both"].least == 2 and found.groups["society"].least == 1
    assert found.origins() == ["srok.example/register"] and len(found.of_log("srok.example/register")) == 2
    assert read_policy(write_policy(found)) == found


@pytest.mark.parametrize(
    ("cosigned", "holds"),
    [
        ([], False), (NAMES[:2], False), ([*NAMES[:2], "society2"], True), ([NAMES[0], *NAMES[3:]], False),
        (NAMES, True), (["parties", "society"], False), (["nobody"], False),
    ],
)  # fmt: skip
def test_a_quorum_counts_witnesses_and_never_names_of_groups(cosigned: list[str], holds: bool):
    assert read_policy(LOG.policy(*GROUPED)).holds(cosigned) is holds


@given(st.sets(st.sampled_from(NAMES)), st.integers(1, 5))
def test_k_of_n(cosigned: set[str], least: int):
    found = read_policy(LOG.policy(*LINES, f"group g {least} {' '.join(NAMES)}", "quorum g"))
    assert found.holds(cosigned) == (len(cosigned) >= least)


def test_a_checkpoint_is_accepted_by_log_and_quorum():
    policy = read_policy(LOG.policy(*GROUPED))
    text = LOG.checkpoint().text()
    note = LOG.note(None, ONE.line(text, 50), TWO.line(text, 51), FIVE.line(text, 52))
    found = accept(policy, note)
    assert found.cosigned == {"party1": 50, "party2": 51, "society2": 52}
    assert found.checkpoint.size == 3 and len(found.signed) == 2
    with pytest.raises(Refusal, match=r"openlog\.quorum_missing"):
        accept(policy, LOG.note(None, ONE.line(text, 50), FIVE.line(text, 52)))


def test_an_mldsa_witness_counts_as_one():
    other = Signer("witness.example/pq", SignatureType.MLDSA)
    policy = read_policy(LOG.policy(f"witness pq {other.key.text}", "quorum pq"))
    text = LOG.checkpoint().text()
    assert accept(policy, LOG.note(None, other.line(text, 9))).cosigned == {"pq": 9}


def test_a_known_witness_whose_signature_is_wrong_spoils_the_note_and_an_unknown_one_does_not():
    policy = read_policy(LOG.policy(LINES[0], "quorum party1"))
    text, elsewhere = LOG.checkpoint().text(), LOG.checkpoint(2).text()
    with pytest.raises(Refusal, match=r"openlog\.bad_signature"):
        accept(policy, LOG.note(None, ONE.line(elsewhere, 50)))
    assert accept(policy, LOG.note(None, ONE.line(text, 50), TWO.line(elsewhere, 50))).cosigned == {"party1": 50}
    with pytest.raises(Refusal, match=r"openlog\.bad_note"):
        accept(policy, LOG.note(None, ONE.line(text, 50), ONE.line(text, 51)))
    with pytest.raises(Refusal, match=r"openlog\.bad_signature"):
        accept(policy, LOG.note(None, ONE.line(text, 2**63)))


def test_a_checkpoint_of_another_log_is_not_signed():
    policy = read_policy(LOG.policy())
    with pytest.raises(Refusal, match=r"openlog\.not_signed"):
        accept(policy, TinyLog("srok.example/election", 3).note())
    with pytest.raises(Refusal, match=r"openlog\.not_signed"):
        accept(policy, TinyLog("srok.example/register", 3).note())
    stolen = TinyLog("elsewhere.example/log", 3)
    text = stolen.checkpoint().text()
    with pytest.raises(Refusal, match=r"openlog\.not_signed"):
        accept(policy, stolen.note(None, LOG.keys[0].line(text)))


BAD = {
    "word": ["logs x", "quorum none"],
    "words": ["quorum none x"],
    "quorum": [LINES[0]],
    "second quorum": ["quorum none", "quorum none"],
    "unknown member": ["quorum party1"],
    "later member": ["group g all party1", LINES[0], "quorum g"],
    "a group that holds itself": ["group g all g", "quorum g"],
    "none as a member": [LINES[0], "group g any none party1", "quorum g"],
    "none as a name": [LINES[0].replace("party1", "none"), "quorum none"],
    "a name twice": [LINES[0], LINES[1].replace("party2", "party1"), "quorum none"],
    "a group's name twice": [LINES[0], "group party1 all party1", "quorum none"],
    "a key twice": [LINES[0], LINES[0].replace("party1", "other"), "quorum none"],
    "a member of two groups": [*LINES[:2], "group g all party1", "group h all party1 party2", "quorum h"],
    "a member twice": [LINES[0], "group g 2 party1 party1", "quorum g"],
    "k of 0": [LINES[0], "group g 0 party1", "quorum g"],
    "k beyond n": [LINES[0], "group g 2 party1", "quorum g"],
    "k with a zero before": [LINES[0], "group g 01 party1", "quorum g"],
    "k in other digits": [LINES[0], "group g \u0661 party1", "quorum g"],
    "k negative": [LINES[0], "group g -1 party1", "quorum g"],
    "no member": ["group g any", "quorum none"],
    "a witness with a log's key": [f"witness x {Signer('x.example/x').key.text}", "quorum x"],
    "a cut key": [LINES[0][:-3], "quorum none"],
    "a key under another id": [LINES[0].replace(ONE.key.id.hex(), TWO.key.id.hex()), "quorum none"],
    "a log twice": [f"log {LOG.keys[0].key.text}", "quorum none"],
    "a log without key": ["log", "quorum none"],
    "a carriage return": ["quorum none\r"],
    "a form feed": ["quorum\fnone"],
    "a no-break space is no separator": ["quorum\u00a0none"],
    "too many": [
        *(f"witness w{n} {Signer('w.example/w', SignatureType.COSIGNATURE).key.text}" for n in range(129)),
        "quorum none",
    ],
}  # fmt: skip


@pytest.mark.parametrize("case", list(BAD))
def test_whatever_is_not_a_policy_is_refused(case: str):
    with pytest.raises(Refusal, match=r"openlog\.bad_policy") as refused:
        read_policy(LOG.policy(*BAD[case]))
    assert refused.value.facts["part"]


@pytest.mark.parametrize("data", [b"", b"quorum none", b"\xff\xfe", b"#" * policies.MAX_BYTES + b"\nquorum none\n"])
def test_files_that_are_no_policy(data: bytes):
    with pytest.raises(Refusal, match=r"openlog\.bad_policy"):
        read_policy(data)


def test_names_are_octets():
    data = LOG.policy().replace(
        b"quorum none", b"witness \xff\xe1\x9e\x80 " + ONE.key.text.encode() + b"\nquorum \xff\xe1\x9e\x80"
    )
    found = read_policy(data)
    assert write_policy(found) == data
    text = LOG.checkpoint().text()
    with pytest.raises(Refusal, match=r"openlog\.quorum_missing") as refused:
        accept(found, LOG.note())
    assert refused.value.facts["quorum"]
    assert len(accept(found, LOG.note(None, ONE.line(text, 1))).cosigned) == 1


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes):
    try:
        read_policy(data)
    except Refusal as refusal:
        assert refusal.code == "openlog.bad_policy"
