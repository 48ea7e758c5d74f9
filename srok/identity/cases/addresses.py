"""Places: what a row or a form may refer to, and the Khmer lines of the card, from codes to words."""

from srok.ground.accounts import public as accounts
from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.text import canonical
from srok.identity.cases.claims import Claim
from srok.identity.cases.printing import AddressOfRecord
from srok.identity.cases.rows import Places

VILLAGE_DIGITS = 8


def birthplace_line(claim: Claim) -> str:
    """The birthplace as the card prints it: today's place of the code, else what the person wrote (a place abroad)."""
    if gazetteer.exists(claim.birthplace):
        return gazetteer.describe(claim.birthplace, "km")
    return canonical(claim.birthplace_text)


def address_lines(address: AddressOfRecord, post: str) -> tuple[str, ...]:
    """One or two Khmer lines: the village, then commune, district and province; or the post that serves the holder."""
    if not address.code:
        return (gazetteer.post(post).name_km,)
    if len(address.code) == VILLAGE_DIGITS:
        village = gazetteer.path(address.code)[-1]
        around = gazetteer.describe(village.parent, "km")
        return (gazetteer.describe(address.code, "km").removesuffix(around).strip(), around)
    return (gazetteer.describe(address.code, "km"),)


def places_of(ctx: Context) -> Places:
    """What a row, or a form at the counter, may refer to for this office."""
    return Places(gazetteer.exists, _post_exists, accounts.office(ctx.office).post)


def _post_exists(code: str) -> bool:
    try:
        gazetteer.post(code)
    except Refusal:
        return False
    return True
