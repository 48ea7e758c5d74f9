"""A mission day in a kit, with the real parcels: packed, run without a network, exported, opened at the centre."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from srok.ground.kernel.context import Context
from srok.identity.missions import public as missions
from srok.identity.missions import reads
from srok.identity.missions.models import Day, Seat, Slot, Switch, Ticket, TicketStep
from srok.identity.missions.tests import world
from srok.identity.missions.tests.test_booking import refused
from srok.identity.missions.tests.test_kit_events import COLUMNS
from srok.identity.missions.tests.world import acting, booked, planned
from srok.trust.credentials import public as credentials
from srok.trust.parcels import public as parcels
from srok.trust.parcels.terms import PrepareKit, WarrantOfficer
from srok.trust.parcels.tests.world import at_home, service

ROLES = ("consular_officer", "mission_head")
OFFICERS = tuple(WarrantOfficer(name, "មន្ត្រី", name.upper(), ROLES) for name in ("dara", "sreymom"))
TABLES = (Seat, TicketStep, Ticket, Slot, Switch, Day)


def opening(at) -> Context:
    return service(at)


@pytest.fixture
def keys(post: None, tmp_path: Path, settings) -> Path:
    """The centre's keys; its home is a folder of this test."""
    settings.SROK_HOME, settings.SROK_KEYS = tmp_path / "centre", tmp_path / "centre" / "keys"
    credentials.create_keys(acting("sreymom"))
    return tmp_path


@pytest.mark.slow
def test_a_day_without_a_network_comes_home_as_it_was(keys: Path) -> None:
    day = planned()
    first, family, absent = booked(day, 0, called_as="សុភា"), booked(day, 1, 3), booked(day, 2)
    command = PrepareKit("WAS", world.ON, world.ON, OFFICERS, 3, 14)
    made = parcels.prepare(command, acting("sreymom"))
    pack = parcels.pack(made.warrant, acting("sreymom"))
    at_centre = transaction.savepoint()
    for table in TABLES:
        table.objects.all().delete()
    file = keys / "day.parcel"
    with at_home(made, keys / "kit"):
        parcels.unpack(pack, acting("sreymom", -120))
        refused("missions.not_in_a_kit", booked, day, 3)
        refused("missions.not_in_a_kit", planned)
        tickets = run(day, first.reference, family.reference)
        in_the_kit = picture([*tickets, first.reference, family.reference, absent.reference])
        exposed = {one.code: one.count for one in parcels.exposure()}
        assert (exposed["missions.appointments"], exposed["missions.names_to_call"]) == (0, 0)
        parcels.export(file)
    transaction.savepoint_rollback(at_centre)
    assert missions.ticket(first.reference).state == "booked"
    report = parcels.import_files([file, file], ctx=opening(world.OPENS + timedelta(days=2)))
    assert not report.quarantined and not report.conflicts and not report.waiting, report
    assert picture([*tickets, first.reference, family.reference, absent.reference]) == in_the_kit
    found = missions.numbers(day.id, acting("dara", 3000))
    assert (found.served, found.not_come, found.switches) == (5, 1, 1)
    assert not Ticket.objects.filter(sealed__isnull=False).exists()


def run(day: missions.DayFacts, first: str, family: str) -> list[str]:
    """The day in the kit: arrivals, somebody without a ticket, the surge switch, calls, one turned away, the end."""
    missions.arrive(missions.Arrive(first), ctx=acting("dara", 1))
    lone = missions.walk_in(missions.WalkIn(day.id, 1, missions.Lane.ILL), ctx=acting("dara", 2))
    called = missions.call_next(missions.CallNext(day.id, 1), ctx=acting("dara", 3))
    missions.serve(missions.Serve(called.reference), ctx=acting("dara", 9))
    missions.switch_order(missions.SwitchOrder(day.id, missions.Order.WALK_IN), ctx=acting("sreymom", 10))
    late = missions.walk_in(missions.WalkIn(day.id, 2), ctx=acting("dara", 11))
    # As `cases` does it when an application is approved: nobody noted that the family came.
    for minutes in (30, 36, 42):
        missions.served(family, acting("sreymom", minutes))
    again = missions.call_next(missions.CallNext(day.id, 1), ctx=acting("dara", 43))
    missions.end_ticket(missions.EndTicket(again.reference, missions.TicketAct.MISS), ctx=acting("dara", 44))
    missions.call(missions.Call(again.reference, 1, "mistake"), ctx=acting("dara", 45))
    missions.serve(missions.Serve(again.reference), ctx=acting("dara", 50))
    away = missions.EndTicket(late.reference, missions.TicketAct.TURN_AWAY, "no_paper")
    missions.end_ticket(away, ctx=acting("dara", 51))
    missions.end_day(missions.EndDay(day.id), ctx=acting("sreymom", 500))
    return [lone.reference, late.reference]


def picture(references: list[str]) -> list[tuple]:
    """What the tickets say, but for what only the machine itself knows (the place in the line of the moment)."""
    rows = {row.reference: row for row in Ticket.objects.filter(reference__in=references)}
    days = list(Day.objects.values_list("id", "state"))
    return [*(tuple(getattr(rows[one], name) for name in COLUMNS) for one in references), *days]


def test_a_kit_out_of_its_warrant_takes_nobody_in(keys: Path) -> None:
    day = planned(on=world.ON.replace(day=14))
    command = PrepareKit("WAS", world.ON, world.ON, OFFICERS, 3, 14)
    made = parcels.prepare(command, acting("sreymom"))
    with at_home(made, keys / "kit"):
        refused("parcels.outside_warrant", missions.walk_in, missions.WalkIn(day.id), ctx=acting("dara", 48 * 60))
    assert not Ticket.objects.exists()
    assert reads.line(day.id, acting("dara", 0)) == []
