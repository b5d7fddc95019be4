"""Indeks Pencemaran of one river sample: Kepmen LH 115/2003, annex II."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dashboard.formulas.class_table import ClassTable
from dashboard.formulas.legal_basis import LegalBasis
from dashboard.formulas.water_standards import Standard

BASIS = LegalBasis("Kepmen LH 115/2003", "Lampiran II", "2003", "verified")
CLASSES = ClassTable(
    BASIS,
    ("memenuhi baku mutu", "cemar ringan", "cemar sedang", "cemar berat"),
    (Decimal(1), Decimal(5), Decimal(10)),
    "below",
)
FEWEST = 2
"""Parameters below which an index would be one measurement under another name."""


@dataclass(frozen=True, slots=True)
class PollutionIndex:
    """The index with the parameter that drives it. `ratios` are corrected; `unjudged` have no usable limit."""

    value: Decimal
    word: str
    driving: str
    largest: Decimal
    mean: Decimal
    ratios: Mapping[str, Decimal]
    clamped: tuple[str, ...]
    unjudged: tuple[str, ...]


def ratio(value: Decimal, standard: Standard, do_saturation: Decimal) -> Decimal:
    """C/L before correction: 1 is exactly at the limit. A minimum (DO) counts from saturation, a range from its middle.

    Raises ValueError for a limit that is no amount, and for a minimum at or above the saturation.
    """
    if standard.kind == "range":
        assert standard.low is not None and standard.high is not None  # noqa: S101, PT018 - the table holds both
        middle = (standard.low + standard.high) / 2
        return (value - middle) / ((standard.low if value <= middle else standard.high) - middle)
    if standard.kind == "deviation" or standard.limit is None:
        raise ValueError(f"batas {standard.parameter} bukan kadar")
    if standard.kind == "max":
        return value / standard.limit
    if do_saturation <= standard.limit:
        raise ValueError(f"DO jenuh {do_saturation} tidak di atas baku mutu {standard.limit}")
    return (do_saturation - value) / (do_saturation - standard.limit)


def corrected(plain: Decimal) -> Decimal:
    """1 + 5 log10 of a ratio above 1; other ratios as they are, negative ones (supersaturated) as 0."""
    if plain > 1:
        return 1 + 5 * plain.log10()
    return max(plain, Decimal(0))


def pollution_index(
    values: Mapping[str, Decimal], standards: Mapping[str, Standard], do_saturation: Decimal
) -> PollutionIndex | None:
    """The index of one sample from its values in the units of the table; None with fewer than two judged parameters.

    Two indices compare only where the same parameters were measured. Of equal ratios the first drives.
    """
    judged = [key for key in values if key in standards]
    if len(judged) < FEWEST:
        return None
    plain = {key: ratio(values[key], standards[key], do_saturation) for key in judged}
    ratios = {key: corrected(r) for key, r in plain.items()}
    driving = max(judged, key=lambda key: ratios[key])
    mean = sum(ratios.values(), Decimal(0)) / len(ratios)
    value = ((ratios[driving] ** 2 + mean**2) / 2).sqrt()
    return PollutionIndex(
        value, CLASSES.word(value), driving, ratios[driving], mean, ratios,
        tuple(key for key in judged if plain[key] < 0), tuple(key for key in values if key not in standards),
    )  # fmt: skip
