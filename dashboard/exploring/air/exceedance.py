"""Days above 100 per year and station, with how many days are known at all."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.air.station_names import linked, stations_by_id, title_of
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.ispu import LEGAL_BASIS
from dashboard.store.air_days import AirYear, years

COLUMNS = (
    Column("year", "Tahun", "text"),
    Column("station", "Stasiun", "text", role="label"),
    Column("exceeding", "Hari > 100", unit="hari", role="value"),
    Column("known", "Hari dengan ISPU", unit="hari"),
    Column("share", "Bagian tahun yang diketahui", unit="%", decimals=0),
    Column("good", "Baik"),
    Column("moderate", "Sedang"),
    Column("unhealthy", "Tidak sehat"),
    Column("very_unhealthy", "Sangat tidak sehat"),
    Column("hazardous", "Berbahaya"),
    Column("kind", "Asal", "text"),
)
ALL_YEARS = "Semua tahun yang tersimpan, apa pun masa yang dipilih; tahun berjalan sampai hari ini."
FEW_DAYS = "Stasiun atau tahun dengan sedikit hari yang diketahui tidak dapat dibandingkan dengan yang lengkap."


def exceedance(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Every year of every station, newest first."""
    found = years(connection, filters.station_key)
    if not found:
        return nothing("belum ada hari ISPU yang dihitung")
    names, today = stations_by_id(connection), clock.wib(at).date()
    rows = [
        {**_row(one, today), "station": title_of(names, (one.source, one.station)),
         **linked((one.source, one.station), "station")}
        for one in sorted(found, key=lambda y: (-y.year, y.kind != "resmi", -y.exceeding))
    ]  # fmt: skip
    return Answer(COLUMNS, rows, n=sum(one.known for one in found), notes=(ALL_YEARS, FEW_DAYS))


def _row(one: AirYear, today: date) -> dict[str, Any]:
    end = min(today, date(one.year, 12, 31))
    days = max(1, (end - date(one.year, 1, 1)).days + 1)
    names = ("exceeding", "known", "good", "moderate", "unhealthy", "very_unhealthy", "hazardous", "kind")
    return {"year": str(one.year), "share": Fraction(100 * one.known, days), **{n: getattr(one, n) for n in names}}


QUESTIONS = (
    Question(
        id="air.exceedance", title="Hari melampaui per tahun", family="lingkungan",
        topics=("official_air", "sensors", "air_samples"), form="table", ask=exceedance, by_kecamatan=False,
        basis=LEGAL_BASIS,
        clock="Hari WIB dengan ISPU di atas 100 (Tidak sehat atau lebih buruk), per stasiun", of_station=True,
    ),
)  # fmt: skip
