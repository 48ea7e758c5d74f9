"""Values of a case in the words of the page's language, marked where they are in another script. No writes."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from srok.ground.accounts import public as accounts
from srok.ground.faces.dates_in_words import partial_in_words
from srok.ground.faces.public import wording
from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.names import PersonName
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases.claims import Claim


def language() -> str:
    """`km` or `en`: the page's language."""
    return (get_language() or "km")[:2]


def place(code: str) -> str:
    """A place in the page's language; the bare code where the gazetteer does not know it."""
    try:
        return gazetteer.describe(code, language()) if code else ""
    except Refusal:
        return code


def name_of(name: PersonName | None) -> SafeString:
    """A name in both scripts, each marked as what it is."""
    if name is None:
        return SafeString("")
    parts = [format_html('<span lang="km">{}</span>', name.khmer)] if name.khmer else []
    parts += [format_html('<span lang="km-Latn" class="srok-latin">{}</span>', name.latin)] if name.latin else []
    return format_html_join(" ", "{}", ((part,) for part in parts))


def foreign(text: str) -> str:
    """What a person wrote in their own way: marked where it is in Latin letters."""
    latin = any("a" <= letter.lower() <= "z" for letter in text)
    return format_html('<span lang="km-Latn" translate="no">{}</span>', text) if latin else text


def birthplace(claim: Claim) -> str:
    """Where the applicant says they were born."""
    return place(claim.birthplace) or foreign(claim.birthplace_text)


def date_of(value: Any) -> str:
    """A birth date in words, or nothing."""
    return partial_in_words(value.iso(), language()) if value else ""


def label(kind: str, value: object) -> str:
    """The label of a word of a closed list."""
    return wording.sentence(f"cases.{kind}_{value}")


def office_name(code: str) -> str:
    """The name of an office in the page's language."""
    try:
        office = accounts.office(code)
    except Refusal:
        return code
    return office.name_km if language() == "km" else office.name_en
