"""The production settings start only with everything they need, and say what is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SECRETS = ("django", "data", "openings", "commitments", "pseudonyms")
SHOWN = "(s.SECURE_SSL_REDIRECT, getattr(s, 'DEBUG', False), getattr(s, 'SECURE_PROXY_SSL_HEADER', None), s.SROK_DEMO)"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "secrets"
    folder.mkdir(mode=0o700)
    for name in SECRETS:
        path = folder / name
        path.touch(mode=0o600)
        path.write_bytes(b"s" * 32)
    usual = {name: value for name, value in os.environ.items() if not name.startswith(("SROK", "DJANGO", "PG"))}
    mine = {"SROK_SECRETS": str(folder), "SROK_HOME": str(tmp_path / "home"), "SROK_HOSTS": "srok.example"}
    return {**usual, **mine}


def started(environment: dict[str, str]) -> str:
    words = f"import srok.project.settings.production as s; print({SHOWN})"
    done = subprocess.run([sys.executable, "-c", words], env=environment, text=True, capture_output=True, check=False)
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_it_starts_with_https_only(environment: dict[str, str]) -> None:
    assert started(environment) == "(True, False, None, False)"


def test_a_proxy_is_believed_only_where_told(environment: dict[str, str]) -> None:
    assert "HTTP_X_FORWARDED_PROTO" in started({**environment, "SROK_BEHIND_PROXY": "1"})


@pytest.mark.parametrize("name", ["SROK_SECRETS", "SROK_HOME", "SROK_HOSTS"])
def test_a_missing_setting_names_itself(environment: dict[str, str], name: str) -> None:
    del environment[name]
    assert f"production needs {name}" in started(environment)


def test_a_missing_short_or_readable_secret_names_itself(environment: dict[str, str]) -> None:
    path = Path(environment["SROK_SECRETS"]) / "data"
    path.chmod(0o640)
    assert "the secret data" in started(environment) and "chmod 600" in started(environment)
    path.chmod(0o600)
    path.write_bytes(b"short")
    assert "shorter than 32 bytes" in started(environment)
    path.unlink()
    assert "the secret data is missing" in started(environment)
