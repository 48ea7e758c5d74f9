"""The pages: a family books and keeps its ticket; the officer's day; who may not see what."""

import re
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from srok.ground.accounts import public as accounts
from srok.ground.kernel.ids import new_id
from srok.identity.missions import public as missions
from srok.identity.missions.models import Day, Ticket
from srok.identity.missions.terms import Order, TicketState
from srok.identity.missions.tests import world
from srok.identity.missions.tests.world import booked, here, planned, walks_in

pytestmark = pytest.mark.usefixtures("post")
AT_OPENING = {"SROK_CLOCK_STARTS_AT": world.OPENS.isoformat()}


def signed_in(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def command() -> str:
    return str(new_id(world.OPENS))


@pytest.fixture
def opened():
    """The clock of the pages stands at the opening of the doors."""
    with override_settings(**AT_OPENING):
        yield


@pytest.mark.usefixtures("opened")
def test_a_family_books_moves_and_gives_back_without_a_name() -> None:
    day, other = planned(), planned(on=world.ON.replace(day=13))
    client = Client(headers={"accept-language": "en"})
    listed = client.get(reverse("missions:appointments")).content.decode()
    assert listed.count("/appointments/0") == 2
    page = client.get(reverse("missions:day", args=[other.id]), {"people": 4}).content.decode()
    assert "08:00 for 3" in page and "08:30 for 1" in page
    sent = {
        "command_id": command(),
        "slot": other.slots[0].starts_at.isoformat(),
        "called_as": "",
        "reach": "",
        "lane": "",
    }
    address = f"{reverse('missions:day', args=[other.id])}?people=4"
    answer = client.post(address, sent)
    ticket = Ticket.objects.get()
    assert answer.headers["Location"] == reverse("missions:ticket", args=[ticket.reference])
    again = client.post(address, sent)
    assert again.status_code == 302 and Ticket.objects.count() == 1
    shown = client.get(answer.headers["Location"])
    assert "no-store" in shown.headers["Cache-Control"]
    assert ticket.reference in shown.content.decode() and "data:image/svg+xml;base64," in shown.content.decode()
    move = f"{reverse('missions:move', args=[ticket.reference])}?day={day.id}"
    assert "08:30" in client.get(move).content.decode()
    client.post(move, {"command_id": command(), "slot": day.slots[2].starts_at.isoformat()})
    assert missions.ticket(ticket.reference).on == world.ON
    client.post(reverse("missions:cancel", args=[ticket.reference]), {"command_id": command()})
    assert missions.ticket(ticket.reference).state is TicketState.CANCELLED


@pytest.mark.usefixtures("opened")
def test_a_full_day_offers_the_waiting_list_and_a_wrong_time_is_told() -> None:
    day = planned(on=world.ON.replace(day=13))
    for n in range(6):
        booked(day, n + 48, 3)
    client = Client(headers={"accept-language": "en"})
    address = f"{reverse('missions:day', args=[day.id])}?people=2"
    assert "waiting list" in client.get(address).content.decode()
    client.post(address, {"command_id": command(), "reach": "sophea@example.org"})
    ticket = Ticket.objects.get(state="waitlisted")
    assert ticket.reachable
    assert "before you asked: 0" in client.get(reverse("missions:ticket", args=[ticket.reference])).content.decode()
    bad = client.post(address, {"command_id": command(), "reach": "not an address"}, follow=True)
    assert "not a telephone number" in bad.content.decode()
    assert Ticket.objects.filter(state="waitlisted").count() == 1


@pytest.mark.usefixtures("opened")
def test_an_unknown_ticket_is_not_found_and_tells_nothing() -> None:
    client = Client(headers={"accept-language": "en"})
    for name in ("ticket", "move"):
        assert client.get(reverse(f"missions:{name}", args=["2222-2222-222X"])).status_code == 404
    found = client.get(reverse("missions:find"), {"ticket": "2222"})
    assert found.status_code == 400 and "not a reference of Srok" in found.content.decode()
    assert client.get(reverse("missions:day", args=[UUID(int=1)])).status_code == 404
    assert client.get(reverse("missions:screen", args=[UUID(int=1)])).status_code == 404


@pytest.mark.slow
@pytest.mark.usefixtures("opened")
def test_the_line_from_the_officers_desk() -> None:
    day = planned()
    ticket = booked(day, 0, 2, called_as="លោកយាយ")
    dara = signed_in("dara")
    line = reverse("missions:line", args=[day.id])

    def act(name: str, **given: object):
        sent = {"command_id": command(), **given}
        return dara.post(f"{reverse('missions:act', args=[day.id, name])}?desk=2", sent, follow=True)

    assert "Nobody waits" in dara.get(line).content.decode()
    assert "Number 1: In the line." in act("arrive", ticket=ticket.reference, lane="").content.decode()
    assert "with a new ticket" in act("walk-in", people=1, lane="ill", called_as="").content.decode()
    page = act("next", desk=2).content.decode()
    assert "called to desk 2" in page and "At your desk: number 2" in page
    assert "Somebody is at desk 2" in act("next", desk=2).content.decode()
    walk_in = Ticket.objects.get(kind="walk_in")
    act("turn_away", ticket=walk_in.reference, away="no_paper")
    assert missions.ticket(walk_in.reference).state is TicketState.TURNED_AWAY
    page = act("next", desk=2).content.decode()
    assert "លោកយាយ" in page
    assert "People: 2, served: 1" in act("serve", ticket=ticket.reference, people=1).content.decode()
    act("serve", ticket=ticket.reference)
    assert missions.ticket(ticket.reference).state is TicketState.SERVED
    wrong = act("arrive", ticket="2222", lane="")
    assert wrong.status_code == 400 and 'value="2222"' in wrong.content.decode()
    numbers = dara.get(reverse("missions:day_plan", args=[day.id])).content.decode()
    assert "<svg" in numbers and "no paper or attestation" in numbers
    assert not re.search(r'(?:x|y|height)="[0-9]+,', numbers)


@pytest.mark.usefixtures("opened")
def test_how_many_stand_before_and_the_screen_shows_numbers_only() -> None:
    day = planned()
    named = booked(day, 0, called_as="សុភា")
    here(named, 0)
    second = walks_in(day, 1)
    client = Client(headers={"accept-language": "en"})
    shown = client.get(reverse("missions:ticket", args=[second.reference]))
    assert "Before you: 1" in shown.content.decode() and shown.headers["Refresh"] == "60"
    missions.call_next(missions.CallNext(day.id, 1), ctx=world.acting("dara", 2))
    screen = client.get(reverse("missions:screen", args=[day.id])).content.decode()
    assert "សុភា" not in screen and named.reference not in screen and "Desk 1" in screen
    assert "You are next" in client.get(reverse("missions:ticket", args=[second.reference])).content.decode()


@pytest.mark.slow
@pytest.mark.usefixtures("opened")
def test_a_head_plans_changes_switches_closes_and_ends() -> None:
    head = signed_in("sreymom")
    plan = {
        "command_id": command(), "on": "2025-05-12", "opens": "08:00", "closes": "11:00", "desks": 2, "minutes": 15,
        "slot_minutes": 30, "walk_in_percent": 25, "lane_percent": 20, "grace_minutes": 15, "place_km": "វត្ត",
        "place_en": "Temple", "host_state": "Minnesota", "timezone": "America/Chicago",
    }  # fmt: skip
    assert head.post(reverse("missions:plan"), plan).status_code == 302
    day = Day.objects.get()
    assert (day.timezone, day.place_en) == ("America/Chicago", "Temple")
    assert head.post(reverse("missions:plan"), plan | {"command_id": command(), "closes": "07:00"}).status_code == 400
    late = missions.day(day.id).slots[5].starts_at
    ticket = missions.book(missions.Book(day.id, 1, late), ctx=world.public())
    change = reverse("missions:change", args=[day.id])
    form = {name: plan[name] for name in plan if name not in ("on", "place_km", "place_en", "host_state", "timezone")}
    form |= {"command_id": command(), "seen_version": day.version, "closes": "10:00"}
    first = head.post(change, form).content.decode()
    assert ticket.reference in first and missions.day(day.id).version == day.version
    accepted = re.search(r'name="accepted" value="([^"]*)"', first)
    assert accepted
    assert head.post(change, form | {"accepted": accepted[1]}).status_code == 302
    assert missions.ticket(ticket.reference).seats[0].starts_at < late
    head.post(reverse("missions:switch", args=[day.id]), {"command_id": command()})
    assert missions.day(day.id).order is Order.WALK_IN
    head.post(reverse("missions:switch", args=[day.id]), {"command_id": command()})
    assert missions.day(day.id).order is Order.APPOINTMENTS
    closing = head.get(reverse("missions:close", args=[day.id])).content.decode()
    assert ticket.reference in closing
    form = {"command_id": command(), "seen_version": missions.day(day.id).version, "accepted": ticket.reference}
    head.post(reverse("missions:close", args=[day.id]), form)
    assert missions.ticket(ticket.reference).state is TicketState.DISPLACED
    other = planned()
    head.post(reverse("missions:end", args=[other.id]), {"command_id": command()})
    assert missions.day(other.id).order is Order.ENDED


@pytest.mark.usefixtures("opened")
def test_another_post_sees_nothing_and_an_officer_plans_nothing() -> None:
    day = planned()
    rith, dara = signed_in("rith"), signed_in("dara")
    for name in ("day_plan", "line", "change", "close"):
        assert rith.get(reverse(f"missions:{name}", args=[day.id])).status_code == 404
    assert str(day.id) not in rith.get(reverse("missions:days")).content.decode()
    assert dara.get(reverse("missions:plan")).status_code == 403
    assert dara.get(reverse("missions:today")).headers["Location"] == reverse("missions:line", args=[day.id])
    assert rith.get(reverse("missions:today")).headers["Location"] == reverse("missions:days")
    assert accounts.context_for("rith", at=world.OPENS, trace=new_id(world.OPENS)).office == "mfa.par"
