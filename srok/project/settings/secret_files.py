"""Secrets as files of 32 bytes or more, mode 0600, never in the code, the environment or the database."""

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def made(folder: Path, name: str) -> bytes:
    """The secret `name`, made on first use (the demo)."""
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(32))
    return path.read_bytes()


def required(folder: Path, name: str) -> bytes:
    """The secret `name`; a missing, short or readable one stops the start, naming the file."""
    path = folder / name
    if not path.is_file():
        raise ImproperlyConfigured(f"the secret {name} is missing: make 32 random bytes, mode 0600, in {folder}")
    if path.stat().st_mode & 0o077:
        raise ImproperlyConfigured(f"the secret {name} in {folder} can be read by others: chmod 600")
    found = path.read_bytes()
    if len(found) < 32:
        raise ImproperlyConfigured(f"the secret {name} in {folder} is shorter than 32 bytes")
    return found


def kept(folder: Path, name: str) -> bytes:
    """The secret `name` of a kit, made when the kit was prepared; a missing or short one stops the start.

    One that others can read is told in words by the kit's own start checks, which then let nobody capture.
    """
    path = folder / name
    found = path.read_bytes() if path.is_file() else b""
    if len(found) < 32:
        raise ImproperlyConfigured(f"the secret {name} of this kit is missing from {folder}: the kit must be remade")
    return found
