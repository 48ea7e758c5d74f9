"""The cast and small builders of these tests: always the same few people, none of them real."""

from datetime import date

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName, canonical_name
from srok.identity.cases.claims import AddressClaim, Claim
from srok.identity.cases.terms import AddressOption, Basis, Sex

SOPHEA = canonical_name("សុខ", "សុភា", "SOK", "SOPHEA")
BOPHA = canonical_name("កែវ", "បុប្ផា", "KEO", "BOPHA")
RITH = canonical_name("ហេង", "រិទ្ធ", "HENG", "RITH")
LODGED_ON = date(2025, 1, 20)

# user name -> (office, role)
OFFICERS = {
    "dara": ("mfa.was", "consular_officer"),
    "chanthou": ("mfa.consular", "examiner"),
    "vuthy": ("moi.gdi", "identification_officer"),
    "kunthea": ("moi.gdi", "approver"),
    "sokha": ("moi.gdi", "identification_officer"),
    "phalla": ("moi.gdi", "approver"),
    "malis": ("commune.120101", "commune_clerk"),
}


def claim(
    *, name: PersonName = SOPHEA, birth: str = "1960-01-01", basis: Basis = Basis.DESCENT,
    mother: PersonName | None = BOPHA, **more: object,
) -> Claim:  # fmt: skip
    """Sophea's claim, with what a test wants to be different."""
    plain: dict[str, object] = {
        "sex": Sex.FEMALE, "address": AddressClaim(AddressOption.POST), **more,
    }  # fmt: skip
    return Claim(name=name, birth=PartialDate.parse(birth), basis=basis, mother=mother, **plain)  # type: ignore[arg-type]
