"""Charts of the briefing: the drawings of the screens, on paper, each with its finding in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape

from markupsafe import Markup

from dashboard.formulas.freshness import FreshState
from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from datasources.region import by_code
from layouts.drawing.bullet import bullet
from layouts.drawing.canvas import Canvas, paper
from layouts.drawing.slots import slots_of
from layouts.drawing.status_icon import fresh_icon, status_icon
from layouts.drawing.tile_map import tile_map
from layouts.drawing.trend import trend
from layouts.format import plain
from layouts.theme import CETAK

SMALLEST = 10.5
"""Points; no text on paper is smaller."""
WIDE, BESIDE, MAP, BAR, LINE = (490, 104), (280, 84), (262, 148), (172, 26), (172, 52)
"""Width and height in points."""
OLD = (FreshState.LATE, FreshState.STALE, FreshState.LOST)
POINTS_OF_A_LINE = 12
"""An indicator's own past is drawn from this many values on."""
FOR_BROWSERS = re.compile(r' data-[a-z-]+(="[^"]*")?(?=[ >])')


@dataclass(frozen=True, slots=True)
class Chart:
    """An SVG `width` points wide with its finding for those who do not see it.
    `place`: small, beside or wide: where it stands in the row of its indicator.
    """

    svg: str
    alt: str
    width: float
    place: str


def charts(reading: Reading, roomy: bool = False) -> list[Chart]:
    """The one chart that says most about this reading; none for a value that is missing. `roomy` widens a line."""
    if reading.value is None:
        return []
    if any(reading.detail.get("kecamatan", {}).values()):
        return [_chart(tile_map(reading, _paper(*MAP)), _where(reading), MAP[0], "beside")]
    known = [slot for slot in slots_of(reading) if slot.value is not None]
    if reading.detail.get("series") and len(known) > 1:
        size, place = (WIDE, "wide") if roomy else (BESIDE, "beside")
        return [_chart(trend(reading, _paper(*size)), "", size[0], place)]
    if reading.indicator.scale or reading.indicator.target is not None:
        return [_chart(bullet(reading, _paper(*BAR)), "", BAR[0], "small")]
    return [_chart(trend(reading, _paper(*LINE)), "", LINE[0], "small")] if len(known) >= POINTS_OF_A_LINE else []


def _paper(width: float, height: float) -> Canvas:
    return replace(paper(width, height, CETAK), text=SMALLEST)


def _chart(drawn: Markup, said: str, width: float, place: str) -> Chart:
    """The drawing's own title and description are the alternative text, with what the page adds."""
    text = str(drawn)
    words = [unescape(found) for found in re.findall(r"<(?:title|desc)>(.*?)</(?:title|desc)>", text)[:2]]
    alt = ". ".join(words).replace("..", ".") + (f" {said}" if said else "")
    return Chart(for_print(drawn), alt, width, place)


def _where(reading: Reading) -> str:
    values = {code: v for code, v in reading.detail["kecamatan"].items() if v is not None}
    highest = max(values, key=lambda code: values[code])
    name = by_code()[highest].name if highest in by_code() else highest
    return f"Tertinggi di {name}: {plain(values[highest])} {reading.indicator.unit}.".replace(" .", ".")


def for_print(drawn: Markup) -> str:
    """The SVG alone, without the marks for browsers (XML knows no bare attributes)."""
    text = str(drawn)
    alone = text[text.index("<svg") : text.rindex("</svg>") + len("</svg>")]
    return re.sub(r"<[^>]*>", lambda tag: FOR_BROWSERS.sub("", tag[0]), alone)


def icon(reading: Reading) -> str:
    """The shape of what matters most: a raised status, then that the data are old or their source silent."""
    state = reading.freshness.state
    if reading.value is not None and state in OLD and reading.status is Status.NORMAL:
        return for_print(fresh_icon(state, CETAK))
    return status_shape(reading.status)


def status_shape(status: Status) -> str:
    """Octagon, triangle, ring or question diamond for paper."""
    return for_print(status_icon(status, CETAK))
