"""Being a witness: the right answer to everything a log can ask, and nothing answered that is not on disk."""

from base64 import b64encode
from pathlib import Path

import pytest

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import notes, witness, witness_files
from srok.trust.openlog.notes import SignatureType
from srok.trust.openlog.tests.logs import Signer, TinyLog
from srok.trust.openlog.tests.watching import NAME, World
from srok.trust.openlog.witness import request_body
from srok.trust.openlog.witness_files import WitnessFolder
from srok.trust.openlog.witness_server import Witness


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "w")


def test_growth_is_cosigned_with_both_keys_step_by_step(world: World):
    old = 0
    for size in (1, 1, 2, 3, 7, 8, 300):
        world.log.grow(size - len(world.log.entries))
        reply = world.ask(old)
        assert reply.status == 200, reply.body
        note = world.log.note()
        for key in world.folder.keys:
            [line] = witness.read_cosignatures(reply.body, key, note)
            assert notes.check_line(line, key, note.text).time == world.clock.now
        assert {key.type for key in world.folder.keys} == {SignatureType.COSIGNATURE, SignatureType.MLDSA}
        assert world.folder.known(world.log.origin).size == size
        old = size
        world.clock.now += 1
    assert world.evidence() == []


def test_an_empty_tree_has_one_root(world: World):
    text = f"{world.log.origin}\n0\n{b64encode(bytes(32)).decode()}\n"
    for origin, status in ((world.log.origin, 422), ("elsewhere.example/log", 404)):
        note = notes.Note(text.replace(world.log.origin, origin), (world.log.keys[0].line(text),))
        assert world.witness.add_checkpoint(request_body(0, [], note.data())).status == status


def test_an_empty_log_may_be_cosigned_first(tmp_path: Path):
    world = World(tmp_path / "w")
    world.log.entries.clear()
    assert world.ask(0).status == 200
    world.log.grow(5)
    assert world.ask(0).status == 200 and world.folder.known(world.log.origin).size == 5


def test_a_stale_size_is_answered_with_the_size_and_kept(world: World):
    world.log.grow(9)
    assert world.ask(0).status == 200
    world.log.grow(5)
    for old in (0, 4, 12):
        reply = world.ask(old)
        assert (reply.status, reply.body, reply.content_type) == (409, b"10\n", "text/x.tlog.size")
        assert witness.read_size(reply.body) == 10
    assert world.evidence() == ["stale"] * 3
    assert world.ask(10).status == 200


def test_a_rollback_is_refused_and_kept(world: World):
    world.log.grow(9)
    assert world.ask(0).status == 200
    assert (world.ask(0, 6).status, world.ask(0, 6).body) == (409, b"10\n")
    assert world.ask(10, 6).status == 400
    assert world.evidence() == ["rollback"]
    world.again()
    assert world.ask(0, 6).status == 409 and world.folder.known(world.log.origin).size == 10


def test_a_fork_is_refused_and_kept_with_what_was_cosigned(world: World):
    world.log.grow(9)
    assert world.ask(0).status == 200
    fork = TinyLog(leaves=9)
    fork.entries.append(b"another")
    fork.keys = world.log.keys
    assert world.ask(10, log=fork, proof=[]).status == 422  # the same size, another root
    assert world.ask(3, log=fork).body == b"10\n"  # the same, with an old size that is stale as well
    fork.grow(5)
    assert world.ask(10, log=fork).status == 422  # no proof can lead from the tree that was cosigned
    assert world.evidence() == ["fork", "fork", "inconsistent"]
    kept = next(world.path.glob("evidence/inconsistent-*.txt")).read_bytes()
    before, _, asked = kept.partition(b"\nasked:\n\n")
    known = [signer.key for signer in world.log.keys]
    cosigned = notes.parse(before.removeprefix(b"cosigned before:\n\n"))
    assert notes.verify(cosigned, known) and notes.verify(witness.read_request(asked).note, known)
    world.log.grow(1)
    assert world.ask(10).status == 200


@pytest.mark.parametrize("change", ["drop", "flip", "more", "swap"])
def test_a_wrong_proof_is_422(world: World, change: str):
    world.log.grow(9)
    world.ask(0)
    world.log.grow(20)
    proof = world.log.proof(10)
    bad = {
        "drop": proof[:-1], "flip": [bytes(32), *proof[1:]], "more": [*proof, bytes(32)], "swap": proof[::-1],
    }[change]  # fmt: skip
    assert world.ask(10, proof=bad).status == 422
    assert world.folder.known(world.log.origin).size == 10
    assert world.ask(10).status == 200


def test_a_proof_from_nothing_must_be_empty(world: World):
    assert world.ask(0, proof=[bytes(32)]).status == 422
    assert world.ask(0).status == 200
    assert world.ask(1, proof=[bytes(32)]).status == 422


def test_an_unknown_log_and_an_unknown_key(world: World):
    assert world.ask(0, log=TinyLog("elsewhere.example/log", 1)).status == 404
    assert world.ask(0, log=TinyLog(leaves=1)).status == 403
    text = world.log.checkpoint().text()
    wrong = notes.SignatureLine(world.log.origin, world.log.keys[0].key.id, bytes(64))
    spoiled = notes.Note(text, (wrong, world.log.keys[1].line(text, 5)))
    assert world.witness.add_checkpoint(request_body(0, [], spoiled.data())).status == 403
    assert world.evidence() == []


