"""The shape beside a figure on paper: what matters most of status, data and signal."""

from __future__ import annotations

import re

from markupsafe import Markup

from dashboard.briefings.figure import Figure
from dashboard.formulas.freshness import FreshState
from dashboard.formulas.signal import Signal
from dashboard.indicators.indicator import Status
from layouts.drawing.status_icon import fresh_icon, status_icon
from layouts.theme import CETAK

OLD = (FreshState.LATE, FreshState.STALE, FreshState.LOST)
FOR_BROWSERS = re.compile(r' data-[a-z-]+(="[^"]*")?(?=[ >])')


def shape(figure: Figure) -> str:
    """Octagon or triangle of a raised status, clock or plug of old data, question of a missing value, triangle of what
    got worse, else the ring.
    """
    if figure.value is None or figure.raised:
        return _for_print(status_icon(figure.status, CETAK))
    if figure.fresh in OLD:
        return _for_print(fresh_icon(figure.fresh, CETAK))
    worse = figure.judged.signal is Signal.WORSE
    return _for_print(status_icon(Status.WASPADA if worse else Status.NORMAL, CETAK))


def _for_print(drawn: Markup) -> str:
    """The SVG alone, without the marks for browsers (XML knows no bare attributes)."""
    text = str(drawn)
    alone = text[text.index("<svg") : text.rindex("</svg>") + len("</svg>")]
    return re.sub(r"<[^>]*>", lambda tag: FOR_BROWSERS.sub("", tag[0]), alone)
