"""What is known of each source: its title and contract as configured, its last contact, data and failure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboard.formulas.freshness import Contract, Freshness, freshness

BREAKER_OPENS_AFTER = 3
"""Failures in a row after which a source is asked once per round, without retries, until it answers again."""


class Standing(StrEnum):
    """Whether a source answers, fails, or has failed so often that it is no longer pressed."""

    OK = "menjawab"
    FAILING = "gagal"
    PAUSED = "dijeda"


class Told(StrEnum):
    """Where a state comes from: the last contact, the history of the source, or only its spells of answering."""

    NOW = "sekarang"
    NOTED = "tercatat"
    SPELLS = "hanya jawaban"


def standing(failures_in_row: int) -> Standing:
    """The standing of a source after so many failures."""
    if failures_in_row >= BREAKER_OPENS_AFTER:
        return Standing.PAUSED
    return Standing.FAILING if failures_in_row else Standing.OK


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source as the worker last saw it, or as it was at a moment of the past. Times UTC."""

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
    told: Told = Told.NOW

    def freshness(self, now: datetime) -> Freshness:
        """How fresh this source is at `now`."""
        return freshness(self.contract, now, self.answered_at, self.newest_data_at, self.failures_in_row == 0)
