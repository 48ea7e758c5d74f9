"""Words of the law: sources, parameters in force, rules, and the law as it stood on a day (ច្បាប់នៅថ្ងៃមួយ)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from srok.ground.kernel.dates import Period
from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.text import to_khmer_digits


class Mark(StrEnum):
    """How sure a source is (law.md)."""

    READ = "R"  # បានអានក្នុងប្រភពដែលបានផ្សាយ
    DERIVED = "T"  # បានគណនា
    UNCHECKED = "M"  # មិនទាន់ផ្ទៀងផ្ទាត់
    DISPUTED = "?"  # ប្រភពមិនស្របគ្នា
    SERVICE = "srok-proposal"  # វិធានរបស់សេវា


class Effect(StrEnum):
    """What a reason leads to."""

    REFUSE = "refuse"  # បដិសេធ
    WAIT = "wait"  # រង់ចាំ
    REJECT = "reject"  # មិនទទួលពាក្យ


# What is said after a title, and the word for an article, in the two languages that stand side by side on a letter.
_AFTER: Final = {
    Mark.READ: ("", ""),
    Mark.DERIVED: (" (គណនា)", " (derived)"),
    Mark.UNCHECKED: (" (មិនទាន់ផ្ទៀងផ្ទាត់)", " (unchecked)"),
    Mark.DISPUTED: (" (ប្រភពមិនស្របគ្នា)", " (sources disagree)"),
    Mark.SERVICE: ("", ""),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value or a rule comes from.

    `article` is empty where none is known or where nobody has checked it: an unchecked article is never printed.
    `date` is as far as known (`2007`, `1996-07-26`, or empty); `origin` says where it was read.
    """

    instrument: str
    article: str
    mark: Mark
    title_km: str
    title_en: str
    date: str = ""
    origin: str = ""

    @property
    def rule_of_service(self) -> bool:
        """Say whether no source gives it: a letter prints "rule of the service", without an article."""
        return self.mark is Mark.SERVICE

    @property
    def unchecked(self) -> bool:
        """Say whether it is common knowledge only."""
        return self.mark is Mark.UNCHECKED

    def cite(self, language: str) -> str:
        """How a letter names the source in Khmer (`km`) or English (anything else), article included."""
        after_km, after_en = _AFTER[self.mark]
        if language == "km":
            return self.title_km + (f" មាត្រា {to_khmer_digits(self.article)}" if self.article else "") + after_km
        return self.title_en + (f", article {self.article}" if self.article else "") + after_en


@dataclass(frozen=True, slots=True)
class Parameter:
    """One legal value and the half-open period in which it was in force. `value` is data, never to be changed."""

    key: str
    value: Any
    period: Period
    source: Source
    text_km: str
    text_en: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code: the rule behind it, what it leads to, and its source on the day asked for."""

    code: str
    rule: str
    effect: Effect
    source: Source


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its id. `executable`: Srok carries it out; `runs` names the function of `law.rules`, if it is one."""

    id: str
    text_km: str
    text_en: str
    sources: tuple[Source, ...]
    mark: Mark
    parameters: tuple[str, ...]
    example: str
    executable: bool
    runs: str = ""


@dataclass(frozen=True, slots=True)
class LawAsOf:
    """The law as it stood on the civil date `on`: handed to rules, picklable, the same for everybody.

    `known` holds the keys that have a value on some other day, so that a refusal can say which it is.
    """

    on: date
    parameters: Mapping[str, Parameter]
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    known: frozenset[str] = frozenset()

    def parameter(self, key: str) -> Parameter:
        """The parameter in force; raises `law.nothing_in_force` on a day without one, `law.unknown_key` else."""
        found = self.parameters.get(key)
        if found is not None:
            return found
        if key in self.known:
            raise Refusal("law.nothing_in_force", key=key, on=self.on.isoformat())
        raise Refusal("law.unknown_key", key=key)

    def value(self, key: str) -> Any:
        """The value in force: int, str, bool, date, or a fresh list of these; raises as `parameter` does."""
        found = self.parameter(key).value
        return [dict(item) if isinstance(item, dict) else item for item in found] if isinstance(found, list) else found

    def has(self, key: str) -> bool:
        """Say whether a value is in force."""
        return key in self.parameters

    def number(self, key: str) -> int:
        """A value that is a whole number; raises `law.wrong_kind` when it is not one."""
        found = self.value(key)
        if not isinstance(found, int) or isinstance(found, bool):
            raise Refusal("law.wrong_kind", key=key)
        return found

    def words(self, key: str) -> tuple[str, ...]:
        """A value that is a list of codes; raises `law.wrong_kind` when it is not one."""
        found = self.value(key)
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise Refusal("law.wrong_kind", key=key)
        return tuple(found)

    def source(self, key: str) -> Source:
        """Where the value in force comes from; raises as `parameter` does."""
        return self.parameter(key).source

    def reason(self, code: str) -> Reason:
        """The rule and source of a reason code on this day; raises `law.unknown_reason`."""
        found = self.reasons.get(code)
        if found is None:
            raise Refusal("law.unknown_reason", reason=code)
        return found


# Facts of the journal that must carry a public leaf: none in this room.
COVERED: frozenset[str] = frozenset()
