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
LONGEST_AGE, GROWS_FOR_S = "5\u00a0jam 59\u00a0mnt", 6 * 3600
"""Of an age that is told in minutes; format.age_words tells them for six hours."""
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
    """Title, and below it the clock in small letters and detail["tentang"]: the station, window and mark of the value.

    On the wall the title alone, with what stands beside it.
    """
    clock = None if canvas.on_wall else el("p", {"class": "clock-line"}, reading.indicator.clock)
    about = None if canvas.on_wall or not reading.detail.get("tentang") else el(
        "p", {"class": "clock-line about"}, str(reading.detail["tentang"])
    )  # fmt: skip
    badge = simulated_badge(reading) if not canvas.on_wall else None
    top = el("div", {"class": "title"}, el("h2", {}, reading.indicator.title), beside, badge)
    return el("header", {"class": "head"}, top, clock, about)


def badge_words(reading: Reading) -> str:
    """The words that stand by every simulated value, and by one that its data call something else than real."""
    marks = [str(reading.detail.get("tanda") or ""), SIMULATED if reading.simulated else ""]
    return " · ".join(mark for mark in marks if mark)


def simulated_badge(reading: Reading) -> Markup | None:
    """These words in their frame; nothing by a real value."""
    words = badge_words(reading)
    return el("span", {"class": "simulated"}, words) if words else None


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
    every = not reading.indicator.topics
    titles = "semua sumber" if every else ", ".join(dict.fromkeys(s.title for s in reading.sources))
    parts = [] if reading.n is None else [("n", f"n {number(reading.n)}")]
    parts += [("sources", titles)] if titles else []
    return parts + [("attribution", words) for words in attributions(reading)]


def _wall_parts(reading: Reading, canvas: Canvas) -> list[tuple[str, str]]:
    parts = [("attribution", words.replace(" data:", "\u00a0data:")) for words in attributions(reading)]
    counted = [] if reading.n is None else [("n", f"n {number(reading.n)}")]
    return parts + counted if _width(reading, canvas, parts + counted) <= canvas.width else parts


def _width(reading: Reading, canvas: Canvas, parts: list[tuple[str, str]]) -> float:
    widths = _widths(reading, canvas, parts)
    return sum(widths) + FOOT_GAP * canvas.text * (len(widths) - 1)


def _widths(reading: Reading, canvas: Canvas, parts: list[tuple[str, str]]) -> list[float]:
    """Px of badge, parts and age, in order. The browser writes the age on: it has room for its longest words."""
    marks = badge_words(reading)
    badge = [text_width(marks, canvas.text) + BADGE * canvas.text] if marks else []
    said = [text_width(words, canvas.text) for _, words in parts]
    if reading.data_time is None:
        return badge + said
    grows = (reading.age_s or 0) < GROWS_FOR_S
    return [
        *badge,
        *said,
        max(text_width(w, canvas.text) for w in (age_words(reading.age_s), LONGEST_AGE if grows else "")),
    ]


def foot_lines(reading: Reading, canvas: Canvas) -> int:
    """How many lines the footer takes across a room; its parts do not break."""
    lines, used, gap = 1, 0.0, FOOT_GAP * canvas.text
    for width in _widths(reading, canvas, _wall_parts(reading, canvas)):
        if used and used + gap + width > canvas.width:
            lines, used = lines + 1, width
        else:
            used += width + (gap if used else 0)
    return lines


def age(reading: Reading) -> Markup:
    """How old the data are, in words that the browser keeps true; the exact moment on demand."""
    at = reading.data_time
    if at is None:
        return el("span", {"class": "age"}, age_words(None))
    exact = {"datetime": at.isoformat(), "data-age-from": _ms(at), "title": f"Data per {moment(at)}"}
    return el("time", {"class": "age", **exact}, age_words(reading.age_s))
