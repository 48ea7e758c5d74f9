"""The frame has Khmer words and a colour for every state and every role that rooms use."""

from django.utils.translation import override

from srok.ground.accounts.terms import Role
from srok.ground.faces.states import ROLES, STATES


def test_every_role_has_words() -> None:
    assert set(ROLES) == {str(role) for role in Role}


def test_every_state_and_role_speaks_khmer() -> None:
    words = [*ROLES.values(), *(words for _, words in STATES.values())]
    with override("km"):
        assert [str(one) for one in words if str(one).isascii()] == []
