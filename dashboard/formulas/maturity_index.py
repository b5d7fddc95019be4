"""A weighted maturity index: values, groups, one predicate; exact (SPBE: PermenPANRB 59/2020, Lampiran)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Literal

PredicateOn = Literal["unrounded", "rounded"]
Exact = Fraction | Decimal | int
Bands = Sequence[tuple[str, Decimal]]
"""Predicates from the highest down, each with the index from which it holds, inclusive."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """What an index is made of. `weights` in percent of the index; groups hold the numbers of their indicators."""

    weights: Mapping[int, Decimal]
    aspects: Mapping[int, tuple[int, ...]]
    upper: Mapping[int, tuple[int, ...]]
    bands: Bands
    on: PredicateOn = "unrounded"


@dataclass(frozen=True, slots=True)
class MaturityIndex:
    """An index and what it is made of. A missing value leaves `index` and the groups it belongs to None."""

    index: Fraction | None
    predicate: str | None
    upper: Mapping[int, Fraction | None]
    aspects: Mapping[int, Fraction | None]
    missing: tuple[int, ...]
    disputed: bool = False
    """The rounded and the unrounded index carry different predicates."""


def maturity_index(scheme: Scheme, values: Mapping[int, Exact], unscored: Exact | None = None) -> MaturityIndex:
    """The index from values by indicator. `unscored` counts what is missing, as a ministry does in its final result;
    without it a missing value leaves the index open. Raises ValueError for an unknown number.
    """
    if unknown := sorted(set(values) - set(scheme.weights)):
        raise ValueError(f"indikator nomor {unknown[0]} tidak ada; nomornya 1 sampai {max(scheme.weights)}")
    missing = tuple(number for number in scheme.weights if number not in values)
    counted = {**values, **(dict.fromkeys(missing, unscored) if unscored is not None else {})}
    index = weighted_mean(scheme.weights, counted)
    return MaturityIndex(
        index=index,
        predicate=None if index is None else predicate(index, scheme.bands, scheme.on),
        upper=_by_group(scheme, scheme.upper, counted),
        aspects=_by_group(scheme, scheme.aspects, counted),
        missing=missing,
        disputed=index is not None and is_disputed(index, scheme.bands),
    )


def _by_group(
    scheme: Scheme, groups: Mapping[int, tuple[int, ...]], values: Mapping[int, Exact]
) -> dict[int, Fraction | None]:
    return {key: weighted_mean({n: scheme.weights[n] for n in members}, values) for key, members in groups.items()}


def weighted_mean(weights: Mapping[int, Decimal], values: Mapping[int, Exact]) -> Fraction | None:
    """Sum of weight × value over the sum of weights; None while a value is missing."""
    if not weights or any(number not in values for number in weights):
        return None
    points = sum((Fraction(weight) * Fraction(values[number]) for number, weight in weights.items()), Fraction(0))
    return points / Fraction(sum(weights.values()))


def half_up(value: Exact, decimals: int = 2) -> Decimal:
    """As ministries print it: two decimals, halves upward."""
    scale = 10**decimals
    return Decimal(floor(Fraction(value) * scale + Fraction(1, 2))).scaleb(-decimals)


def predicate(index: Exact, bands: Bands, on: PredicateOn = "unrounded") -> str:
    """The predicate of an index, judged before or after rounding to two decimals. Raises ValueError below all bands."""
    judged = Fraction(half_up(index) if on == "rounded" else index)
    for word, start in bands:
        if judged >= Fraction(start):
            return word
    raise ValueError(f"indeks {index} di bawah semua predikat")


def is_disputed(index: Exact, bands: Bands) -> bool:
    """Whether the predicate depends on rounding."""
    return predicate(index, bands, "rounded") != predicate(index, bands, "unrounded")


def reached_from(start: Decimal, on: PredicateOn = "unrounded") -> Fraction:
    """The smallest unrounded index that is judged to have reached `start`."""
    return Fraction(start) - (Fraction(1, 200) if on == "rounded" else 0)


def points_missing(index: Exact, start: Decimal, on: PredicateOn = "unrounded") -> Fraction:
    """Weight points (hundredths of the index) to a threshold; negative when it is passed. One level of an indicator
    adds its weight in percent.
    """
    return (reached_from(start, on) - Fraction(index)) * 100


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The predicate above with the points missing to it, and how many points stand above the present threshold."""

    above: str | None
    missing: Fraction | None
    reserve: Fraction
    """Points above the threshold; a loss of more than this loses the predicate."""


def neighbours(index: Exact, bands: Bands, on: PredicateOn = "unrounded") -> Neighbours:
    """How far it is to the next predicate, and how far from losing the present one."""
    words = [word for word, _ in bands]
    place = words.index(predicate(index, bands, on))
    reserve = -points_missing(index, bands[place][1], on)
    if place == 0:
        return Neighbours(None, None, reserve)
    word, start = bands[place - 1]
    return Neighbours(word, points_missing(index, start, on), reserve)
