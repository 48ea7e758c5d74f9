"""Writing synthetic people as the register's CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from srok.identity.register.synthetic.draws import Draws
from srok.identity.register.synthetic.families import Soul, Village
from srok.identity.register.synthetic.names import NamePart, built_in_villages
from srok.identity.register.terms import COLUMNS, SYNTHETIC_PREFIX, Progress

HUNDRED_MILLION = 100_000_000
# Odd and no multiple of five: it walks through all eight-digit numbers before one comes again.
STRIDE = 61_803_399
COMMUNITIES = ["khmer"] * 82 + ["chinese"] * 7 + ["cham"] * 6 + ["krom"] * 3 + ["viet"] * 2
FIRST_CARD_YEAR, LAST_CARD_YEAR, CARD_AGE = 2012, 2024, 15


def generate(
    count: int, seed: int, out: Path, *, villages: Sequence[str] = (), progress: Progress | None = None
) -> int:
    """Write `count` synthetic people as a register CSV and return how many were written.

    The same count, seed and villages (codes of eight digits; a built-in list where empty) give the same bytes.
    Parents stand before their children. Raises `ValueError` for a negative count.
    """
    if count < 0:
        raise ValueError("a count is not negative")
    written = 0
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow((*COLUMNS, "synthetic"))
        for soul in _people(count, seed, villages or built_in_villages()):
            writer.writerow(_row(soul, written, seed))
            written += 1
            if progress and written % 500 == 0:
                progress("generate", written, count)
    if progress:
        progress("generate", written, count)
    return written


def _people(count: int, seed: int, villages: Sequence[str]) -> Iterator[Soul]:
    offset = Draws(seed, "numbers").below(HUNDRED_MILLION)
    first = Draws(seed, "villages").below(len(villages))
    done, turn = 0, 0
    while done < count:
        # A stride through the list spreads a small register over the provinces.
        code = villages[(first + turn * _stride(len(villages))) % len(villages)]
        draws = Draws(seed, "village", turn)
        village = Village(code, draws, draws.pick(COMMUNITIES))
        for soul in village.people()[: count - done]:
            soul.number = SYNTHETIC_PREFIX + f"{(offset + done * STRIDE) % HUNDRED_MILLION:08}"
            done += 1
            yield soul
        turn += 1


def _stride(length: int) -> int:
    """A step that visits every place of a list of this length before it repeats one."""
    from math import gcd

    return next(step for step in range(max(1, length * 38 // 100), 2 * length + 2) if gcd(step, length) == 1)


def _row(soul: Soul, index: int, seed: int) -> list[str]:
    father, mother = soul.father, soul.mother
    return [
        soul.number, *_name(soul.family, soul.given), soul.sex, soul.birth.iso(), soul.birthplace, soul.residence,
        soul.household, *_parent(father), *_parent(mother), father.number if father else "",
        mother.number if mother else "", *_card(soul, index, seed), soul.deceased_on, "yes",
    ]  # fmt: skip


def _name(family: NamePart, given: NamePart) -> tuple[str, str, str, str]:
    return family.khmer, given.khmer, family.latin, given.latin


def _parent(parent: Soul | None) -> tuple[str, str, str, str]:
    return _name(parent.family, parent.given) if parent else ("", "", "", "")


def _card(soul: Soul, index: int, seed: int) -> tuple[str, str, str, str]:
    """A card for most of the grown: numbers begin with 1, outside the block that the service draws from."""
    draws = Draws(seed, "card", index)
    earliest = max(FIRST_CARD_YEAR, soul.birth.year + CARD_AGE + 1)
    if soul.deceased_on or earliest > LAST_CARD_YEAR or not draws.chance(760):
        return "", "", "", ""
    number = 100_000_000 + (index * STRIDE + seed * 7919) % HUNDRED_MILLION
    year, month, day = draws.between(earliest, LAST_CARD_YEAR), draws.between(1, 12), draws.between(2, 28)
    issued, expires = f"{year}-{month:02}-{day:02}", f"{year + 10}-{month:02}-{day - 1:02}"
    return str(number), "new_model", issued, expires
