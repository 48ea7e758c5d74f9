"""A folder of keys of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.utils import override_settings

from srok.trust.credentials import public
from srok.trust.credentials.tests.cast import context


@pytest.fixture
def keys_folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(SROK_KEYS=tmp_path / "keys"):
        yield tmp_path / "keys"


@pytest.fixture
def keys(keys_folder: Path, db: None) -> Path:
    public.create_keys(context("service:keys", "moi.gdi"))
    return keys_folder
