"""A centre with a post, and a small room that takes events."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.utils import modify_settings, override_settings

from srok.trust.parcels.tests import world


@pytest.fixture
def centre(db: None, tmp_path: Path) -> Iterator[Path]:
    """The centre: keys, a post abroad, two officers, and the desk installed."""
    with (
        override_settings(SROK_KEYS=tmp_path / "keys", SROK_HOME=tmp_path / "centre"),
        modify_settings(INSTALLED_APPS={"append": world.DESK}),
    ):
        world.settle()
        yield tmp_path
