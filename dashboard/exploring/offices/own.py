"""What one agency answers for, line by line: indicators, alerts and instructions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.exploring.filters import Filters
from dashboard.exploring.offices.known import known
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.alert_state import State
from dashboard.formulas.written_number import written
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.read import judged_readings
from dashboard.indicators.reading import Reading
from dashboard.office_names import is_of
from dashboard.store import alerts, source_contracts
from dashboard.store.directives import directives_of

CHOOSE = "pilih satu OPD dari papan OPD"


def indicators(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Each indicator of the agency, what is raised first, then as in the catalogue."""
    if filters.office is None:
        return nothing(CHOOSE)
    own = [i for i in CATALOGUE.values() if not i.internal and is_of(filters.office, i.owner)]
    if not own:
        return nothing(f"{filters.office} belum memiliki indikator")
    found = judged_readings(connection, own, source_contracts.states(connection), at)
    order = {"kritis": 0, "waspada": 1}
    rows = [_indicator(r) for r in sorted(found, key=lambda r: order.get(r.status.value, 2))]
    newest = max((r.data_time for r in found if r.data_time), default=None)
    return Answer(INDICATOR_COLUMNS, rows, n=len(rows), data_time=newest)


INDICATOR_COLUMNS = (
    Column("title", "Indikator", "text", role="label"),
    Column("value", "Nilai", "text"),
    Column("state", "Keadaan", "text"),
    Column("signal", "Sinyal", "text"),
    Column("n", "n"),
    Column("at", "Data", "moment"),
    Column("fresh", "Kesegaran", "text"),
)


def _indicator(r: Reading) -> dict[str, Any]:
    about = r.indicator
    speaks = r.last_week is not None and r.last_week.speaks
    return {
        "title": about.title,
        "value": f"{written(r.value, about.decimals)} {about.unit}" if r.value is not None else None,
        "state": r.band or r.missing,
        "signal": r.last_week.words(about) if speaks and r.last_week else "belum cukup data",
        "n": r.n,
        "at": r.data_time,
        "fresh": r.freshness.state.value + (", SIMULASI" if r.simulated else ""),
        "status": r.status.value if r.status.value in ("kritis", "waspada") else None,
    }


def actions(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """What waits for the agency: alerts that stand and instructions that are open."""
    if filters.office is None:
        return nothing(CHOOSE)
    told = [k for k in alerts.standing(connection) if k.alert.is_told and is_of(filters.office, k.owner)]
    rows: list[dict[str, Any]] = [
        {"kind": "peringatan", "what": kept.said, "since": kept.alert.raised_at, "until": "–",
         "state": _state(kept.alert.state, kept.alert.waits), "status": kept.alert.severity.word or None}
        for kept in told
    ]  # fmt: skip
    for d in directives_of(connection, filters.office):
        last = wib(d.due_at - timedelta(seconds=1))
        late = d.is_overdue(at)
        until = f"{last:%d/%m/%Y}" + (", lewat" if late else "")
        rows.append({"kind": "arahan", "what": d.what, "since": d.given_at, "until": until, "state": d.stage.value,
                     "status": "waspada" if late else None})  # fmt: skip
    if not rows:
        return nothing(f"tidak ada peringatan dan arahan terbuka untuk {filters.office}")
    return Answer(ACTION_COLUMNS, rows, n=len(rows))


ACTION_COLUMNS = (
    Column("kind", "Jenis", "text"),
    Column("what", "Isi", "text", role="label"),
    Column("since", "Sejak", "moment"),
    Column("until", "Tenggat", "text"),
    Column("state", "Keadaan", "text"),
)


def _state(state: State, waits: bool) -> str:
    word = "belum diterima" if waits else state.value
    return f"{word}, data terputus" if state is State.UNKNOWN else word


def digital(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The agency's services, data sets and, where it is named for them, assessed indicators."""
    if filters.office is None:
        return nothing(CHOOSE)
    found = known(connection, at)
    rows: list[dict[str, Any]] = [
        {"kind": "layanan daring", "what": row.service.title, "state": row.now.word,
         "status": "waspada" if row.now.word == "gagal" else None}
        for row in found.services if is_of(filters.office, row.service.owner)
    ]  # fmt: skip
    rows += [
        {"kind": "data terbuka", "what": d.title, "state": f"berubah {(at - d.modified_at).days} hari lalu"}
        for d in found.datasets if is_of(filters.office, d.producer)
    ]  # fmt: skip
    rows += [
        {"kind": "penilaian", "what": one.title, "state": one.words}
        for one in found.assessed if is_of(filters.office, one.owner)
    ]  # fmt: skip
    if not rows:
        return nothing(
            f"{filters.office} belum memiliki layanan daring, data terbuka, atau indikator yang dinilai di sini"
        )
    return Answer(DIGITAL_COLUMNS, rows, n=len(rows))


DIGITAL_COLUMNS = (
    Column("kind", "Jenis", "text"),
    Column("what", "Nama", "text", role="label"),
    Column("state", "Keadaan", "text"),
)


QUESTIONS = (
    Question(
        id="opd.indicators", title="Indikator", family="sistem", topics=(), form="table", ask=indicators,
        clock="Keadaan saat ini; sinyal: minggu terakhir terhadap 52 minggu sebelumnya", by_kecamatan=False,
        by_period=False, of_office=True,
    ),
    Question(
        id="opd.actions", title="Peringatan dan arahan", family="sistem", topics=("alerts", "directives"), form="table",
        ask=actions, clock="Yang berlaku atau terbuka saat ini", by_kecamatan=False, by_period=False, of_office=True,
        internal=True,
    ),
    Question(
        id="opd.digital", title="Layanan digital", family="sistem", topics=("services", "datasets", "assessments"),
        form="table", ask=digital, clock="Keadaan saat ini", by_kecamatan=False, by_period=False, of_office=True,
    ),
)  # fmt: skip
