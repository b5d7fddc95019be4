"""The history of an indicator in words: each stage with value, who, when, explanation and links to evidence."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dash import html

from dashboard.assessment_stages import STAGE_TITLES
from dashboard.store.assessments import Entry
from datasources.spbe.instrument import Instrument
from layouts.format import number, short_moment
from layouts.links import written_link
from layouts.panels.frame import SIMULATED


def heading(instrument: Instrument, year: int, no: int) -> list[Any]:
    """Number, full name, aspect, weight and source."""
    indicator = instrument.indicators[no]
    aspect, weight = instrument.aspects[indicator.aspect].name, number(indicator.weight, 2)
    lead = f"{instrument.title}, tahun {year} · {aspect} · bobot {weight} % · {instrument.sources[indicator.source]}"
    return [html.H1(f"{no} {indicator.name}"), html.P(lead, className="lead"),
            html.P(html.A("Kembali ke semua indikator", href="/spbe"))]  # fmt: skip


def value_words(instrument: Instrument, no: int, entry: Entry | None) -> str:
    """'Nilai 4 (Terpadu dan Terukur), tahap final'; 'Belum diisi' where nobody has."""
    if entry is None:
        return "Belum diisi. Nilai tidak pernah diperkirakan dari jumlah yang diterbitkan."
    word = instrument.level_word(no, entry.value)
    figure = number(entry.value, instrument.values.decimals)
    return f"Nilai {figure}{f' ({word})' if word else ''}, tahap {STAGE_TITLES[entry.stage]}."


def value_line(instrument: Instrument, no: int, entry: Entry | None, simulated: frozenset[str]) -> html.P:
    """The same with SIMULASI beside it where a simulated source said it."""
    return html.P([value_words(instrument, no, entry), _badge(entry, simulated)])


def _badge(entry: Entry | None, simulated: frozenset[str]) -> html.Span | None:
    return html.Span(SIMULATED, className="simulated") if entry and entry.source in simulated else None


def stages(entries: list[Entry], instrument: Instrument, now: datetime, simulated: frozenset[str]) -> html.Ul:
    """Every line, the newest first."""
    return html.Ul([_stage(entry, instrument, now, simulated) for entry in reversed(entries)], className="stages")


def _stage(entry: Entry, instrument: Instrument, now: datetime, simulated: frozenset[str]) -> html.Li:
    figure = number(entry.value, instrument.values.decimals)
    who = entry.by if entry.by_hand else f"buku kerja ({entry.by})"
    owner = f" · pemilik {entry.owner}" if entry.owner else ""
    parts: list[Any] = [
        html.Strong(f"{STAGE_TITLES[entry.stage]}: {figure}"),
        _badge(entry, simulated),
        html.Div(f"oleh {who}, {short_moment(entry.known_at, now)}{owner}", className="where"),
    ]
    if entry.explanation:
        parts.append(html.Div(entry.explanation))
    parts.append(html.Ul([_link(address) for address in entry.evidence]) if entry.evidence
                 else html.Div("tanpa tautan bukti", className="where"))  # fmt: skip
    return html.Li(parts)


def _link(address: str) -> html.Li:
    return html.Li(written_link(address, address))
