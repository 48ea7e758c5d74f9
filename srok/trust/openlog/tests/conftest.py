"""A log of its own for each test: keys and published folder under its own path, and leaves as the rooms make them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.utils import override_settings


@pytest.fixture
def home(tmp_path: Path, db: None) -> Iterator[Path]:
    """Keys and published folder of this test."""
    with override_settings(SROK_KEYS=tmp_path / "keys", SROK_OPENLOG=tmp_path / "openlog"):
        yield tmp_path
