"""A worker that is killed at any moment loses no message and gives no answer twice."""

import os
import signal
import subprocess
import sys

import pytest

WORKER = """
import django; django.setup()
from datetime import UTC, datetime, timedelta
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.identity.biometrics import public as biometrics
from srok.identity.biometrics.tests.test_search import dara, system
one = system()
print("ready", flush=True)
for minute in range(1, 4):
    biometrics.work(dara(minute), system=one)
"""


@pytest.mark.slow
def test_a_worker_killed_anywhere_loses_no_message_and_answers_none_twice(tmp_path):
    """Workers on a database file of their own, killed after 1, 2, 3 ... hundredths of a second of work."""
    people_count, kills = 12, int(os.environ.get("SROK_KILLS", "12"))
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        **os.environ, "SROK_TEST_HOME": str(home), "DJANGO_SETTINGS_MODULE": "srok.project.settings.test",
        "PYTHONPATH": os.getcwd(), "SROK_TEST_DB": "",
    }  # fmt: skip
    environment.pop("SROK_DATABASE", None)
    filled = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from srok.identity.biometrics import asking
from srok.identity.biometrics import public as biometrics
from srok.identity.biometrics.terms import Message
from srok.identity.biometrics.tests.test_search import coloured, dara
for number in range({people_count}):
    key = biometrics.keep(coloured("#%02x8a62" % (number * 20)), dara())
    for message in (Message.INSERT, Message.IDENTIFY):
        asking.ask(message, key, asking.request_id(key, message), ctx=dara())
"""
    subprocess.run([sys.executable, "-c", filled], env=environment, check=True)
    for kill in range(kills):
        with subprocess.Popen([sys.executable, "-c", WORKER], env=environment, stdout=subprocess.PIPE) as worker:
            assert worker.stdout is not None
            worker.stdout.readline()
            try:
                worker.wait(timeout=0.01 + kill * 0.02)
            except subprocess.TimeoutExpired:
                worker.send_signal(signal.SIGKILL)
    subprocess.run([sys.executable, "-c", WORKER], env=environment, check=True)
    told = f"""
import django; django.setup()
from srok.ground.journal.models import Fact
from srok.identity.biometrics import public as biometrics
from srok.identity.biometrics.tests.test_search import system
stands = biometrics.queue_facts()
assert (stands.waiting, stands.done, stands.unable) == (0, {2 * people_count}, 0), stands
assert Fact.objects.filter(kind="biometrics.face_searched").count() == {people_count}
assert system().count() == {people_count}
"""
    subprocess.run([sys.executable, "-c", told], env=environment, check=True)
