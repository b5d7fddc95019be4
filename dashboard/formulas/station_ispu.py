"""The ISPU of one station from its hours: which parameters count, and why the others do not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.formulas.completeness import REQUIRED_SHARE, completeness, mean_24h
from dashboard.formulas.ispu import Ispu, ispu, sub_index

VOIDED = "dibatalkan oleh pemilik stasiun"


@dataclass(frozen=True, slots=True)
class StationIspu:
    """The index, None when no parameter counts; the 24-hour means in ug/m3 behind it; why the rest was left out."""

    ispu: Ispu | None
    means: Mapping[str, Decimal]
    left_out: Mapping[str, str]


def station_ispu(
    hourly: Mapping[str, Sequence[Decimal | None]],
    voided: Collection[str] = (),
    required_share: Decimal = REQUIRED_SHARE,
) -> StationIspu:
    """The ISPU of the 24 hours given per parameter in ug/m3; a missing hour is None or absent.

    A parameter that is voided, incomplete or impossible is left out with its reason and never counts as zero: KLH
    publishes by the same rule. Raises ValueError for more than 24 hours of a parameter.
    """
    means: dict[str, Decimal] = {}
    left_out: dict[str, str] = {}
    for parameter, values in hourly.items():
        mean = mean_24h(values, required_share)
        reason = VOIDED if parameter in voided else _reason_against(parameter, mean)
        if mean is None and parameter not in voided:
            left_out[parameter] = f"data tidak cukup: {completeness(values, required_share=required_share).words}"
        elif reason:
            left_out[parameter] = reason
        elif mean is not None:
            means[parameter] = mean
    return StationIspu(ispu(means), means, left_out)


def _reason_against(parameter: str, mean: Decimal | None) -> str:
    if mean is None:
        return ""
    try:
        sub_index(parameter, mean)
    except ValueError as refusal:
        return str(refusal)
    return ""
