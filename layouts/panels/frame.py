"""The frame of every panel: its title and clock, its footer, and what the browser must know of its age."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from dashboard.formulas.freshness import FreshState
from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el
from layouts.drawing.text_size import text_width
from layouts.format import age_words, moment, number

SIMULATED = "SIMULASI"
BADGE, FOOT_GAP = 0.6, 0.6
"""Padding of the badge and space between the parts of a footer, in text heights; panel.css says the same."""


def section(form: str, reading: Reading, *children: Markup | None, own: bool = False) -> Markup:
    """The root of a panel. `own` marks what we know ourselves: no source can make it late."""
    fresh = reading.freshness
    state = FreshState.FRESH if own or _needs_no_source(reading) else fresh.state
    answered = [s.answered_at for s in reading.sources if s.answered_at is not None]
    attrs = {
        "class": f"panel form-{form}",
        "data-indicator": reading.indicator.id,
        "data-status": str(reading.status),
        "data-freshness": str(state),
        "data-missing": reading.value is None,
        "data-data-time": _ms(reading.data_time),
        "data-answered-at": _ms(min(answered, default=None)),
        "data-late-at": None if own else _ms(fresh.late_at),
        "data-lost-at": None if own else _ms(fresh.lost_at),
        "aria-label": reading.indicator.title,
    }
    return el("section", attrs, *children)


def _needs_no_source(reading: Reading) -> bool:
    return reading.freshness.state is FreshState.NONE and reading.value is not None


def _ms(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp() * 1000)


def head(reading: Reading, canvas: Canvas, beside: Markup | None = None) -> Markup:
    """Title, and below it the clock in small letters; on the wall the title alone, with what stands beside it."""
    clock = None if canvas.on_wall else el("p", {"class": "clock-line"}, reading.indicator.clock)
    badge = simulated_badge(reading) if not canvas.on_wall else None
    top = el("div", {"class": "title"}, el("h2", {}, reading.indicator.title), beside, badge)
    return el("header", {"class": "head"}, top, clock)


def simulated_badge(reading: Reading) -> Markup | None:
    """The word that stands by every simulated value."""
    return el("span", {"class": "simulated"}, SIMULATED) if reading.simulated else None


def attributions(reading: Reading) -> list[str]:
    """What the licences of the sources ask to be written, each once."""
    return list(dict.fromkeys(s.attribution for s in reading.sources if s.attribution))


def foot(reading: Reading, canvas: Canvas, extra: Markup | None = None) -> Markup:
    """n · sources · attribution · age. Across a room: SIMULASI, attribution, n if it fits, age."""
    parts = _wall_parts(reading, canvas) if canvas.on_wall else _page_parts(reading)
    items = [el("span", {"class": name}, words) for name, words in parts]
    badge = simulated_badge(reading) if canvas.on_wall else None
    shown = None if canvas.on_wall and reading.data_time is None else age(reading)
    return el("footer", {"class": "foot"}, badge, extra, *items, shown)


def _page_parts(reading: Reading) -> list[tuple[str, str]]:
    titles = ", ".join(dict.fromkeys(s.title for s in reading.sources))
    parts = [] if reading.n is None else [("n", f"n {number(reading.n)}")]
    parts += [("sources", titles)] if titles else []
    return parts + [("attribution", words) for words in attributions(reading)]


def _wall_parts(reading: Reading, canvas: Canvas) -> list[tuple[str, str]]:
    parts = [("attribution", words.replace(" data:", "\u00a0data:")) for words in attributions(reading)]
    counted = [] if reading.n is None else [("n", f"n {number(reading.n)}")]
    return parts + counted if _width(reading, canvas, parts + counted) <= canvas.width else parts


def _width(reading: Reading, canvas: Canvas, parts: list[tuple[str, str]]) -> float:
    words = [text for _, text in parts] + ([age_words(reading.age_s)] if reading.data_time else [])
    badge = text_width(SIMULATED, canvas.text) + (BADGE + FOOT_GAP) * canvas.text if reading.simulated else 0
    return badge + sum(text_width(w, canvas.text) for w in words) + FOOT_GAP * canvas.text * (len(words) - 1)


def foot_lines(reading: Reading, canvas: Canvas) -> int:
    """How many lines the footer takes across a room."""
    return 1 if _width(reading, canvas, _wall_parts(reading, canvas)) <= canvas.width else 2


def age(reading: Reading) -> Markup:
    """How old the data are, in words that the browser keeps true; the exact moment on demand."""
    at = reading.data_time
    if at is None:
        return el("span", {"class": "age"}, age_words(None))
    exact = {"datetime": at.isoformat(), "data-age-from": _ms(at), "title": f"Data per {moment(at)}"}
    return el("time", {"class": "age", **exact}, age_words(reading.age_s))
