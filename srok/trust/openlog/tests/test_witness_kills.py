"""A witness killed at any moment: what it answered is on disk, and it never cosigns a smaller or another tree."""

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from srok.trust.openlog import witness_files
from srok.trust.openlog.tests.logs import TinyLog
from srok.trust.openlog.witness import request_body
from srok.trust.openlog.witness_files import WitnessFolder

ROOT = Path(__file__).resolve().parents[4]
KILLS = int(os.environ.get("SROK_KILLS", "20"))
SERVE = """
import sys
from pathlib import Path
from srok.trust.openlog.witness_files import WitnessFolder
from srok.trust.openlog.witness_server import Witness, WitnessServer
server = WitnessServer(("127.0.0.1", int(sys.argv[2])), Witness(WitnessFolder(Path(sys.argv[1])), lambda: 7_000))
print("ready", flush=True)
server.serve_forever()
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def ask(port: int, old: int, log: TinyLog) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        body = request_body(old, log.proof(old), log.note().data())
        connection.request("POST", "/add-checkpoint", body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@pytest.mark.slow
def test_killed_at_any_moment_it_keeps_what_it_answered(tmp_path: Path) -> None:
    log, folder = TinyLog(leaves=1), tmp_path / "w"
    witness_files.create(folder, "witness.example/w1").add_log([signer.key for signer in log.keys])
    acknowledged = 0
    for _ in range(KILLS):
        port = free_port()
        with subprocess.Popen(
            [sys.executable, "-c", SERVE, str(folder), str(port)], cwd=ROOT, stdout=subprocess.PIPE
        ) as server:
            assert server.stdout is not None and server.stdout.readline() == b"ready\n"
            timer = threading.Timer(secrets.randbelow(120) / 1_000, server.send_signal, [signal.SIGKILL])
            timer.start()
            known = WitnessFolder(folder).known(log.origin).size
            assert known >= acknowledged, "what was answered is on disk"
            try:
                while True:
                    log.grow(1 + secrets.randbelow(40))
                    status, said = ask(port, known, log)
                    assert status == 200, said
                    known = acknowledged = len(log.entries)
            except (OSError, http.client.HTTPException):
                timer.join()
            server.kill()
    found = WitnessFolder(folder)
    assert found.known(log.origin).size >= acknowledged > 1
    assert found.known(log.origin).root == log.checkpoint(found.known(log.origin).size).root
    assert list(folder.glob("evidence/*")) == []
