"""Fills the home of the journeys by the acts of the demo, and leaves something to do on every desk.

Most applications of `examples/washington/` go all the way; one stops at each stage, so that no queue is empty.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

from srok.identity.cards import public as cards
from srok.identity.cases import public as cases
from srok.identity.missions import public as missions
from srok.project.demo import chain, desk, policy, run
from srok.project.demo.console import Console
from srok.project.demo.people import acting
from srok.project.demo.stated import StatedDates, noon

LISTED = 120
# Rows of the example folder whose people stop at a stage; all of them would go to the end.
STOPS = {"lodged": 2, "examined": 3, "decided": 4, "ordered": 5, "issued": 6, "received": 7}


@dataclass(slots=True)
class Part(chain.Walk):
    """The walk of a few of the applications only."""

    chosen: list[str] = field(default_factory=list)

    @property
    def references(self) -> list[str]:
        """The chosen references."""
        return self.chosen


def main() -> None:
    """Make the house in `SROK_HOME`, an empty folder; leaves `stopped.json` there: stage to reference."""
    from django.conf import settings

    console, dates = Console(), StatedDates()
    planned = desk.visits(run.EXAMPLES)
    ctx = run._service(dates)
    _, clerks = run._open_house(console, ctx, planned)
    run._fill_register(console, ctx, LISTED)
    walk = chain.Walk(dates, console, run.EXAMPLES)
    chain.take_in(walk)
    assert walk.report is not None
    by_row = {row.row: row.reference for row in walk.report.accepted}
    stopped = {stage: by_row[row] for stage, row in STOPS.items()}
    go_on(walk, stopped)
    desk.register(walk, [one for one in planned if one.reference not in stopped.values()], clerks)
    plan_days()
    (Path(settings.SROK_HOME) / "stopped.json").write_text(json.dumps(stopped), "utf-8")


def go_on(walk: chain.Walk, stopped: dict[str, str]) -> None:
    """Take everybody else to the end, and each of the stopped to their stage."""
    rest = [one for one in walk.references if one not in stopped.values()]

    def part(*stages: str) -> Part:
        chosen = rest + [stopped[stage] for stage in stages]
        return Part(walk.dates, walk.console, walk.folder, chosen=chosen)

    chain.examine(part("examined", "decided", "ordered", "issued", "received"))
    chain.decide(part("ordered", "issued", "received"))
    decide_only(walk, stopped["decided"])
    chain.make_cards(part("received"))
    issue_only(walk, stopped["issued"])
    chain.hand_over(part(), absent=run._absent(walk.folder))


def decide_only(walk: chain.Walk, reference: str) -> None:
    """Vuthy decides; nobody has approved yet."""
    at = noon(walk.dates.decided)
    assessment = cases.assessment(reference, ctx=acting(chain.DECIDER, at))
    command = cases.DecideApplication(reference, *policy.outcome(assessment))
    cases.decide(command, ctx=acting(chain.DECIDER, at))


def issue_only(walk: chain.Walk, reference: str) -> None:
    """Both sign and Vuthy issues; the card is not in the bag yet."""
    card = cards.card_of_case(reference)
    assert card is not None
    for signer in chain.SIGNERS:
        cards.sign_order(cards.SignOrder(card.id), ctx=acting(signer, noon(walk.dates.signed)))
    cards.issue(cards.IssueCard(card.id), ctx=acting(chain.PRINTER, noon(walk.dates.issued)))


def plan_days() -> None:
    """Sreymom plans three days of her post; on the first of them, today there, people stand in the line."""
    evening = datetime(2025, 5, 12, 0, 30, tzinfo=UTC)
    plan = missions.Plan(clock_time(8), clock_time(22), desks=3, minutes=12, pause=(clock_time(12), clock_time(13)))
    before = evening - timedelta(days=5)
    days = [
        missions.plan_day(missions.PlanDay(date(2025, 5, day), plan), ctx=acting("sreymom", before))
        for day in (11, 13, 14)
    ]
    tickets = [
        missions.book(missions.Book(day.id, people, day.slots[-1].starts_at, "សុភា"), ctx=acting("dara", before))
        for day in days[:2]
        for people in (2, 1)
    ]
    missions.arrive(missions.Arrive(tickets[0].reference), ctx=acting("dara", evening))
    missions.walk_in(missions.WalkIn(days[0].id, 3, missions.Lane.OLD), ctx=acting("dara", evening))
    missions.walk_in(missions.WalkIn(days[0].id), ctx=acting("dara", evening))
    missions.call_next(missions.CallNext(days[0].id, 1), ctx=acting("dara", evening))
