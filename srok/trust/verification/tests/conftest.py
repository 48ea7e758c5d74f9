"""Keys of their own for each test, and Sophea in the book."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.utils import override_settings

from srok.trust.credentials import public as credentials
from srok.trust.verification import public
from srok.trust.verification.tests import cast


@pytest.fixture
def keys(tmp_path: Path, db: None) -> Iterator[Path]:
    """The keys of 2025."""
    with override_settings(SROK_KEYS=tmp_path / "keys"):
        credentials.create_keys(cast.context("service:keys", "moi.gdi"))
        yield tmp_path


@pytest.fixture
def book(db: None) -> None:
    """Sophea and her card, issued and not handed over."""
    public.put_people([cast.PERSON])
    public.put_card(cast.BOOKED)


@pytest.fixture
def handed_over(book: None) -> None:
    """The card in Sophea's hand since 7 April 2025."""
    public.move_card(cast.BOOKED.number, cast.BOOKED.generation, "handed_over", cast.HANDED_OVER, "cards.handed_over")
