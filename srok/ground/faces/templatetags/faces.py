"""`{% load faces %}`: dates, digits, states, form parts and navigation of every page."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from itertools import zip_longest

from django import template
from django.forms import BoundField
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from srok.ground.faces import dates_in_words, form_parts, navigation, states, wording

register = template.Library()
LATIN_RUN = re.compile(r"([A-Za-z][\w.,:/\-]*(?:\s+[A-Za-z][\w.,:/\-]*)*)", re.ASCII)


def _language() -> str:
    return (get_language() or "km")[:2]


@register.filter
def khmer_digits(value: object) -> str:
    """The value as text, with Khmer digits on a Khmer page."""
    return "" if value is None else dates_in_words.digits(str(value), _language())


def _kept(words: str) -> SafeString:
    """The words of a date, each of which a line may not break (browsers cut ឧសភា after its first letter)."""
    return format_html_join(" ", '<span class="srok-keep">{}</span>', ((part,) for part in words.split(" ")))


@register.filter
def civil_date(value: date | None) -> str:
    """A civil date in words; nothing for None."""
    return _kept(dates_in_words.date_in_words(value, _language())) if value else ""


@register.filter
def instant(value: datetime | None) -> str:
    """An instant as date and time in Phnom Penh; nothing for None."""
    return _kept(dates_in_words.instant_in_words(value, _language())) if value else ""


@register.filter
def partial_date(value: object) -> str:
    """A `PartialDate`, a date or ISO text whose unknown parts are left off; nothing for None or empty."""
    iso = value.iso() if hasattr(value, "iso") else str(value or "")
    return _kept(dates_in_words.partial_in_words(iso, _language())) if iso else ""


@register.filter
def latin_marked(text: object, language: str = "") -> SafeString:
    """The text with its Latin words (codes, user names, standards) marked as such, where it is Khmer.

    `language` is the text's own; without it, the page's.
    """
    if (language or _language()) != "km":
        return format_html("{}", text)
    parts = LATIN_RUN.split(str(text))
    marked = (format_html('<span lang="und-Latn" translate="no">{}</span>', run) for run in parts[1::2])
    return format_html_join("", "{}{}", zip_longest(map(conditional_escape, parts[::2]), marked, fillvalue=""))


@register.simple_tag(name="sentence")
def sentence_tag(code: str, facts: Mapping[str, object] | None = None) -> str:
    """The words of a code, with its facts."""
    return wording.sentence(code, facts)


@register.filter
def sentence_of(code: str) -> str:
    """The words of a code without facts."""
    return wording.sentence(code)


@register.simple_tag
def both(in_khmer: object, in_english: object) -> object:
    """The one of two values that the page's language reads."""
    return in_khmer if _language() == "km" else in_english


@register.simple_tag
def url_or_none(name: str, *args: object) -> str:
    """The address of this name, or nothing while no room answers to it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def nav_items(context: template.Context) -> list[navigation.Item]:
    """The pages that this reader may open, for the frame's navigation."""
    return navigation.items(context.get("request"))


@register.filter
def state_colour(state: object) -> str:
    """The colour of a state's tag."""
    return states.STATES[str(state)][0] if str(state) in states.STATES else "grey"


@register.filter
def state_words(state: object) -> str:
    """The words of a state; the bare state where none are known."""
    return str(states.STATES[str(state)][1]) if str(state) in states.STATES else str(state)


@register.filter
def role_words(role: str) -> str:
    """The words of an officer's role."""
    return str(states.ROLES.get(role, role))


@register.filter
def kind_of(field: BoundField) -> str:
    """`radios`, `checkboxes`, `checkbox` or `single`: how the partial draws a field."""
    return form_parts.kind(field)


@register.filter
def target(field: BoundField) -> str:
    """The id that a link to this field jumps to."""
    return form_parts.target(field)


@register.simple_tag
def control(field: BoundField, width: str = "") -> SafeString:
    """The widget of a single field, with the classes of the frame."""
    return form_parts.control(field, width)


@register.simple_tag
def options(field: BoundField) -> list[form_parts.Option]:
    """The choices of a radio or checkbox group, each with its tag, label and id."""
    return form_parts.options(field)


@register.filter
def label_and_value(row: Mapping[str, object] | tuple[object, object]) -> Mapping[str, object]:
    """A row of a summary list, given as a pair or as a mapping."""
    return row if isinstance(row, Mapping) else {"label": row[0], "value": row[1]}


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, number: int) -> str:
    """The address of another page of this list, with the rest of the query kept."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
