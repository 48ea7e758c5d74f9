"""The settled world and a drawn portrait."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.utils import override_settings

from srok.identity.biometrics.tests.pictures import coded, face
from srok.identity.cases.tests import world


@pytest.fixture
def desk(db: None, tmp_path: Path) -> Iterator[None]:
    """Offices, officers, keys, places and the resident list; nobody has applied yet."""
    with override_settings(SROK_KEYS=tmp_path / "keys"):
        world.settle(tmp_path)
        yield
        world.forget_places(tmp_path)


@pytest.fixture(scope="session")
def portrait() -> bytes:
    """A drawn face, nobody's."""
    return coded(face())


@pytest.fixture(scope="session")
def scan() -> bytes:
    """A scanned paper."""
    return coded(face(400, 300), "PNG")
