"""Official IKLH figures. `file` says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Literal

from datasources.resources.record_days import day_start


@dataclass(frozen=True, slots=True)
class OfficialIndex:
    """An official IKLH figure or one of its parts, with the version of the regulation that it was computed by."""

    topic: ClassVar[str] = "official_indices"

    year: int
    part: Literal["IKA", "IKU", "IKL", "IKLH"]
    value: Decimal
    target: Decimal | None
    regulation: str
    document: str
    published_on: date
    file: str = ""

    @property
    def data_time(self) -> datetime:
        """The day on which it was published."""
        return day_start(self.published_on)
