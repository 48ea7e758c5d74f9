"""Decisions of the parcels: the table of states, what an event must hold to be opened, when a kit may capture."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from srok.ground.accounts.terms import Ministry, Role
from srok.ground.kernel.refusal import Refusal
from srok.trust.parcels.terms import (
    FUTURE_SECONDS,
    SIDE_BY_SIDE_SECONDS,
    Act,
    Content,
    Gap,
    KitAct,
    Standing,
    State,
    Warrant,
)

FLOW: Final = {
    (None, Act.ARRIVE): State.STORED,
    (State.STORED, Act.OPEN): State.OPENED,
    (State.STORED, Act.DISPUTE): State.CONFLICT,
    (State.STORED, Act.WAIT): State.WAITING,
    (State.STORED, Act.REFUSE): State.REFUSED,
    (State.STORED, Act.QUARANTINE): State.QUARANTINED,
    (State.WAITING, Act.OPEN): State.OPENED,
    (State.WAITING, Act.DISPUTE): State.CONFLICT,
    (State.WAITING, Act.REFUSE): State.REFUSED,
    (State.WAITING, Act.SET_ASIDE): State.SET_ASIDE,
    (State.QUARANTINED, Act.RELEASE): State.STORED,
    (State.QUARANTINED, Act.SET_ASIDE): State.SET_ASIDE,
    (State.REFUSED, Act.RELEASE): State.STORED,
    (State.REFUSED, Act.SET_ASIDE): State.SET_ASIDE,
    (State.CONFLICT, Act.SET_ASIDE): State.SET_ASIDE,
    (State.SET_ASIDE, Act.RELEASE): State.STORED,
}
_DESK: Final = frozenset({(Role.MISSION_HEAD, Ministry.FOREIGN_AFFAIRS), (Role.EXAMINER, Ministry.FOREIGN_AFFAIRS)})
_NOBODY: Final[frozenset[tuple[Role, Ministry]]] = frozenset()
HANDS: Final = {
    Act.ARRIVE: _NOBODY, Act.OPEN: _NOBODY, Act.DISPUTE: _NOBODY, Act.WAIT: _NOBODY, Act.REFUSE: _NOBODY,
    Act.QUARANTINE: _NOBODY, Act.RELEASE: _DESK, Act.SET_ASIDE: _DESK,
}  # fmt: skip
# Who may look at kits and import what they bring; who may decide about them; who may stop a lost one at once.
LOOKERS: Final = frozenset({Role.MISSION_HEAD, Role.EXAMINER, Role.CONSULAR_OFFICER})
DECIDERS: Final = frozenset({Role.MISSION_HEAD, Role.EXAMINER})
STOPPERS: Final = LOOKERS

KIT_FLOW: Final = {
    (None, KitAct.PREPARE): Standing.PREPARED,
    (Standing.PREPARED, KitAct.CHECK_OUT): Standing.CHECKED_OUT,
    (Standing.CHECKED_OUT, KitAct.CHECK_IN): Standing.CHECKED_IN,
    (Standing.PREPARED, KitAct.REVOKE): Standing.REVOKED,
    (Standing.CHECKED_OUT, KitAct.REVOKE): Standing.REVOKED,
    (Standing.CHECKED_IN, KitAct.REVOKE): Standing.REVOKED,
}

# Nothing can be made of these: no officer can let them through.
HOPELESS: Final = frozenset(
    {"parcels.bad_signature", "parcels.unknown_kit", "parcels.unreadable_seal", "parcels.damaged"}
)
# Of these the kit's signature is not known to be good: they are in no chain and fill no gap.
UNVERIFIED: Final = frozenset({"parcels.bad_signature", "parcels.unknown_kit", "parcels.damaged"})


@dataclass(frozen=True, slots=True)
class Found:
    """What the centre knows when it judges an event: about its kit, and about its neighbours in the chain.

    `rivals`: other accepted events with this number. `before`: digests of the accepted events with the number before;
    `after`: the `prev` of the accepted ones with the number after.
    """

    warrant: Warrant
    standing: Standing
    received_at: datetime
    rivals: bool = False
    before: tuple[bytes, ...] = ()
    after: tuple[bytes, ...] = ()


def next_state(state: State | None, act: Act) -> State:
    """Where this act leads; raises `parcels.wrong_state`."""
    found = FLOW.get((state, act))
    if found is None:
        raise Refusal("parcels.wrong_state", state=f"parcels.state_{state or State.STORED}")
    return found


def next_standing(standing: Standing | None, act: KitAct) -> Standing:
    """Where this act leads a kit; raises `parcels.wrong_standing`."""
    found = KIT_FLOW.get((standing, act))
    if found is None:
        raise Refusal("parcels.wrong_standing", standing=f"parcels.standing_{standing or Standing.PREPARED}")
    return found


def chain_problem(digest: bytes, prev: bytes, found: Found) -> str | None:
    """`parcels.forked` where this event does not fit the accepted ones around it."""
    fits_before = not found.before or prev in found.before
    fits_after = not found.after or digest in found.after
    return None if not found.rivals and fits_before and fits_after else "parcels.forked"


def standing_problem(found: Found, arrived_on: date) -> str | None:
    """`parcels.kit_revoked` for a kit that was revoked, `parcels.late` after check-in or long after the warrant."""
    if found.standing is Standing.REVOKED:
        return "parcels.kit_revoked"
    over = arrived_on > found.warrant.until + timedelta(days=found.warrant.contact_days)
    return "parcels.late" if over or found.standing is Standing.CHECKED_IN else None


def content_problem(content: Content, found: Found) -> str | None:
    """The first thing that keeps this content from being acted on, as a code; None where all is well."""
    warrant = found.warrant
    if content.happened_at > found.received_at + timedelta(seconds=FUTURE_SECONDS):
        return "parcels.from_the_future"
    if content.previous_at is not None and _behind(content.happened_at, content.previous_at):
        return "parcels.clock_backwards"
    if warrant.officer(content.actor) is None:
        return "parcels.not_named"
    return None if warrant.from_ <= content.on <= warrant.until else "parcels.outside_warrant"


def gaps_of(kit: str, present: Iterable[int], lost: Iterable[tuple[int, int]] = ()) -> list[Gap]:
    """The numbers below the highest one present that are not there and not declared lost."""
    here = set(present)
    highest = max(here, default=0)
    spans = sorted([*((number, number) for number in here), *lost])
    found: list[Gap] = []
    expected = 1
    for first, last in spans:
        if first > highest:
            break
        if first > expected:
            found.append(Gap(kit, expected, first - 1))
        expected = max(expected, last + 1)
    return found


def frozen_on(contact_on: date, contact_days: int) -> date:
    """The first day on which a kit captures nothing more, counted from its last sign of the centre."""
    return contact_on + timedelta(days=contact_days + 1)


def check_day(warrant: Warrant, on: date) -> None:
    """Raises `parcels.outside_warrant` where the warrant does not hold on this civil date."""
    if not warrant.from_ <= on <= warrant.until:
        raise Refusal("parcels.outside_warrant", on=on.isoformat())


def check_clock(at: datetime, last: datetime | None) -> None:
    """Raises `parcels.clock_behind` where the kit's clock is before its own last event (by more than two minutes)."""
    if last is not None and _behind(at, last):
        raise Refusal("parcels.clock_behind", last=last.date().isoformat(), now=at.date().isoformat())


def _behind(at: datetime, last: datetime) -> bool:
    """Whether a clock went back; acts of two officers at one moment may be written down in either order."""
    return last - at > timedelta(seconds=SIDE_BY_SIDE_SECONDS)


def check_reason(reason: str) -> str:
    """The reason that an officer gives, without blanks around it; raises `parcels.reason_missing`."""
    given = reason.strip()
    if not 3 <= len(given) <= 300:
        raise Refusal("parcels.reason_missing", field="reason")
    return given
