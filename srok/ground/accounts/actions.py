"""Acts of the accounts."""

from django.db import transaction

from srok.ground.accounts import rules
from srok.ground.accounts.models import Office, Officer
from srok.ground.accounts.terms import AppointOfficer, OpenOffice, ministry_of
from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal


@transaction.atomic
def open_office(command: OpenOffice, *, ctx: Context) -> str:
    """Open an office (or leave the one that stands already as it is); return its code."""
    ministry_of(command.code)
    _, made = Office.objects.get_or_create(
        code=command.code,
        defaults={
            "name_km": command.name_km, "name_en": command.name_en,
            "timezone": command.timezone, "post": command.post,
        },
    )  # fmt: skip
    if made:
        journal.record(ctx, "accounts.office_opened", command.code, {"post": command.post})
    return command.code


@transaction.atomic
def appoint(command: AppointOfficer, *, ctx: Context) -> str:
    """Appoint an officer; raises `accounts.foreign_role`, `accounts.already_appointed`, `accounts.unknown_office`."""
    rules.check_appointment(command)
    if not Office.objects.filter(pk=command.office).exists():
        raise Refusal("accounts.unknown_office", office=command.office)
    if Officer.objects.filter(username=command.username).exists():
        raise Refusal("accounts.already_appointed", username=command.username)
    officer = Officer(
        username=command.username, name_km=command.name_km, name_latin=command.name_latin,
        office_id=command.office, roles=list(command.roles),
    )  # fmt: skip
    if command.password:
        officer.set_password(command.password)
    else:
        officer.set_unusable_password()
    officer.save(force_insert=True)
    facts: journal.Facts = {"office": command.office, "roles": list(command.roles)}
    journal.record(ctx, "accounts.officer_appointed", command.username, facts)
    return command.username
