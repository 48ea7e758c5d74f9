"""Words of the parcels: kits, warrants, events, states, receipts (ឧបករណ៍បេសកកម្ម លិខិតបេសកកម្ម កញ្ចប់)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal

VERSION: Final = 1
MAX_EVENT_BYTES: Final = 24 * 1024 * 1024
FUTURE_SECONDS: Final = 600  # so far ahead of the centre's clock may a kit's clock run
SIDE_BY_SIDE_SECONDS: Final = 120
"""Two officers at one kit: what one began first may be written down second, at most so much later (two minutes)."""
COVERED: frozenset[str] = frozenset()


class State(StrEnum):
    """Where an event that arrived stands."""

    STORED = "stored"  # បានរក្សាទុក
    OPENED = "opened"  # បានបើក
    CONFLICT = "conflict"  # មានទំនាស់
    WAITING = "waiting"  # រង់ចាំ
    REFUSED = "refused"  # មិនទទួល
    QUARANTINED = "quarantined"  # ទុកដោយឡែក
    SET_ASIDE = "set_aside"  # បញ្ឈប់


class Act(StrEnum):
    """What is done to an event that arrived."""

    ARRIVE = "arrive"
    OPEN = "open"
    DISPUTE = "dispute"
    WAIT = "wait"
    REFUSE = "refuse"
    QUARANTINE = "quarantine"
    RELEASE = "release"
    SET_ASIDE = "set_aside"


class Standing(StrEnum):
    """Where a kit stands."""

    PREPARED = "prepared"  # បានរៀបចំ
    CHECKED_OUT = "checked_out"  # បានចេញ
    CHECKED_IN = "checked_in"  # បានត្រឡប់
    REVOKED = "revoked"  # បានដកសិទ្ធិ


class KitAct(StrEnum):
    """What is done to a kit."""

    PREPARE = "prepare"
    CHECK_OUT = "check_out"
    CHECK_IN = "check_in"
    REVOKE = "revoke"


class ReferenceState(StrEnum):
    """A receipt reference that was allocated to a kit."""

    ALLOCATED = "allocated"
    USED = "used"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class WarrantOfficer:
    """An officer whom the warrant names; the roles are those that their acts in the kit carry."""

    username: str
    name_km: str
    name_latin: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Warrant:
    """Who may work with this kit, where and when (both days inclusive), and the public keys it needs.

    `kit_key` is Ed25519 (32 bytes), `seal_key` ML-KEM-768 then X25519 (1,216 bytes). `contact_days`: so many days
    after its last sign from the centre the kit stops capturing. Digests are SHA-256 in hexadecimal, or empty.
    """

    kit: str
    post: str
    office: str
    officers: tuple[WarrantOfficer, ...]
    from_: date
    until: date
    timezone: str
    contact_days: int
    kit_key: bytes
    seal_kid: str
    seal_key: bytes
    receipt_keys: Mapping[str, bytes]
    references: tuple[str, ...]
    prepared_at: datetime
    law_digest: str = ""
    gazetteer_digest: str = ""

    def officer(self, username: str) -> WarrantOfficer | None:
        """The officer of this name, or None where the warrant does not name them."""
        return next((one for one in self.officers if one.username == username), None)


@dataclass(frozen=True, slots=True)
class Header:
    """The open part of an event: who, which number, after which event, sealed how."""

    kit: str
    seq: int
    prev: bytes
    suite: str
    seal_kid: str


@dataclass(frozen=True, slots=True)
class Event:
    """One event as it travels. `raw` is its one form; `digest` the SHA-256 of it."""

    header: Header
    sealed: bytes
    sig: bytes
    raw: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Content:
    """The sealed part of an event.

    `previous_at` is when the kit's event before it happened by the same clock, `contact_at` the last sign of the
    centre that the kit had. `on` is the civil date at the place of the act.
    """

    kind: str
    id: UUID
    actor: str
    happened_at: datetime
    on: date
    subject: str
    body: Mapping[str, Any]
    previous_at: datetime | None = None
    contact_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a room's handler is given: an event of its kind, and the circumstances under which it acts.

    `ctx`: actor = the kit's officer with the roles of the warrant, office = the warrant's, `at` now at the centre,
    `on` the civil date of the act, `happened_at` its instant, `trace` the id of the event.
    """

    kind: str
    id: UUID
    subject: str
    body: Mapping[str, Any]
    ctx: Context
    kit: str
    seq: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a handler made of an event: done, or a conflict that an officer decides (both sides kept by the room)."""

    subject: str
    conflict_with: str | None = None

    @classmethod
    def opened(cls, subject: str) -> "Outcome":
        """The act was done; `subject` names what it made (a reference)."""
        return cls(subject)

    @classmethod
    def conflict(cls, subject: str, with_: str) -> "Outcome":
        """The act stands beside something that is here already (`with_`), and an officer will decide."""
        return cls(subject, with_)


Handler = Callable[[Arrived], Outcome]


class Later(Refusal):
    """A handler needs an event that is not here yet: kept, and tried again on every later arrival."""


@dataclass(frozen=True, slots=True)
class Exposed:
    """What somebody would see who holds this machine and its passwords: a code with a sentence, and how many."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class EventRef:
    """An event that was written in this kit. `digest` is SHA-256 in hexadecimal, `id` that of the command."""

    kit: str
    seq: int
    digest: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Receipted:
    """One line of a receipt bundle: what the centre holds under this number, and what became of it."""

    seq: int
    digest: bytes
    outcome: str
    subject: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers of a kit that have not come while later ones have: both ends inclusive."""

    kit: str
    from_: int
    until: int
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything that the centre holds of one kit, at one instant."""

    kit: str
    made_at: datetime
    events: tuple[Receipted, ...]
    gaps: tuple[tuple[int, int], ...] = ()
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class KitFacts:
    """A kit as the centre's desks see it, or as the kit sees itself (`standing` empty there)."""

    kit: str
    post: str
    office: str
    from_: date
    until: date
    standing: str
    version: int = 0
    forked: bool = False
    seals_out: tuple[str, ...] = ()
    seals_in: tuple[str, ...] = ()
    reason: str = ""
    prepared_at: datetime | None = None
    revoked_at: datetime | None = None
    last_seen_at: datetime | None = None
    officers: tuple[WarrantOfficer, ...] = ()
    timezone: str = "Asia/Phnom_Penh"
    contact_days: int = 0


@dataclass(frozen=True, slots=True)
class PrepareKit:
    """Command: prepare a kit for a mission of this post. `references` receipt references are allocated to it."""

    post: str
    from_: date
    until: date
    officers: tuple[WarrantOfficer, ...]
    references: int = 600
    contact_days: int = 21
    law_digest: str = ""
    gazetteer_digest: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A kit that was just prepared. `private_key` (PKCS#8 PEM) is handed out here and kept nowhere at the centre.

    `files`: path inside the kit's folder (its SROK_HOME) -> bytes; those of `PRIVATE` need mode 0600.
    """

    kit: str
    warrant: Warrant
    warrant_file: bytes
    private_key: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)
