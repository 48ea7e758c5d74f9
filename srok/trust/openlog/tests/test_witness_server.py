"""The witness over HTTP: its paths and bounds, many callers at once, and callers that misbehave."""

import hashlib
import http.client
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from srok.trust.openlog.tests.watching import World
from srok.trust.openlog.witness import request_body
from srok.trust.openlog.witness_server import WitnessServer


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "w")


@pytest.fixture
def served(world: World) -> Iterator[tuple[World, int]]:
    server = WitnessServer(("127.0.0.1", 0), world.witness, "/w1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield world, server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


def call(port: int, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body, {key.replace("_", "-"): value for key, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers["Content-Type"] or ""
    finally:
        connection.close()


def test_the_witness_over_http(served: tuple[World, int]):
    world, port = served
    assert call(port, "POST", "/w1/add-checkpoint", request_body(0, [], world.log.note().data()))[0] == 200
    status, body, kind = call(port, "POST", "/w1/add-checkpoint", request_body(0, [], world.log.note().data()))
    assert (status, body, kind) == (409, b"1\n", "text/x.tlog.size")
    assert call(port, "POST", "/add-checkpoint", b"x")[0] == 404
    assert call(port, "GET", "/w1/keys")[1].decode().split("\n")[:2] == [key.text for key in world.folder.keys]
    digest = hashlib.sha256(world.log.origin.encode()).hexdigest()
    assert call(port, "GET", f"/w1/{digest}/checkpoint")[1] == world.folder.latest(world.log.origin)
    assert call(port, "GET", "/w1/nobody/checkpoint")[0] == 404
    assert call(port, "POST", "/w1/add-checkpoint", b"x" * 300_000)[0] == 413
    assert call(port, "POST", "/w1/add-checkpoint", None, Transfer_Encoding="chunked")[0] == 411
    assert call(port, "PUT", "/w1/add-checkpoint", b"x")[0] == 501


def test_many_at_once_are_taken_one_at_a_time(served: tuple[World, int]):
    """Of requests that all grow from 1, one wins; the size never falls (the race of the specification)."""
    world, port = served
    assert world.ask(0).status == 200
    world.log.grow(40)
    bodies = [request_body(1, world.log.proof(1, size), world.log.note(size).data()) for size in range(2, 41)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda body: call(port, "POST", "/w1/add-checkpoint", body), bodies))
    assert sorted({status for status, _, _ in answers}) == [200, 409]
    assert [status for status, _, _ in answers].count(200) == 1
    won = 2 + [status for status, _, _ in answers].index(200)
    assert world.folder.known(world.log.origin).size == won
    assert {body for status, body, _ in answers if status == 409} == {b"%d\n" % won}


def test_a_caller_that_says_nothing_or_stops_halfway_harms_nobody(served: tuple[World, int]):
    world, port = served
    silent = socket.create_connection(("127.0.0.1", port))
    halfway = socket.create_connection(("127.0.0.1", port))
    halfway.sendall(b"POST /w1/add-checkpoint HTTP/1.1\r\nContent-Length: 500\r\n\r\nold 0\n")
    assert call(port, "POST", "/w1/add-checkpoint", request_body(0, [], world.log.note().data()))[0] == 200
    halfway.shutdown(socket.SHUT_WR)
    assert b"400" in halfway.recv(100)
    silent.close()
    halfway.close()
