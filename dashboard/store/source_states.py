"""What is known of each source: its title and contract as configured, its last contact, data and failure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.formulas.freshness import Contract, Freshness, freshness


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source as the worker last saw it. Times UTC."""

    id: str
    title: str
    owner: str
    topics: tuple[str, ...]
    contract: Contract
    simulated: bool
    attribution: str = ""
    answered_at: datetime | None = None
    asked_at: datetime | None = None
    newest_data_at: datetime | None = None
    failures_in_row: int = 0
    broken_since: datetime | None = None
    last_error: str = ""
    rows_total: int = 0
    refused_total: int = 0

    def freshness(self, now: datetime) -> Freshness:
        """How fresh this source is at `now`."""
        return freshness(self.contract, now, self.answered_at, self.newest_data_at, self.failures_in_row == 0)
