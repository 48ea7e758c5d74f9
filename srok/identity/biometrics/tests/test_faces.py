"""What the face engine sees is told in words at once; a hostile picture costs bounded time. The faces are drawn.

These tests show that the seam, the measures and the limits work together. They show nothing about how often an
engine is right with people: no photo of anybody is used, and no accuracy is claimed.
"""

import hashlib
import json
import subprocess
import sys
import time

import pytest
from PIL import Image, ImageDraw, ImageFilter

from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import engine, rules
from srok.identity.biometrics.checks import quality
from srok.identity.biometrics.terms import FACE, HARD, FaceMeasures, Problem
from srok.identity.biometrics.tests.pictures import Head, blurred, coded, face, people

CAST = [Head(number) for number in range(6)]


def cat() -> Image.Image:
    """A drawn cat that looks into the camera: two eyes, a nose, ears, whiskers, fur."""
    picture = Image.new("RGB", (600, 750), "#d8dee6")
    pen = ImageDraw.Draw(picture)
    pen.polygon([(140, 300), (170, 80), (290, 210)], fill="#8a6a48")
    pen.polygon([(460, 300), (430, 80), (310, 210)], fill="#8a6a48")
    pen.ellipse((120, 170, 480, 520), fill="#9a7852")
    for stripe in range(5):
        pen.arc((200 + stripe * 14, 180, 400 - stripe * 14, 330), 200, 340, fill="#5a4028", width=8)
    for left in (190, 330):
        pen.ellipse((left, 300, left + 80, 350), fill="#c8d060")
        pen.ellipse((left + 33, 298, left + 47, 352), fill="#101010")
    pen.polygon([(280, 400), (320, 400), (300, 422)], fill="#c07878")
    pen.arc((250, 410, 300, 460), 0, 140, fill="#3a2a20", width=4)
    pen.arc((300, 410, 350, 460), 40, 180, fill="#3a2a20", width=4)
    for side in (-1, 1):
        for down in (405, 425, 445):
            pen.line((300 + side * 40, 425, 300 + side * 190, down), fill="#f4f0e8", width=2)
    pen.ellipse((130, 480, 470, 900), fill="#8a6a48")
    return picture


def before_shelves(picture: Image.Image) -> Image.Image:
    """The same person before shelves of coloured boxes."""
    shelves = Image.new("RGB", picture.size, "#705030")
    pen = ImageDraw.Draw(shelves)
    for row in range(0, picture.height, 60):
        for column in range(0, picture.width, 34):
            tone = (row * 7 + column * 13) % 200
            pen.rectangle((column + 3, row + 4, column + 30, row + 54), fill=(tone, 255 - tone, (tone * 3) % 255))
    plain = Image.new("RGB", picture.size, "#d8dee6")
    where = Image.eval(_difference(picture, plain), lambda light: 255 if light > 6 else 0)
    shelves.paste(picture, (0, 0), where)
    return shelves


def _difference(one: Image.Image, other: Image.Image) -> Image.Image:
    from PIL import ImageChops

    return ImageChops.difference(one, other).convert("L")


@pytest.mark.parametrize("head", CAST, ids=lambda head: f"person {head.who}")
def test_one_upright_face_is_fine(head, with_dlib):
    verdict = quality(coded(people(head)))
    assert (verdict.ok, verdict.problems, verdict.not_checked) == (True, (), ())


@pytest.mark.parametrize("skin", ["#3a281c", "#5a3f2d", "#8a5a3c", "#b98a62", "#d8b090", "#f4e4d8"])
def test_no_skin_is_too_dark_or_too_bright(skin, with_dlib):
    assert quality(coded(people(Head(skin=skin)))).problems == ()


@pytest.mark.parametrize(
    ("picture", "problem"),
    [
        (cat(), Problem.NO_FACE),
        (Image.effect_noise((600, 750), 120).convert("RGB"), Problem.NO_FACE),
        (people(Head(at=(0.28, 0.42), size=0.17), Head(1, at=(0.72, 0.42), size=0.17)), Problem.SEVERAL_FACES),
        (people(Head(size=0.24), Head(1, at=(0.87, 0.2), size=0.09)), Problem.SEVERAL_FACES),
        (people(Head(size=0.10)), Problem.EYES_TOO_NEAR),
        (people(Head(size=0.05), width=1200, height=1500), Problem.EYES_TOO_NEAR),
        (people(Head(size=0.45)), Problem.TOO_CLOSE),
        (people(Head(roll=13)), Problem.HEAD_ROLLED),
        (people(Head(roll=-13)), Problem.HEAD_ROLLED),
        (people(Head(roll=90)), Problem.HEAD_ROLLED),
        (people(Head(roll=180)), Problem.HEAD_ROLLED),
        (people(Head(at=(0.25, 0.42), size=0.2)), Problem.OFF_CENTRE),
        (people(Head(at=(0.5, 0.75), size=0.2)), Problem.OFF_CENTRE),
        (before_shelves(face()), Problem.BUSY_BACKGROUND),
        (people(Head(lit=(0.1, 1.2))), Problem.UNEVEN_LIGHT),
    ],
)  # fmt: skip
def test_each_fault_of_the_face_is_named(picture, problem, with_dlib):
    verdict = quality(coded(picture))
    assert problem in verdict.face
    assert not verdict.ok
    assert verdict.not_checked == ()


