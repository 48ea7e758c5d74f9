"""What every room's tests share: the settings, and catalogues as fresh as their sources."""

import os

import pytest

from srok.project.catalogues import compile_all

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "srok.project.settings.test")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues once, before any worker reads them."""
    if not hasattr(config, "workerinput"):
        compile_all()
