"""The pollution index of each station over the years."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.resources.periods import days_of, until
from dashboard.exploring.resources.water_stations import NO_SAMPLES, notes
from dashboard.formulas.pollution_index import BASIS
from dashboard.indicators.catalogue.water import driving_words
from dashboard.indicators.judged_water import judged_between
from datasources.resources.record_days import day_start

COLUMNS = (
    Column("day", "Sampel", "day", role="x"),
    Column("station", "Titik", "text", role="group"),
    Column("index", "IP", unit="indeks", decimals=2, role="y"),
    Column("driving", "Parameter penentu", "text"),
    Column("n", "Parameter dinilai"),
)


def trend(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """One row per sample, by station."""
    first, last = days_of(filters, at)
    judged = [one for one in judged_between(connection, first, last, until(filters, at)) if one.index is not None]
    if not judged:
        return nothing(NO_SAMPLES)
    rows = [
        {
            "day": one.sample.sampled_on,
            "station": one.sample.station_name,
            "index": one.index.value,
            "driving": driving_words(one),
            "n": len(one.judged),
        }
        for one in judged
        if one.index is not None
    ]
    newest = max(one.sample.sampled_on for one in judged)
    return Answer(COLUMNS, rows, n=len(rows), data_time=day_start(newest), notes=notes(connection, judged, last)[1:])


QUESTIONS = (
    Question(
        id="water.trend", title="Indeks Pencemaran dari waktu ke waktu", family="lingkungan", topics=("water",),
        form="lines", ask=trend, by_kecamatan=False, basis=BASIS.words,
        clock="Setiap sampel dalam masa ini, sedikitnya tiga tahun ke belakang; ≤ 1 memenuhi, > 5 sedang, > 10 berat",
    ),
)  # fmt: skip
