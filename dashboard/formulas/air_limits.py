"""Limits of the quality tests for air sensors, by parameter: what can be, what is usual, what is too sudden."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from dashboard.formulas.legal_basis import LegalBasis
from dashboard.formulas.sensor_limits import SensorLimits

OWN = LegalBasis(
    "Aturan mutu internal", "uji rentang, lonjakan, garis datar", "2026", "read",
    source="QARTOD (US IOOS); lantai 0,01 dan garis datar 6 jam dari temuan pada umpan KLH 2026",
    caution="batas lonjakan dan rentang lazim ditetapkan sendiri",
)  # fmt: skip
FINE_OVER_COARSE = Decimal("0.1")
"""Share of PM10 by which PM2.5 may exceed it before anybody doubts: the error of the instruments."""
LEAST_DEPARTURE = Decimal(15)
"""ug/m3 by which a station may always differ from its neighbours: a quarter of the class SEDANG."""


def _span(low: str, high: str) -> tuple[Decimal, Decimal]:
    return Decimal(low), Decimal(high)


def _particles(parameter: str, usual: str, spike: tuple[str, str]) -> SensorLimits:
    return SensorLimits(parameter, "µg/m³", _span("0", "1000"), _span("0", usual), OWN, floor=Decimal("0.01"),
                        spike=_span(*spike))  # fmt: skip


def _gas(parameter: str, possible: str, usual: str) -> SensorLimits:
    """Gases of the network are smoothed whole numbers that stand still for long: only a day of it is suspect."""
    return SensorLimits(parameter, "µg/m³", _span("0", possible), _span("0", usual), OWN,
                        stuck=(timedelta(hours=24), timedelta(hours=48)))  # fmt: skip


LIMITS: Mapping[str, SensorLimits] = {
    limits.parameter: limits
    for limits in (
        _particles("pm1", "400", ("100", "300")),
        _particles("pm25", "500", ("100", "300")),
        _particles("pm10", "700", ("150", "450")),
        _gas("so2", "5000", "1200"),
        _gas("co", "100000", "45000"),
        _gas("o3", "2000", "1000"),
        _gas("no2", "5000", "3000"),
        _gas("hc", "5000", "648"),
        SensorLimits("temperature", "°C", _span("-20", "70"), _span("10", "45"), OWN, spike=_span("8", "20")),
        SensorLimits(
            "humidity", "%", _span("0", "100"), _span("5", "100"), OWN, spike=_span("40", "80"),
            rests_at=frozenset((Decimal(100), Decimal(99))),
        ),
    )
}  # fmt: skip
"""Parameter → limits; what is not here is kept and not judged."""
