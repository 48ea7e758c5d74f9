"""Whom to believe about a log: the policy file of c2sp.org/tlog-policy, read strictly and within bounds. Pure.

A checkpoint holds when a log of the policy signed it and the quorum of witnesses cosigned it. Names are octets without
meaning: they are read as text that gives the same octets back.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import notes
from srok.trust.openlog.checkpoints import Checkpoint, parse_checkpoint
from srok.trust.openlog.notes import Note, SignatureType, VerifierKey

MAX_BYTES: Final = 256 * 1024
MAX_ITEMS: Final = 128
"""Logs, witnesses and groups, each; the format recommends at least 32."""
MAX_TIME: Final = 2**63
NONE: Final = "none"
_FORBIDDEN: Final = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_COUNT: Final = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class LogLine:
    """A log to believe: its key, whose name is the log's origin, and where it can be reached (may be empty)."""

    key: VerifierKey
    url: str


@dataclass(frozen=True, slots=True)
class WitnessLine:
    """A witness under its name in this policy; `url` is the submission prefix (may be empty)."""

    name: str
    key: VerifierKey
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """At least `least` of `members`, each a witness or an earlier group."""

    least: int
    members: tuple[str, ...]


@dataclass(slots=True)
class Policy:
    """A policy as read; `groups` stand in the order of the file, so that each rests on earlier ones only."""

    logs: list[LogLine] = field(default_factory=list)
    witnesses: dict[str, WitnessLine] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str = ""

    def holds(self, cosigned: Collection[str]) -> bool:
        """Whether these witnesses (by their names in the policy) are the quorum."""
        met = set(self.witnesses) & set(cosigned)
        for name, group in self.groups.items():
            if sum(member in met for member in group.members) >= group.least:
                met.add(name)
        return self.quorum == NONE or self.quorum in met

    def origins(self) -> list[str]:
        """The logs that this policy knows, by origin, in the order of the file."""
        return list(dict.fromkeys(line.key.name for line in self.logs))

    def of_log(self, origin: str) -> list[VerifierKey]:
        """The keys of this log."""
        return [line.key for line in self.logs if line.key.name == origin]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A checkpoint that the policy's logs signed: by which keys, and which witnesses cosigned it when (seconds)."""

    checkpoint: Checkpoint
    signed: tuple[VerifierKey, ...]
    cosigned: Mapping[str, int]


def read_policy(data: bytes) -> Policy:
    """The policy of these bytes; raises `openlog.bad_policy` with the line (from 1) and the part that is wrong.

    Refused: control characters but tab and newline, a last line without newline, unknown words, keys of a type that
    does not fit, one key twice, a name used twice or before it is defined, a member of two groups, k beyond n, not
    exactly one quorum, and more than 256 KiB or 128 logs, witnesses or groups.
    """
    if len(data) > MAX_BYTES:
        raise _bad(0, "length")
    if _FORBIDDEN.search(data):
        raise _bad(0, "control")
    if not data.endswith(b"\n"):
        raise _bad(0, "newline")
    policy = Policy()
    for number, line in enumerate(data.decode("utf-8", "surrogateescape")[:-1].split("\n"), start=1):
        words = [word for word in re.split("[ \t]+", line) if word]
        if words and not words[0].startswith("#"):
            try:
                _LINES[words[0]](policy, words[1:])
            except KeyError:
                raise _bad(number, "word") from None
            except Refusal as refusal:
                raise _bad(number, str(refusal.facts.get("part", "key"))) from refusal
    if not policy.quorum:
        raise _bad(0, "quorum")
    return policy


