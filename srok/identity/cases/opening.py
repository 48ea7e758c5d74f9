"""Whatever shows something of a case notes its opening, and for what (house.md section 6)."""

from srok.ground.accounts.terms import Role
from srok.ground.kernel.context import Context
from srok.identity.cases import lodging
from srok.identity.cases.commands import OpenCase, Purpose

PURPOSES = (
    (Role.APPROVER, Purpose.APPROVAL), (Role.IDENTIFICATION_OFFICER, Purpose.DECISION),
    (Role.EXAMINER, Purpose.EXAMINATION), (Role.CONSULAR_OFFICER, Purpose.COUNTER),
)  # fmt: skip


def note_opening(reference: str, ctx: Context) -> None:
    """Note that this officer looks at the case, once a day. Raises `cases.unknown_case`."""
    purpose = next(purpose for role, purpose in PURPOSES if ctx.has(role))
    lodging.open_case(OpenCase(reference, purpose), ctx=ctx)
