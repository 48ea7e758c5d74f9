"""A witness that knows one log, with a clock that the test sets."""

from pathlib import Path

from srok.trust.openlog import witness_files
from srok.trust.openlog.tests.logs import TinyLog
from srok.trust.openlog.witness import Reply, request_body
from srok.trust.openlog.witness_files import WitnessFolder
from srok.trust.openlog.witness_server import Witness

NAME = "witness.example/w1"


class Clock:
    def __init__(self) -> None:
        self.now = 1_000

    def __call__(self) -> int:
        return self.now


class World:
    """A witness that knows one log."""

    def __init__(self, folder: Path) -> None:
        self.log, self.clock, self.path = TinyLog(leaves=1), Clock(), folder
        self.folder = witness_files.create(folder, NAME)
        self.folder.add_log([signer.key for signer in self.log.keys])
        self.witness = Witness(self.folder, self.clock)

    def ask(
        self, old: int, size: int | None = None, log: TinyLog | None = None, proof: list[bytes] | None = None
    ) -> Reply:
        at = log or self.log
        hashes = at.proof(old, size) if proof is None else proof
        return self.witness.add_checkpoint(request_body(old, hashes, at.note(size).data()))

    def again(self) -> None:
        """The witness is started anew on the same folder."""
        self.folder = WitnessFolder(self.path)
        self.witness = Witness(self.folder, self.clock)

    def evidence(self) -> list[str]:
        return sorted(path.name.split("-")[0] for path in self.path.glob("evidence/*.txt"))
