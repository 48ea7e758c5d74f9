"""Quality without a database: bytes in, codes out (the pure verb and the acts share it)."""

from PIL import Image

from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import images, rules
from srok.identity.biometrics.terms import Problem, Quality

# With one of these the face cannot be judged either: one word is enough.
BLIND = frozenset({Problem.UNREADABLE, Problem.TOO_LARGE, Problem.FLAT})


def quality(data: bytes) -> Quality:
    """What is wrong with this picture as a portrait, in codes; never raises on any input.

    Its HARD problems are the same on every machine; those of the FACE are what the engine of this one saw.
    """
    try:
        picture = images.open_picture(data)
    except Refusal as refusal:
        return Quality(ok=False, problems=(refusal.code,))
    return looked_at(picture)


def looked_at(picture: Image.Image) -> Quality:
    """The verdict on a picture from `images.open_picture`."""
    verdict = rules.judge(images.measure(picture))
    if BLIND & set(verdict.problems):
        return verdict
    from srok.identity.biometrics.engine import engine

    found = engine()
    if found is None:
        return verdict
    from srok.identity.biometrics.looking import measured

    problems = verdict.problems + rules.judge_face(measured(picture, found.faces(picture)))
    return Quality(ok=not problems, problems=problems, not_checked=())


def readable(data: bytes) -> str | None:
    """None when the bytes are a whole JPEG or PNG within the bounds, else the code of the problem (any document)."""
    try:
        images.open_picture(data)
    except Refusal as refusal:
        return refusal.code
    return None
