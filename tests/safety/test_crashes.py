"""A machine that stops after any single write of an act leaves nothing of it: everything, or nothing, stands."""

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import override_settings

from srok.ground.journal import public as journal
from srok.ground.kernel.ids import new_reference
from srok.identity.cards import public as cards
from srok.identity.cases.tests import world
from tests.safety import chain

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)")
# Imported once and read-only for acts: left out of the picture, which is taken after every write.
LEFT_OUT = {"gazetteer", "law"}


class Stopped(Exception):
    """The machine stops here."""


class StopAfter:
    """Lets this many writes through and stops right after the last of them."""

    def __init__(self, writes: int) -> None:
        self.writes = writes
        self.seen = 0

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        result = execute(sql, *rest)
        if WRITES.match(sql):
            self.seen += 1
            if self.seen == self.writes:
                raise Stopped(sql[:80])
        return result


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    with override_settings(SROK_KEYS=tmp_path / "keys"):
        chain.settle(tmp_path)
        yield tmp_path
        world.forget_places(tmp_path)


def test_no_act_is_ever_half_done(home: Path) -> None:
    reference = new_reference()
    stopped_everywhere(chain.lodging(chain.somebody("A"), reference), at_least=5)
    stopped_everywhere(chain.searching(reference), at_least=5)
    world.settle_as(reference, chain.MOTHER)
    for act in (chain.examining(reference), chain.deciding(reference)):
        stopped_everywhere(act, at_least=3)
    stopped_everywhere(chain.approving(reference), at_least=10)
    card = cards.card_of_case(reference).id
    for act in (
        chain.signing(card, "chanthou"), chain.signing(card, "vuthy"), chain.issuing(card), chain.dispatching(card),
        chain.receiving(card), chain.handing_over(card),
    ):  # fmt: skip
        stopped_everywhere(act, at_least=3)
    journal.drain()
    qr_text = cards.card(card).qr_text
    stopped_everywhere(chain.asking(qr_text, chain.border()), at_least=2)
    stopped_everywhere(chain.enrolling(qr_text, chain.clerk()), at_least=4)
    stopped_everywhere(chain.revoking(card, days=130), at_least=3)


def test_nor_what_the_counter_does(home: Path) -> None:
    reference = new_reference()
    chain.lodging(chain.somebody("B"), reference)()
    stopped_everywhere(chain.bringing(reference), at_least=3)
    stopped_everywhere(chain.withdrawing(reference), at_least=3)


def stopped_everywhere(act: chain.Act, *, at_least: int) -> None:
    """Stop the act after its first write, then its second, and so on; then let it run to its end.

    Each time every table is as before. `at_least` guards the test itself: so many writes must have been seen.
    """
    before, writes = _picture(), 0
    while True:
        writes += 1
        stop = StopAfter(writes)
        try:
            with connection.execute_wrapper(stop):
                act()
        except Stopped as stopped:
            after = _picture()
            changed = [table for table in before if before[table] != after[table]]
            assert not changed, f"{changed} were left changed by a stop after write {writes}: {stopped}"
        else:
            assert stop.seen >= at_least
            return


def _picture() -> dict[str, str]:
    """A hash of the rows of every table of Srok."""
    tables = sorted(
        model._meta.db_table for model in apps.get_models()
        if model.__module__.startswith("srok.") and model._meta.app_label not in LEFT_OUT
    )  # fmt: skip
    return {table: _hash(table) for table in tables}


def _hash(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return sha256(repr(sorted(map(repr, cursor.fetchall()))).encode()).hexdigest()
