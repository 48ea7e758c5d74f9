"""The library's verifier: every kind of harm to a published folder is found."""

import multiprocessing
from pathlib import Path

import pytest

from srok.trust.openlog import public as openlog
from srok.trust.openlog.tests.growing import LOG, checked, grow, made, publish
from srok.trust.openlog.verifying import verify_log

pytestmark = pytest.mark.django_db


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["entry", "tile", "above", "root", "signature", "missing", "trailing", "none"])
def test_the_verifier_finds_every_kind_of_harm(home: Path, harm: str) -> None:
    grow(65_536 + 300 if harm == "above" else 600)
    publish(home)
    out = home / "out" / LOG
    wrong = {
        "entry": ("tile/entries/001", "openlog.tile_differs"), "tile": ("tile/0/001", "openlog.tile_differs"),
        "above": ("tile/2/000.p/1", "openlog.tile_differs"), "root": ("checkpoint", "openlog.bad_signature"),
        "signature": ("checkpoint", "openlog.bad_signature"), "missing": ("tile/entries/000", "openlog.torn_tile"),
        "trailing": ("tile/0/001", "openlog.torn_tile"), "none": ("checkpoint", "openlog.bad_note"),
    }  # fmt: skip
    path, code = out / wrong[harm][0], wrong[harm][1]
    data = path.read_bytes()
    match harm:
        case "missing":
            path.unlink()
        case "trailing":
            path.write_bytes(data + b"\0")
        case "none":
            path.write_bytes(b"rubbish")
        case "root":
            path.write_bytes(data.replace(b"\n600\n", b"\n601\n"))
        case "signature":
            path.write_bytes(data.replace("\u2014 srok".encode(), "\u2014 srok".encode(), 1)[:-10] + b"AAAAAAAA=\n")
        case _:
            path.write_bytes(data[:20] + bytes([data[20] ^ 1]) + data[21:])
    found = {problem.code for problem in checked(home).problems}
    assert code in found or (harm == "signature" and found == {"openlog.bad_note"}), found


def test_an_entry_that_is_not_canonical_is_found(home: Path) -> None:
    good = made(0, 1)[0]
    for bad in (good.replace(b'"n":0', b'"n": 0'), good.replace(b"incident", b"gossip"), good + b" "):
        openlog.append(LOG, [bad])
    publish(home)
    assert [(one.code, one.where) for one in checked(home).problems] == [("openlog.bad_entry", "0 canonical")]


@pytest.mark.slow
def test_processes_side_by_side_find_the_same(home: Path) -> None:
    grow(150_000)
    publish(home)
    keys = openlog.verifier_keys(LOG)
    assert "spawn" in multiprocessing.get_all_start_methods()
    told: list[int] = []
    found = verify_log(home / "out" / LOG, keys, processes=2, progress=lambda done, size: told.append(done))
    assert found == verify_log(home / "out" / LOG, keys, processes=1) and found.valid and told[-1] == 150_000
