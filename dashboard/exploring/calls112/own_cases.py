"""An agency's own tickets, and the desk's case list: times, kinds and places, never a name, a number or a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection

from dashboard.exploring.calls112.agencies import by_agency
from dashboard.exploring.calls112.counted import NO_INCIDENTS
from dashboard.exploring.calls112.counted_columns import category_of_words, counted_columns
from dashboard.exploring.calls112.incident_categories import title_of
from dashboard.exploring.calls112.life_cycle_stages import by_agency as stages_by_agency
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.rows_on_demand import RowsOnDemand
from dashboard.indicators.agency_titles import UNMAPPED_AGENCY, agency_titles
from dashboard.indicators.counted_incidents import is_sensitive
from dashboard.store.database import from_ms
from dashboard.store.incident_columns import IncidentColumns
from dashboard.store.incident_days import ABSENT
from datasources.region import by_code

MOMENTS = ("dispatched", "acknowledged", "arrived", "closed", "reopened")
SHOWN = ("dispatched", "arrived", "closed")
MINUTE_MS = 60_000
OWN_ONLY = "Hanya tiket {opd}; nama yang ditulis sumber diterjemahkan di Pengaturan, bagian Arti kata."
PLACE_HIDDEN = "disamarkan"
MASKED = "Tanpa nama, nomor, dan teks; untuk kategori sensitif dan yang belum dipetakan tanpa kecamatan."
COLUMNS = (
    Column("received", "Diterima", "moment"),
    Column("category", "Kategori", "text"),
    Column("kecamatan", "Kecamatan", "text"),
    Column("opd", "OPD", "text"),
    Column("state", "Keadaan", "text"),
    Column("dispatched", "Diteruskan", unit="menit", decimals=1),
    Column("arrived", "Tiba", unit="menit", decimals=1),
    Column("closed", "Selesai", unit="menit", decimals=1),
)


def case_list(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Each incident of the period, the newest first; of one agency where the filters name one."""
    found = counted_columns(connection, filters, at, MOMENTS)
    titles = agency_titles(connection, found.columns.words_there("opd"))
    own = _own_title(connection, filters.opd)
    chosen = [word for word, title in titles.items() if own is None or title == own]
    columns = found.columns if own is None else found.columns.of(found.columns.having("opd", chosen))
    notes = [OWN_ONLY.format(opd=own)] if own else []
    if not len(columns):
        return nothing(NO_INCIDENTS, notes)
    rows = _rows(columns, category_of_words(connection, found), titles)
    return Answer(COLUMNS, rows, n=len(columns), data_time=columns.moment(-1), notes=(*notes, MASKED, *found.notes))


def _own_title(connection: Connection, agency: str | None) -> str | None:
    """The title of the agency an account names; None for the desk, which sees all. A name nobody has mapped opens
    nothing: what is not mapped may belong to any agency.
    """
    if agency is None:
        return None
    title = agency_titles(connection, [agency])[agency]
    return f"{agency} (belum dipetakan)" if title == UNMAPPED_AGENCY else title


def _rows(columns: IncidentColumns, meant: Mapping[str, str], titles: Mapping[str | None, str]) -> RowsOnDemand:
    """The newest first, column by column: a year of cases, each as an object of its own, took eight times as long."""
    words, cells = columns.words, {name: column[::-1] for name, column in columns.cells.items()}
    kinds = {number: meant[word] for number, word in words.items() if word is not None and word in meant}
    category = {number: title_of(code) for number, code in kinds.items()}
    hidden = {number for number, code in kinds.items() if is_sensitive(code)}
    place = {number: _place(word) for number, word in words.items()}
    of_agency = {number: titles.get(word, "") for number, word in words.items()}

    def made(start: int, end: int) -> list[dict[str, Any]]:
        those = {name: column[start:end] for name, column in cells.items()}
        told = zip(
            map(from_ms, those["received"].tolist()), those["category_raw"].tolist(),
            those["kecamatan_code"].tolist(), those["opd"].tolist(), _states(those),
            *(_minutes(those, name) for name in SHOWN), strict=True,
        )  # fmt: skip
        return [
            {
                "received": received, "category": category[kind],
                "kecamatan": PLACE_HIDDEN if kind in hidden else place[where],
                "opd": of_agency[agency], "state": state, "dispatched": dispatched, "arrived": arrived,
                "closed": closed,
            }
            for received, kind, where, agency, state, dispatched, arrived, closed in told
        ]  # fmt: skip

    return RowsOnDemand(len(columns), made)


def _place(code: str | None) -> str:
    place = by_code().get(code or "")
    return place.name if place else "belum diketahui"


def _states(cells: Mapping[str, np.ndarray]) -> list[str]:
    known = {name: cells[name] != ABSENT for name in MOMENTS}
    again = known["closed"] & known["reopened"] & (cells["reopened"] > cells["closed"])
    asked = (again, known["closed"], known["arrived"], known["acknowledged"])
    states = np.array(("dibuka kembali", "selesai", "sudah tiba", "diterima OPD", "menunggu"), object)
    return list(states[np.select(asked, range(len(asked)), len(asked))])


def _minutes(cells: Mapping[str, np.ndarray], name: str) -> list[float | None]:
    """Minutes from the report; a time before it is a fault of the source and stays empty."""
    took = np.where(cells[name] == ABSENT, -1, cells[name] - cells["received"]).tolist()
    rounded = {ms: None if ms < 0 else round(ms / MINUTE_MS, 1) for ms in set(took)}
    return [rounded[ms] for ms in took]


def _own(answer: Answer, agency: str | None) -> Answer:
    """The rows of one agency, of a table that has one row or more for each."""
    if agency is None or answer.missing:
        return answer
    rows: Sequence[Any] = [row for row in answer.rows if row["agency"] == agency]
    said = OWN_ONLY.format(opd=agency)
    return (
        Answer(answer.columns, rows, data_time=answer.data_time, notes=(said, *answer.notes))
        if rows
        else nothing(f"tidak ada tiket {agency} dalam masa ini", (said,))
    )


def waiting(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """What waits at one's own agency, what is late, what came back."""
    return _own(by_agency(connection, filters, at), _own_title(connection, filters.opd))


def stages(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """How long each stage takes at one's own agency."""
    return _own(stages_by_agency(connection, filters, at), _own_title(connection, filters.opd))


QUESTIONS = (
    Question(
        id="opd112.waiting", title="Tiket OPD: menunggu, diterima, terlambat", family="112", topics=("incidents",),
        form="table", clock="Terbuka, belum diterima, terlambat, > 24 jam: sekarang; lainnya: masa ini", ask=waiting,
        by_kecamatan=False, audience="opd",
    ),
    Question(
        id="opd112.stages", title="Lama tiap tahap OPD", family="112", topics=("incidents",), form="table",
        clock="Bersiap: diteruskan → berangkat; perjalanan → tiba; tanggap: laporan → tiba; penanganan: tiba → selesai",
        ask=stages, by_kecamatan=False, audience="opd",
    ),
    Question(
        id="opd112.cases", title="Daftar kasus", family="112", topics=("incidents",), form="table",
        clock="Menurut waktu laporan diterima; menit sejak laporan diterima", ask=case_list, audience="opd",
    ),
)  # fmt: skip
