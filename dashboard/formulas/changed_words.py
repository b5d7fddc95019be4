"""Words that vanish, appear or take each other's place from one window to the next of the same length."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

LEAST = 10
"""With equal windows, ten before and none now happens by chance once in a thousand (2 ** -10)."""
SURE = 10.83
"""Chi-square of one degree of freedom, 0,1 %: a split of a word's count this uneven is no chance."""
ALIKE = Fraction(1, 2)
"""A rise explains a fall when the smaller of the two is at least this part of the larger."""


@dataclass(frozen=True, slots=True)
class Recoding:
    """One word fell as another rose, and one of them was not there before or is not there now."""

    fell: str
    fell_from: int
    fell_to: int
    rose: str
    rose_from: int
    rose_to: int


@dataclass(frozen=True, slots=True)
class WordChanges:
    """Words with their counts, most frequent first; what a re-coding explains stands there only."""

    vanished: tuple[tuple[str, int], ...] = ()
    new: tuple[tuple[str, int], ...] = ()
    recoded: tuple[Recoding, ...] = ()


def changed_words(before: Mapping[str, int], now: Mapping[str, int], least: int = LEAST) -> WordChanges:
    """Compare the counts by word of two windows of the same length."""
    words = sorted({*before, *now})
    counted = [(word, before.get(word, 0), now.get(word, 0)) for word in words]
    recoded = _recoded([(w, b, n) for w, b, n in counted if max(b, n) >= least and (b - n) ** 2 >= SURE * (b + n)])
    explained = {word for r in recoded for word in (r.fell, r.rose)}
    vanished = {w: b for w, b, n in counted if b >= least and n == 0 and w not in explained}
    new = {w: n for w, b, n in counted if n >= least and b == 0 and w not in explained}
    return WordChanges(_most_first(vanished), _most_first(new), recoded)


def _recoded(moved: list[tuple[str, int, int]]) -> tuple[Recoding, ...]:
    """Pairs a fall with the rise nearest in size, the best pairs first, each word once."""
    pairs = [
        (abs((old_b - old_n) - (new_n - new_b)), Recoding(old, old_b, old_n, new, new_b, new_n))
        for old, old_b, old_n in moved
        for new, new_b, new_n in moved
        if old_b > old_n and new_n > new_b and (old_n == 0 or new_b == 0) and _alike(old_b - old_n, new_n - new_b)
    ]
    taken: set[str] = set()
    found = []
    for _, pair in sorted(pairs, key=lambda p: p[0]):
        if not taken & {pair.fell, pair.rose}:
            taken |= {pair.fell, pair.rose}
            found.append(pair)
    return tuple(found)


def _alike(fall: int, rise: int) -> bool:
    return min(fall, rise) >= ALIKE * max(fall, rise)


def _most_first(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
