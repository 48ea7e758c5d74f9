"""Quality without a database: bytes in, codes out (the pure verb and the acts share it)."""

from dataclasses import replace

from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import images, rules
from srok.identity.biometrics.terms import Problem, Quality

# With one of these the face cannot be judged either: one word is enough.
BLIND = frozenset({Problem.UNREADABLE, Problem.TOO_LARGE, Problem.FLAT})
# A face is looked for in a picture of this width at least; a wider one is divided first.
SEEN_WIDTH = 1200


def quality(data: bytes) -> Quality:
    """What is wrong with this picture as a portrait, in codes; never raises on any input.

    Its HARD problems are the same on every machine; those of the FACE are what the engine of this one saw.
    """
    try:
        opened = images.open_whole(data)
    except Refusal as refusal:
        return Quality(ok=False, problems=(refusal.code,))
    verdict = rules.judge(images.measure(opened))
    return verdict if BLIND & set(verdict.problems) else _with_face(verdict, opened)


def _with_face(verdict: Quality, opened: images.Opened) -> Quality:
    """The verdict with what the face engine of this machine sees; where there is none, or it cannot be started, that
    is said."""
    from srok.identity.biometrics.engine import engine

    try:
        found = engine()
    except Refusal as refusal:
        return replace(verdict, not_checked=(refusal.code,))
    if found is None:
        return verdict
    from srok.identity.biometrics.looking import measured

    seen = images.smaller(opened.picture, SEEN_WIDTH)
    measures = measured(seen, found.faces(seen))
    came = replace(measures, eyes_apart=measures.eyes_apart * opened.width / seen.width)
    problems = verdict.problems + rules.judge_face(came)
    return Quality(ok=not problems, problems=problems, not_checked=())


def readable(data: bytes) -> str | None:
    """None when the bytes are a whole JPEG or PNG within the bounds, else the code of the problem (any document)."""
    try:
        images.open_picture(data)
    except Refusal as refusal:
        return refusal.code
    return None
