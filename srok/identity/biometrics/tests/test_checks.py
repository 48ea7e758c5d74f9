"""A bad photo is told in words at once; a hostile file costs neither memory nor the program."""

import struct
import time
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps

from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import images
from srok.identity.biometrics.checks import quality, readable
from srok.identity.biometrics.terms import NO_FACE_ENGINE, THUMBNAIL_BYTES
from srok.identity.biometrics.tests.pictures import blurred, coded, face


def test_a_good_portrait_is_ok_and_says_what_nobody_checked(no_engine):
    verdict = quality(coded(face()))
    assert (verdict.ok, verdict.problems, verdict.not_checked) == (True, (), (NO_FACE_ENGINE,))


@pytest.mark.parametrize(
    ("picture", "problem"),
    [
        (face(479, 600), "biometrics.too_small"),
        (face(480, 599), "biometrics.too_small"),
        (face(900, 700), "biometrics.not_upright"),
        (face(background="#080808", skin="#0f0f0f").point(lambda light: light // 4), "biometrics.too_dark"),
        (face(background="#ffffff", skin="#ffffff").point(lambda light: 235 + light // 13), "biometrics.too_bright"),
        (Image.new("RGB", (600, 750), "#808080"), "biometrics.flat"),
        (blurred(face()), "biometrics.blurred"),
    ],
)
def test_each_fault_is_named(picture, problem):
    verdict = quality(coded(picture))
    assert not verdict.ok
    assert problem in verdict.problems


def test_the_smallest_size_is_enough():
    assert quality(coded(face(480, 600))).ok


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "WEBP"])
def test_only_jpeg_and_png(kind):
    assert quality(coded(face(), kind)).problems == ("biometrics.unreadable",)


def test_a_cut_off_file_is_unreadable_wherever_it_was_cut():
    whole = coded(face())
    for part in (0, 1, 20, len(whole) // 3, len(whole) // 2, len(whole) - 200):
        assert quality(whole[:part]).problems == ("biometrics.unreadable",)


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and brings almost no data: a bomb."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [7_100, 9_500, 13_500, 60_000])
def test_a_bomb_is_refused_before_it_unpacks(side):
    before = time.monotonic()
    assert quality(png_header(side, side)).problems == ("biometrics.too_large",)
    assert time.monotonic() - before < 1


def test_a_file_of_fifty_megabytes_is_refused():
    assert quality(coded(face()) + b"\0" * 50_000_000).problems == ("biometrics.too_large",)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 3000))
def test_no_bytes_bring_the_check_down(junk, at):
    whole = coded(face(96, 120))
    broken = whole[:at] + junk + whole[at + len(junk) :]
    for data in (junk, broken):
        verdict = quality(data)
        assert verdict.ok or verdict.problems


def test_what_the_camera_wrote_is_stripped_and_the_picture_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side
    exif[0x010F] = "Camera maker"
    lying = face(900, 1200).transpose(Image.Transpose.ROTATE_90)
    upright = images.open_picture(coded(lying, exif=exif))
    assert upright.size == (900, 1200)
    kept = Image.open(BytesIO(images.to_jpeg(upright)))
    assert kept.size == (900, 1200)
    assert not kept.getexif()
    assert b"Camera maker" not in images.to_jpeg(upright)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "L", "P", "1", "CMYK", "I;16"])
def test_every_mode_a_scanner_writes_is_read(mode):
    picture = face()
    if mode == "I;16":
        data = coded(picture.convert("L").convert("I;16"), "PNG")
    else:
        data = coded(picture.convert(mode), "JPEG" if mode == "CMYK" else "PNG")
    assert readable(data) is None
    assert images.open_picture(data).mode == "RGB"


def test_a_large_portrait_is_kept_small():
    kept = Image.open(BytesIO(images.to_jpeg(images.open_picture(coded(face(3000, 4000))))))
    assert kept.width <= 1200
    assert kept.height <= 1500


@pytest.mark.parametrize("room", [THUMBNAIL_BYTES, 300, 180])
def test_a_thumbnail_fits_its_room(room):
    small = images.to_thumbnail(face(), room)
    picture = Image.open(BytesIO(small))
    assert len(small) <= room
    assert (picture.format, picture.size) == ("WEBP", (60, 75))
    grey = picture.convert("RGB").split()
    assert all(abs(a - b) <= 2 for a, b in zip(grey[0].tobytes(), grey[1].tobytes(), strict=True))


def test_noise_still_fits_and_no_room_is_said():
    noise = Image.effect_noise((600, 750), 120).convert("RGB")
    assert len(images.to_thumbnail(noise, THUMBNAIL_BYTES)) <= THUMBNAIL_BYTES
    with pytest.raises(Refusal) as refused:
        images.to_thumbnail(noise, 10)
    assert refused.value.code == "biometrics.no_room"


@pytest.mark.slow
@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("size", [(640, 800), (3600, 4500)])
def test_every_way_a_camera_was_held_comes_out_upright(orientation, size):
    """As Pillow's own `exif_transpose` has it; a very large picture is unpacked smaller, its size is still told."""
    picture = face(*size)
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = coded(picture, exif=exif)
    wanted = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    opened = images.open_whole(data)
    assert (opened.width, opened.height) == wanted.size
    assert opened.picture.width * opened.picture.height <= 3000 * 3000
    assert min(opened.picture.size) >= 640
    small = (40, 50) if wanted.height > wanted.width else (50, 40)
    apart = ImageChops.difference(wanted.resize(small), opened.picture.resize(small))
    assert max(high for _low, high in apart.getextrema()) < 40


@pytest.mark.slow
def test_a_large_portrait_is_judged_by_the_size_in_which_it_came(no_engine):
    assert quality(coded(face(4000, 5000), quality=60)).ok
    assert quality(coded(face(4000, 3000), quality=60)).problems == ("biometrics.not_upright",)
