"""After the second officer's approval no word and no sealed byte of the draft is left in the kit's database file.

A process of its own, on a database on disk with its write-ahead log, as on a mission's laptop; killed without closing.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
# The second process: a home, a kit, a draft kept three times, filled, read back, approved; then death.
SCRIPT = """
import django; django.setup()
import os, sys
from pathlib import Path
from django.core.management import call_command
from django.test.utils import override_settings
call_command("migrate", verbosity=0)
from srok.identity.biometrics.tests.pictures import coded, face
from srok.identity.cases import capturing
from srok.identity.cases.capture_commands import KeepDraft
from srok.identity.cases.capture_models import Capture, CapturePart
from srok.identity.cases.tests import test_kit as kits, world
from srok.identity.cases.tests.counter import cells
from srok.ground.kernel.ids import new_id
from srok.trust.parcels import public as parcels
from datetime import timedelta
home = Path(os.environ["SROK_HOME"])
seen = home / "sealed.txt"
world.settle(home)
with override_settings(SROK_KIT_UNENCRYPTED=True):
    made = parcels.prepare(
        parcels.PrepareKit("WAS", world.STARTED.date(), world.STARTED.date() + timedelta(days=5), kits.OFFICERS, 9, 30),
        world.acting("sreymom", -1))
    with kits.on_laptop(made, home / "kit") as laptop:
        portrait, scan = coded(face()), coded(face(400, 300), "PNG")
        draft = new_id(world.STARTED)
        pieces = []
        def note():
            row = Capture.objects.get(pk=draft)
            pieces.append(bytes(row.sealed))
            pieces.extend(bytes(one.sealed) for one in CapturePart.objects.all())
        for typed in ({"given_latin": "Plantedname"}, {"given_latin": "Plantedname", "postal": "Plantedstreet 7"}):
            capturing.keep_draft(KeepDraft(draft, typed, {"portrait": portrait}), ctx=laptop.ctx("dara"))
            note()
        from srok.identity.cases.capture_commands import CaptureApplication, ReadBack
        from srok.identity.cases.capture_terms import Confirmed
        planted = {"postal": "Plantedstreet 7", "given_km": "ស្រឡៅក្រហម", "given_latin": "Plantedname"}
        words = cells(**planted, kind_0="baptism", seen_0="original")
        capturing.capture(CaptureApplication(draft, words, {"paper_0": scan}), ctx=laptop.ctx("dara"))
        note()
        capturing.read_back(ReadBack(draft, Confirmed.SIGNATURE), ctx=laptop.ctx("dara"))
        note()
        there = b"".join(p.read_bytes() for p in home.glob("srok.sqlite3*"))
        found = sum(piece[:48] in there for piece in pieces)
        laptop.approved(draft)
        seen.write_text("\\n".join([str(found), *(piece[:48].hex() for piece in pieces)]))
        os._exit(9)
"""


@pytest.mark.slow
def test_nothing_of_the_draft_is_left_in_the_file_or_its_log(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "srok.project.settings.test", "SROK_TEST_HOME": str(home),
           "SROK_HOME": str(home), "PYTHONPATH": str(ROOT)}  # fmt: skip
    for name in ("SROK_TEST_DB", "SROK_DATABASE"):
        env.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 9, done.stderr
    found, *pieces = (home / "sealed.txt").read_text().splitlines()
    assert int(found) >= 3  # before the approval the sealed draft did lie there
    files = {path.name: path.read_bytes() for path in home.glob("srok.sqlite3*")}
    assert "srok.sqlite3" in files
    for name, data in files.items():
        for word in (b"Plantedname", b"Plantedstreet", "ស្រឡៅក្រហម".encode()):
            assert word not in data, name
        assert not [piece for piece in pieces if bytes.fromhex(piece)[:48] in data], name
