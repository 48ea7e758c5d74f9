"""What the card says when sources differ: name, birth date, address of record (law.md sections 1.2, 7, 10). Pure."""

from dataclasses import dataclass
from enum import StrEnum

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName, khmer_fold, latin_fold
from srok.ground.law.terms import LawAsOf
from srok.identity.cases.claims import Claim
from srok.identity.cases.terms import AddressOption

COMMUNE_DIGITS = 6
# Days that camps, foreign offices and people themselves chose: little is known from them (ID-DOB-PLACEHOLDER).
CONVENIENT_DAYS = frozenset({(1, 1), (1, 7), (4, 13), (4, 14)})


class BirthAgreement(StrEnum):
    """How two birth dates of one person stand to each other."""

    SAME = "cases.birth_same"
    COMPATIBLE = "cases.birth_compatible"
    DIFFERENT = "cases.birth_different"


@dataclass(frozen=True, slots=True)
class PrintedBirth:
    """The birth date on the card, from which source (`list` or `claim`), and the others, kept as aliases."""

    date: PartialDate
    source: str
    others: tuple[PartialDate, ...]
    agreement: BirthAgreement


@dataclass(frozen=True, slots=True)
class AddressOfRecord:
    """Where the card says its holder lives: a commune or village code, or the post (`code` empty).

    `note` is a code where another option was chosen than could be used.
    """

    option: AddressOption
    code: str
    note: str = ""


def birth_agreement(one: PartialDate, other: PartialDate) -> BirthAgreement:
    """Same; compatible (one refines the other, or a convenient day within a year); or different."""
    if one == other:
        return BirthAgreement.SAME
    refines = one.earliest <= other.latest and other.earliest <= one.latest
    convenient = any((date.month, date.day) in CONVENIENT_DAYS or date.known != "day" for date in (one, other))
    near = abs(one.year - other.year) <= 1
    return BirthAgreement.COMPATIBLE if refines or (convenient and near) else BirthAgreement.DIFFERENT


def printed_birth(claimed: PartialDate, listed: PartialDate | None, *, proven: bool) -> PrintedBirth:
    """The list's date is printed; the claimed one only where it refines the list's and a primary paper shows it.

    Rule ID-BIRTHDATE-PRINTED: the date not printed stays with the person as another date, and is shown to the
    applicant before signing. A correction beyond a refinement is an act of its own (ID-CORRECT).
    """
    if listed is None:
        return PrintedBirth(claimed, "claim", (), BirthAgreement.SAME)
    agreement = birth_agreement(claimed, listed)
    refined = claimed != listed and listed.earliest <= claimed.earliest and claimed.latest <= listed.latest
    if refined and proven:
        return PrintedBirth(claimed, "claim", (listed,), agreement)
    others = () if agreement is BirthAgreement.SAME else (claimed,)
    return PrintedBirth(listed, "list", others, agreement)


def printed_name(claimed: PersonName, listed: PersonName | None) -> PersonName:
    """The list's own name, completed from the claim where the list lacks a script; else the claimed name."""
    if listed is None:
        return claimed
    khmer = listed if listed.khmer else claimed
    latin = listed if listed.latin else claimed
    return PersonName(khmer.family_km, khmer.given_km, latin.family_latin, latin.given_latin)


def same_name(one: PersonName, other: PersonName) -> bool:
    """True when the names agree in a script they share, in either order (ID-NAME-ORDER)."""
    latin = sorted(latin_fold(one.latin).split()) == sorted(latin_fold(other.latin).split())
    khmer = {khmer_fold(one.family_km), khmer_fold(one.given_km)} == {
        khmer_fold(other.family_km), khmer_fold(other.given_km),
    }  # fmt: skip
    return bool(one.khmer and other.khmer and khmer) or bool(one.latin and other.latin and latin)


def address_of_record(claim: Claim, law: LawAsOf) -> AddressOfRecord | None:
    """The address the applicant chose, or the post where the choice cannot be used (ID-ADDR-ABROAD).

    A relative's address needs the consent of that family's head; every address needs a commune. None only where
    the law of the day knows no post as an address: then the application waits for one, it is not refused.
    """
    options = law.words("address.abroad_options")
    chosen = claim.address
    if chosen.option is AddressOption.POST and "post" in options:
        return AddressOfRecord(AddressOption.POST, "")
    code = chosen.code or (claim.birthplace if chosen.option is AddressOption.BIRTHPLACE else "")
    allowed = chosen.option in options and not (chosen.option is AddressOption.RELATIVE and not chosen.consent)
    if allowed and len(code) >= COMMUNE_DIGITS:
        return AddressOfRecord(chosen.option, code)
    if "post" in options:
        return AddressOfRecord(AddressOption.POST, "", note="cases.address_is_the_post")
    return None
