"""Several reports of one event: how often an incident was reported, and the proposals the desk has to decide."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection

from dashboard.exploring.calls112.counted import NO_INCIDENTS, sifted
from dashboard.exploring.calls112.counted_columns import counted_columns
from dashboard.exploring.calls112.sentences import listed, whole
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.store.incident_cases import reported_further
from dashboard.store.incident_days import UNCOUNTED
from dashboard.store.meanings import codes
from dashboard.store.possible_duplicates import ProposedLink, proposed_between
from datasources.region import by_code

TIMES = ((1, 1, "1 kali"), (2, 2, "2 kali"), (3, 4, "3–4 kali"), (5, 9, "5–9 kali"), (10, 10**6, "10 kali atau lebih"))
UNKNOWN = "tidak tercatat"


def how_often(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """How many incidents were reported once, twice, …: calls the ticket counts, and accepted further reports."""
    found = counted_columns(connection, filters, at)
    if not len(found):
        return nothing(NO_INCIDENTS, found.notes)
    told = Counter[str]()
    for n_calls, n in zip(*np.unique(found.columns.cells["n_calls"], return_counts=True), strict=True):
        told[_times(None if n_calls == UNCOUNTED else int(n_calls), 0)] += int(n)
    parents = reported_further(connection, filters.start, min(filters.end, at), filters.kecamatan)
    for case in sifted(parents, codes(connection, "class")).cases:
        told[_times(case.n_calls, 0)] -= 1
        told[_times(case.n_calls, case.further or 0)] += 1
    rows = [{"times": name, "n": told[name]} for *_, name in TIMES]
    if told[UNKNOWN]:
        rows.append({"times": UNKNOWN, "n": told[UNKNOWN]})
    columns = (Column("times", "Dilaporkan", "text", role="label"), Column("n", "Kejadian", role="value"))
    return Answer(columns, rows, n=len(found), data_time=found.newest, notes=found.notes)


def _times(n_calls: int | None, further: int) -> str:
    if n_calls is None and not further:
        return UNKNOWN
    reports = (n_calls or 1) + further
    return next(name for low, high, name in TIMES if low <= reports <= high)


def proposals(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Each pair that may be one event, the newest first, with what was decided."""
    found = proposed_between(connection, filters.start, min(filters.end, at), filters.kecamatan)
    if not found:
        return nothing("tidak ada usulan laporan ganda dalam masa ini")
    rows = [_row(link) for link in found]
    columns = (
        Column("received", "Laporan kedua", "moment"),
        Column("category", "Kategori", "text"),
        Column("place", "Kecamatan", "text"),
        Column("incident", "Id laporan kedua", "text"),
        Column("parent", "Id laporan pertama", "text"),
        Column("minutes", "Selang", unit="menit"),
        Column("metres", "Jarak", unit="m"),
        Column("state", "Keputusan", "text"),
    )
    states = Counter(row["state"] for row in rows)
    notes = (f"{whole(len(rows))} usulan: {listed(states)}. Yang diusulkan tetap dihitung sampai diterima.",)
    return Answer(columns, rows, n=len(rows), data_time=rows[0]["received"], notes=notes)


def _row(link: ProposedLink) -> dict[str, Any]:
    place = by_code().get(link.kecamatan_code or "")
    return {
        "received": link.received,
        "category": link.category_raw.capitalize(),
        "place": place.name if place else None,
        "incident": link.incident_id,
        "parent": link.parent_id,
        "minutes": round(link.minutes),
        "metres": None if link.metres is None else round(link.metres),
        "state": link.state,
    }


QUESTIONS = (
    Question(
        id="incidents112.reported_times", title="Dilaporkan berapa kali", family="112", topics=("incidents", "edits"),
        form="bars", clock="Kejadian menurut waktu laporan pertama diterima; laporan ganda yang diterima ditambahkan",
        ask=how_often,
    ),
    Question(
        id="incidents112.proposed_duplicates", title="Usulan laporan ganda", family="112",
        topics=("incidents", "edits"), form="table", ask=proposals, audience="desk",
        clock="Kategori sama, ≤ 500 m atau desa yang sama, ≤ 30 menit (kebakaran dan banjir 120), nomor penelepon "
        "berbeda",
    ),
)  # fmt: skip
