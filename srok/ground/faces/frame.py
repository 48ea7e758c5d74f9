"""What every page of the frame shows: the language, the stated date of a demo."""

from django.conf import settings
from django.http import HttpRequest

from srok.ground.faces import clock


def frame(request: HttpRequest) -> dict[str, object]:
    """Context processor of the base template."""
    return {
        "srok_demo": settings.SROK_DEMO,
        "srok_today": clock.civil_date(),
        "srok_stated_clock": bool(settings.SROK_CLOCK_STARTS_AT),
        "srok_languages": settings.LANGUAGES,
        "srok_path": request.get_full_path(),
    }
