"""What the person says in an application: values, and their plain form for sealing. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName
from srok.identity.cases.terms import AddressOption, Basis, NameOrder, PersonStatus, Relation, Sex


@dataclass(frozen=True, slots=True)
class RelativeClaim:
    """A relative the applicant names, besides the parents. Nobody is contacted without leave (`may_contact`)."""

    relation: Relation
    name: PersonName
    birth: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class AddressClaim:
    """The address of record chosen: an option, a gazetteer code or empty, and the family head's consent."""

    option: AddressOption
    code: str = ""
    consent: bool | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Everything the applicant says about themselves and their kin. Codes of the gazetteer are text, or empty."""

    name: PersonName
    sex: Sex
    birth: PartialDate
    basis: Basis
    address: AddressClaim
    name_order: NameOrder = NameOrder.FAMILY_FIRST
    other_names: tuple[PersonName, ...] = ()
    birthplace: str = ""
    birthplace_text: str = ""
    status: PersonStatus = PersonStatus.NONE
    father: PersonName | None = None
    mother: PersonName | None = None
    relative: RelativeClaim | None = None
    previous_card: str = ""
    may_contact: tuple[str, ...] = ()
    signed_by: str = "signature"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """How the office reaches the person; handed to `notices`, never kept here."""

    language: str = "km"
    channel: str = "letter"
    email: str = ""
    phone: str = ""
    postal: str = ""
    pickup_post: str = ""


def to_plain(claim: Claim) -> dict[str, object]:
    """The claim as text, numbers, lists and maps, for `canonical_bytes` and sealing."""
    return {
        "name": _name(claim.name), "sex": claim.sex.value, "birth": claim.birth.iso(),
        "basis": claim.basis.value, "name_order": claim.name_order.value,
        "other_names": [_name(name) for name in claim.other_names],
        "birthplace": claim.birthplace, "birthplace_text": claim.birthplace_text,
        "status": claim.status.value,
        "address": {
            "option": claim.address.option.value, "code": claim.address.code, "consent": claim.address.consent,
        },
        "father": claim.father and _name(claim.father), "mother": claim.mother and _name(claim.mother),
        "relative": claim.relative and _relative(claim.relative),
        "previous_card": claim.previous_card, "may_contact": list(claim.may_contact),
        "signed_by": claim.signed_by, "note": claim.note,
    }  # fmt: skip


def from_plain(plain: Mapping[str, Any]) -> Claim:
    """The claim that `to_plain` wrote."""
    address, relative = plain["address"], plain["relative"]
    return Claim(
        name=PersonName(*plain["name"]), sex=Sex(plain["sex"]), birth=PartialDate.parse(plain["birth"]),
        basis=Basis(plain["basis"]), name_order=NameOrder(plain["name_order"]),
        other_names=tuple(PersonName(*name) for name in plain["other_names"]),
        birthplace=plain["birthplace"], birthplace_text=plain["birthplace_text"],
        status=PersonStatus(plain["status"]),
        address=AddressClaim(AddressOption(address["option"]), address["code"], address["consent"]),
        father=_maybe(plain["father"]), mother=_maybe(plain["mother"]),
        relative=_read_relative(relative) if relative else None,
        previous_card=plain["previous_card"], may_contact=tuple(plain["may_contact"]),
        signed_by=plain["signed_by"], note=plain["note"],
    )  # fmt: skip


def _name(name: PersonName) -> list[str]:
    return [name.family_km, name.given_km, name.family_latin, name.given_latin]


def _maybe(plain: list[str] | None) -> PersonName | None:
    return PersonName(*plain) if plain else None


def _relative(relative: RelativeClaim) -> dict[str, object]:
    birth = relative.birth.iso() if relative.birth else ""
    return {"relation": relative.relation.value, "name": _name(relative.name), "birth": birth}


def _read_relative(plain: Mapping[str, Any]) -> RelativeClaim:
    birth = PartialDate.parse(plain["birth"]) if plain["birth"] else None
    return RelativeClaim(Relation(plain["relation"]), PersonName(*plain["name"]), birth)
