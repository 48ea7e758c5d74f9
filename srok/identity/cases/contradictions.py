"""Where the claim and the list do not agree: told to officers as codes, never weighed here. Pure."""

from srok.ground.kernel.names import PersonName
from srok.identity.cases.claims import Claim
from srok.identity.cases.printing import BirthAgreement, birth_agreement, same_name
from srok.identity.cases.terms import Sex
from srok.identity.register.terms import PersonFacts

PROVINCE_DIGITS = 2


def contradictions(claim: Claim, listed: PersonFacts) -> tuple[str, ...]:
    """What speaks against the applicant being this person of the list, in codes.

    A child's family name that differs from the father's is none (ID-NAME-PARENT), and neither is a name in the
    other order (ID-NAME-ORDER) or a name the list keeps as an alias.
    """
    names = (listed.name, *listed.aliases)
    own = (claim.name, *claim.other_names)
    agreement = birth_agreement(claim.birth, listed.birth)
    found = {
        "cases.name_differs": not any(same_name(one, other) for one in own for other in names),
        agreement.value: agreement is not BirthAgreement.SAME,
        "cases.sex_differs": Sex.UNSPECIFIED not in (claim.sex, listed.sex) and claim.sex != listed.sex,
        "cases.mother_differs": _differ(claim.mother, listed.mother),
        "cases.father_differs": _differ(claim.father, listed.father),
        "cases.birthplace_differs": bool(claim.birthplace and listed.birthplace)
        and claim.birthplace[:PROVINCE_DIGITS] != listed.birthplace[:PROVINCE_DIGITS],
        "cases.listed_as_deceased": not listed.alive,
    }
    return tuple(code for code, holds in found.items() if holds)


def _differ(one: PersonName | None, other: PersonName | None) -> bool:
    """Two names that are both known and agree in no script."""
    return one is not None and other is not None and not same_name(one, other)
