"""STORET, the score of a river station over several samples: Kepmen LH 115/2003, annex I."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.formulas.legal_basis import LegalBasis
from dashboard.formulas.water_standards import Group, Standard

BASIS = LegalBasis("Kepmen LH 115/2003", "Lampiran I", "2003", "verified")
MANY = 10
"""Samples from which on every score is doubled."""
EXTREME: Mapping[Group, int] = {"fisika": -1, "kimia": -2, "biologi": -3}
MEAN_TIMES = 3
CLASSES = (
    (0, "A", "baik sekali, memenuhi baku mutu"),
    (-10, "B", "baik, cemar ringan"),
    (-30, "C", "sedang, cemar sedang"),
)
WORST = ("D", "buruk, cemar berat")


@dataclass(frozen=True, slots=True)
class Storet:
    """The score, its class, what each parameter takes off, and how many samples the smallest parameter has."""

    score: int
    letter: str
    word: str
    by_parameter: Mapping[str, int]
    fewest: int


def points(n: int, group: Group, largest: bool, smallest: bool, mean: bool) -> int:
    """What one parameter takes off: whether its largest, smallest and mean value exceed the limit, of n samples."""
    each = EXTREME[group] * (2 if n >= MANY else 1)
    return each * (largest + smallest + MEAN_TIMES * mean)


def judged(score: int) -> tuple[str, str]:
    """Letter and words of a score (0 or below)."""
    return next(((letter, word) for low, letter, word in CLASSES if score >= low), WORST)


def storet(samples: Mapping[str, Sequence[Decimal]], standards: Mapping[str, Standard]) -> Storet | None:
    """The score of a station from its values by parameter; None when none has a usable limit.

    Parameters without a usable limit take nothing off; never pass a missing value as zero.
    """
    taken = {key: _taken(values, standards[key]) for key, values in samples.items() if values and key in standards}
    if not taken:
        return None
    score = sum(taken.values())
    return Storet(score, *judged(score), taken, min(len(samples[key]) for key in taken))


def _taken(values: Sequence[Decimal], standard: Standard) -> int:
    mean = sum(values, Decimal(0)) / len(values)
    exceeds = [not standard.met_by(value) for value in (max(values), min(values), mean)]
    return points(len(values), standard.group, *exceeds)
