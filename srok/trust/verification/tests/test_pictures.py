"""A stranger's picture: whatever its header claims, the answer is words."""

import struct
import zlib

import pytest
from django.test import Client

from srok.ground.kernel.refusal import Refusal
from srok.trust.verification import pictures


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(bytes(100))), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("side", [7_000, 10_000, 20_000, 65_000])
def test_a_bomb_is_a_picture_too_large(side: int) -> None:
    with pytest.raises(Refusal, match="verification.picture_too_large"):
        pictures.qr_text(claiming(side, side))


@pytest.mark.django_db
def test_the_public_page_survives_a_bomb(client: Client, tmp_path) -> None:
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(claiming(20_000, 20_000))
    with bomb.open("rb") as opened:
        assert client.post("/verification/check", {"picture": opened}).status_code == 200