def test_a_blurred_face_before_a_sharp_collar_is_blurred(with_dlib):
    whole = people(Head())
    soft = whole.filter(ImageFilter.GaussianBlur(7))
    soft.paste(whole.crop((0, 560, 600, 750)), (0, 560))
    verdict = quality(coded(soft))
    assert (verdict.hard, verdict.face) == ((), ("biometrics.face_blurred",))


def test_a_black_frame_and_a_cut_file_need_no_face(with_dlib):
    assert quality(coded(Image.new("RGB", (600, 750)))).problems == ("biometrics.too_dark", "biometrics.flat")
    assert quality(coded(face())[:4000]).problems == ("biometrics.unreadable",)


def test_every_fault_is_told_at_once(with_dlib):
    assert quality(coded(people(Head(roll=12, at=(0.28, 0.42), size=0.13)))).face == (
        "biometrics.eyes_too_near", "biometrics.head_rolled", "biometrics.off_centre",
    )  # fmt: skip


@pytest.mark.slow
def test_what_blocks_everywhere_is_the_same_with_and_without_an_engine(with_dlib, monkeypatch):
    pictures = [coded(one) for one in (face(), face(300, 400), face(900, 700), blurred(face()), cat())]
    seen = [quality(one).hard for one in pictures]
    monkeypatch.setenv("SROK_FACE_ENGINE", "none")
    engine.engine.cache_clear()
    unseen = [quality(one) for one in pictures]
    assert seen == [one.hard for one in unseen]
    assert {one.face for one in unseen} == {()}


@pytest.mark.slow
def test_the_largest_picture_is_answered_in_bounded_time(with_dlib):
    large = coded(people(Head(), width=6200, height=8000), quality=50)
    before = time.monotonic()
    assert quality(large).ok
    assert time.monotonic() - before < 6


def test_a_strip_of_pixels_is_no_face_and_no_crash(with_dlib):
    for size in ((8000, 2), (2, 8000), (1, 1), (20, 20), (3000, 40)):
        noise = Image.effect_noise(size, 100).convert("RGB")
        assert quality(coded(noise)).face in ((), ("biometrics.no_face",))


def test_hard_and_face_problems_are_all_of_them():
    assert set(Problem) == HARD | FACE
    assert not HARD & FACE


@pytest.mark.parametrize(
    ("measures", "told"),
    [
        (FaceMeasures(1, eyes_apart=90.0), ()),
        (FaceMeasures(1, eyes_apart=89.9), ("biometrics.eyes_too_near",)),
        (FaceMeasures(1, eyes_apart=200, roll=8.0), ()),
        (FaceMeasures(1, eyes_apart=200, roll=-8.1), ("biometrics.head_rolled",)),
        (FaceMeasures(1, eyes_apart=200, dim=10, lit=20), ("biometrics.uneven_light", "biometrics.face_dark")),
        (FaceMeasures(1, eyes_apart=200, dim=250, lit=252), ("biometrics.face_bright",)),
        (FaceMeasures(1, eyes_apart=200, contrast=20, dim=200, lit=220), ("biometrics.face_bright",)),
        (FaceMeasures(2, eyes_apart=200, busy=0.5), ("biometrics.several_faces", "biometrics.busy_background")),
    ],
)
def test_the_limits_stand_where_they_are_written(measures, told):
    assert rules.judge_face(measures) == told


def test_an_engine_that_is_named_and_not_there_says_so(monkeypatch):
    monkeypatch.setenv("SROK_FACE_ENGINE", "no_such_engine:Engine")
    engine.engine.cache_clear()
    with pytest.raises(Refusal) as refused:
        engine.engine()
    assert refused.value.code == "biometrics.engine_broken"
    verdict = quality(coded(face()))
    engine.engine.cache_clear()
    assert (verdict.ok, verdict.problems, verdict.not_checked) == (True, (), ("biometrics.engine_broken",))


def test_nothing_of_the_engine_is_loaded_before_it_is_asked():
    words = "import sys, json; import srok.identity.biometrics.checks, srok.identity.biometrics.cli; "
    words += "print(json.dumps([n for n in ('dlib', 'nbis', 'django') if n in sys.modules]))"
    said = subprocess.run(
        [sys.executable, "-c", words],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(said.stdout) == []


def test_the_vendored_detector_is_dlibs_own(with_dlib):
    import dlib

    from srok.identity.biometrics.dlib_engine import DETECTOR, DETECTOR_SHA256

    held = dlib.get_frontal_face_detector().__getstate__()[0]
    assert hashlib.sha256(held).hexdigest() == DETECTOR_SHA256
    assert DETECTOR.read_bytes() == held
