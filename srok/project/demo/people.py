"""The offices and the cast of the demo; every password is the same, printed, and worthless elsewhere."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.conf import settings

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import AppointOfficer, OpenOffice
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id

OFFICES = (
    OpenOffice("mfa.consular", "នាយកដ្ឋានកុងស៊ុល",
               "Consular Department"),
    OpenOffice("mfa.was", "ស្ថានឯកអគ្គរាជទូតកម្ពុជា ប្រចាំសហរដ្ឋអាមេរិក", "Royal Embassy of Cambodia, Washington",
               "America/New_York", "WAS"),
    OpenOffice("moi.gdi", "អគ្គនាយកដ្ឋានអត្តសញ្ញាណកម្ម",
               "General Department of Identification"),
    OpenOffice("moi.border", "ច្រកព្រំដែនអន្តរជាតិ", "International border checkpoint"),
    OpenOffice("mlmupc.land", "ការិយាល័យសុរិយោដី", "Cadastral office"),
    OpenOffice("nec.roll", "គណៈកម្មាធិការជាតិរៀបចំការបោះឆ្នោត", "National Election Committee"),
)  # fmt: skip

OFFICERS = (
    AppointOfficer("dara", "ដារ៉ា", "Dara", "mfa.was", ("consular_officer", "card_officer")),
    AppointOfficer("sreymom", "ស្រីមុំ", "Sreymom", "mfa.was", ("consular_officer", "card_officer", "mission_head")),
    AppointOfficer("chanthou", "ចន្ធូ", "Chanthou", "mfa.consular", ("examiner", "order_signer")),
    AppointOfficer("sovann", "សុវណ្ណ", "Sovann", "mfa.consular", ("examiner",)),
    AppointOfficer("vuthy", "វុទ្ធី", "Vuthy", "moi.gdi",
                   ("identification_officer", "order_signer", "card_officer")),
    AppointOfficer("kunthea", "គន្ធា", "Kunthea", "moi.gdi", ("approver",)),
    AppointOfficer("sokha", "សុខា", "Sokha", "moi.gdi", ("identification_officer",)),
    AppointOfficer("phalla", "ផល្លា", "Phalla", "moi.gdi", ("approver",)),
    AppointOfficer("sarin", "សារិន", "Sarin", "moi.border", ("border_officer",)),
    AppointOfficer("nary", "ណារី", "Nary", "mlmupc.land", ("land_officer",)),
    AppointOfficer("bunna", "ប៊ុនណា", "Bunna", "nec.roll", ("roll_officer",)),
)  # fmt: skip


def settle(ctx: Context, communes: Iterable[tuple[str, str, str]]) -> list[AppointOfficer]:
    """Open the offices and appoint the cast; one desk per (commune code, name in Khmer, name in Latin).

    The clerk of the first commune is Malis; further desks have clerks named after their commune's code.
    Returns everybody who can sign in.
    """
    cast = list(OFFICERS)
    offices = list(OFFICES)
    for number, (code, name_km, name_latin) in enumerate(communes):
        office = f"commune.{code}"
        offices.append(OpenOffice(office, name_km, name_latin))
        username = "malis" if number == 0 else f"malis.{code}"
        cast.append(AppointOfficer(username, "ម៉ាលីស", "Malis", office, ("commune_clerk",)))
    for opening in offices:
        accounts.open_office(opening, ctx=ctx.for_command(new_id(ctx.at)))
    for appointment in cast:
        with_password = replace(appointment, password=settings.SROK_DEMO_PASSWORD)
        accounts.appoint(with_password, ctx=ctx.for_command(new_id(ctx.at)))
    return cast


def acting(username: str, at: datetime) -> Context:
    """The context of one act of this officer at this instant."""
    return accounts.context_for(username, at=at, trace=new_id(at))