def check_signatures(policy: Policy, note: Note) -> Accepted:
    """What the policy's keys say of a checkpoint, the quorum apart.

    Raises `openlog.bad_note` for a second signature of one key, `openlog.bad_signature` for a known key's wrong one,
    `openlog.bad_checkpoint`, and `openlog.not_signed` unless a log of the policy of this very origin signed.
    """
    checkpoint = parse_checkpoint(note.text)
    logs = policy.of_log(checkpoint.origin)
    names = {line.key: name for name, line in policy.witnesses.items()}
    known = {(key.name, key.id): key for key in (*logs, *names)}
    lines = [(line, known[line.name, line.key_id]) for line in note.signatures if (line.name, line.key_id) in known]
    if len({key for _, key in lines}) < len(lines):
        raise Refusal("openlog.bad_note", part="twice")
    found = [notes.check_line(line, key, note.text) for line, key in lines]
    if any(signed.time is not None and signed.time >= MAX_TIME for signed in found):
        raise Refusal("openlog.bad_signature", name=checkpoint.origin)
    signed = tuple(one.key for one in found if one.key in logs)
    if not signed:
        raise Refusal("openlog.not_signed")
    return Accepted(checkpoint, signed, {names[one.key]: one.time or 0 for one in found if one.key in names})


def accept(policy: Policy, note: Note) -> Accepted:
    """A checkpoint that a log of the policy signed and the quorum cosigned.

    Raises what `check_signatures` raises, and `openlog.quorum_missing`.
    """
    found = check_signatures(policy, note)
    if not policy.holds(found.cosigned):
        raise Refusal("openlog.quorum_missing", quorum=_shown(policy.quorum), cosigned=len(found.cosigned))
    return found


def write_policy(policy: Policy) -> bytes:
    """The file of this policy: `read_policy` gives it back."""
    lines = [" ".join(("log", line.key.text, line.url)).rstrip() for line in policy.logs]
    lines += [" ".join(("witness", line.name, line.key.text, line.url)).rstrip() for line in policy.witnesses.values()]
    lines += [f"group {name} {group.least} {' '.join(group.members)}" for name, group in policy.groups.items()]
    lines.append(f"quorum {policy.quorum}")
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")


def _log(policy: Policy, words: Sequence[str]) -> None:
    _need(1 <= len(words) <= 2, "words")
    key = notes.parse_key(words[0])
    _need(all(line.key.raw != key.raw for line in policy.logs), "key_twice")
    _need(len(policy.logs) < MAX_ITEMS, "too_many")
    policy.logs.append(LogLine(key, words[1] if len(words) == 2 else ""))


def _witness(policy: Policy, words: Sequence[str]) -> None:
    _need(2 <= len(words) <= 3, "words")
    name, key = words[0], notes.parse_key(words[1])
    _need(key.type is not SignatureType.ED25519, "key")
    _need(all(line.key.raw != key.raw for line in policy.witnesses.values()), "key_twice")
    _need(_new(policy, name), "name")
    _need(len(policy.witnesses) < MAX_ITEMS, "too_many")
    policy.witnesses[name] = WitnessLine(name, key, words[2] if len(words) == 3 else "")


def _group(policy: Policy, words: Sequence[str]) -> None:
    _need(len(words) >= 3, "words")
    name, count, members = words[0], words[1], tuple(words[2:])
    _need(_new(policy, name), "name")
    used = [member for group in policy.groups.values() for member in group.members]
    _need(all(member in policy.witnesses or member in policy.groups for member in members), "member")
    _need(len({*used, *members}) == len(used) + len(members), "member_twice")
    _need(len(policy.groups) < MAX_ITEMS, "too_many")
    least = {"all": len(members), "any": 1}.get(count) or (int(count) if _COUNT.fullmatch(count) else 0)
    _need(1 <= least <= len(members), "count")
    policy.groups[name] = Group(least, members)


def _quorum(policy: Policy, words: Sequence[str]) -> None:
    _need(len(words) == 1, "words")
    _need(not policy.quorum, "quorum")
    _need(words[0] == NONE or words[0] in policy.witnesses or words[0] in policy.groups, "member")
    policy.quorum = words[0]


_LINES: Final[Mapping[str, Callable[[Policy, Sequence[str]], None]]] = {
    "log": _log, "witness": _witness, "group": _group, "quorum": _quorum,
}  # fmt: skip


def _new(policy: Policy, name: str) -> bool:
    return name != NONE and name not in policy.witnesses and name not in policy.groups


def _need(holds: bool, part: str) -> None:
    if not holds:
        raise Refusal("openlog.bad_policy", line=0, part=part)


def _bad(line: int, part: str) -> Refusal:
    return Refusal("openlog.bad_policy", line=line, part=part)


def _shown(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")[:80]
