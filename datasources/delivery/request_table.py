"""Requests for services from the workbook that an OPD keeps, or from the export of its application, CSV or Excel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, field_validator

from datasources import spreadsheet
from datasources.contract import Batch, Cursor, Refused
from datasources.dated_row import DatedRow, Place
from datasources.delivery.records import ServiceRequest
from datasources.dropped_files import changed_files

COLUMNS = {
    "id": "Nomor",
    "service": "Jenis layanan",
    "opd": "OPD",
    "submitted": "Tanggal masuk",
    "completed": "Tanggal selesai",
    "limit": "Batas (hari kerja)",
    "status": "Status",
}
"""Ours = the headings of the workbook that `manage.py source template layanan` writes."""
NEEDED = ("id", "service", "submitted")
STATUSES = ("diproses", "selesai", "ditolak", "dikembalikan", "dicabut")
DONE, LEFT_OUT = ("selesai",), ("dikembalikan", "dicabut")
"""A rejection is an answer: its day of completion counts."""
LONGEST_ID, LONGEST_WORD, LONGEST_LIMIT = 64, 96, 250


class RequestTable(BaseModel):
    """`limits`: promise in working days by service, where the rows name none. `opd` for rows without an office."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
    topics: ClassVar[tuple[str, ...]] = ("service_requests",)

    path: Path
    pattern: str = Field(default="*.*", min_length=1)
    sheet: str | None = None
    columns: dict[str, str] = COLUMNS
    limits: dict[str, PositiveInt] = {}
    opd: str = ""

    @field_validator("columns")
    @classmethod
    def _known(cls, columns: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(columns) - set(COLUMNS)):
            raise ValueError(f"kunci {', '.join(unknown)} tidak dikenal; yang ada: {', '.join(COLUMNS)}")
        if missing := [key for key in NEEDED if key not in columns]:
            raise ValueError(f"kunci {', '.join(missing)} harus ada: tanpa itu jam tidak dapat dihitung")
        return columns

    @field_validator("limits")
    @classmethod
    def _folded(cls, limits: dict[str, int]) -> dict[str, int]:
        return {service.casefold(): days for service, days in limits.items()}

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """All requests of files that changed. Raises SourceUnavailable."""
        options = self.model_dump_json()
        yield from changed_files(self.path, self.pattern, cursor, options, self._read, "buku kerja layanan")

    def _read(self, file: Path) -> tuple[list[ServiceRequest], list[Refused]]:
        records: list[ServiceRequest] = []
        refused: list[Refused] = []
        now = datetime.now(UTC)
        for number, cells in spreadsheet.rows(file, sheet=self.sheet, headings=set(self.columns.values())):
            row = {key: cells.get(heading) for key, heading in self.columns.items()}
            if all(row[key] is None for key in NEEDED):
                continue
            where = f"{file.name}, baris {number}"
            made, notes = self._request(row, lambda key, where=where: f"{where}, kolom {self.columns[key]}", now)  # type: ignore[misc]
            records.extend([made] if made else [])
            refused.extend(notes)
        return records, refused

    def _request(
        self, cells: Mapping[str, Any], place: Place, now: datetime
    ) -> tuple[ServiceRequest | None, tuple[Refused, ...]]:
        row = DatedRow(cells, place, now)
        number, service = row.identity("id", LONGEST_ID, "nomor"), row.text("service", LONGEST_WORD)
        submitted = row.day("submitted")
        if not service:
            row.refuse("service", "jenis layanan kosong; tulis nama layanannya")
        if submitted is None and cells.get("submitted") is None:
            row.refuse("submitted", "tanggal masuk kosong; tanpa itu jam tidak dapat dihitung")
        if not number or not service or submitted is None:
            return None, tuple(row.refused)
        status, completed = row.text("status", LONGEST_WORD).casefold(), row.day("completed", submitted)
        made = ServiceRequest(
            number=number,
            service=service,
            submitted=submitted,
            opd=row.text("opd", LONGEST_WORD) or self.opd,
            completed=completed,
            limit_days=self._limit(row) or self.limits.get(service.casefold()),
            left_out=status in LEFT_OUT,
            undated=status in DONE and completed is None,
        )
        if made.undated and not row.is_refused("completed"):
            row.refuse("completed", "status selesai tanpa tanggal selesai; tidak ikut dalam hitungan, isi tanggalnya")
        return made, tuple(row.refused)

    def _limit(self, row: DatedRow) -> int | None:
        said = row.cells.get("limit")
        if said is None:
            return None
        text = str(said).strip()
        if not text.isdecimal() or not 1 <= int(text[:6]) <= LONGEST_LIMIT:
            row.refuse("limit", f"batas harus bilangan bulat 1 sampai {LONGEST_LIMIT} hari kerja; baris tetap dibaca")
            return None
        return int(text)
