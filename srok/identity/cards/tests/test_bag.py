"""A mission carries cards: packed at the centre, given in the kit, active once the event is opened, exactly once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.cards import bag
from srok.identity.cards import public as cards
from srok.identity.cards.bag_terms import BagState
from srok.identity.cards.models import BagCard
from srok.identity.cards.tests import world
from srok.identity.cards.tests.world import code_of
from srok.trust.parcels import public as parcels
from srok.trust.parcels.terms import Prepared, PrepareKit, WarrantOfficer
from srok.trust.verification import public as verification

pytestmark = pytest.mark.usefixtures("desk")
DAY = 20


@dataclass
class Mission:
    """A kit prepared for Washington, with what it was packed."""

    made: Prepared
    packed: bytes


def uuid7() -> UUID:
    return world.new_id(world.STARTED)


def prepared() -> Mission:
    ctx = world.accounts.service_context("kits", "mfa.was", at=world.acting("dara", DAY).at, trace=uuid7())
    today = world.acting("dara", DAY).on
    named = tuple(WarrantOfficer(one, "មន្ត្រី", one.title(), world.OFFICERS[one][1]) for one in ("dara", "rotha"))
    made = parcels.prepare(PrepareKit("WAS", today, today + timedelta(days=5), named, 3), ctx)
    return Mission(made, parcels.pack(made.warrant, ctx))


@contextmanager
def kit_of(mission: Mission, home: Path) -> Iterator[None]:
    """This program in the kit's folder; the tables of the bag are those of the kit."""
    for name, data in mission.made.files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(data)
    with override_settings(SROK_HOME=home, SROK_KEYS=home / "keys"):
        yield


def in_kit(actor: str = "dara", minutes: int = 30) -> Context:
    ctx = world.acting(actor, DAY)
    return world.accounts.context_for(actor, at=ctx.at + timedelta(minutes=minutes), trace=world.new_id(ctx.at))


def given(card: cards.CardFacts, home: Path, **more: Any) -> tuple[Mission, bytes]:
    """The card packed, carried and given in the kit; the file that the kit exported."""
    mission = prepared()
    with kit_of(mission, home), transaction.atomic():
        parcels.unpack(mission.packed, in_kit())
        bag.hand_over_from_bag(cards.HandOverCard(card.id, "portrait", "holder", **more), ctx=in_kit())
        out = home / "out.parcel"
        parcels.export(out)
        # The kit's tables are on another machine: none of this is at the centre.
        transaction.set_rollback(True)
    return mission, out.read_bytes()


def imported(data: bytes, days: int = DAY + 2) -> dict[str, Any]:
    return parcels.import_files([data], ctx=world.acting("dara", days)).json()


def test_a_card_given_on_a_mission_is_active_once_its_event_is_opened(tmp_path: Path) -> None:
    card = world.at_post(world.ordered())
    _, file = given(card, tmp_path)
    assert cards.card(card.id).state == "issued"
    assert verification.cards_of(card.subject)[-1].state == verification.BookState.ISSUED
    report = imported(file)
    assert report["opened"] == 1, report
    assert imported(file)["already"] == 1
    now = cards.card(card.id)
    assert (now.state, now.handed_over_on) == ("handed_over", in_kit().on)
    assert verification.cards_of(card.subject)[-1].state == verification.BookState.HANDED_OVER


def test_what_the_kit_knew_of_the_holder_goes_with_the_card(tmp_path: Path) -> None:
    card = world.at_post(world.ordered())
    mission = prepared()
    with kit_of(mission, tmp_path):
        parcels.unpack(mission.packed, in_kit())
        parcels.unpack(mission.packed, in_kit())
        assert [(one.number, one.state) for one in bag.bag()] == [(card.number, BagState.CARRIED)]
        assert bag.portrait(card.id)[:3] == b"\xff\xd8\xff"
        assert ("cards.exposed_bag", 1) in [(one.code, one.count) for one in parcels.exposure()]
        give = cards.HandOverCard(card.id, "portrait", "holder")
        bag.hand_over_from_bag(give, ctx=in_kit())
        with pytest.raises(Refusal):
            bag.portrait(card.id)
        assert bytes(BagCard.objects.get(pk=card.id).portrait) == b""
        assert code_of(bag.hand_over_from_bag, give, in_kit(minutes=50)) == "cards.bag_handed_over"


