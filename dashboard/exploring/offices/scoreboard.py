"""One line for each agency: indicators and signals, alerts, instructions, the data it owes, its digital services."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.offices.known import Known, known
from dashboard.exploring.offices.words import FAIR, part, share
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.duty_calendar import Standing
from dashboard.formulas.freshness import FreshState
from dashboard.formulas.signal import Signal
from dashboard.indicators.catalogue.open_data import is_late
from dashboard.indicators.indicator import Status
from dashboard.office_names import is_of

RAISED = (Status.WASPADA, Status.KRITIS)
NONE = "belum ada OPD yang memiliki indikator, sumber, atau layanan di sini"


def scoreboard(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """All agencies by name, or the one that is asked about."""
    found = known(connection, at)
    offices = [name for name in found.offices if filters.office in (None, name)]
    if not offices:
        return nothing(NONE if filters.office is None else f"OPD '{filters.office}' belum memiliki apa pun di sini")
    newest = max((r.data_time for r in found.readings if r.data_time), default=None)
    return Answer(COLUMNS, [_row(found, name, at) for name in offices], n=len(offices), data_time=newest, notes=NOTES)


COLUMNS = (
    Column("office", "OPD", "text", role="label"),
    Column("raised", "Indikator perlu perhatian", "text"),
    Column("worse", "Memburuk minggu lalu", "text"),
    Column("alerts", "Peringatan"),
    Column("directives", "Arahan terbuka"),
    Column("overdue", "Lewat tenggat"),
    Column("in_time", "Data tepat waktu", "text"),
    Column("accepted", "Baris diterima", "text"),
    Column("fresh", "Sumber segar", "text"),
    Column("services", "Layanan berjalan", "text"),
    Column("datasets", "Data terbuka mutakhir", "text"),
    Column("assessed", "Penilaian terverifikasi", "text"),
)
NOTES = (
    FAIR,
    "Memburuk: sinyal peta kendali minggu terakhir, dari indikator yang datanya cukup untuk dinilai.",
    "Data tepat waktu: masa lapor yang datanya lengkap diterima sampai tenggatnya, dari semua yang tenggatnya lewat "
    "atau yang sudah diterima. Baris diterima: sejak sumber dipasang; yang ditolak disimpan dengan alasannya.",
    "Tanda – berarti tidak ada yang dapat dihitung, bukan nol.",
)


def _row(found: Known, office: str, at: datetime) -> dict[str, Any]:
    directives = [d for d in found.directives if d.opd == office]
    return {
        "office": office,
        "link": "office",
        "href": f"/opd?opd={quote(office)}",
        **_indicators(found, office),
        "alerts": sum(is_of(office, kept.owner) for kept in found.alerts),
        "directives": len(directives),
        "overdue": sum(d.is_overdue(at) for d in directives),
        **_data(found, office, at),
        **_digital(found, office, at),
    }


def _indicators(found: Known, office: str) -> dict[str, str]:
    own = [r for r in found.readings if is_of(office, r.indicator.owner)]
    judged = [r.last_week.judged.signal for r in own if r.last_week is not None and r.last_week.speaks]
    return {
        "raised": part(sum(r.status in RAISED for r in own), sum(r.value is not None for r in own)),
        "worse": part(sum(signal is Signal.WORSE for signal in judged), len(judged)),
    }


def _data(found: Known, office: str, at: datetime) -> dict[str, str]:
    judged = [one for one in found.duties if is_of(office, one.contract.owner) and one.is_judged]
    sources = [s for s in found.sources if is_of(office, s.owner)]
    rows, refused = sum(s.rows_total for s in sources), sum(s.refused_total for s in sources)
    return {
        "in_time": share(sum(one.standing is Standing.IN_TIME for one in judged), len(judged)),
        "accepted": share(rows, rows + refused, 1),
        "fresh": part(sum(s.freshness(at).state is FreshState.FRESH for s in sources), len(sources)),
    }


def _digital(found: Known, office: str, at: datetime) -> dict[str, str]:
    services = [row for row in found.services if is_of(office, row.service.owner)]
    late = [is_late(d, at) for d in found.datasets if is_of(office, d.producer)]
    rhythmic = [one for one in late if one is not None]
    assessed = [one for one in found.assessed if is_of(office, one.owner)]
    return {
        "services": part(sum(row.now.word in ("berjalan", "lambat") for row in services), len(services)),
        "datasets": part(sum(not one for one in rhythmic), len(rhythmic)),
        "assessed": part(sum(one.is_verified for one in assessed), len(assessed)),
    }


QUESTIONS = (
    Question(
        id="opd.scoreboard", title="Papan OPD", family="sistem", topics=(), form="table", ask=scoreboard,
        clock="Keadaan saat ini; setiap OPD menurut apa yang menjadi tugasnya", by_kecamatan=False, by_period=False,
        of_office=True, basis="Ukuran lokal, perlu ditetapkan bersama OPD",
    ),
)  # fmt: skip
