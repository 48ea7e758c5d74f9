"""Who may prepare and end kits, for how long, with whom. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from srok.ground.accounts.terms import OfficerFacts, Role
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal

LONGEST_MISSION: Final = 31
"""Days of one warrant: a rule of the service, so that no laptop is trusted for longer than a month."""
LEAST_OFFICERS: Final = 2
KIT_ROLES: Final = frozenset({str(Role.CONSULAR_OFFICER), str(Role.MISSION_HEAD), str(Role.CARD_OFFICER)})
"""What an officer may be in a kit: at the counter, head of the mission, giver of cards; nothing of the centre."""
SEAL: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,29}")
SERVICE: Final = "service:"


class Reason(StrEnum):
    """Why a kit is ended."""

    LOST = "lost"  # បាត់
    STOLEN = "stolen"  # ត្រូវគេលួច
    BROKEN = "broken"  # ខូច
    WITHDRAWN = "withdrawn"  # ដកវិញ
    NOT_BUILT = "not_built"  # បង្កើតមិនបាន


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of a mission, both inclusive, as its warrant says them."""

    from_: date
    until: date

    @property
    def days(self) -> int:
        """How many days, counted with the first and the last."""
        return (self.until - self.from_).days + 1


def check_head(ctx: Context, office: str) -> None:
    """Refuse everybody but a head of mission of this office, and the program itself (`missions.not_mission_head`)."""
    if ctx.actor.startswith(SERVICE):
        return
    if not ctx.has(Role.MISSION_HEAD) or ctx.office != office:
        raise Refusal("missions.not_mission_head")


def check_period(period: Period, today: date) -> None:
    """Refuse a mission that ends before it begins, is over, or is too long."""
    if period.until < period.from_:
        raise Refusal("missions.kit_until_before_from", field="until")
    if period.until < today:
        raise Refusal("missions.kit_mission_over", field="until")
    if period.days > LONGEST_MISSION:
        raise Refusal("missions.kit_too_long", field="until", days=period.days, most=LONGEST_MISSION)


def chosen(of_post: Sequence[OfficerFacts], wanted: Sequence[str]) -> list[OfficerFacts]:
    """The officers of the kit: those wanted, or every consular officer of the post.

    Raises `missions.kit_unknown_officer`, and `missions.kit_needs_two`: a capture is approved by another person.
    """
    known = {one.username: one for one in of_post if Role.CONSULAR_OFFICER in one.roles}
    for username in wanted:
        if username not in known:
            raise Refusal("missions.kit_unknown_officer", field="officer", username=username)
    found = [known[username] for username in dict.fromkeys(wanted or known)]
    if len(found) < LEAST_OFFICERS:
        raise Refusal("missions.kit_needs_two", field="officer")
    return found


def roles_in_kit(officer: OfficerFacts) -> tuple[str, ...]:
    """What this officer is in the kit."""
    return tuple(role for role in officer.roles if role in KIT_ROLES)


def seal_numbers(given: Sequence[str]) -> tuple[str, ...]:
    """The seals in their order, as written on them in capitals; raises `missions.kit_no_seals`, `kit_seal_form`."""
    numbers = [one.strip().upper() for one in given if one.strip()]
    if not numbers:
        raise Refusal("missions.kit_no_seals", field="seal")
    if len(set(numbers)) != len(numbers) or not all(SEAL.fullmatch(one) for one in numbers):
        raise Refusal("missions.kit_seal_form", field="seal")
    return tuple(sorted(numbers))


def reason(text: str) -> Reason:
    """Why a kit is ended; raises `missions.kit_unknown_reason`."""
    if text not in set(Reason) - {Reason.NOT_BUILT}:
        raise Refusal("missions.kit_unknown_reason", field="reason", reason=text)
    return Reason(text)
