"""Questions to the accounts."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from srok.ground.accounts.models import Office, Officer
from srok.ground.accounts.terms import OfficeFacts, OfficerFacts
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal

SERVICE_ROLES: frozenset[str] = frozenset()


def office(code: str) -> OfficeFacts:
    """The office of this code; raises `accounts.unknown_office`."""
    row = Office.objects.filter(pk=code).first()
    if row is None:
        raise Refusal("accounts.unknown_office", office=code)
    return _facts(row)


def office_of_post(post: str) -> OfficeFacts | None:
    """The office that serves this post abroad (`WAS`), or None."""
    row = Office.objects.filter(post=post).first() if post else None
    return _facts(row) if row else None


def offices() -> list[OfficeFacts]:
    """Every office, by code."""
    return [_facts(row) for row in Office.objects.order_by("code")]


def officers_of(office_code: str) -> list[OfficerFacts]:
    """The officers of this office who have not left, by user name."""
    rows = Officer.objects.filter(office=office_code, is_active=True).order_by("username")
    return [OfficerFacts(row.username, row.name_km, row.name_latin, tuple(row.roles)) for row in rows]


def officer_name(username: str, language: str) -> str:
    """The officer's name in Khmer or Latin script; the username where nobody of that name is known."""
    row = Officer.objects.filter(username=username).first()
    if row is None:
        return username
    return row.name_km if language == "km" else row.name_latin


def context_of(officer: Officer, *, at: datetime, trace: UUID) -> Context:
    """The context of an act by this officer: the civil date is the date at the office (house rule 4)."""
    on = at.astimezone(ZoneInfo(officer.office.timezone)).date()
    return Context(
        actor=officer.username,
        office=officer.office_id,
        roles=frozenset(officer.roles),
        at=at,
        on=on,
        trace=trace,
    )


def context_for(username: str, *, at: datetime, trace: UUID) -> Context:
    """As `context_of`, by username; raises `accounts.unknown_officer` (also for one who has left)."""
    row = Officer.objects.select_related("office").filter(username=username, is_active=True).first()
    if row is None:
        raise Refusal("accounts.unknown_officer", username=username)
    return context_of(row, at=at, trace=trace)


def context_of_request(request: HttpRequest, at: datetime, trace: UUID) -> Context:
    """The context of a request: the signed-in officer, or the public with no office and no role."""
    if isinstance(request.user, Officer):
        return context_of(request.user, at=at, trace=trace)
    on = at.astimezone(ZoneInfo("Asia/Phnom_Penh")).date()
    return Context(actor="public", office="", roles=SERVICE_ROLES, at=at, on=on, trace=trace)


def service_context(name: str, office_code: str, *, at: datetime, trace: UUID) -> Context:
    """The context of the program's own work (imports, reactions): a named service, no human role."""
    on = at.astimezone(ZoneInfo("Asia/Phnom_Penh")).date()
    return Context(actor=f"service:{name}", office=office_code, roles=SERVICE_ROLES, at=at, on=on, trace=trace)


def is_colleague(username: str, ctx: Context) -> bool:
    """Whether this is another officer who works in the same office today."""
    if not username or username == ctx.actor:
        return False
    return Officer.objects.filter(username=username, office_id=ctx.office, is_active=True).exists()


def _facts(row: Office) -> OfficeFacts:
    return OfficeFacts(row.code, row.name_km, row.name_en, row.timezone, row.post)
