"""Khmer lines of the card: birthplace and address of record, from codes to words."""

from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.text import canonical
from srok.identity.cases.claims import Claim
from srok.identity.cases.printing import AddressOfRecord

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
