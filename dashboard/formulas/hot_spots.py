"""Hot spots: the Getis-Ord Gi* of each cell, corrected for testing many of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import erfc, sqrt
from statistics import fmean

LEAST_EVENTS = 30
LEAST_CELLS = 50
"""On fewer cells, such as the 18 kecamatan, the statistic has hardly any power."""
FALSE_DISCOVERIES = 0.05


@dataclass(frozen=True, slots=True)
class HotSpots:
    """Per cell: z, the two-sided p corrected for false discoveries, and whether it is a hot spot."""

    z: tuple[float | None, ...]
    adjusted_p: tuple[float | None, ...]
    hot: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class NotRun:
    """Why no hot spots are shown."""

    reason: str


def gi_star(values: Sequence[float], neighbours: Sequence[Collection[int]]) -> list[float | None]:
    """Gi* (Getis and Ord 1992) with weight 1 for each neighbour; None where it is not defined.

    `neighbours` holds for each cell the positions round it; the cell itself always counts. Undefined: a cell that
    neighbours all others, and a map on which all values are the same. Raises ValueError when the two differ in length.
    """
    n = len(values)
    if n == 0 or len(neighbours) != n:
        raise ValueError(f"{n} nilai dan {len(neighbours)} daftar tetangga; keduanya harus sama dan tidak kosong")
    mean = fmean(values)
    spread = sqrt(fmean([(value - mean) ** 2 for value in values]))
    flat = min(values) == max(values)

    def score(cells: set[int]) -> float | None:
        weight = len(cells)
        if flat or weight == n:
            return None
        reach = spread * sqrt((n * weight - weight**2) / (n - 1))
        return (sum(values[cell] for cell in cells) - mean * weight) / reach

    return [score({cell, *around}) for cell, around in enumerate(neighbours)]


def two_sided_normal_p(z: float) -> float:
    """The chance of a normal value at least as far from 0."""
    return erfc(abs(z) / sqrt(2))


def adjusted_for_false_discoveries(p: Sequence[float | None]) -> list[float | None]:
    """Benjamini and Hochberg (1995): the smallest rate of false discoveries at which each test counts; None stays."""
    tested = sorted((value, place) for place, value in enumerate(p) if value is not None)
    adjusted: list[float | None] = [None] * len(p)
    lowest = 1.0
    for rank in range(len(tested), 0, -1):
        value, place = tested[rank - 1]
        lowest = min(lowest, value * len(tested) / rank)
        adjusted[place] = lowest
    return adjusted


def hot_spots(values: Sequence[float], neighbours: Sequence[Collection[int]], events: int) -> HotSpots | NotRun:
    """Cells with more round them than chance explains; refused below 30 events or 50 cells.

    `values` are rates or counts per cell, `events` how many events they rest on.
    """
    if events < LEAST_EVENTS:
        return NotRun(f"titik rawan tidak dihitung: {events} kejadian, perlu sedikitnya {LEAST_EVENTS}")
    if len(values) < LEAST_CELLS:
        return NotRun(f"titik rawan tidak dihitung: {len(values)} sel, perlu sedikitnya {LEAST_CELLS}")
    z = gi_star(values, neighbours)
    adjusted = adjusted_for_false_discoveries([None if score is None else two_sided_normal_p(score) for score in z])
    hot = tuple(
        score is not None and p is not None and score > 0 and p <= FALSE_DISCOVERIES
        for score, p in zip(z, adjusted, strict=True)
    )
    return HotSpots(tuple(z), tuple(adjusted), hot)