def test_unknown_signatures_are_ignored_seventeen_of_them(world: World):
    text = world.log.checkpoint().text()
    strangers = [Signer(f"stranger.example/{n}", SignatureType.COSIGNATURE).line(text, 3) for n in range(16)]
    note = notes.Note(text, (*strangers, world.log.keys[0].line(text)))
    assert len(note.signatures) == 17
    assert world.witness.add_checkpoint(request_body(0, [], note.data())).status == 200
    kept = notes.parse(world.folder.latest(world.log.origin))
    assert len(kept.signatures) == 3  # the log's and the own two


@pytest.mark.parametrize(
    "change",
    [
        lambda body: b"", lambda body: b"\n\n", lambda body: body.replace(b"old 0", b"old"),
        lambda body: body.replace(b"old 0", b"old 00"), lambda body: body.replace(b"old 0", b"old -1"),
        lambda body: body.replace(b"old 0", b"OLD 0"), lambda body: body.replace(b"old 0", b"old  0"),
        lambda body: body.replace(b"old 0", b"old 9223372036854775808"), lambda body: body.replace(b"\n", b"\r\n"),
        lambda body: body.replace(b"old 0\n", b"old 0\n" + (b"A" * 43 + b"=\n") * 64),
        lambda body: body.replace(b"old 0\n", b"old 0\nAAAA\n"), lambda body: body[:-1], lambda body: body + b"x",
        lambda body: body.replace(b"\n1\n", b"\n01\n"), lambda body: body.replace(b"\n1\n", b"\n9223372036854775808\n"),
        lambda body: body.replace(b"\xe2\x80\x94", b"-"), lambda body: body.split(b"\n\n")[0] + b"\n\n",
        lambda body: b"\xff" + body, lambda body: body + b"\n" * 300_000,
    ],
)  # fmt: skip
def test_rubbish_is_400(world: World, change):
    body = change(request_body(0, [], world.log.note().data()))
    reply = world.witness.add_checkpoint(body)
    assert reply.status == 400, reply
    assert world.folder.known(world.log.origin).size == 0


def test_a_clock_moved_back_signs_nothing_until_it_passes(world: World):
    assert world.ask(0).status == 200
    world.clock.now -= 100
    assert world.ask(1).status == 503
    world.clock.now += 100
    assert world.ask(1).status == 200


class FullDisk:
    """Writes as the witness does until the disk is full."""

    def __init__(self) -> None:
        self.full = False

    def __call__(self, path: Path, data: bytes) -> None:
        if self.full:
            raise OSError(28, "No space left on device")
        witness_files.write_durably(path, data)


def test_nothing_is_answered_that_is_not_on_disk(world: World):
    disk = FullDisk()
    full = Witness(WitnessFolder(world.path, disk), world.clock)
    assert full.add_checkpoint(request_body(0, [], world.log.note().data())).status == 200
    world.log.grow(3)
    body = request_body(1, world.log.proof(1), world.log.note().data())
    disk.full = True
    assert full.add_checkpoint(body).status == 500
    world.again()
    assert world.folder.known(world.log.origin).size == 1
    disk.full = False
    assert full.add_checkpoint(body).status == 200


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path):
    target = tmp_path / "state"
    target.mkdir()
    with pytest.raises(OSError, match="directory"):
        witness_files.write_durably(target, b"new")
    assert list(tmp_path.iterdir()) == [target]


def test_a_lost_or_torn_state_is_never_begun_anew(world: World):
    assert world.ask(0).status == 200
    [path] = world.path.glob("logs/*/checkpoint")
    whole = path.read_bytes()
    for damage in (whole[:-9], whole.replace(b"\n1\n", b"\n2\n"), b"rubbish"):
        path.write_bytes(damage)
        with pytest.raises(Refusal, match=r"openlog\.witness_state_lost"):
            world.again()
    path.unlink()
    with pytest.raises(Refusal, match=r"openlog\.witness_state_lost"):
        world.again()
    with pytest.raises(Refusal, match=r"openlog\.witness_state_lost"):
        world.folder.add_log([signer.key for signer in world.log.keys])


def test_a_witness_is_made_once_and_its_keys_are_its_own(tmp_path: Path):
    made = witness_files.create(tmp_path / "w", NAME)
    with pytest.raises(Refusal, match=r"openlog\.witness_exists"):
        witness_files.create(tmp_path / "w", NAME)
    with pytest.raises(Refusal, match=r"openlog\.bad_key"):
        witness_files.create(tmp_path / "x", "two words")
    assert WitnessFolder(tmp_path / "w").keys == made.keys
    (tmp_path / "w" / "ed25519.pem").chmod(0o644)
    with pytest.raises(Refusal, match=r"openlog\.key_open"):
        WitnessFolder(tmp_path / "w")
    with pytest.raises(Refusal, match=r"openlog\.no_witness"):
        WitnessFolder(tmp_path / "nowhere")


def test_one_process_holds_the_folder(world: World):
    with world.folder.alone(), pytest.raises(Refusal, match=r"openlog\.witness_busy"), world.folder.alone():
        pass
    with world.folder.alone():
        pass


def test_an_answer_is_read_strictly(world: World):
    note, key = world.log.note(), world.folder.keys[0]
    body = world.ask(0).body
    for bad in (b"", b"hello\n", body + body, b"\xff", b"\n", body.replace(b"w1", b"w2"), b"<html>" + body):
        with pytest.raises(Refusal, match=r"openlog\.witness_rubbish"):
            witness.read_cosignatures(bad, key, note)
    world.log.grow(1)
    with pytest.raises(Refusal, match=r"openlog\.bad_signature"):
        witness.read_cosignatures(body, key, world.log.note())
    for bad in (b"", b"10", b"010\n", b"10\n\n", b"-1\n", b"9223372036854775808\n", b"1" * 5000 + b"\n"):
        with pytest.raises(Refusal, match=r"openlog\.witness_rubbish"):
            witness.read_size(bad)
