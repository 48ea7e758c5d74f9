"""A machine that stops while keys are made: signing goes on, and making keys again finishes what was begun."""

import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.test.utils import override_settings

from srok.ground.journal import public as journal
from srok.trust.credentials import keyring, public
from srok.trust.credentials import keys as seam
from srok.trust.credentials.terms import Purpose
from srok.trust.credentials.tests import cast

CTX = cast.context("service:keys", "moi.gdi")
NEXT_YEAR = replace(CTX, on=date(2026, 1, 2))
KIDS = [f"{purpose}-2026-1" for purpose in Purpose]
# What Python tells its audit hooks before a file gets its place, its second name, or goes.
MOMENTS = {"os.rename", "os.link", "os.remove"}


class Stopped(Exception):
    """The machine stops here."""


class Machine:
    """Stops before the n-th of the moments in which a folder of keys changes; 0 never stops."""

    def __init__(self) -> None:
        self.stops_at = self.seen = 0

    def hook(self, event: str, given: tuple[object, ...]) -> None:
        if self.stops_at and event in MOMENTS:
            self.seen += 1
            if self.seen == self.stops_at:
                raise Stopped(event)

    def stopped(self, at: int) -> bool:
        """Make next year's keys and stop at this moment; False when the work was done before it came."""
        self.stops_at, self.seen = at, 0
        try:
            public.create_keys(NEXT_YEAR)
        except Stopped:
            return True
        finally:
            self.stops_at = 0
        return False


MACHINE = Machine()
sys.addaudithook(MACHINE.hook)


def sign() -> str:
    """A card through the whole chain; the kid of the key that signed it."""
    tbs = public.card_claims(cast.CARD)
    order = cast.order(tbs)
    both = [public.sign_as_office("mfa", order, cast.chanthou()), public.sign_as_office("moi", order, cast.vuthy())]
    card = public.sign_card(order, both, tbs)
    assert public.read_qr(card.qr_text).number == cast.CARD.number
    kid, signature = public.sign_answer(b"statement")
    assert public.answer_is_genuine(b"statement", kid, signature)
    return card.kid


def told() -> list[str]:
    found: list[str] = []
    for fact in journal.facts_about("2026"):
        kids = fact.facts["kids"]
        assert isinstance(kids, list)
        found += kids
    return found


# Anchors and published keys replaced, each key made and let sign; the sealing key made and published.
LAST = 2 + 2 * len(Purpose) + 2


@pytest.mark.parametrize("at", range(1, LAST + 3))
def test_stopped_anywhere_the_old_keys_sign_and_again_finishes(at: int, keys: Path) -> None:
    stopped = MACHINE.stopped(at)
    assert stopped == (at <= LAST)
    assert sign()
    public.create_keys(NEXT_YEAR)
    assert [seam.newest(purpose) for purpose in Purpose] == KIDS
    assert sign() == "card-2026-1"
    assert sorted(told()) == sorted([*KIDS, "parcels-2026-1"])
    assert public.sealing_key().kid == "parcels-2026-1"
    for purpose in Purpose:
        key = keyring.find(purpose, f"{purpose}-2026-1")
        assert key is not None and key.raw == seam.store().public(purpose, key.kid)
    before = {path: path.read_bytes() for path in keys.rglob("*") if path.is_file()}
    assert public.create_keys(NEXT_YEAR) == ()
    assert {path: path.read_bytes() for path in keys.rglob("*") if path.is_file()} == before


def test_a_prepared_key_that_nobody_trusts_is_thrown_away(keys: Path, tmp_path: Path) -> None:
    with override_settings(SROK_KEYS=tmp_path / "own"):
        seam.store().prepare(Purpose.MFA_ORDER, "mfa-2026-1")
    own = tmp_path / "own" / "offices" / "mfa" / ".mfa-2026-1.prepared"
    laid = own.read_bytes()
    shutil.copy(own, keys / "offices" / "mfa")
    public.create_keys(NEXT_YEAR)
    assert (keys / "offices" / "mfa" / "mfa-2026-1.pem").read_bytes() != laid
    assert not list(keys.rglob("*.prepared"))
    assert sign()
