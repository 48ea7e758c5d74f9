"""How the opening of a leaf is kept with the row it opens, before sealing. Pure."""

import json

from srok.ground.journal.terms import Leaf, OpenedLeaf
from srok.ground.kernel.canonical import OPENING_LENGTH, canonical_bytes


def sealed_row(leaf: Leaf, opening: bytes) -> bytes:
    """The bytes that are sealed beside a leaf: opening, label, version and row, so that a receipt can be made."""
    return canonical_bytes({"opening": opening.hex(), "label": leaf.label, "version": leaf.version, "row": leaf.row})


def opened_row(plain: bytes) -> OpenedLeaf:
    """What `sealed_row` sealed; leaves of before rows were kept give their opening alone (`row` is None)."""
    if len(plain) == OPENING_LENGTH:
        return OpenedLeaf(plain, "", 0, None)
    read = json.loads(plain)
    return OpenedLeaf(bytes.fromhex(read["opening"]), read["label"], read["version"], read["row"])
