"""How a message leaves: files dropped into a folder, from which a real carrier takes them."""

import os
from pathlib import Path
from typing import Protocol

from django.conf import settings


class Transport(Protocol):
    """What the outbox asks of a carrier: take a message under a name, safely twice; forget one."""

    def put(self, channel: str, name: str, data: bytes) -> None: ...

    def remove(self, channel: str, name: str) -> None: ...


class FileDrop:
    """One file a message in a folder a channel. Written aside, synced and renamed: whole or not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, channel: str, name: str, data: bytes) -> None:
        """Write the message; the same name again replaces it with the same message. Raises OSError."""
        folder = self.folder / channel
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = folder / f".{name}.part"
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(folder / name)

    def remove(self, channel: str, name: str) -> None:
        """Forget a message that may still lie in the folder."""
        (self.folder / channel / name).unlink(missing_ok=True)
        (self.folder / channel / f".{name}.part").unlink(missing_ok=True)


def default() -> Transport:
    """The carrier of this installation: a file drop in `settings.SROK_OUTBOX`."""
    return FileDrop(Path(settings.SROK_OUTBOX))
