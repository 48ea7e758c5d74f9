"""The conformance kit: whether a fingerprint device keeps the promise of its seam, check by check."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import devices
from srok.identity.biometrics.devices import FingerDevice
from srok.identity.biometrics.finger_terms import GOOD_QUALITY, Finger, Reading, Shot

LONGEST_SECONDS = 10.0
SAME_FINGER = 100


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was asked, whether it held, and what was measured."""

    name: str
    held: bool
    measured: str


def check_device(device: FingerDevice, *, wait: Callable[[str], None] = lambda said: None) -> Iterator[Check]:
    """Every check of the device contract, in order; `wait` is told what to put on the device before each shot.

    A check that cannot be made because an earlier one failed is reported as not held.
    """
    yield Check("name and serial number", bool(device.name and device.serial), f"{device.name} / {device.serial}")
    wait("right index finger")
    first, seconds, problem = _taken(device, Finger.RIGHT_INDEX)
    yield Check(
        "a shot within 10 seconds", first is not None and seconds <= LONGEST_SECONDS, problem or f"{seconds:.2f} s"
    )
    if first is None:
        return
    yield _picture(first)
    yield Check(
        "its own quality is 0 to 100, or none", first.quality is None or 0 <= first.quality <= 100, str(first.quality)
    )
    reading = devices.read(first)
    good = reading is not None and reading.quality >= GOOD_QUALITY
    yield Check(f"NFIQ 2 quality of {GOOD_QUALITY} or more", good, str(reading.quality if reading else None))
    yield Check("a template of ISO/IEC 19794-2", bool(reading and reading.template[:4] == b"FMR\0"), _size(reading))
    wait("the same finger again")
    second = _taken(device, Finger.RIGHT_INDEX)[0]
    wait("left thumb")
    third = _taken(device, Finger.LEFT_THUMB)[0]
    alike, unlike = _score(first, second), _score(first, third)
    yield Check("the same finger is recognised", alike is not None and alike >= SAME_FINGER, str(alike))
    fits = alike is not None and unlike is not None and unlike < alike / 2
    yield Check("another finger is another", fits, str(unlike))


def _taken(device: FingerDevice, finger: Finger) -> tuple[Shot | None, float, str]:
    started = time.monotonic()
    try:
        return device.capture(finger), time.monotonic() - started, ""
    except Refusal as refusal:
        return None, time.monotonic() - started, refusal.code
    except Exception as error:  # a device of somebody else: whatever it raises is a finding, not a crash of the kit
        return None, time.monotonic() - started, f"raises {type(error).__name__}"


def _picture(shot: Shot) -> Check:
    try:
        picture = devices.opened(shot)
    except Refusal as refusal:
        return Check("an 8-bit grey PNG within the bounds", False, refusal.code)
    return Check("an 8-bit grey PNG within the bounds", True, f"{picture.width} x {picture.height}")


def _score(one: Shot, other: Shot | None) -> int | None:
    readings = [devices.read(shot) for shot in (one, other) if shot is not None]
    templates = [reading.template for reading in readings if reading is not None]
    return devices.likeness(*templates) if len(templates) == 2 else None


def _size(reading: Reading | None) -> str:
    return f"{len(reading.template)} bytes, {reading.points} points" if reading else "none"
