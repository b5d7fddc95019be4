"""A data set of an open-data catalogue: how fresh it promises to be, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Dataset:
    """`modified_at`: the newest of its resources, else of its description. `period_days` None: no rhythm promised.

    `missing` names the columns of MS-Ind (metadata of an indicator, Peraturan BPS 5/2020) that are empty, out of
    `asked`; the list of columns is read from headings and partly from memory: perlu verifikasi.
    """

    topic: ClassVar[str] = "datasets"

    name: str
    title: str
    producer: str
    modified_at: datetime
    frequency: str
    period_days: int | None
    resources: int
    formats: tuple[str, ...]
    licence: str
    asked: int
    missing: tuple[str, ...]
    read_at: datetime

    @property
    def data_time(self) -> datetime:
        """When the catalogue said so."""
        return self.read_at
