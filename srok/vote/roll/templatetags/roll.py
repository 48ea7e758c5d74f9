"""`{% load roll %}`: the name of a commune in the language of the page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.refusal import Refusal

register = template.Library()


@register.simple_tag
def commune_name(code: str) -> SafeString:
    """The commune with its district and province; the bare code where the gazetteer does not know it."""
    language = (get_language() or "km")[:2]
    try:
        name = gazetteer.describe(code, language)
    except Refusal:
        return format_html('<span class="srok-code" translate="no">{}</span>', code)
    return format_html("{}", name)
