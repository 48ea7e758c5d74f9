"""The post of these tests, settled afresh for each."""

import pytest

from srok.identity.missions.tests import world


@pytest.fixture
def post(db: None) -> None:
    """Offices and officers; no day is planned."""
    world.settle()
