"""Rules of the accounts: who may hold which role."""

from srok.ground.accounts.terms import MAY_HOLD, AppointOfficer, Role, ministry_of
from srok.ground.kernel.refusal import Refusal


def check_appointment(command: AppointOfficer) -> None:
    """Refuse a role that the office's ministry may not give (`accounts.foreign_role`) or that is unknown."""
    ministry = ministry_of(command.office)
    for text in command.roles:
        if text not in set(Role):
            raise Refusal("accounts.unknown_role", role=text)
        if ministry not in MAY_HOLD[Role(text)]:
            raise Refusal("accounts.foreign_role", role=text, office=command.office)
