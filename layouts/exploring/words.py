"""Sentences around an answer: its period and place, its sources, n and age."""

from __future__ import annotations

from dashboard.exploring.asking import Asked
from datasources.region import kecamatan
from layouts.format import age_words, date_range, number

SIMULATED = "SIMULASI"


def period(asked: Asked) -> str:
    """'1 September – 24 November 2026 · seluruh kabupaten'."""
    filters = asked.filters
    if filters.office is not None and asked.question.of_office:
        return f"OPD {filters.office}"
    if not asked.question.by_period and not asked.question.by_kecamatan:
        return "Kabupaten Mojokerto"
    named = next((k.name for k in kecamatan() if k.code == filters.kecamatan), None)
    place = f"Kecamatan {named}" if named and asked.question.by_kecamatan else "seluruh kabupaten"
    if filters.station is not None and asked.question.of_station:
        place = f"stasiun {filters.station}"
    return f"{date_range(filters.first, filters.last)} · {place}"


def footer(asked: Asked) -> list[str]:
    """n · sources · attribution · age of the data."""
    answer = asked.answer
    parts = [] if answer.n is None else [f"n {number(answer.n)}"]
    none = "belum ada sumber" if asked.question.topics else asked.question.basis
    every = bool(asked.sources) and not asked.question.topics and not asked.question.internal
    parts += ["semua sumber" if every else ", ".join(dict.fromkeys(s.title for s in asked.sources)) or none]
    parts += list(dict.fromkeys(s.attribution for s in asked.sources if s.attribution))
    if answer.data_time is not None:
        seconds = max(0, int((asked.at - answer.data_time).total_seconds()))
        parts.append(f"data {age_words(seconds)}")
    return parts


def about(asked: Asked) -> str:
    """Period, place, sources and n in one line, for an export; SIMULASI where so."""
    parts = [*([SIMULATED] if asked.simulated else []), period(asked), *footer(asked)]
    return " · ".join(parts)
