"""The warnings of a period: each with its kecamatan and how it ended, and how long every kecamatan was warned."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.exploring.calls112.sentences import whole
from dashboard.exploring.filters import Filters
from dashboard.exploring.hazards.warned_time import warned_time
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.store.database import from_ms, to_ms, to_ms_up
from dashboard.store.warning_terms import Terms, newest_terms, terms_between
from datasources.region import by_code, kecamatan

MOST = 300
WORDS = {True: "diganti atau dibatalkan", False: "habis masanya"}
NONE = "tidak ada peringatan dini BMKG untuk wilayah ini dalam masa ini"
COVERAGE = (
    "Cakupan menurut poligon dan kode provinsi; tanpa batas wilayah terpasang setiap kecamatan berupa lingkaran dan "
    "cakupannya perkiraan."
)


def each(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Every warning that was in force, the newest first."""
    end = min(filters.end, at)
    newest, n = newest_terms(connection, filters.start, end, at, filters.kecamatan, MOST)
    if not newest:
        return nothing(NONE)
    rows = [
        {
            "start": term.start,
            "end": term.end,
            "event": term.event,
            "severity": term.severity,
            "kecamatan": ", ".join(by_code()[code].name for code in term.kecamatan.split() if code in by_code()),
            "over": "berlaku" if term.end > at else WORDS[term.end < term.expires],
        }
        for term in newest
    ]
    columns = (
        Column("start", "Mulai", "moment"),
        Column("end", "Sampai", "moment"),
        Column("event", "Peristiwa", "text"),
        Column("severity", "Tingkat (CAP)", "text"),
        Column("kecamatan", "Kecamatan", "text"),
        Column("over", "Keadaan", "text"),
    )
    more = f"Hanya {whole(MOST)} yang terbaru dari {whole(n)}; persempit masanya untuk yang lebih lama."
    notes = [COVERAGE, more] if n > MOST else [COVERAGE]
    return Answer(columns, rows, n=n, data_time=newest[0].start, notes=notes)


def by_kecamatan(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Hours under at least one warning, kecamatan by kecamatan; parallel warnings count once."""
    end = min(filters.end, at)
    terms = terms_between(connection, filters.start, end, at)
    if not len(terms):
        return nothing(NONE)
    rows = [
        {"code": k.code, "name": k.name, "hours": _hours(there, filters.start, end), "n": len(there)}
        for k in kecamatan()
        for there in [terms.over(k.code)]
    ]
    columns = (
        Column("name", "Kecamatan", "text", role="label"),
        Column("code", "Kode", "text", role="code"),
        Column("hours", "Jam berperingatan", unit="jam", decimals=1, role="value"),
        Column("n", "Peringatan"),
    )
    notes = [f"{whole(len(terms))} peringatan; yang berlaku bersamaan dihitung sekali.", COVERAGE]
    return Answer(columns, rows, n=len(terms), data_time=from_ms(int(terms.start.max())), notes=notes)


def _hours(there: Terms, start: datetime, end: datetime) -> Decimal:
    return warned_time(there, start, end).hours_between([to_ms(start), to_ms_up(end)])[0]


QUESTIONS = (
    Question(
        id="hazards.warnings", title="Peringatan dini yang pernah berlaku", family="lingkungan", topics=("warnings",),
        form="table", ask=each, clock="Dari mulai berlaku sampai habis, diganti atau dibatalkan",
        basis="BMKG data terbuka",
    ),
    Question(
        id="hazards.warned_kecamatan", title="Lama peringatan per kecamatan", family="lingkungan",
        topics=("warnings",), form="tiles", ask=by_kecamatan, clock="Jam dengan sedikitnya satu peringatan berlaku",
        basis="BMKG data terbuka", by_kecamatan=False,
    ),
)  # fmt: skip
