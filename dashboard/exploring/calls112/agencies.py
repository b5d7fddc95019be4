"""What waits at each agency now, what came back, and how long an agency takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection

from dashboard.exploring.calls112.counted import NO_INCIDENTS, sifted, typed_sources
from dashboard.exploring.calls112.counted_columns import counted_columns
from dashboard.exploring.calls112.life_cycle_stages import FEW, ROUNDED, by_agency_title, figures
from dashboard.exploring.calls112.stage_lengths import lengths
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.stages import FORGOTTEN, LIMIT
from dashboard.indicators.agency_titles import agency_titles
from dashboard.indicators.counted_incidents import why_not_counted
from dashboard.store.incident_cases import Case, OpenKind, open_cases, open_kinds
from dashboard.store.incident_columns import IncidentColumns
from dashboard.store.incident_days import ABSENT
from dashboard.store.meanings import codes

MOMENTS = ("acknowledged", "arrived", "closed", "reopened")
NOT_RECORDED = "Tidak dapat dihitung dari sumber ini: {}."


def by_agency(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """One row per agency, the one with most open first."""
    found = counted_columns(connection, filters, at, MOMENTS, everywhere=True)
    classes, since = codes(connection, "class"), at - FORGOTTEN
    current = sifted(open_cases(connection, at, since=since), classes).cases
    forgotten = [kind for kind in open_kinds(connection, at, since) if not why_not_counted(kind, classes)]
    still_open: tuple[Case | OpenKind, ...] = (*current, *forgotten)
    if not len(found) and not still_open:
        return nothing(NO_INCIDENTS, found.notes)
    told = found.columns.cells
    acknowledged = bool((told["acknowledged"] != ABSENT).any()) or any(case.acknowledged for case in still_open)
    reopened = bool((told["reopened"] != ABSENT).any())
    titles = agency_titles(connection, {*found.columns.words_there("opd"), *(case.opd for case in still_open)})
    typed = typed_sources(connection)
    rounded = bool(found.columns.of_sources(typed).any()) or not typed.isdisjoint(c.source for c in still_open)
    of_agency = by_agency_title(found.columns, titles)
    nobody = found.columns.of(np.zeros(len(found), bool))
    current_at, forgotten_at = _by_title(current, titles), _counted_by_title(forgotten, titles)
    rows = [
        _row(name, of_agency.get(name, nobody), current_at.get(name, []), at, rounded)
        | {"forgotten": forgotten_at[name]}
        | ({} if acknowledged else {"waiting": None})
        | ({} if reopened else {"reopened": None})
        for name in {*of_agency, *current_at, *forgotten_at}
    ]
    rows.sort(key=lambda row: (-row["open"], -row["n"], row["agency"]))
    missing = [] if acknowledged else [NOT_RECORDED.format("waktu diterima OPD")]
    if not reopened:
        missing.append("Tidak ada waktu dibuka kembali dalam masa ini; kolomnya kosong, bukan nol.")
    notes = (*missing, ROUNDED if rounded else FEW, *found.notes)
    return Answer(COLUMNS, rows, n=len(found), data_time=found.newest, notes=notes)


COLUMNS = (
    Column("agency", "OPD", "text"),
    Column("open", "Terbuka sekarang"),
    Column("waiting", "Belum diterima"),
    Column("late", "Lewat 15 menit"),
    Column("forgotten", "> 24 jam"),
    Column("n", "n"),
    Column("reopened", "Dibuka kembali"),
    Column("response_n", "n tiba"),
    Column("response_median", "Tanggap median (mnt)", decimals=1),
    Column("response_p90", "Tanggap p90 (mnt)", decimals=1),
    Column("handling_n", "n selesai"),
    Column("handling_median", "Penanganan median (mnt)", decimals=1),
    Column("handling_p90", "Penanganan p90 (mnt)", decimals=1),
)


def _by_title(cases: Iterable[Case], titles: Mapping[str | None, str]) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in cases:
        found.setdefault(titles[case.opd], []).append(case)
    return found


def _counted_by_title(kinds: Iterable[OpenKind], titles: Mapping[str | None, str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for kind in kinds:
        found[titles[kind.opd]] += kind.n
    return found


def _row(name: str, of: IncidentColumns, current: Sequence[Case], at: datetime, rounded: bool) -> dict[str, Any]:
    response = figures(lengths(of, "response"), rounded)
    handling = figures(lengths(of, "handling"), rounded)
    not_there = [case for case in current if case.arrived is None]
    return {
        "agency": name,
        "open": len(current),
        "waiting": sum(case.acknowledged is None and case.enroute is None for case in not_there),
        "late": sum(at - case.received > LIMIT for case in not_there),
        "n": len(of),
        "reopened": int((of.cells["reopened"] != ABSENT).sum()),
        **{f"response_{key}": response.get(key) for key in ("n", "median", "p90")},
        **{f"handling_{key}": handling.get(key) for key in ("n", "median", "p90")},
        "status": "waspada" if any(at - case.received > LIMIT for case in not_there) else None,
    }


QUESTIONS = (
    Question(
        id="incidents112.agencies", title="OPD: menunggu, terlambat, dibuka kembali", family="112",
        topics=("incidents",), form="table", ask=by_agency, by_kecamatan=False,
        clock="Terbuka, belum diterima, lewat 15 menit belum tiba, > 24 jam belum ditutup: sekarang; lainnya: masa ini",
    ),
)  # fmt: skip
