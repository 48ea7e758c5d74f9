"""Our own logs and their witnesses: asked at each checkpoint, remembered, missed aloud after five minutes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import cosigning, entries, notes, policy, public, reads, tree, witness
from srok.trust.openlog.checkpoints import parse_checkpoint
from srok.trust.openlog.models import Quorum, WitnessStanding
from srok.trust.openlog.terms import Log
from srok.trust.openlog.tests.logs import Signer, witnesses
from srok.trust.openlog.witnessing import HttpAnswer, Standing

AT = datetime(2025, 5, 12, 1, tzinfo=UTC)
ONE, TWO = witnesses(2)


def ctx(seconds: float = 0) -> Context:
    at = AT + timedelta(seconds=seconds)
    return Context("service:work", "moi.gdi", frozenset(), at, at.date(), new_id(at))


def entry(n: int) -> bytes:
    return entries.write_entry(
        {"v": 1, "t": "law.changed", "at": "2025-05-12T01:00Z", "case": f"{n:032x}", "by": ["0" * 16]}
    )


class Witnesses:
    """Witnesses in memory that cosign whatever they are asked, or are away."""

    def __init__(self, *signers: Signer) -> None:
        self.signers = {f"http://w.example/{n}/add-checkpoint": signer for n, signer in enumerate(signers)}
        self.away: set[str] = set()
        self.asked: list[tuple[str, int]] = []

    def __call__(self, url: str, body: bytes) -> HttpAnswer:
        request = witness.read_request(body)
        self.asked.append((url, request.old))
        if url in self.away:
            raise TimeoutError
        return HttpAnswer(200, "text/plain", self.signers[url].line(request.note.text, 77).text().encode())

    def leave(self, count: int = 2) -> None:
        self.away = set(list(self.signers)[:count])


@pytest.fixture
def two(home: Path) -> Witnesses:
    lines = [f"witness w{n} {one.key.text} http://w.example/{n}" for n, one in enumerate((ONE, TWO))]
    (home / "openlog.policy").write_text("\n".join([*lines, "group both all w0 w1", "quorum both", ""]))
    return Witnesses(ONE, TWO)


def publish(two: Witnesses | None, seconds: float = 0, log: Log = Log.REGISTER) -> notes.Note:
    now = ctx(seconds)
    public.publish(log, reads.published_folder(log), now, cosign=cosigning.cosigner(now, two))
    return notes.parse(reads.published_folder(log).get("checkpoint") or b"")


def test_a_published_checkpoint_carries_the_cosignatures(two: Witnesses):
    public.append(Log.REGISTER, [entry(n) for n in range(300)])
    note = publish(two)
    found = policy.accept(cosigning.own_policy(), note)
    assert found.cosigned == {"w0": 77, "w1": 77} and found.checkpoint.size == 300 and len(found.signed) == 2
    assert {row.standing for row in cosigning.standings(Log.REGISTER)} == {Standing.COSIGNED}
    row = Quorum.objects.get(pk=Log.REGISTER)
    assert (row.size, row.late_since, bytes(row.note)) == (300, None, note.data())
    public.append(Log.REGISTER, [entry(n) for n in range(300, 310)])
    publish(two, 20)
    assert [old for _, old in two.asked] == [0, 0, 300, 300], "the proof goes from the size they cosigned last"
    assert policy.read_policy(cosigning.policy_bytes()).quorum == "both"


def test_without_a_policy_nobody_is_asked(home: Path):
    public.append(Log.REGISTER, [entry(1)])
    assert cosigning.cosigner(ctx()) is None
    publish(None)
    assert policy.accept(cosigning.own_policy(), publish(None)).cosigned == {}
    assert cosigning.watch(ctx(9_999)) == 0


def test_a_checkpoint_signed_before_its_witnesses_were_named_is_cosigned_at_the_next_round(home: Path):
    public.append(Log.REGISTER, [entry(1)])
    before = publish(None)
    (home / "openlog.policy").write_text(f"witness w0 {ONE.key.text} http://w.example/0\nquorum w0\n")
    after = publish(Witnesses(ONE), 20)
    assert after.text == before.text and policy.accept(cosigning.own_policy(), after).cosigned == {"w0": 77}


def test_a_policy_that_is_none_stops_the_publishing(home: Path):
    (home / "openlog.policy").write_text("witness x\nquorum x\n")
    with pytest.raises(Refusal, match=r"openlog\.bad_policy"):
        cosigning.cosigner(ctx())


def test_a_late_quorum_is_logged_after_five_minutes_once_and_its_return_too(two: Witnesses):
    public.append(Log.REGISTER, [entry(1)])
    two.leave(1)
    note = publish(two)
    assert policy.check_signatures(cosigning.own_policy(), note).cosigned == {"w1": 77}, "who came is shown"
    assert cosigning.watch(ctx(299), two) == 0
    assert [cosigning.watch(ctx(seconds), two) for seconds in (301, 330, 900)] == [1, 0, 0]
    public.sequence(ctx(901))
    two.away.clear()
    assert policy.accept(cosigning.own_policy(), publish(two, 920)).cosigned.keys() == {"w0", "w1"}
    journal.drain()
    public.sequence(ctx(930))
    size = public.head(Log.REGISTER).size
    said = [entries.read_entry(public.entry(Log.REGISTER, n).data) for n in range(1, size)]
    assert [(one["t"], one["code"], one["cosigned"]) for one in said] == [
        ("alarm", "witness.quorum_late", 1), ("alarm", "witness.quorum_met", 2),
    ]  # fmt: skip
    facts = [fact.kind for fact in journal.facts_about("srok.example/register")]
    assert facts == ["openlog.quorum_late", "openlog.quorum_met"]


def test_witnesses_that_come_back_are_asked_again_and_the_checkpoint_is_put_right(two: Witnesses):
    public.append(Log.REGISTER, [entry(1)])
    two.leave()
    publish(two)
    asked = len(two.asked)
    cosigning.watch(ctx(10), two)
    assert len(two.asked) == asked, "not more than every half minute"
    two.away.clear()
    cosigning.watch(ctx(40), two)
    shown = notes.parse(reads.published_folder(Log.REGISTER).get("checkpoint") or b"")
    assert policy.accept(cosigning.own_policy(), shown).cosigned.keys() == {"w0", "w1"}
    assert Quorum.objects.get(pk=Log.REGISTER).late_since is None


def test_while_somebody_publishes_the_checkpoint_is_left_to_them(two: Witnesses):
    public.append(Log.REGISTER, [entry(1)])
    two.leave()
    before = publish(two)
    two.away.clear()
    with reads.published_folder(Log.REGISTER).alone():
        cosigning.watch(ctx(40), two)
    assert reads.published_folder(Log.REGISTER).get("checkpoint") == before.data()


def test_a_proof_rests_on_the_newest_checkpoint_with_a_quorum(two: Witnesses):
    public.append(Log.REGISTER, [entry(1)])
    with_quorum = publish(two)
    public.append(Log.REGISTER, [entry(2)])
    two.leave()
    without = publish(two, 20)
    assert cosigning.best_note(Log.REGISTER, 0) == with_quorum
    assert cosigning.best_note(Log.REGISTER, 1) == without
    assert cosigning.best_note(Log.REGISTER, 2) is None


@pytest.mark.parametrize(
    ("away", "standing"), [(TimeoutError, Standing.SILENT), (ConnectionRefusedError, Standing.UNREACHABLE)]
)
def test_how_each_witness_stands_and_since_when(two: Witnesses, away: type[Exception], standing: Standing):
    public.append(Log.REGISTER, [entry(1)])
    publish(two)

    def failing(url: str, body: bytes) -> HttpAnswer:
        raise away

    for seconds in (400, 800):
        now = ctx(seconds)
        public.publish(Log.REGISTER, reads.published_folder(Log.REGISTER), now, cosign=cosigning.cosigner(now, failing))
    rows = list(WitnessStanding.objects.filter(log=Log.REGISTER))
    assert {(row.standing, row.since, row.cosigned_size) for row in rows} == {(standing, ctx(400).at, 1)}
    assert {row.cosigned_at for row in rows} == {AT}


def test_a_witness_under_another_key_is_another_witness(two: Witnesses, home: Path):
    public.append(Log.REGISTER, [entry(1)])
    publish(two)
    [other] = witnesses(1)
    (home / "openlog.policy").write_text(f"witness w0 {other.key.text} http://w.example/0\nquorum w0\n")
    later = Witnesses(other)
    publish(later, 400)
    [row] = cosigning.standings(Log.REGISTER)
    assert row.key == other.key.id.hex() and later.asked == [("http://w.example/0/add-checkpoint", 0)]


def test_the_consistency_proofs_come_from_the_published_tiles(two: Witnesses):
    roots: dict[int, bytes] = {0: tree.EMPTY_ROOT}
    checked: list[tuple[int, int]] = []

    def strict(url: str, body: bytes) -> HttpAnswer:
        """A witness that verifies, from whatever size it is told that it had."""
        request = witness.read_request(body)
        found = parse_checkpoint(request.note.text)
        witness.judge(request, found, witness.Known(request.old, roots[request.old]))
        checked.append((request.old, found.size))
        return two(url, body)

    for step in (1, 255, 256, 700, 3):
        public.append(Log.REGISTER, [entry(n) for n in range(step)])
        head = public.head(Log.REGISTER)
        roots[head.size] = head.root
        now = ctx(400 * len(checked))
        public.publish(Log.REGISTER, reads.published_folder(Log.REGISTER), now, cosign=cosigning.cosigner(now, strict))
    assert sorted(set(checked)) == [(0, 1), (1, 256), (256, 512), (512, 1212), (1212, 1215)]