@pytest.mark.parametrize(
    ("actor", "more", "code"),
    [
        ("rotha", {}, "cards.not_the_card_office"),
        ("dara", {"checked": "two_officers"}, "cards.second_officer_missing"),
        ("dara", {"checked": "two_officers", "second_officer": "dara"}, "cards.second_officer_missing"),
        ("dara", {"checked": "two_officers", "second_officer": "vuthy"}, "cards.second_officer_missing"),
        ("dara", {"present": "cousin"}, "cards.holder_not_present"),
        ("dara", {"seen": 7}, "journal.stale"),
    ],
)
def test_refused_in_the_kit(tmp_path: Path, actor: str, more: dict[str, Any], code: str) -> None:
    card = world.at_post(world.ordered())
    mission = prepared()
    with kit_of(mission, tmp_path):
        parcels.unpack(mission.packed, in_kit())
        command = cards.HandOverCard(**{"card_id": card.id, "checked": "portrait", "present": "holder", **more})
        assert code_of(bag.hand_over_from_bag, command, in_kit(actor)) == code
        assert parcels.pending() == []


def test_a_card_given_at_the_counter_meanwhile_is_a_conflict_for_an_officer(tmp_path: Path) -> None:
    card = world.at_post(world.ordered())
    _, file = given(card, tmp_path)
    cards.hand_over(cards.HandOverCard(card.id, "portrait", "holder"), ctx=world.acting("dara", DAY + 1))
    report = imported(file)
    assert (report["opened"], len(report["conflicts"])) == (0, 1)
    assert cards.card(card.id).state == "handed_over"


def test_only_cards_that_lie_ready_at_that_place_are_packed() -> None:
    there, elsewhere = world.at_post(world.ordered()), "BBBB-CCCC-DDDD"
    other = world.ordered(elsewhere, pickup_post="WAS-SEA", subject=world.admit(elsewhere))
    world.issued(other)
    assert [one["number"] for one in bag.pack("WAS")] == [there.number]
    assert bag.pack("WAS-SEA") == []


def test_at_the_centre_nothing_is_given_from_a_bag() -> None:
    card = world.at_post(world.ordered())
    give = cards.HandOverCard(card.id, "portrait", "holder")
    assert code_of(bag.hand_over_from_bag, give, world.acting("dara", DAY)) == "parcels.not_a_kit"


def test_the_pages_of_the_bag(tmp_path: Path, client: Client) -> None:
    card = world.at_post(world.ordered())
    client.post(reverse("accounts:sign_in"), {"username": "dara", "password": world.PASSWORD, "next": ""})
    assert client.get(reverse("cards:bag")).status_code == 404
    mission = prepared()
    with kit_of(mission, tmp_path):
        parcels.unpack(mission.packed, in_kit())
        shown = client.get(reverse("cards:bag") + f"?number={card.number[-4:]}").content.decode()
        assert card.number in shown
        address = reverse("cards:bag_card", args=[card.id])
        assert reverse("cards:bag_portrait", args=[card.id]) in client.get(address).content.decode()
        assert client.get(reverse("cards:bag_portrait", args=[card.id])).status_code == 200


def test_the_bag_is_sealed() -> None:
    card = world.at_post(world.ordered())
    [packed] = bag.pack("WAS")
    row = bag._row(packed)
    for plain in (card.number.encode(), card.plan.name.family_latin.encode(), b"\xff\xd8\xff\xe0"):
        assert plain not in bytes(row.sealed) + bytes(row.portrait)
