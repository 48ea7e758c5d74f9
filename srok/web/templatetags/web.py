"""`{% load web %}`: how the page of the rules writes a value and its source."""

from datetime import date

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from srok.ground.faces.dates_in_words import date_in_words, digits
from srok.ground.law.public import Parameter, Source

register = template.Library()
UNITS: dict[str, Promise] = {
    "years": _("years"),
    "days": _("days"),
    "riel": _("riel"),
    "digits": _("digits"),
    "hours": _("hours"),
    "months": _("months"),
    "kilometres": _("kilometres"),
    "percent": _("percent"),
    "per thousand": _("per thousand"),
}


@register.filter
def value_words(one: Parameter) -> str:
    """The value of a legal number with its unit, in the digits of the page."""
    language = get_language() or "km"
    if isinstance(one.value, date):
        return date_in_words(one.value, language)
    said = f"{one.value:,}" if language == "en" else str(one.value)
    unit = str(UNITS.get(one.unit, ""))
    return f"{digits(said, language)} {unit}".strip()


@register.filter
def cited(source: Source) -> str:
    """How the source is named in the language of the page."""
    return source.cite(get_language() or "km")
