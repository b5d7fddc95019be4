"""The finding of a scene as one sentence: what is going on, since when, and whether we still know it."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.formulas.freshness import FreshState
from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from layouts.drawing.canvas import Canvas
from layouts.drawing.markup import el
from layouts.drawing.status_icon import fresh_icon, status_icon
from layouts.drawing.text_size import text_width
from layouts.format import number, short_moment, with_unit
from layouts.panels.figure import DEGRADED, is_judged, status_word
from layouts.panels.room import status_size


def draw(reading: Reading, canvas: Canvas) -> Markup:
    """A heading with the shape of its status; the clock or plug when the data are no longer fresh."""
    state = reading.freshness.state
    icon = fresh_icon(state) if state in DEGRADED else status_icon(reading.status)
    attrs = {"data-status": str(reading.status), "data-freshness": str(state), "class": "finding"}
    return el("h1", attrs, icon, el("span", {}, sentence(reading, canvas)))


def sentence(reading: Reading, canvas: Canvas) -> str:
    """The fullest sentence that fits on one line above the scene; its hero spans two of the three columns."""
    size, room = status_size(canvas), 1.5 * canvas.width
    said = _sentences(reading)
    if reading.action:  # who acts stands there too where it fits; the agreed action is on the page
        said = [f"{said[0]} · {reading.indicator.owner} bertindak", *said]
    return next((words for words in said if text_width(words, size) + 1.5 * size <= room), said[-1])


def _sentences(reading: Reading) -> list[str]:
    """From full to terse."""
    title, full, judged = reading.indicator.title, _full(reading), _judged(reading)
    if reading.value is None or reading.freshness.state in DEGRADED:
        return [full, f"{title}: {full.split(': ', 1)[-1].split(', ')[0]}"]
    if not judged:
        return [full]
    short = f"{title}:{judged.removeprefix(',')}"
    bare = number(reading.value, reading.indicator.decimals)
    return [full, f"{title}: {bare}{judged}", short, f"{title}: {status_word(reading)}"] if reading.value else [short]


def _full(reading: Reading) -> str:
    """Title, figure with its unit, and the word that judges it, or what is no longer known."""
    indicator = reading.indicator
    if reading.value is None:
        return f"{indicator.title}: belum dapat dihitung"
    value = with_unit(reading.value, indicator.unit, indicator.decimals)
    if reading.freshness.state is FreshState.LOST:
        return f"{indicator.title}: sumber putus, terakhir {value}"
    if reading.freshness.state in DEGRADED:
        return f"{indicator.title}: {value}, data pukul {short_moment(reading.data_time, reading.at)}"
    return f"{indicator.title}: {value}{_judged(reading)}"


def _judged(reading: Reading) -> str:
    """', di luar kebiasaan sejak 12.00' while something is raised; the word of the band otherwise."""
    if not is_judged(reading):
        return ""
    word = status_word(reading)
    said = f", {word[:1].lower()}{word[1:]}"
    since = _unusual_since(reading) if reading.status in (Status.WASPADA, Status.KRITIS) else None
    return f"{said} sejak {since}.00" if since else said


def _unusual_since(reading: Reading) -> str | None:
    """The first of the unbroken run of unusual hours that ends with the newest one."""
    series = reading.detail.get("series") or []
    unusual = set(reading.detail.get("unusual") or [])
    known = [str(item.get("x")) for item in series if item.get("value") is not None]
    first = None
    for place, hour in enumerate(reversed(known)):
        if hour in unusual:
            first = hour
        elif place > 0:
            break
    return first
