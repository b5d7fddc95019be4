"""Which indicator a page is about, as its address says it."""

from __future__ import annotations

from dataclasses import dataclass

from datasources.spbe.instrument import AssessedIndicator, Instrument
from datasources.spbe.instrument_files import instruments


@dataclass(frozen=True, slots=True)
class Which:
    """An indicator of an instrument in a year in which it is in force."""

    instrument: Instrument
    year: int
    indicator: AssessedIndicator

    @property
    def code(self) -> str:
        """'SPBE-2020/2024/12'."""
        return f"{self.instrument.id}/{self.year}/{self.indicator.number}"


def which(code: object) -> Which | None:
    """'SPBE-2020/2024/12' → that indicator; None for what is none."""
    parts = code.split("/") if isinstance(code, str) else []
    if len(parts) != 3 or parts[0] not in instruments() or not (parts[1].isdecimal() and parts[2].isdecimal()):
        return None
    instrument, year, number = instruments()[parts[0]], int(parts[1][:4]), int(parts[2][:4])
    if number not in instrument.indicators or not instrument.in_force(year):
        return None
    return Which(instrument, year, instrument.indicators[number])
