"""Codes inside, words outside: every sentence of every room, looked up by its code (house rule 11)."""

import importlib
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from srok.ground.kernel.refusal import Refusal

# The kernel knows no gettext; the frame speaks for it.
SENTENCES = {
    "kernel.bad_reference": _("This is not a reference of Srok. It has three groups of four letters and digits; check each."),
    "kernel.bad_date": _("“{text}” is not a date that exists. Write the year, year and month, or the full date."),
    "kernel.unsealable": _("This record cannot be opened with the key of this installation."),
    "faces.unreadable_form": _("The form could not be read. Go back and send it again."),
    "faces.internal": _("Something failed inside. Nothing was saved; try again, and tell the operator if it stays."),
    "faces.unreadable_file": _("The file {name} cannot be read."),
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
    return str(found).format_map(_Shown(facts or {}))


def of(refusal: Refusal, language: str | None = None) -> str:
    """The sentence of a refusal, in the language of the page unless told."""
    return sentence(refusal.code, refusal.facts, language)


class _Shown(dict[str, object]):
    """Facts of a sentence; a missing one shows as its name instead of failing the page."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
