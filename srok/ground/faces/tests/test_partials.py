"""The parts of the frame: fields with the right ids, errors that lead to them, rows, states, names."""

from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from srok.ground.faces.form_parts import kind
from srok.ground.faces.states import ROLES, STATES


class Sample(forms.Form):
    word = forms.CharField(help_text="one word")
    note = forms.CharField(widget=forms.Textarea, required=False)
    one = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, required=False)
    agreed = forms.BooleanField(help_text="say yes")
    picture = forms.FileField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


def drawn(source: str, **context: Any) -> str:
    with override("en"):
        return Template("{% load i18n faces %}" + source).render(Context(context))


def test_kinds() -> None:
    assert [kind(field) for field in Sample().visible_fields()] == [
        "single", "single", "radios", "checkboxes", "checkbox", "single",
    ]  # fmt: skip


def test_a_form_without_errors() -> None:
    html = drawn('{% include "faces/partials/form.html" with form=form button="Send" %}', form=Sample())
    assert 'enctype="multipart/form-data"' in html and ">Send</button>" in html
    assert 'aria-describedby="id_word_hint"' in html and 'id="id_word_hint"' in html
    assert 'for="id_one_0"' in html and 'id="id_one_0"' in html
    assert '<input type="hidden" name="secret" value="">' in html


def test_errors_lead_to_their_fields() -> None:
    form = Sample({"one": "z"})
    html = drawn('{% include "faces/partials/error_summary.html" with form=form %}', form=form)
    assert [f'href="#{target}"' in html for target in ("id_word", "id_one_0", "id_agreed")] == [True] * 3
    assert "too old" in html  # the hidden field
    drawn_form = drawn('{% include "faces/partials/form.html" with form=form button="Send" %}', form=form)
    assert 'aria-describedby="id_word_hint id_word_error"' in drawn_form and "govuk-input--error" in drawn_form


def test_every_described_id_is_on_the_page() -> None:
    import re

    html = drawn('{% include "faces/partials/form.html" with form=form button="x" %}', form=Sample({"one": "z"}))
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    wanted = {one for found in re.findall(r'aria-describedby="([^"]+)"', html) for one in found.split()}
    assert wanted <= ids


@pytest.mark.parametrize("row", [("Name", ""), {"label": "Name", "value": None}])
def test_rows_take_pairs_and_mappings(row: object) -> None:
    html = drawn('{% include "faces/partials/summary_list.html" with rows=rows %}', rows=[row])
    assert "Name" in html and "Not given" in html


def test_values_are_escaped() -> None:
    html = drawn('{% include "faces/partials/summary_list.html" with rows=rows %}', rows=[("<b>", "<i>")])
    assert "<b>" not in html and "<i>" not in html


def test_states_have_colour_and_words() -> None:
    assert "govuk-tag--red" in drawn('{% include "faces/partials/tag.html" with state="refused" %}')
    html = drawn('{% include "faces/partials/tag.html" with state="strange" words="Odd" colour="pink" %}')
    assert "govuk-tag--pink" in html and "Odd" in html


def test_steps_name_their_state() -> None:
    steps = [{"label": "A", "state": "current"}]
    html = drawn('{% include "faces/partials/steps.html" with steps=steps %}', steps=steps)
    assert 'aria-current="step"' in html and "now" in html


def test_page_links_keep_the_query() -> None:
    request = RequestFactory().get("/list?state=open&page=2")
    assert drawn("{% page_address 3 %}", request=request) == "?state=open&amp;page=3"


def test_unknown_address_is_empty() -> None:
    assert drawn('{% url_or_none "nowhere:nothing" as x %}[{{ x }}]') == "[]"


def test_every_state_and_role_speaks_khmer() -> None:
    words = [*ROLES.values(), *(words for _, words in STATES.values())]
    with override("km"):
        assert [str(one) for one in words if str(one).isascii()] == []
