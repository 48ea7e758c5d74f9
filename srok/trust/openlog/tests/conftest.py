"""A log of its own for each test: keys and published folder under its own path, and leaves as the rooms make them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.utils import override_settings


@pytest.fixture
def home(tmp_path: Path, db: None) -> Iterator[Path]:
    """Keys and published folder of this test."""
    folders = {name: tmp_path / name for name in ("keys", "openlog", "openlog.policy")}
    with override_settings(
        SROK_KEYS=folders["keys"], SROK_OPENLOG=folders["openlog"], SROK_OPENLOG_POLICY=folders["openlog.policy"]
    ):  # fmt: skip
        yield tmp_path
