"""Times to arrival and to closing with the open ones counted: the slow ones are those that are still running."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Connection

from dashboard.exploring.calls112.counted import NO_INCIDENTS, typed_sources
from dashboard.exploring.calls112.counted_columns import counted_columns
from dashboard.exploring.calls112.sentences import TOO_FEW, whole
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.percentile import LEAST_FOR_MEDIAN, LEAST_FOR_P90, nearest_rank_of_counts
from dashboard.formulas.stages import FORGOTTEN
from dashboard.formulas.survival import kaplan_meier_of_counts
from dashboard.store.database import to_ms, to_ms_up
from dashboard.store.incident_days import ABSENT

MS = timedelta(milliseconds=1)
MINUTE = timedelta(minutes=1)


Waits = tuple[np.ndarray, np.ndarray]
"""When the waiting began and when it was over, in ms; ABSENT where that is not known."""


def _row(title: str, clock: str, waits: Waits, given_up: np.ndarray | None, at: datetime) -> dict[str, Any]:
    """Of those given up, closed without the end, nothing is known."""
    begun = waits[0] != ABSENT
    begun &= True if given_up is None else ~given_up
    starts, ends = waits[0][begun], waits[1][begun]
    over = ends != ABSENT
    until = np.where(over, ends, to_ms(at))
    sane = until >= starts
    too_old = ~over & (to_ms_up(at) - starts > FORGOTTEN // MS)
    used = sane & ~too_old
    # Whole minutes, as a person reads them: few distinct times keep the exact product short.
    minutes = (until - starts) // (MINUTE // MS)
    ended, running = _counts(minutes[used & over]), _counts(minutes[used & ~over])
    n_ended, n_running = sum(ended.values()), sum(running.values())
    enough = n_ended + n_running >= LEAST_FOR_MEDIAN
    curve = kaplan_meier_of_counts(ended, running) if enough else None
    return {
        "stage": title, "clock": clock, "n": n_ended + n_running, "ended": n_ended, "running": n_running,
        "oldest": max(running, default=None), "median": curve.median if curve else None,
        "p90": curve.percentile(90) if curve and n_ended + n_running >= LEAST_FOR_P90 else None,
        "ended_median": nearest_rank_of_counts(ended, 50) if enough else None,
        "forgotten": int((sane & too_old).sum()), "unknown": int((~begun).sum()), "negative": int((~sane).sum()),
        "remark": "" if enough else TOO_FEW,
    }  # fmt: skip


def _counts(minutes: np.ndarray) -> dict[float, int]:
    lengths, counts = np.unique(minutes, return_counts=True)
    return dict(zip(lengths.tolist(), counts.tolist(), strict=True))


def median_with_open(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Kaplan-Meier medians of response and handling, beside the medians of those that are over."""
    found = counted_columns(connection, filters, at, ("arrived", "closed"))
    if not len(found):
        return nothing(NO_INCIDENTS, found.notes)
    columns = found.columns.of(~found.columns.of_sources(typed_sources(connection)))
    if not len(columns):
        return nothing("tidak dapat dihitung dari sumber ini: waktu yang tidak diketik tangan", found.notes)
    received, arrived, closed = (columns.cells[name] for name in ("received", "arrived", "closed"))
    given_up = (arrived == ABSENT) & (closed != ABSENT)
    rows = [
        _row("Tanggap", "laporan diterima → tiba di lokasi", (received, arrived), given_up, at),
        _row("Penanganan", "tiba di lokasi → selesai", (arrived, closed), None, at),
    ]
    notes = ["Median yang hanya melihat yang sudah selesai terlalu baik: yang lambat masih berjalan (Kaplan–Meier)."]
    forgotten = rows[0]["forgotten"] + rows[1]["forgotten"]
    if forgotten:
        notes.append(f"{whole(forgotten)} yang berjalan > 24 jam tidak dipakai: tiket belum ditutup.")
    if len(columns) < len(found):
        notes.append(f"{whole(len(found) - len(columns))} dari sumber dengan waktu diketik tangan tidak dipakai.")
    return Answer(COLUMNS, rows, n=len(columns), data_time=found.newest, notes=(*notes, *found.notes))


COLUMNS = (
    Column("stage", "Tahap", "text"),
    Column("clock", "Dari → sampai", "text"),
    Column("median", "Median termasuk yang terbuka", unit="menit"),
    Column("p90", "p90 termasuk yang terbuka", unit="menit"),
    Column("ended_median", "Median yang sudah selesai saja", unit="menit"),
    Column("n", "n"),
    Column("ended", "Sudah"),
    Column("running", "Masih berjalan"),
    Column("oldest", "Terlama berjalan", unit="menit"),
    Column("forgotten", "> 24 jam"),
    Column("unknown", "Tanpa waktu"),
    Column("negative", "Negatif"),
    Column("remark", "Keterangan", "text", role="note"),
)

QUESTIONS = (
    Question(
        id="incidents112.with_open", title="Median dengan kejadian yang masih terbuka", family="112",
        topics=("incidents",), form="table", clock="Yang belum selesai ikut dengan umurnya sekarang",
        ask=median_with_open,
    ),
)  # fmt: skip
