"""Keys of their own for each test, and the settled world."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.utils import override_settings

from srok.identity.cards.tests import world


@pytest.fixture
def desk(db: None, tmp_path: Path) -> Iterator[None]:
    """Offices, officers and keys; nobody has a card yet."""
    with override_settings(SROK_KEYS=tmp_path / "keys"):
        world.settle()
        yield
