"""Correction of the PM2.5 of low-cost sensors for humid air: an option, always named beside the value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dashboard.formulas.legal_basis import LegalBasis
from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.written_number import written

CHANNELS_APART = Decimal(5)
"""ug/m3 by which the two channels of a sensor may differ whatever the concentration."""
CHANNELS_APART_SHARE = Decimal("0.7")
"""Beyond that they may differ by this share of their mean."""


@dataclass(frozen=True, slots=True)
class HumidityCorrection:
    """corrected = factor x raw + per_percent x RH + constant, for raw ug/m3 inside `valid`."""

    name: str
    factor: Decimal
    per_percent: Decimal
    constant: Decimal
    valid: tuple[Decimal, Decimal]
    basis: LegalBasis


@dataclass(frozen=True, slots=True)
class Corrected:
    """PM2.5 in ug/m3 after the correction, with its name, its source and the untouched raw value."""

    value: Decimal
    raw: Decimal
    correction: str
    basis: LegalBasis


def corrected_pm25(raw: Decimal, humidity: Decimal, by: HumidityCorrection) -> Corrected | NotComputable:
    """PM2.5 in ug/m3 from the raw value and the relative humidity in per cent.

    Not computed outside the range of the formula, nor where it would say less than nothing. Raises ValueError for
    a humidity outside 0..100, the usual sign of a share passed as per cent or of a broken sensor.
    """
    if not 0 <= humidity <= 100:
        raise ValueError(f"kelembapan {written(humidity)} % tidak mungkin; tulis 0 sampai 100")
    low, high = by.valid
    if not low <= raw <= high:
        return NotComputable(
            f"PM2,5 mentah {written(raw)} µg/m³ di luar rentang koreksi {by.name} "
            f"({written(low)}–{written(high)} µg/m³)"
        )
    value = by.factor * raw + by.per_percent * humidity + by.constant
    if value < 0:
        return NotComputable(
            f"koreksi {by.name} menghasilkan nilai negatif untuk {written(raw)} µg/m³ "
            f"pada kelembapan {written(humidity)} %"
        )
    return Corrected(value, raw, by.name, by.basis)


def mean_of_channels(a: Decimal, b: Decimal) -> Decimal | None:
    """The mean of the two channels of one sensor; None, that is void, when they disagree.

    They agree within 5 ug/m3 or within 70 % of their mean (the rule of the US EPA for PurpleAir).
    """
    mean, apart = (a + b) / 2, abs(a - b)
    return mean if apart <= CHANNELS_APART or apart <= CHANNELS_APART_SHARE * mean else None


EPA_2021 = HumidityCorrection(
    name="EPA 2021",
    factor=Decimal("0.524"),
    per_percent=Decimal("-0.0862"),
    constant=Decimal("5.75"),
    valid=(Decimal(0), Decimal(343)),
    basis=LegalBasis("US EPA, koreksi nasional PurpleAir", "Barkjohn dkk. 2021", "2021", "read",
                     caution="dikalibrasi di Amerika Serikat; bandingkan dahulu dengan stasiun acuan setempat"),
)  # fmt: skip
"""Above 343 ug/m3 the paper goes over to another line that is not used here."""
CORRECTIONS = {"epa_2021": EPA_2021}
"""Name in sources.toml → correction."""
