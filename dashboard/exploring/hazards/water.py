"""Rain and rivers of a period as columns: what gauges measured, what BMKG foretold, how high each post stood.

Posts read on staffs of their own, one at 17 m above a datum, one at 0.6 m above its bed: side by side they are drawn as
metres above the lowest of the period. The readings themselves stand in the table and the export.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from dashboard.exploring.hazards.stretches import Stretches
from dashboard.exploring.question import Column
from dashboard.store.bmkg import rain_by_slot
from dashboard.store.hazard_recount import FORECAST_RAIN, RAIN
from dashboard.store.hazard_spans import highs, summed_up, wettest

SLOT = timedelta(hours=3)
RISEN = "m naik"
RISEN_MEANS = "Sungai: meter di atas titik terendah pos itu dalam masa ini; tinggi sebenarnya ada dalam tabel."


@dataclass(frozen=True, slots=True)
class Water:
    """Cells by the beginning of their stretch; `highs` by post. What was not measured is absent."""

    measured: Mapping[datetime, float]
    foretold: Mapping[datetime, float]
    highs: Mapping[str, Mapping[datetime, float]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    lowest: Mapping[str, float] = field(default_factory=dict)
    left_out: int = 0

    @property
    def newest(self) -> datetime | None:
        """The last stretch with anything measured."""
        return max((at for cells in (self.measured, *self.highs.values()) for at in cells), default=None)

    def cells(self, at: datetime) -> dict[str, float | None]:
        """Those of one stretch, by column."""
        cells = {"rain": self.measured.get(at), "rain_forecast": self.foretold.get(at)}
        for post, of in self.highs.items():
            high = of.get(at)
            cells[f"river:{post}"] = high
            cells[f"above:{post}"] = None if high is None else round(high - self.lowest[post], 4)
        return cells

    @property
    def columns(self) -> tuple[Column, ...]:
        """Rain in millimetres, then each post above its lowest, then on its own staff."""
        return (
            Column("rain", "Hujan terukur, penakar tertinggi", unit="mm", decimals=1, role="y"),
            Column("rain_forecast", "Hujan prakiraan BMKG, kecamatan terbasah", unit="mm", decimals=1, role="y"),
            *(Column(f"above:{post}", name, unit=RISEN, decimals=2, role="y") for post, name in self.names.items()),
            *(Column(f"river:{post}", f"{name}, tinggi", unit="m", decimals=2) for post, name in self.names.items()),
        )


def water(connection: Connection, over: Stretches, kecamatan: str | None) -> Water:
    """Of the stretches in `over`; the forecast of one kecamatan where that is asked, gauges and posts always all."""
    rivers = highs(connection, "river_level", over.span, over.start, over.end)
    measured = wettest(connection, RAIN, over.span, over.start, over.end)
    lowest = {place: min(cells.values()) for place, cells in rivers.by_place.items()}
    names = dict(sorted(rivers.names.items()))
    foretold = _foretold(connection, over, kecamatan)
    return Water(measured, foretold, rivers.by_place, names, lowest, rivers.left_out)


def _foretold(connection: Connection, over: Stretches, kecamatan: str | None) -> Mapping[datetime, float]:
    """Hours have the forecast of three at their first; days and months their sums."""
    if over.span == "hour":
        slots = rain_by_slot(connection, over.start, over.end, kecamatan)
        return {at - SLOT: mm for at, mm in slots.items()}
    if kecamatan is None:
        return wettest(connection, FORECAST_RAIN, over.span, over.start, over.end)
    found = summed_up(connection, FORECAST_RAIN, over.span, over.start, over.end, [kecamatan])
    return {one.start: one.total for one in found if one.total is not None}
