"""Match keys: what two records of one person are likely to share. Hashed to 64 bits, so that each is one index. Pure.

Family and given name stand in one key without order, since foreign papers exchange them; birth days are never in a
key (they are borrowed too often), years are.
"""

from __future__ import annotations

from hashlib import blake2b

from srok.ground.kernel.names import PersonName
from srok.identity.matching.names import NameForm, NameKey, forms_of

# (family, given) of the father, then of the mother.
Parents = tuple[tuple[NameKey, NameKey], tuple[NameKey, NameKey]]

# The index columns, one for each kind of key.
KEYS = (
    "key_names", "key_khmer", "key_given_year", "key_family_year", "key_given_father", "key_given_mother",
    "key_parents", "key_father", "key_mother", "key_given_place",
)  # fmt: skip


def pair_key(kind: str, left: str, right: str | int, *, ordered: bool = True) -> int | None:
    """A signed 64-bit hash of two values under the kind of key; None when either is missing."""
    if not left or not right:
        return None
    parts = (left, str(right)) if ordered else sorted((left, str(right)))
    digest = blake2b("\0".join((kind, *parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def sound_keys(name: PersonName) -> frozenset[int]:
    """What two spellings of one name are likely to share: either script, either order, compound parts left out."""
    khmer = PersonName(name.family_km, name.given_km, "", "")
    found: set[int | None] = set()
    for form in (*forms_of(name), *forms_of(khmer)):
        found.add(pair_key("names", form.given.k1, form.family.k1, ordered=False))
        found.add(pair_key("khmer", form.given.khmer, form.family.khmer, ordered=False))
    return frozenset(key for key in found if key is not None)


def keys_of(form: NameForm, year: int | None, parents: Parents, place: str) -> dict[str, int | None]:
    """Every key of one name of a person: birth `year`, names of father and mother, birthplace code."""
    given, family = form.given.k1, form.family.k1
    (father_family, father), (mother_family, mother) = ((part.k1 for part in parent) for parent in parents)
    return {
        "key_names": pair_key("names", given, family, ordered=False),
        "key_khmer": pair_key("khmer", form.given.khmer, form.family.khmer, ordered=False),
        "key_given_year": pair_key("given_year", given, year or 0),
        "key_family_year": pair_key("family_year", family, year or 0),
        "key_given_father": pair_key("given_father", given, father),
        "key_given_mother": pair_key("given_mother", given, mother),
        "key_parents": pair_key("parents", father, mother),
        "key_father": pair_key("father", father, father_family, ordered=False),
        "key_mother": pair_key("mother", mother, mother_family, ordered=False),
        "key_given_place": pair_key("given_place", given, place[:4] if len(place) >= 4 else ""),
    }
