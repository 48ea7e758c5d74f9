"""The seam of fingerprint devices, and what is read of their pictures. Nothing is loaded before it is asked.

A device takes its place by `SROK_FINGER_DEVICE=module:Class` (a class without arguments that keeps `FingerDevice`) or
`simulator`. `srok biometrics conformance --device …` says whether it keeps its promise. Quality and templates come from
NIST's NFIQ 2 and NBIS through `nbis-py`, where it is installed.
"""

import os
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Any, Protocol

import numpy
from PIL import Image

from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics.finger_terms import (
    MAX_SHOT_BYTES,
    MAX_SIDE,
    MIN_SIDE,
    PPI,
    Finger,
    PrintMeasures,
    Reading,
    Shot,
)

# A pixel darker than this belongs to the finger; ridges and valleys are smoothed over before that is asked.
PAPER_WHITE, SMOOTHED = 235, 16


class FingerDevice(Protocol):
    """What a fingerprint device promises. `name` and `serial` are recorded with every set."""

    name: str
    serial: str

    def capture(self, finger: Finger) -> Shot:
        """One shot of the finger that lies on it, within ten seconds. Raises `biometrics.finger_none` when none does,
        `biometrics.device_silent` when the device does not answer."""
        ...


@lru_cache(maxsize=1)
def device() -> FingerDevice | None:
    """The device of this machine; None where none is named. Raises `biometrics.device_broken`."""
    return named_device(os.environ.get("SROK_FINGER_DEVICE", ""))


def named_device(named: str) -> FingerDevice | None:
    """The device of this name (`simulator` or `module:Class`). Raises `biometrics.device_broken`."""
    if not named:
        return None
    if named == "simulator":
        named = "srok.identity.biometrics.simulator:Simulator"
    module, _, name = named.partition(":")
    try:
        made: FingerDevice = getattr(import_module(module), name)()
    except (ImportError, AttributeError, OSError, TypeError, ValueError) as error:
        raise Refusal("biometrics.device_broken", device=named[:80]) from error
    return made


def opened(shot: Shot) -> Image.Image:
    """The picture of a shot; raises `biometrics.device_unreadable` unless it is a grey PNG within the bounds."""
    if len(shot.image) > MAX_SHOT_BYTES:
        raise Refusal("biometrics.device_unreadable")
    try:
        picture = Image.open(BytesIO(shot.image), formats=("PNG",))
        if not (MIN_SIDE <= picture.width <= MAX_SIDE and MIN_SIDE <= picture.height <= MAX_SIDE):
            raise Refusal("biometrics.device_unreadable")
        picture.load()
    except (OSError, SyntaxError, ValueError, MemoryError, Image.DecompressionBombError) as error:
        raise Refusal("biometrics.device_unreadable") from error
    if picture.mode != "L":
        raise Refusal("biometrics.device_unreadable")
    return picture


def measured(picture: Image.Image) -> PrintMeasures:
    """How the finger lay."""
    small = picture.resize(
        (max(1, picture.width // SMOOTHED), max(1, picture.height // SMOOTHED)), Image.Resampling.BOX
    )
    light = numpy.asarray(small, dtype=numpy.float32)
    inside = light < PAPER_WHITE
    covered = float(inside.mean())
    return PrintMeasures(covered, float(light[inside].mean()) if inside.any() else 255.0)


def read(shot: Shot) -> Reading | None:
    """Quality and template of a shot; None when no print can be made out in it.

    Raises `biometrics.no_finger_engine` where `nbis-py` is not installed.
    """
    if find_spec("nbis") is None:
        raise Refusal("biometrics.no_finger_engine")
    import nbis

    try:
        points = _extractor().extract_minutiae(shot.image)
        template = bytes(points.to_iso_19794_2_2005())
        return Reading(int(points.quality().score), len(points.get()), template)
    except nbis.NbisError:
        return None


def likeness(one: bytes, other: bytes) -> int:
    """NIST's BOZORTH3 score of two templates (higher is more alike; 40 and more is often taken as one finger).

    Raises `biometrics.no_finger_engine`, and `biometrics.finger_template` for what is no template.
    """
    if find_spec("nbis") is None:
        raise Refusal("biometrics.no_finger_engine")
    import nbis

    try:
        loaded = [_extractor().load_iso_19794_2_2005(template) for template in (one, other)]
    except nbis.NbisError as error:
        raise Refusal("biometrics.finger_template") from error
    return int(loaded[0].compare(loaded[1]))


@lru_cache(maxsize=1)
def _extractor() -> Any:
    import nbis

    settings = nbis.NbisExtractorSettings(
        min_quality=0.0, get_center=False, check_fingerprint=False, compute_nfiq2=True, ppi=float(PPI)
    )
    return nbis.new_nbis_extractor(settings)
