"""Whether a kit may capture now, and what to do where it may not. Pure: what is known comes in, codes go out.

Only capture stops here. Reading, approving what is there, exporting and confirming never do: whatever has been
captured can always leave.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

MEGABYTE: Final = 1024 * 1024
# A case with its scans is 380 KB sealed and some megabytes while it is a draft: room for a hundred drafts.
LEAST_FREE: Final = 512 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Machine:
    """The laptop as it is now: bytes free, whether disk and swap are encrypted, secrets that others can read."""

    disk_encrypted: bool
    swap_encrypted: bool
    free_bytes: int
    open_secrets: tuple[str, ...]
    tpm: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its code (what is wrong and what to do), whether it stops capture, and the facts of its sentence."""

    code: str
    blocks: bool
    facts: Mapping[str, Any] = field(default_factory=dict)


def faults(machine: Machine, *, accepted: bool) -> list[Check]:
    """What is wrong with the machine, those that stop capture first; empty when all is well.

    `accepted`: the head of the mission answers for a disk without encryption; it is then said, and not in the way.
    """
    found = [
        (not machine.disk_encrypted and not accepted, Check("missions.kit_unencrypted", True)),
        (not machine.swap_encrypted and not accepted, Check("missions.kit_swap_open", True)),
        (
            accepted and not (machine.disk_encrypted and machine.swap_encrypted),
            Check("missions.kit_unencrypted_accepted", False),
        ),
        (
            machine.free_bytes < LEAST_FREE,
            Check("missions.kit_disk_low", True, {"free": machine.free_bytes // MEGABYTE,
                                                 "needed": LEAST_FREE // MEGABYTE}),
        ),
        (
            bool(machine.open_secrets),
            Check("missions.kit_secrets_open", True, {"names": ", ".join(machine.open_secrets)}),
        ),
    ]  # fmt: skip
    return sorted((check for wrong, check in found if wrong), key=lambda check: not check.blocks)


def recorded(machine: Machine, *, accepted: bool) -> dict[str, str | bool]:
    """What the record says of the machine on which was captured: no number that names it."""
    return {
        "disk": "encrypted" if machine.disk_encrypted else "open",
        "swap": "encrypted" if machine.swap_encrypted else "open",
        "unencrypted_accepted": accepted and not (machine.disk_encrypted and machine.swap_encrypted),
        "tpm": "present_unused" if machine.tpm else "none",
    }
