"""A throw-away PostgreSQL cluster for the checks: own folder, own socket, no port, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The newest installed PostgreSQL's folder of programs, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@contextmanager
def cluster() -> Iterator[dict[str, str]]:
    """Start a cluster; yield the environment that reaches it as its superuser `srok`; stop and delete it."""
    programs = binaries()
    if programs is None:
        raise FileNotFoundError("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="srok-pg-", dir="/tmp"))
    # PostgreSQL refuses to run as root; the package's own user then runs it.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")
    data = folder / "data"

    def run(*words: str) -> None:
        subprocess.run([*as_user, *words], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run(
        str(programs / "initdb"),
        "-D",
        str(data),
        "-U",
        "srok",
        "--auth=trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    )
    run(str(programs / "pg_ctl"), "-D", str(data), "-o", settings, "-l", str(folder / "log"), "-w", "start")
    try:
        yield {
            "PGHOST": str(folder),
            "PGUSER": "srok",
            "PGDATABASE": "postgres",
            "SROK_TEST_DB": "postgresql",
        }
    finally:
        run(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)
