"""What every room's tests share: settings, catalogues as fresh as their sources, how many examples are generated."""

import os

import pytest
from hypothesis import settings

from srok.project.catalogues import compile_all

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "srok.project.settings.test")

# `./check` generates 200 examples a rule, the inner loop fewer. A busy machine is slow, not wrong: no deadline.
settings.register_profile("srok", max_examples=int(os.environ.get("SROK_EXAMPLES", "50")), deadline=None)
settings.load_profile("srok")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues once, before any worker reads them."""
    if not hasattr(config, "workerinput"):
        compile_all()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole commands, crashes and races are slow: the inner loop leaves them out."""
    for item in items:
        if item.nodeid.startswith(("tests/contracts/", "tests/safety/")):
            item.add_marker(pytest.mark.slow)
