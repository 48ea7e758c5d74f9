"""Keys of their own for each test, and the settled world."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.utils import override_settings

from tests.roll import world


@pytest.fixture
def desk(db: None, tmp_path: Path) -> Iterator[None]:
    """Offices, officers and keys; nobody has a card yet. The clock of the pages stands on a day of the window."""
    with override_settings(SROK_KEYS=tmp_path / "keys", SROK_CLOCK_STARTS_AT=world.AT_DESK.isoformat()):
        world.settle()
        yield
