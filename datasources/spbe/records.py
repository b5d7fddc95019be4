"""SPBE and Pemdi: one assessed value of one indicator in one year, and results that a ministry published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AssessedValue:
    """A level or value of one indicator of an instrument; `stage` names the step of the assessment it belongs to."""

    topic: ClassVar[str] = "spbe_levels"

    instrument: str
    year: int
    indicator: int
    value: Decimal
    stage: str = "draf"
    assessed_at: datetime | None = None
    explanation: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def data_time(self) -> datetime:
        """The assessment day, or the first day of the assessed year when the workbook gives none."""
        return self.assessed_at or datetime(self.year, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PublishedResult:
    """The result of a year as it was published: index, predicate and group values as printed, with their source."""

    topic: ClassVar[str] = "spbe_published"

    year: int
    instrument: str
    index: Decimal
    predicate: str
    groups: Mapping[int, Decimal]
    confidence: str
    source: str

    @property
    def data_time(self) -> datetime:
        """The last day of the year it is of."""
        return datetime(self.year, 12, 31, tzinfo=UTC)
