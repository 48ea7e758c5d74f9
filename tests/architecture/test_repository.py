"""What is committed: no machine's paths, no package hosts, no compiled catalogues, locks by hash alone."""

import re
import shutil
import subprocess

import pytest

from srok.project.diagrams import PROJECT
from tests.architecture.tree import report

HOSTS = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs", "org"))]
HOME = re.compile(r"(?<![\w.])/(?:work|home/\w+|Users/\w+)/(?:main|shared|\w+)\b")
TEXT = {".py", ".md", ".toml", ".txt", ".in", ".lock", ".html", ".sh", ".yml", ".yaml", ".json", ".csv", ".po", ""}


@pytest.fixture(scope="module")
def committed() -> dict[str, str]:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    done = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("not a git checkout")
    names = [name for name in done.stdout.split("\0") if name and "/vendor/" not in name and "LICEN" not in name]
    paths = [(name, PROJECT / name) for name in names]
    return {
        name: path.read_text("utf-8", errors="replace")
        for name, path in paths
        if path.is_file() and path.suffix in TEXT and path.stat().st_size < 2_000_000
    }


def test_no_machine_path_is_committed(committed: dict[str, str]) -> None:
    report([f"{name}: {found[0]}" for name, text in committed.items() if (found := HOME.search(text))], "machine paths")


def test_no_package_host_is_committed(committed: dict[str, str]) -> None:
    report([f"{name}: {host}" for name, text in committed.items() for host in HOSTS if host in text], "package hosts")


def test_locks_hold_hashes_and_no_address(committed: dict[str, str]) -> None:
    locks = {name: text for name, text in committed.items() if name.endswith(".lock")}
    report([name for name, text in locks.items() if "://" in text], "locks with an address")
    report([name for name, text in locks.items() if "==" in text and "--hash=" not in text], "locks without hashes")


def test_nothing_made_is_committed(committed: dict[str, str]) -> None:
    made = (".mo", ".pyc", ".sqlite3", ".pem", ".key")
    report([name for name in committed if name.endswith(made) or "__pycache__" in name], "made files")
