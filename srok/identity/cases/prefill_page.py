"""The page that an applicant opens at home: one HTML file, no network, both languages, a QR at the end.

Its fields and words are those of the counter's form, so nothing has to be asked twice.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from srok.identity.cases import counter, prefill

FONT = "faces/vendor/noto-sans-khmer-khmer-400-normal.woff2"
WORDS = {
    "title": _("Prepare your application at home"),
    "safe": _(
        "What you type stays in this page: nothing is stored and nothing is sent. It saves typing at the counter, where"
        " an officer asks you again. Leave out whatever you do not know or do not want to write."
    ),
    "bring_title": _("What to bring"),
    "make": _("Make the picture (QR)"),
    "print_it": _("Print this page"),
}
WHOLE = _("Everything is in this picture. Show it at the counter, on this screen or printed.")
LEFT = _("Not everything fits. Please tell these at the counter:")
NEVER = _("The names are too long for a picture. Please show this page at the counter, or tell what you wrote.")
BRING = (
    _("Every paper that bears your name: birth certificate, family book, passport, camp or school papers."),
    _("Papers that name your parents, brothers or sisters, or two witnesses who are not close relatives."),
    _("Nothing of an asylum claim: nobody will ask for it."),
    _("The photo is taken at the counter. It costs nothing, and your papers are given back at once."),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One text in both languages."""

    km: str
    en: str


@dataclass(frozen=True, slots=True)
class PageField:
    """A field of the page: its name, label, hint, and choices (value and words) where it has any."""

    name: str
    label: Said
    hint: Said
    kind: str
    choices: tuple[tuple[str, Said], ...] = ()
    chosen: str = ""


def page(language: str = "km") -> str:
    """The whole page; `language` is the one it opens in."""
    form = counter.CounterForm.base_fields | _names()
    groups = [
        (both(heading), [_field(name, form[name]) for name in names if name in prefill.KEYS])
        for heading, names in counter.GROUPS
        if any(name in prefill.KEYS for name in names)
    ]
    script = _static("cases/vendor/qrcode-generator.js") + "\n" + _static("cases/prefill.js")
    style = _font() + _static("cases/prefill.css")
    values = {
        "language": language, "groups": groups, "script": script, "style": style,
        "script_hash": _hash(script), "style_hash": _hash(style), "plan": _plan(form),
        "bring": [both(one) for one in BRING], **{name: both(text) for name, text in WORDS.items()},
    }  # fmt: skip
    with override("en"):
        return render_to_string("cases/prefill.html", values)


def both(text: object) -> Said:
    """A text in Khmer and in English."""
    with override("km"):
        km = str(text)
    with override("en"):
        return Said(km, str(text))


def _names() -> dict[str, forms.Field]:
    """The name fields, which the form makes when it is built."""
    found: dict[str, forms.Field] = {}
    for part, label in counter.NAMES.items():
        found[part] = forms.CharField(label=label)
        for who in counter.KIN:
            found[f"{who}_{part}"] = forms.CharField(label=label, required=False)
    return found


def _field(name: str, field: forms.Field) -> PageField:
    kind = "text"
    choices: tuple[tuple[str, Said], ...] = ()
    if isinstance(field, forms.ChoiceField | forms.MultipleChoiceField):
        kind = "ticks" if isinstance(field, forms.MultipleChoiceField) else "select"
        offered: list[tuple[Any, Any]] = list(field.choices)  # type: ignore[arg-type]
        choices = tuple((str(value), both(words)) for value, words in offered)
    return PageField(name, both(field.label), both(field.help_text), kind, choices, str(field.initial or ""))


def _plan(form: dict[str, forms.Field]) -> str:
    """What the script needs: where each field stands in the QR, what may be left out, and the words it says."""
    labels = {name: _pair(form[name].label) for name in prefill.DISPENSABLE if name in form}
    labels["relative"] = _pair(counter.KIN["relative"])
    plan: dict[str, Any] = {
        "prefix": prefill.PREFIX, "keys": prefill.KEYS, "dispensable": prefill.DISPENSABLE, "labels": labels,
        "words": {"whole": _pair(WHOLE), "left": _pair(LEFT), "never": _pair(NEVER)},
    }  # fmt: skip
    return json.dumps(plan, ensure_ascii=False).replace("<", "\\u003c")


def _pair(text: object) -> tuple[str, str]:
    said = both(text)
    return said.km, said.en


def _static(name: str) -> str:
    return _file(name).read_text("utf-8").replace("</script", "<\\/script")


def _file(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(f"{name} under {settings.STATIC_URL}")
    return Path(found)


def _font() -> str:
    data = base64.b64encode(_file(FONT).read_bytes()).decode()
    return (
        '@font-face{font-family:"Srok Khmer";font-weight:400;'
        f"src:url(data:font/woff2;base64,{data});unicode-range:U+1780-17FF,U+19E0-19FF,U+200B-200D,U+25CC;}}\n"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
