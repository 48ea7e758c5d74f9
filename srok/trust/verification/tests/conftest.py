"""Keys of their own for each test, and Sophea in the book."""

import pytest

from srok.trust.credentials.tests.conftest import keys, keys_folder
from srok.trust.verification import public
from srok.trust.verification.tests import cast

__all__ = ["keys", "keys_folder"]


@pytest.fixture
def book(db: None) -> None:
    """Sophea and her card, issued and not handed over."""
    public.put_people([cast.PERSON])
    public.put_card(cast.BOOKED)


@pytest.fixture
def handed_over(book: None) -> None:
    """The card in Sophea's hand since 7 April 2025."""
    public.move_card(cast.BOOKED.number, cast.BOOKED.generation, "handed_over", cast.HANDED_OVER, "cards.handed_over")
