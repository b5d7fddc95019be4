"""Which of somebody else's columns is which of ours, and a row of them as a complaint."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, field_validator

from datasources.complaints.records import Complaint, InformationRequest, Kind, Procedure
from datasources.contract import Refused
from datasources.dated_row import DatedRow, Place

CANONICAL = (
    "id", "received", "kind", "opd", "category", "status", "verified", "answered", "closed", "reopened", "extended",
)  # fmt: skip
"""The only columns that are ever asked for; names, addresses and the text of the complaint have no key here."""
NEEDED = ("id", "received")
KINDS: tuple[Kind, ...] = get_args(Kind)
LONGEST_ID, LONGEST_OPD, LONGEST_WORD = 64, 96, 64
DONE = ("selesai", "ditutup", "tutup", "closed")
LEFT_OUT = ("arsip", "diarsipkan", "bukan kewenangan", "ditolak", "spam")


class ComplaintColumns(BaseModel):
    """`columns`: ours = theirs. `procedure`: whose clocks. `kinds`: their class = one of ours.

    `done` and `left_out` are words of their status.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    columns: dict[str, str]
    procedure: Procedure = "lapor"
    kinds: dict[str, Kind] = {}
    done: tuple[str, ...] = DONE
    left_out: tuple[str, ...] = LEFT_OUT

    @property
    def topics(self) -> tuple[str, ...]:
        """Complaints, or requests for information."""
        return (self._record.topic,)

    @property
    def _record(self) -> type[Complaint]:
        return InformationRequest if self.procedure == "ppid" else Complaint

    @field_validator("columns")
    @classmethod
    def _known(cls, columns: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(columns) - set(CANONICAL)):
            raise ValueError(f"kunci {', '.join(unknown)} tidak dikenal; yang ada: {', '.join(CANONICAL)}")
        if missing := [key for key in NEEDED if key not in columns]:
            raise ValueError(f"kunci {', '.join(missing)} harus ada: tanpa itu jam tidak dapat dihitung")
        return columns

    @field_validator("kinds")
    @classmethod
    def _folded(cls, kinds: dict[str, Kind]) -> dict[str, Kind]:
        return {_folded(word): kind for word, kind in kinds.items()}

    def complaint(
        self, cells: Mapping[str, Any], place: Place, now: datetime
    ) -> tuple[Complaint | None, tuple[Refused, ...]]:
        """The complaint of a row by our columns, and what of it could not be read."""
        row = DatedRow(cells, place, now)
        number, received = row.identity("id", LONGEST_ID, "nomor pengaduan"), row.day("received")
        if received is None and not row.refused:
            row.refuse("received", "tanggal masuk kosong; tanpa itu jam tidak dapat dihitung")
        if not number or received is None:
            return None, tuple(row.refused)
        status = _folded(row.text("status", LONGEST_WORD))
        days = {key: row.day(key, received) for key in ("verified", "answered", "closed", "reopened")}
        made = self._record(
            procedure=self.procedure,
            number=number,
            kind=self._kind(row),
            received=received,
            opd=row.text("opd", LONGEST_OPD),
            category=row.text("category", LONGEST_WORD),
            **days,
            extended=_is_yes(row.text("extended", LONGEST_WORD)),
            left_out=status in self.left_out,
            undated=status in self.done and days["closed"] is None,
        )
        if made.undated and not made.left_out and not row.is_refused("closed"):
            row.refuse(
                "closed", f"status '{status}' tanpa tanggal selesai; tidak ikut dalam hitungan jam, isi tanggalnya"
            )
        return made, tuple(row.refused)

    def _kind(self, row: DatedRow) -> Kind:
        word = _folded(row.text("kind", LONGEST_WORD))
        if word in KINDS:
            return word  # type: ignore[return-value]
        if self.procedure == "ppid":
            return "informasi"
        return self.kinds.get(word, "belum dipetakan")


def _folded(word: str) -> str:
    return " ".join(word.split()).casefold()


def _is_yes(word: str) -> bool:
    """A date of the extension says yes as well."""
    return _folded(word) not in ("", "tidak", "no", "0", "false", "belum")
