"""The health of the sources: who delivers, who is late, what the last failure said."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from markupsafe import Markup

from dashboard.formulas.freshness import FreshState
from dashboard.indicators.reading import Reading
from dashboard.store.source_history import NOTED_TO
from dashboard.store.source_states import SourceState, Told
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el
from layouts.drawing.status_icon import FRESH_WORDS, fresh_icon
from layouts.format import age_words, number, short_moment
from layouts.panels.figure import missing
from layouts.panels.frame import SIMULATED, head, section

WORST_FIRST = (FreshState.LOST, FreshState.STALE, FreshState.LATE, FreshState.NONE, FreshState.FRESH)
TITLE = "Kesehatan sumber data"
CLOCK = "Saat ini; umur data terbaru setiap sumber di samping janjinya"
CLOCKS_THEN = {
    Told.NOTED: "Keadaan saat itu: kata kesegaran persis; umur, banyaknya kegagalan dan penolakan menurut kontak "
    f"terakhir yang dicatat, paling lama {NOTED_TO // timedelta(minutes=1)} menit sebelumnya",
    Told.SPELLS: "Keadaan saat itu, diperkirakan dari jawaban sumber; kegagalan dan penolakan waktu itu tidak dicatat",
}
NO_SOURCES = "Belum ada sumber yang dipasang"


def draw(reading: Reading, canvas: Canvas) -> Markup:
    """The panel as a list of sources, the worst first."""
    at = reading.at
    ordered = sorted(reading.sources, key=lambda s: (WORST_FIRST.index(s.freshness(at).state), s.title))
    shown = ordered[: canvas.rows] if canvas.on_wall else ordered
    fresh = sum(s.freshness(at).state is FreshState.FRESH for s in ordered)
    body = el("ul", {"class": "sources"}, *(_source(s, at) for s in shown)) if ordered else None
    none = None if ordered else el("p", {"class": "nothing"}, NO_SOURCES)
    top = el("p", {"class": "state"}, f"{fresh} dari {len(ordered)} segar") if ordered else None
    clock = next((CLOCKS_THEN[s.told] for s in ordered if s.told in CLOCKS_THEN), CLOCK)
    titled = replace(reading, indicator=replace(reading.indicator, title=TITLE, clock=clock))
    parts = (top, missing(reading, canvas), _refused(reading), body, none)
    return section("source_health", titled, head(titled, canvas), *parts, own=True)


def _refused(reading: Reading) -> Markup | None:
    """The figure of the indicator: what came and could not be read."""
    if reading.value is None:
        return None
    return el(
        "p", {"class": "target"}, f"{number(reading.value)} {reading.indicator.unit} ditolak dalam 24 jam terakhir"
    )


def _source(source: SourceState, at: datetime) -> Markup:
    fresh = source.freshness(at)
    story = _story(source, at)
    troubled = fresh.state is not FreshState.FRESH or source.failures_in_row > 0
    return el(
        "li",
        {"data-freshness": str(fresh.state), "data-source": source.id},
        fresh_icon(fresh.state),
        el("span", {"class": "label"}, source.title, el("span", {"class": "owner"}, source.owner), _simulated(source)),
        el("span", {"class": "value"}, el("b", {}, FRESH_WORDS[fresh.state]), " · ", _contact(source, at)),
        el("span", {"class": "where"}, story) if story and (troubled or source.refused_total) else None,
    )


def _simulated(source: SourceState) -> Markup | None:
    return el("span", {"class": "simulated"}, SIMULATED) if source.simulated else None


def _contact(source: SourceState, at: datetime) -> Markup | str:
    """The age of the newest data, else of the last answer."""
    newest = source.newest_data_at or source.answered_at
    if newest is None:
        return "belum pernah menjawab"
    seconds = max(0, int((at - newest).total_seconds()))
    return el(
        "time", {"data-age-from": int(newest.timestamp() * 1000), "datetime": newest.isoformat()}, age_words(seconds)
    )


def _story(source: SourceState, at: datetime) -> str:
    """Since when it is broken, what it said, and how much of it was refused."""
    parts = []
    if source.failures_in_row:
        since = f" sejak {short_moment(source.broken_since, at)}" if source.broken_since else ""
        parts.append(
            f"gagal {number(source.failures_in_row)}×{since}" + (f": {source.last_error}" if source.last_error else "")
        )
    if source.refused_total:
        parts.append(f"{number(source.refused_total)} baris ditolak")
    if not parts and source.answered_at is not None:
        return f"terakhir menjawab {short_moment(source.answered_at, at)}"
    return " · ".join(parts)
