"""The frame has Khmer words for every role that an officer can hold."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from srok.ground.accounts.terms import Role


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_words(role: Role) -> None:
    with override("km"):
        said = Template("{% load faces %}{{ role|role_words }}").render(Context({"role": str(role)}))
    assert said and not said.isascii()
