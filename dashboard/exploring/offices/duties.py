"""The calendar of what agencies owe: each period with its day, and how it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.offices.words import share
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.duty_calendar import Standing
from dashboard.indicators.reporting_duties import Owed, owed
from dashboard.office_names import is_of

NONE = "belum ada kewajiban data; tulis [sources.<id>.duty] dalam sources.toml"


def calendar(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """What is overdue first, then what is expected by its day, then what was delivered, the newest first."""
    found = [one for one in owed(connection, at) if filters.office is None or is_of(filters.office, one.contract.owner)]
    if not found:
        return nothing(NONE if filters.office is None else f"{filters.office} belum memiliki kewajiban data")
    waiting = [one for one in found if not (one.delivery and one.delivery.complete_at)]
    came = [one for one in reversed(found) if one.delivery and one.delivery.complete_at]
    judged = [one for one in found if one.is_judged]
    in_time = sum(one.standing is Standing.IN_TIME for one in judged)
    newest = max((one.delivery.last_at for one in found if one.delivery), default=None)
    notes = (
        f"Tepat waktu: {share(in_time, len(judged))} dari masa yang tenggatnya lewat atau sudah diterima."
        if judged
        else "Tepat waktu belum dapat dihitung: belum ada masa yang tenggatnya lewat atau yang sudah diterima.",
        "Lengkap: data masa itu diterima sesudah masanya berakhir; koreksi sesudahnya tidak mengubah tanggalnya.",
    )
    return Answer(COLUMNS, [_row(one) for one in (*waiting, *came)], n=len(found), data_time=newest, notes=notes)


COLUMNS = (
    Column("owner", "OPD", "text"),
    Column("what", "Data", "text", role="label"),
    Column("period", "Masa", "text"),
    Column("due", "Tenggat", "day"),
    Column("state", "Keadaan", "text"),
    Column("came", "Lengkap diterima", "moment"),
    Column("rows", "Baris"),
    Column("refused", "Ditolak"),
)
LATE = (Standing.OVERDUE, Standing.LATE)


def _row(one: Owed) -> dict[str, Any]:
    delivery = one.delivery
    return {
        "owner": one.contract.owner,
        "what": one.contract.title,
        "period": one.period.title,
        "due": one.due,
        "state": _words(one),
        "came": delivery.complete_at if delivery else None,
        "rows": delivery.rows if delivery else None,
        "refused": delivery.refused if delivery else None,
        "status": "waspada" if one.standing is Standing.OVERDUE else None,
    }


def _words(one: Owed) -> str:
    if one.standing is Standing.OVERDUE:
        return f"{one.standing} {-one.days} hari"
    if one.standing in (Standing.EXPECTED, Standing.RUNNING):
        return f"{one.standing}, {one.days} hari lagi"
    return one.standing.value


QUESTIONS = (
    Question(
        id="opd.duties", title="Kalender kewajiban data", family="sistem", topics=(), form="table", ask=calendar,
        clock="Setiap masa lapor sejak kewajibannya disepakati; tenggat: akhir harinya dalam WIB", by_kecamatan=False,
        by_period=False, of_office=True, internal=True, basis="Kesepakatan pemilik data, sources.toml",
    ),
)  # fmt: skip
