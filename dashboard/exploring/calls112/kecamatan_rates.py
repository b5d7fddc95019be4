"""Where it happens: incidents by kecamatan, and per inhabitant once somebody has entered how many live there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from sqlalchemy import Connection

from dashboard.exploring.calls112.counted import NO_INCIDENTS
from dashboard.exploring.calls112.counted_columns import CountedColumns, counted_columns
from dashboard.exploring.calls112.sentences import figure, whole
from dashboard.exploring.calls112.within_15_minutes import NO_PLACE
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.rates import PER, funnel_limits, pooled_rate, rate, shrunk_rates
from dashboard.formulas.small_numbers import garwood
from dashboard.store.population import Inhabitants, newest_population
from datasources.region import kecamatan

NO_POPULATION = "penduduk per kecamatan belum diisi, laju tidak dihitung"
VISITORS = "Penduduk tercatat bukan yang hadir: wisatawan membuat laju Pacet dan Trawas tampak tinggi."
COUNT = Column("n", "Kejadian")
COUNT_LIMITS = (
    Column("n_low", "Batas bawah 95 %", decimals=1),
    Column("n_high", "Batas atas 95 %", decimals=1),
)

# Each takes a millisecond of bisection, and from one minute to the next hardly any count has changed.
_count_limits = lru_cache(maxsize=1024)(garwood)
_rate = lru_cache(maxsize=1024)(rate)


def on_map(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Counts of the kecamatan with exact limits; with inhabitants also rates, shrunken ones for the colour."""
    found = counted_columns(connection, filters, at, everywhere=True)
    counts = _counts(found)
    if not counts:
        return nothing(NO_PLACE if len(found) else NO_INCIDENTS, found.notes)
    people = newest_population(connection)
    rows = [_count_row(place.code, place.name, counts[place.code]) for place in kecamatan()]
    unplaced = _unplaced(found, counts)
    if not people:
        columns = (*PLACE, replace(COUNT, unit="kejadian", role="value"), *COUNT_LIMITS)
        notes = (f"{NO_POPULATION[:1].upper()}{NO_POPULATION[1:]}.", *unplaced, *found.notes)
        return Answer(columns, rows, n=counts.total(), data_time=found.newest, notes=notes)
    rows = [row | cells for row, cells in zip(rows, _rates(counts, people), strict=True)]
    notes = (*_about_rates(filters, counts, people), *unplaced, *found.notes)
    return Answer((*PLACE, COUNT, *COUNT_LIMITS, *RATES), rows, n=counts.total(), data_time=found.newest, notes=notes)


PLACE = (Column("code", "Kode", "text", role="code"), Column("name", "Kecamatan", "text", role="label"))
RATES = (
    Column("people", "Penduduk"),
    Column("shrunken", "Laju yang disusutkan", unit="per 10.000", decimals=2, role="value"),
    Column("rate", "Laju", unit="per 10.000", decimals=2),
    Column("low", "Laju batas bawah 95 %", decimals=2),
    Column("high", "Laju batas atas 95 %", decimals=2),
    Column("verdict", "Dibanding kabupaten", "text", role="note"),
)


def _counts(found: CountedColumns) -> Counter[str]:
    """Incidents by our kecamatan codes; empty when none carries one."""
    ours = {place.code for place in kecamatan()}
    counts = np.bincount(found.columns.cells["kecamatan_code"])
    words = found.columns.words
    told = ((words[number], int(n)) for number, n in enumerate(counts) if n)
    return Counter({word: n for word, n in told if word in ours})


def _unplaced(found: CountedColumns, counts: Counter[str]) -> tuple[str, ...]:
    n, without = len(found), len(found) - counts.total()
    return (f"{whole(without)} dari {whole(n)} kejadian tanpa kecamatan; tidak ada di peta.",) if without else ()


def _count_row(code: str, name: str, n: int) -> dict[str, Any]:
    low, high = _count_limits(n)
    return {"code": code, "name": name, "n": n, "n_low": round(low, 4), "n_high": round(high, 4)}


def _populations(people: Mapping[str, Inhabitants]) -> list[int | None]:
    return [people[place.code].people if place.code in people else None for place in kecamatan()]


