"""Checks that another monitor made earlier, from its CSV or Excel export: the past behind our own probes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, field_validator

from datasources import spreadsheet
from datasources.contract import Batch, Cursor, Refused
from datasources.dropped_files import changed_files
from datasources.indonesian_dates import to_utc
from datasources.privacy import mask
from datasources.services.records import ServiceCheck, Verdict

CANONICAL = ("service", "at", "verdict", "cause", "status", "ms")
NEEDED = ("service", "at", "verdict")
WORDS: dict[str, Verdict] = {
    "up": "baik", "ok": "baik", "baik": "baik", "1": "baik", "lambat": "lambat", "slow": "lambat",
    "down": "gagal", "gagal": "gagal", "0": "gagal", "tidak diketahui": "tidak diketahui",
}  # fmt: skip
LONGEST_CAUSE = 64


class CheckLog(BaseModel):
    """`columns`: ours = theirs. `services`: their name = our id. `every`: how often that monitor looked."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("service_checks",)

    path: Path
    pattern: str = Field(default="*.csv", min_length=1)
    columns: dict[str, str]
    services: dict[str, str] = Field(min_length=1)
    interval: timedelta = Field(default=timedelta(minutes=5), gt=timedelta(0))

    @field_validator("columns")
    @classmethod
    def _known(cls, columns: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(columns) - set(CANONICAL)):
            raise ValueError(f"kunci {', '.join(unknown)} tidak dikenal; yang ada: {', '.join(CANONICAL)}")
        if missing := [key for key in NEEDED if key not in columns]:
            raise ValueError(f"kunci {', '.join(missing)} harus ada")
        return columns

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """The checks of changed files. Raises SourceUnavailable."""
        options = self.model_dump_json()
        yield from changed_files(self.path, self.pattern, cursor, options, self._read, "catatan pemeriksaan")

    def _read(self, file: Path) -> tuple[list[ServiceCheck], list[Refused]]:
        records: list[ServiceCheck] = []
        refused: list[Refused] = []
        for number, cells in spreadsheet.rows(file, headings=set(self.columns.values())):
            row = {key: cells.get(heading) for key, heading in self.columns.items()}
            try:
                records.append(self._check(row))
            except ValueError as wrong:
                refused.append(Refused(mask(str(row.get("verdict") or "")), str(wrong), f"{file.name}, baris {number}"))
        return records, refused

    def _check(self, row: dict[str, Any]) -> ServiceCheck:
        name, word = str(row["service"] or ""), str(row["verdict"]).strip().casefold()
        if name not in self.services:
            raise ValueError(f"layanan '{mask(name)}' tidak ada dalam kunci services; petakan ke id layanan")
        if word not in WORDS:
            raise ValueError(f"hasil '{mask(word)}' tidak dikenal; tulis salah satu dari {', '.join(WORDS)}")
        at = to_utc(row["at"])
        if at is None or at > datetime.now(UTC):
            raise ValueError("waktu pemeriksaan kosong atau masih di depan; isi waktu saat layanan diperiksa")
        verdict, ms = WORDS[word], _number(row.get("ms"))
        return ServiceCheck(
            service=self.services[name],
            checked_at=at,
            verdict=verdict,
            holds_s=round(2 * self.interval.total_seconds()),
            cause=mask(str(row.get("cause") or ""))[:LONGEST_CAUSE] if verdict == "gagal" else "",
            status=_number(row.get("status")),
            response_ms=ms if verdict in ("baik", "lambat") else None,
        )


def _number(cell: Any) -> int | None:
    """A whole number that is not negative, in a workbook or in a CSV; None for anything else, which says nothing."""
    text = str(cell).strip().partition(".")[0]
    return int(text) if text.isdecimal() and len(text) < 9 else None
