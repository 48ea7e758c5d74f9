"""Words of the notices: kinds, channels, ways of proof, commands and results (លិខិតជូនដំណឹង). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """What a notice is about."""

    APPLICATION_RECEIVED = "application_received"  # បានទទួលពាក្យសុំ
    PAPERS_NEEDED = "papers_needed"  # ត្រូវការឯកសារបន្ថែម
    REFUSED = "refused"  # បដិសេធ
    APPROVED = "approved"  # អនុញ្ញាត
    CARD_READY = "card_ready"  # ប័ណ្ណរួចរាល់
    CARD_ENDED = "card_ended"  # ប័ណ្ណត្រូវបានបញ្ចប់សុពលភាព
    WITHDRAWN = "withdrawn"  # បានដកពាក្យសុំ
    APPOINTMENT_MOVED = "appointment_moved"  # ម៉ោងណាត់បានផ្លាស់ប្ដូរ
    APPOINTMENT_CLOSED = "appointment_closed"  # ថ្ងៃណាត់ត្រូវបានបិទ
    SET_ASIDE = "set_aside"  # ពាក្យសុំទុកដោយឡែក
    APPOINTMENT_GIVEN = "appointment_given"  # មានកន្លែងទំនេរសម្រាប់អ្នករង់ចាំ


class Channel(StrEnum):
    """How a person wants to hear from the offices."""

    LETTER = "letter"  # លិខិត
    EMAIL = "email"  # អ៊ីមែល
    SMS = "sms"  # សារទូរស័ព្ទ


class Language(StrEnum):
    """The language a person reads; letters are in Khmer and English whatever it is."""

    KHMER = "km"
    ENGLISH = "en"
    FRENCH = "fr"  # read as English until there is a French catalogue


class ServiceWay(StrEnum):
    """How it is known that a notice reached the person (ភស្តុតាងនៃការជូនដំណឹង)."""

    HANDED_OVER = "handed_over"  # ប្រគល់ផ្ទាល់ដៃ
    REGISTERED_POST = "registered_post"  # ប្រៃសណីយ៍តាមចុះបញ្ជី
    READ_ALOUD = "read_aloud"  # អានជូនស្ដាប់ មានមន្ត្រីពីររូប


class OutboxState(StrEnum):
    """Where a message in the outbox stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"  # given up after the last attempt; an operator looks at it
    DROPPED = "dropped"  # the contact details were erased before it left


class OutboxAct(StrEnum):
    """What happens to a message in the outbox."""

    ENQUEUE = "enqueue"
    DELIVER = "deliver"
    PUT_OFF = "put_off"
    GIVE_UP = "give_up"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class SetContact:
    """Command: keep how a person can be reached. `postal` is an address of one line or several."""

    subject: UUID
    language: str = Language.KHMER
    channel: str = Channel.LETTER
    email: str = ""
    phone: str = ""
    postal: str = ""
    pickup_post: str = ""


@dataclass(frozen=True, slots=True)
class SendNotice:
    """Command: tell a person something.

    `facts` hold codes, numbers, ISO dates and references only, never a name; `post` in them is the post the
    letter sends the person to. `reasons` are refusal codes (`cases.under_age`).
    """

    subject: UUID
    reference: str
    kind: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeRef:
    """A notice as other rooms see it; `object_until` is the last day to object, known once it is served."""

    id: UUID
    subject: UUID
    reference: str
    kind: str
    reasons: tuple[str, ...]
    channel: str
    language: str
    made_on: date
    served_on: date | None
    how_served: str
    object_until: date | None
    version: int


@dataclass(frozen=True, slots=True)
class Contact:
    """Opened contact details; they never leave this room."""

    language: str
    channel: str
    email: str
    phone: str
    postal: str
    pickup_post: str


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What one run over the outbox did: messages written, put off, given up, and dropped."""

    delivered: int = 0
    put_off: int = 0
    failed: int = 0
    dropped: int = 0


# Facts of the journal that must carry a public leaf: none in this room.
COVERED: frozenset[str] = frozenset()
