"""Quality without a database: bytes in, codes out (the pure verb and the acts share it)."""

from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import images, rules
from srok.identity.biometrics.terms import Quality


def quality(data: bytes) -> Quality:
    """What is wrong with this picture as a portrait, in codes; never raises on any input."""
    try:
        picture = images.open_picture(data)
    except Refusal as refusal:
        return Quality(ok=False, problems=(refusal.code,))
    return rules.judge(images.measure(picture))


def readable(data: bytes) -> str | None:
    """None when the bytes are a whole JPEG or PNG within the bounds, else the code of the problem (any document)."""
    try:
        images.open_picture(data)
    except Refusal as refusal:
        return refusal.code
    return None
