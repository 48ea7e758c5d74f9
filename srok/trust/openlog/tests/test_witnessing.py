"""Asking witnesses: honest ones, and every bad one there is."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from srok.trust.openlog import witness_files, witnessing
from srok.trust.openlog.notes import SignatureType
from srok.trust.openlog.policy import Policy, accept, read_policy
from srok.trust.openlog.tests.logs import TinyLog, witnesses
from srok.trust.openlog.witness_server import Witness, WitnessServer
from srok.trust.openlog.witnessing import HttpAnswer, Standing, ask_all

OTHER, STRANGER = witnesses(2)


@contextmanager
def running(folder: Path, log: TinyLog, name: str = "w") -> Iterator[tuple[Witness, str]]:
    """A witness of ours on a port; gives it and its line of a policy."""
    made = witness_files.create(folder, f"{name}.example/1")
    made.add_log([signer.key for signer in log.keys])
    found = Witness(made, lambda: 5_000)
    server = WitnessServer(("127.0.0.1", 0), found)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield found, f"witness {name} {made.keys[0].text} http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def answering(act: Callable[[socket.socket], None]) -> Iterator[str]:
    """A port whose every caller gets what `act` does; gives the address."""
    listening = socket.create_server(("127.0.0.1", 0))
    callers: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            callers.append(caller)
            try:
                act(caller)
            except OSError:
                continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for caller in callers:
            caller.close()
        thread.join()


def policy_of(log: TinyLog, *lines: str, quorum: str = "none") -> Policy:
    return read_policy(log.policy(*lines, f"quorum {quorum}"))


def test_every_checkpoint_is_cosigned_by_those_who_grow_along(tmp_path: Path):
    log = TinyLog(leaves=3)
    with running(tmp_path / "a", log, "a") as (_, a), running(tmp_path / "b", log, "b") as (_, b):
        policy = policy_of(log, a, b, "group g all a b", quorum="g")
        sizes: dict[str, int] = {}
        for _ in range(4):
            log.grow(5)
            found = ask_all(policy, log.note(), sizes, log.proof)
            assert found.met and found.agreed == {"a", "b"}
            assert accept(policy, found.note).cosigned == {"a": 5_000, "b": 5_000}
            sizes = {one.name: one.size for one in found.asked}
        assert sizes == {"a": 23, "b": 23}
        # Sizes that we forgot, or remember wrongly, cost one more question.
        log.grow(1)
        assert ask_all(policy, log.note(), {"a": 0, "b": 7}, log.proof).met
        assert ask_all(policy, log.note(), {"a": 2**40, "b": 24}, log.proof).met


def test_one_witness_that_fails_does_not_hold_the_others(tmp_path: Path):
    log = TinyLog(leaves=3)
    with running(tmp_path / "a", log, "a") as (_, good):
        closed = socket.create_server(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        closed.close()
        policy = policy_of(
            log, good, f"witness z {OTHER.key.text} http://127.0.0.1:{port}", "group g any a z", quorum="g"
        )
        found = ask_all(policy, log.note(), {}, log.proof)
    assert found.met and [one.standing for one in found.asked] == [Standing.COSIGNED, Standing.UNREACHABLE]


def test_a_witness_that_saw_another_tree_disagrees(tmp_path: Path):
    log, fork = TinyLog(leaves=9), TinyLog(leaves=9)
    fork.keys, fork.entries[4] = log.keys, b"other"
    with running(tmp_path / "a", log, "a") as (_, line):
        assert ask_all(policy_of(log, line), fork.note(), {}, fork.proof).agreed == {"a"}
        same = ask_all(policy_of(log, line), log.note(), {}, log.proof)
        log.grow(3)
        larger = ask_all(policy_of(log, line), log.note(), {"a": 9}, log.proof)
    assert [one.standing for one in (*same.asked, *larger.asked)] == [Standing.DISAGREES] * 2


def test_a_witness_that_is_ahead_says_that_we_lost_something(tmp_path: Path):
    log = TinyLog(leaves=9)
    with running(tmp_path / "a", log, "a") as (_, line):
        assert ask_all(policy_of(log, line), log.note(), {}, log.proof).agreed
        [one] = ask_all(policy_of(log, line), log.note(4), {}, lambda old: log.proof(old, 4)).asked
    assert (one.standing, one.size, one.line) == (Standing.AHEAD, 9, None)


def said(status: str, body: bytes, kind: str = "text/plain") -> Callable[[socket.socket], None]:
    def act(caller: socket.socket) -> None:
        caller.recv(65_536)
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        caller.sendall(head.encode() + body)
        caller.close()

    return act


def never(caller: socket.socket) -> None:
    caller.recv(65_536)


def dripping(caller: socket.socket) -> None:
    caller.recv(65_536)
    caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
    for _ in range(40):
        threading.Event().wait(0.05)
        caller.sendall(b"x")


def rubbish(caller: socket.socket) -> None:
    caller.sendall(b"\xff\xfe not http at all\r\n\r\n")
    caller.close()


def endless(caller: socket.socket) -> None:
    caller.recv(65_536)
    caller.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 200_000)
    caller.close()


LOG = TinyLog(leaves=3)
OTHERS_TEXT = TinyLog("elsewhere.example/log", 3).checkpoint().text()
BAD = {
    "never": (never, Standing.SILENT),
    "drop by drop": (dripping, Standing.SILENT),
    "not http": (rubbish, Standing.UNREACHABLE),
    "endless": (endless, Standing.RUBBISH),
    "empty": (said("200 OK", b""), Standing.RUBBISH),
    "words": (said("200 OK", b"thank you\n"), Standing.RUBBISH),
    "another key": (said("200 OK", STRANGER.line(LOG.checkpoint().text(), 1).text().encode()), Standing.RUBBISH),
    "another text": (said("200 OK", OTHER.line(OTHERS_TEXT, 1).text().encode()), Standing.BAD_SIGNATURE),
    "a size that is none": (said("409 Conflict", b"-1\n", "text/x.tlog.size"), Standing.RUBBISH),
    "a huge size": (said("409 Conflict", b"9" * 40 + b"\n", "text/x.tlog.size"), Standing.RUBBISH),
    "a size beyond 2^63": (said("409 Conflict", b"9223372036854775808\n"), Standing.RUBBISH),
    "the same size always": (said("409 Conflict", b"0\n", "text/x.tlog.size"), Standing.DISAGREES),
    "a larger size": (said("409 Conflict", b"77\n", "text/x.tlog.size"), Standing.AHEAD),
    "moved": (said("302 Found", b""), Standing.REFUSED),
    "unknown log": (said("404 Not Found", b"?"), Standing.REFUSED),
    "broken": (said("500 Oops", b"?"), Standing.REFUSED),
    "no proof": (said("422 Unprocessable", b"?"), Standing.DISAGREES),
}  # fmt: skip


@pytest.mark.parametrize("case", list(BAD))
def test_a_bad_witness_is_told_apart_and_ignored(case: str):
    act, standing = BAD[case]
    with answering(act) as url:
        policy = policy_of(LOG, f"witness z {OTHER.key.text} {url}", quorum="z")
        note = LOG.note()
        found = ask_all(policy, note, {}, LOG.proof, lambda to, body: witnessing.http_post(to, body, 0.4))
    [one] = found.asked
    assert one.standing is standing
    assert one.line is None and not found.met and found.note == note


def test_a_witness_that_changes_its_size_for_ever_is_left_after_three_questions():
    asked: list[bytes] = []

    def post(url: str, body: bytes) -> HttpAnswer:
        asked.append(body)
        return HttpAnswer(409, "text/x.tlog.size", b"%d\n" % (len(asked) % 3 + 1))

    log = TinyLog(leaves=9)
    policy = policy_of(log, f"witness z {OTHER.key.text} http://w.example")
    [one] = ask_all(policy, log.note(), {}, log.proof, post).asked
    assert one.standing is Standing.RUBBISH and len(asked) == witnessing.MAX_QUESTIONS


def test_a_witness_without_address_is_not_asked():
    [one] = ask_all(policy_of(LOG, f"witness z {OTHER.key.text}"), LOG.note(), {}, LOG.proof).asked
    assert one.standing is Standing.NOT_ASKED
    assert ask_all(policy_of(LOG), LOG.note(), {}, LOG.proof).met


@pytest.mark.parametrize(
    "url",
    ["ftp://w.example", "file:///etc/passwd", "http://", "http://user:pass@w.example", "http://w.example/?a=b",
     "http://w.example/#x", "http://w.example:0", "http://w.example:99999", "//w.example", "http://w.exampl\u00e9/"],
)  # fmt: skip
def test_addresses_that_are_none(url: str):
    with pytest.raises(ValueError, match="."):
        witnessing.checked_url(url)
    [one] = ask_all(policy_of(LOG, f"witness z {OTHER.key.text} {url}"), LOG.note(), {}, LOG.proof).asked
    assert one.standing is Standing.RUBBISH and one.line is None


def test_seventeen_and_more_cosignatures_fit(tmp_path: Path):
    many = list(witnesses(20))
    text = LOG.checkpoint().text()

    def post(url: str, body: bytes) -> HttpAnswer:
        return HttpAnswer(200, "text/plain", many[int(url.split("/")[3])].line(text, 9).text().encode())

    lines = [f"witness w{n} {one.key.text} http://w.example/{n}" for n, one in enumerate(many)]
    policy = policy_of(LOG, *lines, f"group g all {' '.join(f'w{n}' for n in range(20))}", quorum="g")
    found = ask_all(policy, LOG.note(), {}, LOG.proof, post)
    assert found.met and len(found.note.signatures) == 22
    assert len(accept(policy, found.note).cosigned) == 20
    assert {one.key.type for one in policy.witnesses.values()} == {SignatureType.COSIGNATURE}
