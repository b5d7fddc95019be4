"""SPBE: one assessed level of one indicator in one year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AssessedLevel:
    """A level 1..5 of one of the 47 indicators; `stage` names the step of the assessment it belongs to."""

    topic: ClassVar[str] = "spbe_levels"

    instrument: str
    year: int
    indicator: int
    level: int
    stage: str = "mandiri"
    assessed_at: datetime | None = None

    @property
    def data_time(self) -> datetime:
        """The assessment day, or the first day of the assessed year when the workbook gives none."""
        return self.assessed_at or datetime(self.year, 1, 1, tzinfo=UTC)
