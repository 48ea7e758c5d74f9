"""The door of the parcels.

In a kit: `is_kit`, `this_kit`, `check_capture`, `append`, `next_reference`, `use_reference`, `pending`, `overdue`,
`exposure`, `export`, `confirm_receipts`, `unpack`. At the centre: `prepare`, `check_out`, `check_in`, `revoke`,
`pack`, `import_files`, `receipts`, `release`, `release_kit`, `set_aside`, `declare_lost`. A room plugs in by a drawer
`parcels.py` with HANDLERS, EXPOSED, PACK, UNPACK (words in `terms`).
"""

from pathlib import Path

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.parcels.answering import bundle_of, receipts
from srok.trust.parcels.arriving import import_files
from srok.trust.parcels.capturing import (
    append,
    check_capture,
    last_contact,
    next_reference,
    unused_references,
    use_reference,
)
from srok.trust.parcels.carrying import Confirmed, Exported, Pending, confirm, export, overdue, pending
from srok.trust.parcels.deciding import (
    DecideArrival,
    DeclareLost,
    ReleaseKit,
    declare_lost,
    release,
    release_kit,
    set_aside,
)
from srok.trust.parcels.here import is_kit, this_kit, warrant
from srok.trust.parcels.packing import exposure, pack, unpack
from srok.trust.parcels.preparing import check_in, check_out, prepare, revoke
from srok.trust.parcels.reads import gaps, kit, kit_for, kits, references_left
from srok.trust.parcels.report import ImportReport
from srok.trust.parcels.terms import (
    Arrived,
    EventRef,
    Exposed,
    KitFacts,
    Later,
    Outcome,
    Prepared,
    PrepareKit,
    Warrant,
    WarrantOfficer,
)


def confirm_receipts(file: Path | bytes, ctx: Context) -> Confirmed:
    """As `confirm`, from a file; raises `faces.unreadable_file` too."""
    if isinstance(file, bytes):
        return confirm(file, ctx=ctx)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refusal("faces.unreadable_file", name=file.name) from error
    return confirm(content, ctx=ctx)


__all__ = [
    "Arrived", "Confirmed", "DecideArrival", "DeclareLost", "EventRef", "Exported", "Exposed", "ImportReport",
    "KitFacts", "Later", "Outcome", "Pending", "PrepareKit", "Prepared", "ReleaseKit", "Warrant", "WarrantOfficer",
    "append", "bundle_of", "check_capture", "check_in", "check_out", "confirm_receipts", "declare_lost", "export",
    "exposure", "gaps", "import_files", "is_kit", "kit", "kit_for", "kits", "last_contact", "next_reference",
    "overdue", "pack", "pending", "prepare", "receipts", "references_left", "release", "release_kit", "revoke",
    "set_aside", "this_kit", "unpack", "unused_references", "use_reference", "warrant",
]  # fmt: skip