def _rates(counts: Counter[str], people: Mapping[str, Inhabitants]) -> list[dict[str, Any]]:
    own, populations = [counts[place.code] for place in kecamatan()], _populations(people)
    mean, shrunken = pooled_rate(own, populations), shrunk_rates(own, populations)
    return [
        _rate_cells(n, population, mean, shrunk)
        for n, population, shrunk in zip(own, populations, shrunken, strict=True)
    ]


def _rate_cells(n: int, population: int | None, mean: Fraction | None, shrunk: Fraction | None) -> dict[str, Any]:
    found = _rate(n, population) if population else None
    if found is None or mean is None:
        return {"people": None, "verdict": "penduduk belum diisi"}
    return {
        "people": population, "shrunken": shrunk, "rate": found.value, "low": round(found.low, 4),
        "high": round(found.high, 4), "verdict": found.verdict(mean),
    }  # fmt: skip


def _about_rates(filters: Filters, counts: Counter[str], people: Mapping[str, Inhabitants]) -> tuple[str, ...]:
    mean = pooled_rate([counts[place.code] for place in kecamatan()], _populations(people))
    bases = sorted({f"{entry.basis} {entry.year}" for entry in people.values()})
    missing = sum(population is None for population in _populations(people))
    average = "" if mean is None else f" Rata-rata kabupaten {figure(_decimal(mean), 2)}."
    said = [
        f"Laju per {whole(PER)} penduduk dalam {whole(filters.days)} hari.{average}",
        f"Penduduk: {', '.join(bases)}.",
        "Warna peta memakai laju yang disusutkan ke rata-rata kabupaten (Bayes empiris).",
        VISITORS,
    ]
    return (*said, *((f"Penduduk {missing} kecamatan belum diisi.",) if missing else ()))


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def funnel(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The rate of each kecamatan over its inhabitants, between the limits that chance alone would keep."""
    found = counted_columns(connection, filters, at, everywhere=True)
    counts, people = _counts(found), newest_population(connection)
    if not counts:
        return nothing(NO_PLACE if len(found) else NO_INCIDENTS, found.notes)
    populations = _populations(people)
    mean = pooled_rate([counts[place.code] for place in kecamatan()], populations)
    if mean is None:
        return nothing(NO_POPULATION, found.notes)
    rows = [
        _funnel_row(place.name, counts[place.code], population, mean)
        for place, population in zip(kecamatan(), populations, strict=True)
        if population
    ]
    columns = (
        Column("name", "Kecamatan", "text", role="label"),
        Column("people", "Penduduk", unit="jiwa", role="x"),
        Column("rate", "Laju", unit="per 10.000", decimals=2, role="y"),
        COUNT,
        Column("low_95", "Batas bawah 95 %", decimals=2, role="low"),
        Column("high_95", "Batas atas 95 %", decimals=2, role="high"),
        Column("low_998", "Batas bawah 99,8 %", decimals=2, role="low"),
        Column("high_998", "Batas atas 99,8 %", decimals=2, role="high"),
        Column("verdict", "Letak", "text", role="note"),
    )
    notes = (
        "Yang di luar batas diberi nama.",
        *_about_rates(filters, counts, people)[:2],
        VISITORS,
        *_unplaced(found, counts),
        *found.notes,
    )
    return Answer(columns, rows, n=counts.total(), data_time=found.newest, notes=notes)


def _funnel_row(name: str, n: int, population: int, mean: Fraction) -> dict[str, Any]:
    limits = funnel_limits(mean, population)
    (low_95, high_95), (low_998, high_998) = limits.rates_95, limits.rates_998
    return {
        "name": name, "people": population, "rate": Fraction(PER * n, population), "n": n, "low_95": low_95,
        "high_95": high_95, "low_998": low_998, "high_998": high_998, "verdict": limits.place(n),
    }  # fmt: skip


QUESTIONS = (
    Question(
        id="incidents112.kecamatan_map", title="Kejadian per kecamatan", family="112",
        topics=("incidents", "edits"), form="tiles", clock="Kejadian menurut waktu laporan diterima", ask=on_map,
        by_kecamatan=False,
    ),
    Question(
        id="incidents112.kecamatan_funnel", title="Apakah kecamatan berbeda dari kabupaten", family="112",
        topics=("incidents", "edits"), form="scatter", ask=funnel, by_kecamatan=False,
        clock="Laju kejadian menurut waktu laporan diterima; garis = batas kebetulan 95 % dan 99,8 %",
    ),
)  # fmt: skip
