"""How alike two Latin spellings are: Jaro and Winkler's measure (0 nothing in common, 1 equal). Pure."""

from __future__ import annotations

from functools import lru_cache

PREFIX = 4
PREFIX_WEIGHT = 0.1


@lru_cache(maxsize=65_536)
def jaro_winkler(left: str, right: str) -> float:
    """The Jaro-Winkler similarity of two words, 0 to 1; symmetric."""
    if left == right:
        return 1.0 if left else 0.0
    if not left or not right:
        return 0.0
    jaro = _jaro(left, right)
    same = 0
    for a, b in zip(left[:PREFIX], right[:PREFIX], strict=False):
        if a != b:
            break
        same += 1
    return jaro + same * PREFIX_WEIGHT * (1 - jaro)


def _jaro(left: str, right: str) -> float:
    reach = max(len(left), len(right)) // 2 - 1
    taken = [False] * len(right)
    matched: list[str] = []
    for i, letter in enumerate(left):
        for j in range(max(0, i - reach), min(len(right), i + reach + 1)):
            if not taken[j] and right[j] == letter:
                taken[j] = True
                matched.append(letter)
                break
    if not matched:
        return 0.0
    other = [letter for letter, used in zip(right, taken, strict=True) if used]
    swaps = sum(a != b for a, b in zip(matched, other, strict=True)) // 2
    found = len(matched)
    return (found / len(left) + found / len(right) + (found - swaps) / found) / 3
