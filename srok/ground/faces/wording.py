"""Codes inside, words outside: every sentence of every room, looked up by its code (house rule 11)."""

import importlib
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from srok.ground.faces.dates_in_words import partial_in_words
from srok.ground.kernel.refusal import Refusal

FULL_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# The kernel knows no gettext; the frame speaks for it.
SENTENCES = {
    "kernel.bad_reference": _(
        "This is not a reference of Srok. It has three groups of four letters and digits; check each."
    ),
    "kernel.bad_date": _("This is not a date that exists. Write the year, the year and month, or the full date."),
    "kernel.unsealable": _("This record cannot be opened with the key of this installation."),
    "kernel.not_canonical": _("This value cannot be written in one fixed form, so it is not signed."),
    "kernel.name_empty": _("A name is missing. Write at least the family name or the given name."),
    "kernel.name_not_khmer": _("This name must be written in Khmer letters."),
    "kernel.name_not_latin": _("This name must be written in Latin letters."),
    "kernel.mrz_character": _("The machine-readable lines hold a character that they may not."),
    "kernel.mrz_check_digit": _("A check digit of the machine-readable lines is wrong. Read the card again."),
    "kernel.mrz_document": _("These are not the machine-readable lines of a Khmer identity card."),
    "kernel.mrz_length": _("There must be three machine-readable lines of 30 characters each."),
    "kernel.mrz_name": _("The name cannot be written in the letters A to Z of the machine-readable lines."),
    "kernel.mrz_number": _("The card number must have exactly 9 digits or capital letters."),
    "kernel.mrz_sex": _("The sex must be F, M or X."),
    "faces.unreadable_json": _("The input is not JSON of the form that this command reads."),
    "faces.missing_field": _("The field {name} is missing."),
    "faces.internal": _("Something failed inside. Nothing was saved; try again, and tell the operator if it stays."),
    "faces.no_database": _(
        "There is no database here that can be used. Run ./demo, which makes one, or let the operator create it."
    ),
    "faces.stopped": _("Stopped. Nothing was left half done; run the same command again to finish."),
    "faces.busy": _("Another program is writing at this moment. Nothing was changed; try again."),
    "faces.not_a_demo_home": _(
        "The folder {name} holds something that no demo made. Name another folder in SROK_HOME, or move it away."
    ),
    "faces.unreadable_file": _("The file {name} cannot be read."),
    "faces.body_too_large": _("Up to {megabytes} megabytes can be sent at once. This was more, and nothing was saved."),
    "faces.length_missing": _("What was sent did not say how large it is. It was not read, and nothing was saved."),
    "faces.unwritable_file": _("The file {name} cannot be written here."),
}


@cache
def sentences() -> dict[str, Promise]:
    """Every code of every installed room, with its sentence."""
    found: dict[str, Promise] = dict(SENTENCES)
    for config in apps.get_app_configs():
        module = f"{config.name}.wording"
        if config.name.startswith("srok.") and find_spec(module):
            found.update(importlib.import_module(module).SENTENCES)
    return found


def sentence(code: str, facts: Mapping[str, object] | None = None, language: str | None = None) -> str:
    """The sentence of this code, with its facts filled in; the bare code where no room knows it."""
    if language is not None:
        with override(language):
            return sentence(code, facts)
    found = sentences().get(code)
    if found is None:
        return code
    return str(found).format_map(_Shown({name: _in_words(fact) for name, fact in (facts or {}).items()}))


def of(refusal: Refusal, language: str | None = None) -> str:
    """The sentence of a refusal, in the language of the page unless told."""
    return sentence(refusal.code, refusal.facts, language)


def _in_words(fact: object) -> object:
    """A fact that is itself a code or a full ISO date is said in the language of the page."""
    if not isinstance(fact, str):
        return fact
    if fact in sentences():
        return str(sentences()[fact])
    return partial_in_words(fact, (get_language() or "km")[:2]) if _is_date(fact) else fact


def _is_date(text: str) -> bool:
    """A full date that exists; what somebody mistyped is said back as it was typed."""
    try:
        return bool(FULL_DATE.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


class _Shown(dict[str, object]):
    """Facts of a sentence; a missing one shows as its name instead of failing the page."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
