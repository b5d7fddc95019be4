"""What is open now, oldest first; tickets that somebody forgot to close stand in a box of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.calls112.counted import sifted
from dashboard.exploring.calls112.incident_categories import title_of
from dashboard.exploring.calls112.sentences import FEWER_THAN_3, figure, whole
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.stages import FORGOTTEN, LIMIT
from dashboard.indicators.agency_titles import agency_titles
from dashboard.indicators.counted_incidents import LEAST_SHOWN, SENSITIVE, category_codes, is_sensitive
from dashboard.store.incident_cases import Case, open_cases
from dashboard.store.meanings import codes
from datasources.region import by_code

NOT_SHOWN = "tidak ditampilkan"
ON_SITE, LATE, UNDERWAY = "sudah tiba", "belum tiba, lewat 15 menit", "belum tiba"


def _open_now(connection: Connection, filters: Filters, at: datetime) -> tuple[list[Case], list[Case]]:
    """The open ones, and those that are open for more than a day."""
    cases = sifted(open_cases(connection, at, filters.kecamatan), codes(connection, "class")).cases
    current = [case for case in cases if at - case.received <= FORGOTTEN]
    return current, [case for case in cases if at - case.received > FORGOTTEN]


def running(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Category, kecamatan and age of each open incident; of sensitive categories only how many and how old."""
    current, forgotten = _open_now(connection, filters, at)
    if not current:
        return nothing("tidak ada kejadian yang terbuka sekarang", _forgotten_note(forgotten))
    meant = category_codes(connection, current)
    listed = [case for case in current if not is_sensitive(meant[case.category_raw])]
    kept_back = [case for case in current if is_sensitive(meant[case.category_raw])]
    rows = [_row(title_of(meant[case.category_raw]), _place(case), case, at) for case in listed]
    if kept_back and filters.kecamatan is None:
        rows.append(_group(kept_back, at))
    rows.sort(key=lambda row: -row["age"])
    late = sum(case.arrived is None and at - case.received > LIMIT for case in current)
    few = len(kept_back) < LEAST_SHOWN
    notes = [f"{whole(late)} belum tiba sesudah 15 menit."] if not (filters.kecamatan and kept_back) else []
    if kept_back:
        n = FEWER_THAN_3 if few else whole(len(kept_back))
        where = "" if filters.kecamatan is None else " di kecamatan ini"
        notes.append(f"Kategori sensitif{where}: {n}; tanpa kecamatan dan tidak satu per satu.")
    known = not (few and kept_back)
    return Answer(
        COLUMNS, rows, n=len(current) if known else None, data_time=current[-1].received,
        notes=(*notes, *_forgotten_note(forgotten)),
    )  # fmt: skip


COLUMNS = (
    Column("category", "Kejadian", "text"),
    Column("place", "Kecamatan", "text"),
    Column("age", "Umur", unit="menit"),
    Column("state", "Keadaan", "text", role="note"),
)


def _place(case: Case) -> str:
    place = by_code().get(case.kecamatan_code or "")
    return place.name if place else "belum diketahui"


def _state(case: Case, at: datetime) -> str:
    if case.arrived is not None:
        return ON_SITE
    return LATE if at - case.received > LIMIT else UNDERWAY


def _row(category: str, place: str, case: Case, at: datetime) -> dict[str, Any]:
    state = _state(case, at)
    return {
        "category": category,
        "place": place,
        "age": int((at - case.received).total_seconds() // 60),
        "state": state,
        "status": "waspada" if state == LATE else None,
    }


def _group(cases: Sequence[Case], at: datetime) -> dict[str, Any]:
    """One row for all of them, as old as the oldest that has not been reached, else as the oldest."""
    waiting = [case for case in cases if case.arrived is None]
    oldest = min(waiting or cases, key=lambda case: case.received)
    n = FEWER_THAN_3 if len(cases) < LEAST_SHOWN else whole(len(cases))
    return _row(f"{SENSITIVE} ({n}), yang tertua", NOT_SHOWN, oldest, at)


def _forgotten_note(forgotten: Sequence[Case]) -> tuple[str, ...]:
    return (f"{whole(len(forgotten))} tiket terbuka > 24 jam dihitung tersendiri.",) if forgotten else ()


def never_closed(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """How many tickets are open for more than a day and for how long, by agency."""
    _, forgotten = _open_now(connection, filters, at)
    if not forgotten:
        return nothing("tidak ada tiket yang terbuka lebih dari 24 jam")
    agencies: dict[str, list[float]] = {}
    titles = agency_titles(connection, {case.opd for case in forgotten})
    for case in forgotten:
        days = (at - case.received).total_seconds() / 86_400
        agencies.setdefault(titles[case.opd], []).append(days)
    if filters.kecamatan is not None:  # an agency names a kind of case
        agencies = {"Semua OPD": [day for days in agencies.values() for day in days]}
    rows = [
        {"agency": name, "n": len(days), "youngest": round(min(days), 1), "oldest": round(max(days), 1)}
        for name, days in sorted(agencies.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]
    columns = (
        Column("agency", "OPD", "text", role="label"),
        Column("n", "Tiket", unit="tiket", role="value"),
        Column("youngest", "Termuda", unit="hari", decimals=1),
        Column("oldest", "Tertua", unit="hari", decimals=1),
    )
    every = [day for days in agencies.values() for day in days]
    notes = (
        f"{whole(len(forgotten))} tiket, terbuka {figure(min(every))} sampai {figure(max(every))} hari.",
        "Biasanya sudah selesai tetapi lupa ditutup; tidak ikut dalam median dan p90.",
    )
    return Answer(columns, rows, n=len(forgotten), data_time=forgotten[-1].received, notes=notes)


QUESTIONS = (
    Question(
        id="incidents112.open", title="Kejadian terbuka, yang tertua dahulu", family="112", topics=("incidents",),
        form="table", clock="Sekarang; laporan diterima → belum ditutup, paling lama 24 jam", ask=running,
    ),
    Question(
        id="incidents112.never_closed", title="Tiket belum ditutup", family="112", topics=("incidents",),
        form="bars", clock="Sekarang; laporan diterima lebih dari 24 jam lalu dan belum ditutup", ask=never_closed,
    ),
)  # fmt: skip
