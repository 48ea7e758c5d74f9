"""From measures to a verdict. The limits were tried on drawn and photographed portraits; they are the service's own."""

from datetime import datetime, timedelta

from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics.terms import (
    FLOW,
    MIN_HEIGHT,
    MIN_WIDTH,
    OTHER_BEYOND,
    SAME_WITHIN,
    FaceMeasures,
    Measures,
    Problem,
    Quality,
    RequestAct,
    RequestState,
    Verdict,
)

DARKEST_MEAN, BRIGHTEST_MEAN = 40.0, 235.0
LEAST_SPREAD = 12.0
LEAST_EDGE = 14.0

# Of the face. Eyes: 90 pixels between their middles (ISO/IEC 19794-5, full frontal); a head rolled by at most 8
# degrees (the same); the others are the service's own, tried on drawn portraits, and wide on purpose: an officer looks.
LEAST_EYES_APART = 90.0
MOST_ROLL = 8.0
ACROSS, DOWN = (0.36, 0.64), (0.24, 0.60)
MOST_EYES_PART = 0.34
DARKEST_FACE, BRIGHTEST_FACE = 32.0, 245.0
LEAST_FACE_CONTRAST = 28.0
MOST_UNEVEN = 0.38
# The steepest change at the eyes, as a part of the contrast of the face.
LEAST_FACE_EDGE = 0.10
MOST_BUSY = 0.06


def judge(measures: Measures) -> Quality:
    """Every HARD problem at once, so that the person is photographed again only once."""
    problems = tuple(str(problem) for problem in _problems(measures))
    return Quality(ok=not problems, problems=problems)


def judge_face(measures: FaceMeasures) -> tuple[str, ...]:
    """Every FACE problem at once. Without exactly one upright face the rest cannot be said."""
    if measures.count == 0:
        return (str(Problem.NO_FACE),)
    first = (Problem.SEVERAL_FACES,) if measures.count > 1 else ()
    if abs(measures.roll) > 45:
        return tuple(str(problem) for problem in (*first, Problem.HEAD_ROLLED))
    return tuple(str(problem) for problem in (*first, *_placed(measures), *_lit(measures)))


def _placed(measures: FaceMeasures) -> list[Problem]:
    found: list[Problem] = []
    if measures.eyes_apart < LEAST_EYES_APART:
        found.append(Problem.EYES_TOO_NEAR)
    elif measures.eyes_part > MOST_EYES_PART:
        found.append(Problem.TOO_CLOSE)
    if abs(measures.roll) > MOST_ROLL:
        found.append(Problem.HEAD_ROLLED)
    if not (ACROSS[0] <= measures.across <= ACROSS[1] and DOWN[0] <= measures.down <= DOWN[1]):
        found.append(Problem.OFF_CENTRE)
    if measures.busy > MOST_BUSY:
        found.append(Problem.BUSY_BACKGROUND)
    return found


def _lit(measures: FaceMeasures) -> list[Problem]:
    """Light is judged by what can still be seen in the face, not by how dark a skin is."""
    found: list[Problem] = []
    if measures.lit > 0 and (measures.lit - measures.dim) / measures.lit > MOST_UNEVEN:
        found.append(Problem.UNEVEN_LIGHT)
    if measures.lit < DARKEST_FACE or (measures.contrast < LEAST_FACE_CONTRAST and measures.lit < 128):
        found.append(Problem.FACE_DARK)
    elif measures.dim > BRIGHTEST_FACE or measures.contrast < LEAST_FACE_CONTRAST:
        found.append(Problem.FACE_BRIGHT)
    elif measures.edge < LEAST_FACE_EDGE * measures.contrast:
        found.append(Problem.FACE_BLURRED)
    return found


def _problems(measures: Measures) -> list[Problem]:
    found: list[Problem] = []
    if measures.width < MIN_WIDTH or measures.height < MIN_HEIGHT:
        found.append(Problem.TOO_SMALL)
    if measures.width > measures.height:
        found.append(Problem.NOT_UPRIGHT)
    if measures.mean < DARKEST_MEAN:
        found.append(Problem.TOO_DARK)
    if measures.mean > BRIGHTEST_MEAN:
        found.append(Problem.TOO_BRIGHT)
    if measures.spread < LEAST_SPREAD:
        found.append(Problem.FLAT)
    elif measures.edge < LEAST_EDGE:
        found.append(Problem.BLURRED)
    return found


def verdict(distance: float) -> Verdict:
    """What a distance between two faces suggests. An officer decides; nothing is refused for it."""
    if distance < SAME_WITHIN:
        return Verdict.LIKELY_SAME
    return Verdict.LOOK_CLOSER if distance <= OTHER_BEYOND else Verdict.LIKELY_OTHER


def next_state(state: RequestState | None, act: RequestAct) -> RequestState:
    """The state a message goes to; raises `biometrics.answered_already` where the table knows no way."""
    found = FLOW.get((state, act))
    if found is None:
        raise Refusal("biometrics.answered_already")
    return found


def next_try(attempts: int, at: datetime) -> datetime:
    """When a message that could not be answered is tried again: after 2, 4, 8 ... seconds, never later than an hour."""
    return at + timedelta(seconds=min(3600, 2 ** min(attempts, 12)))
