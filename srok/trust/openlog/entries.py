"""What an entry of the public log may be: RFC 8785 JSON, ASCII keys, whole numbers, a known type (L4, L8). Pure."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, NoReturn

from srok.ground.journal.terms import LEAF_TYPES, About
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog.tiles import MAX_ENTRY_BYTES

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MINUTE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z", re.ASCII)
_HEX: Final = {length: re.compile(f"[0-9a-f]{{{length}}}", re.ASCII) for length in (16, 32, 64)}
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}|[A-Za-z0-9._-]{1,40}", re.ASCII)
_NATIONAL: Final = frozenset({"v", "t", "at", "case", "by", "c"})
_USUAL: Final = _NATIONAL | {"commune", "prev", "evid", "notice", "reason"}
_LARGEST: Final = 2**53 - 1
_DEPTH: Final = 4


def _no_float(text: str) -> NoReturn:
    raise ValueError(f"no fraction: {text[:20]}")


# With ASCII keys and whole numbers this is RFC 8785: members in the order of their names, no blanks, the shortest
# escapes. The C encoder and decoder make it ten times faster than a writer of any JSON (tests compare the two).
_ENCODER: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
_DECODER: Final = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)


def write_entry(entry: Mapping[str, Any]) -> bytes:
    """The canonical bytes of an entry; `check_entry` says whether it may stand in a log."""
    return _ENCODER.encode(entry).encode()


def read_entry(data: bytes) -> dict[str, Any]:
    """The entry of these bytes, which must be its canonical ones; raises `openlog.bad_entry` with the part."""
    if len(data) > MAX_ENTRY_BYTES:
        raise Refusal("openlog.entry_too_long", bytes=len(data))
    try:
        entry = _DECODER.decode(data.decode())
        canonical = isinstance(entry, dict) and _ENCODER.encode(entry).encode() == data
    except (ValueError, RecursionError, TypeError) as error:
        raise Refusal("openlog.bad_entry", part="json") from error
    if not canonical:
        raise Refusal("openlog.bad_entry", part="canonical")
    found: dict[str, Any] = entry
    return found


def canonical(data: bytes) -> bytes:
    """The canonical bytes of any JSON object of text and whole numbers; raises `openlog.bad_entry`."""
    try:
        entry = _DECODER.decode(data.decode())
        made = _ENCODER.encode(entry).encode() if isinstance(entry, dict) else b""
    except (ValueError, RecursionError, TypeError) as error:
        raise Refusal("openlog.bad_entry", part="json") from error
    if not made:
        raise Refusal("openlog.bad_entry", part="json")
    return made


def check_entry(log: str, data: bytes) -> dict[str, Any]:
    """The entry of these bytes where it may stand in this log (L4); raises `openlog.bad_entry` with the part."""
    entry = read_entry(data)
    kind = LEAF_TYPES.get(entry.get("t", "")) if isinstance(entry.get("t"), str) else None
    _require(kind is not None and log in kind.logs, "t")
    assert kind is not None
    _require(entry.get("v") == 1 and entry["v"] is not True, "v")
    _require(_is_hex(entry.get("case"), 32), "case")
    hands = entry.get("by")
    _require(isinstance(hands, list) and all(_is_hex(hand, 16) for hand in hands), "by")
    at = entry.get("at")
    _require(isinstance(at, str) and _is_time(at, kind.about), "at")
    _require(kind.members <= entry.keys(), "members")
    _require("c" not in entry or _is_hex(entry["c"], 64), "c")
    _require("prev" not in entry or _is_index(entry["prev"]), "prev")
    _require(kind.about is not About.NATION or entry.keys() <= _NATIONAL, "members")
    _check_members(entry, _DEPTH)
    return entry


def _check_members(value: Any, depth: int) -> None:
    """Only text, whole numbers, lists and maps with ASCII names, and not deeper than four."""
    if type(value) is str:
        return
    if type(value) is int:
        _require(-_LARGEST <= value <= _LARGEST, "number")
        return
    _require(depth > 0 and type(value) in (dict, list), "value")
    if type(value) is list:
        for item in value:
            _check_members(item, depth - 1)
        return
    for key, item in value.items():
        _require(key in _USUAL or _KEY.fullmatch(key) is not None, "key")
        if type(item) is not str:
            _check_members(item, depth - 1)


@lru_cache(maxsize=4_096)
def _is_time(value: str, about: About) -> bool:
    """A day where the entry is about a person, a minute in UTC where it is about nobody."""
    try:
        if about is About.NOBODY:
            datetime.strptime(value if _MINUTE.fullmatch(value) else "", "%Y-%m-%dT%H:%MZ")  # noqa: DTZ007
        else:
            date.fromisoformat(value if _DAY.fullmatch(value) else "")
    except ValueError:
        return False
    return True


def _is_hex(value: object, length: int) -> bool:
    return isinstance(value, str) and _HEX[length].fullmatch(value) is not None


def _is_index(value: object) -> bool:
    return type(value) is int and value >= 0


def _require(holds: bool, part: str) -> None:
    if not holds:
        raise Refusal("openlog.bad_entry", part=part)
