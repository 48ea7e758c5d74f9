"""A fingerprint device that is none: drawn ridges from a hash, the same on every machine, with the faults of a counter.

Ridges are grown from noise by filters that follow a core and a delta; nobody has these fingers. What it shows is that
the seam, the words and the retries work; it says nothing about how well prints of people can be told apart.
`SROK_FINGER_SIMULATOR` sets its faults: `left_thumb=dry,wet;right_index=none` (one for each try, then good ones).
"""

import os
from functools import lru_cache
from hashlib import shake_256
from io import BytesIO
from typing import Any

import numpy
from PIL import Image

from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics.finger_terms import PPI, Finger, Shot

WIDTH, HEIGHT = 320, 400
TURNS, DIRECTIONS, RIDGE, REACH = 4, 12, 9.0, 10
FAULTS = ("dry", "wet", "partly", "noise", "none", "silent")
CONTRAST = {"dry": 0.25, "wet": 1.0}
QUALITY = {"dry": 20, "wet": 25, "partly": 10, "noise": 5}


class Simulator:
    """The simulated device. `person` chooses whose ten fingers lie on it; `faults` what goes wrong at which try."""

    name = "srok simulator"

    def __init__(self, person: str = "nobody", faults: dict[Finger, list[str]] | None = None) -> None:
        self.person, self.serial = person, "SIM-0001"
        self._faults = _of_environment() if faults is None else {one: list(these) for one, these in faults.items()}
        self._tries = dict.fromkeys(Finger, 0)

    def capture(self, finger: Finger) -> Shot:
        """The next shot of this finger, a little moved from the one before."""
        self._tries[finger] += 1
        waiting = self._faults.get(finger, [])
        fault = waiting.pop(0) if waiting else ""
        if fault == "none":
            raise Refusal("biometrics.finger_none")
        if fault == "silent":
            raise Refusal("biometrics.device_silent")
        return Shot(_picture(self.person, finger, self._tries[finger], fault), QUALITY.get(fault, 80))


def _of_environment() -> dict[Finger, list[str]]:
    """The faults that the environment sets; raises ValueError for a word that is none."""
    found: dict[Finger, list[str]] = {}
    for part in filter(None, os.environ.get("SROK_FINGER_SIMULATOR", "").split(";")):
        finger, _, faults = part.partition("=")
        found[Finger(finger.strip())] = [one.strip() for one in faults.split(",")]
    if any(fault not in FAULTS for faults in found.values() for fault in faults):
        raise ValueError("SROK_FINGER_SIMULATOR names a fault that the simulator does not know")
    return found


def _picture(person: str, finger: Finger, turn: int, fault: str) -> bytes:
    ridges = _ridges(f"{person}/{finger}")
    if fault == "noise":
        ridges = _noise(f"noise/{person}/{finger}/{turn}")
    ridges = numpy.roll(ridges, (turn * 5 % 17 - 8, turn * 3 % 11 - 5), (0, 1))
    if fault == "wet":
        ridges = numpy.clip(ridges + 1.3, -1.0, 1.0)
    down, across = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    inside = ((across - WIDTH / 2) / (WIDTH * 0.46)) ** 2 + ((down - HEIGHT / 2) / (HEIGHT * 0.47)) ** 2 < 1
    if fault == "partly":
        inside &= (down > HEIGHT * 0.7) & (across > WIDTH * 0.5)
    dark = (ridges * 0.5 + 0.5) * 210 * CONTRAST.get(fault, 1.0)
    grey = numpy.where(inside, 255 - dark, 255).astype(numpy.uint8)
    out = BytesIO()
    Image.fromarray(grey).save(out, "PNG", dpi=(PPI, PPI))
    return out.getvalue()


def _noise(seed: str) -> Any:
    drawn = numpy.frombuffer(shake_256(seed.encode()).digest(WIDTH * HEIGHT), dtype=numpy.uint8)
    return (drawn.astype(numpy.float64).reshape(HEIGHT, WIDTH) - 127.5) / 127.5


@lru_cache(maxsize=32)
def _ridges(seed: str) -> Any:
    """Ridges from -1 to 1 that follow the directions of a core and a delta."""
    directions = _directions(seed)
    size = HEIGHT + 2 * REACH, WIDTH + 2 * REACH
    waves = [numpy.fft.rfft2(wave, size) for wave in _waves()]
    grown = _noise(seed)
    for _ in range(TURNS):
        whole, turned = numpy.fft.rfft2(grown, size), numpy.zeros_like(grown)
        for number, wave in enumerate(waves):
            answer = numpy.fft.irfft2(whole * wave, size)[REACH : REACH + HEIGHT, REACH : REACH + WIDTH]
            turned = numpy.where(directions == number, answer, turned)
        grown = numpy.tanh(turned / turned.std())
    return grown


def _directions(seed: str) -> Any:
    """For every pixel the number of the direction its ridge runs in."""
    drawn = [value / 255 for value in shake_256(f"shape/{seed}".encode()).digest(6)]
    down, across = numpy.mgrid[0:HEIGHT, 0:WIDTH].astype(numpy.float64)
    core = 130 + 60 * drawn[0], 150 + 50 * drawn[1]
    delta = (60 + 50 * drawn[2] if drawn[3] < 0.5 else 210 + 50 * drawn[2]), 330 + 50 * drawn[4]
    around = numpy.arctan2(down - delta[1], across - delta[0]) - numpy.arctan2(down - core[1], across - core[0])
    angle = (0.5 * around + 0.3 * (drawn[5] - 0.5)) % numpy.pi
    return numpy.round(angle / numpy.pi * DIRECTIONS).astype(int) % DIRECTIONS


def _waves() -> list[Any]:
    """One filter a direction: a wave of the width of a ridge, in a bell."""
    down, across = numpy.mgrid[-REACH : REACH + 1, -REACH : REACH + 1].astype(numpy.float64)
    found = []
    for number in range(DIRECTIONS):
        angle = numpy.pi * number / DIRECTIONS
        over = -across * numpy.sin(angle) + down * numpy.cos(angle)
        wave = numpy.exp(-(across**2 + down**2) / 32) * numpy.cos(2 * numpy.pi * over / RIDGE)
        found.append(wave - wave.mean())
    return found
