"""Commands of the capture. `capture` is its id; `seen` the version the officer looked at (None: not compared)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from srok.identity.cases.capture_terms import Confirmed, SentBack


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Command: keep a half-filled form. `cells` by field name; `files` by part name (`portrait`, `paper_N`)."""

    capture: UUID
    cells: Mapping[str, str]
    files: Mapping[str, bytes] = field(default_factory=dict)
    prefill: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaptureApplication:
    """Command: a form is filled (or corrected): as `KeepDraft`, but everything of it must hold."""

    capture: UUID
    cells: Mapping[str, str]
    files: Mapping[str, bytes] = field(default_factory=dict)
    prefill: Mapping[str, str] = field(default_factory=dict)
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Command: everything was said back, and the applicant confirmed it so.

    `on_paper`: the confirmation, and the witnesses of a mark, stand on the paper form of a folder.
    """

    capture: UUID
    how: Confirmed
    witnesses: tuple[str, ...] = ()
    guardian: str = ""
    seen: int | None = None
    on_paper: bool = False


@dataclass(frozen=True, slots=True)
class ApproveCapture:
    """Command: a second officer compared person, portrait and papers. `statement`: why it was taken elsewhere."""

    capture: UUID
    statement: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class SendBackCapture:
    """Command: a second officer sends a capture back, with reasons."""

    capture: UUID
    reasons: tuple[SentBack, ...]
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class DiscardCapture:
    """Command: a capture is given up (the applicant left); it can be taken up again while its words are kept."""

    capture: UUID
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class RestoreCapture:
    """Command: take up a discarded capture again."""

    capture: UUID
    seen: int | None = None
