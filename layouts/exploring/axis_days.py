"""Days along an axis of time, named in Indonesian and never so many that they run into each other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from plotly import graph_objects as go

from dashboard.clock import WIB
from dashboard.exploring.question import Column
from layouts.format import day_label, month_label

MOST_TICKS = 5
SEVERAL_MONTHS = timedelta(days=300)
"""A longer axis names months with their year: a day and month alone come round again."""
SEVERAL_YEARS, MOST_YEARS = timedelta(days=1300), 4
"""A longer axis names years alone: a telephone has no room for months."""


def axis_ticks(figure: go.Figure, x: Column) -> dict[str, Any]:
    """Days named in Indonesian: Plotly's own names are English, and its locale file would come from elsewhere."""
    if x.kind == "number":
        return {"tickformat": ",d", "nticks": 8}
    if x.kind == "text":
        return {"nticks": 12}
    at = sorted({value for trace in figure.data for value in trace.x}, key=str)
    if at and _moment(at[-1]) - _moment(at[0]) > SEVERAL_YEARS:
        return _year_ticks(_moment(at[0]).year, _moment(at[-1]).year)
    shown = _apart(at)
    days = [_moment(place) for place in shown]
    long = len(days) > 1 and days[-1] - days[0] > SEVERAL_MONTHS
    names = [month_label(day) if long else day_label(day.replace(tzinfo=WIB)) for day in days]
    return {"tickvals": shown, "ticktext": names, "hoverformat": "%d-%m-%Y %H.%M" if x.kind == "moment" else "%d-%m-%Y"}


def _year_ticks(first: int, last: int) -> dict[str, Any]:
    years = range(first, last + 1, -(-(last - first + 1) // MOST_YEARS))
    return {
        "tickvals": [f"{year}-01-01" for year in years],
        "ticktext": list(map(str, years)),
        "hoverformat": "%d-%m-%Y",
    }


def _apart(at: list[Any]) -> list[Any]:
    """At most MOST_TICKS of the places, no two closer than their share of the whole span."""
    if not at:
        return []
    least = (_moment(at[-1]) - _moment(at[0])) / MOST_TICKS
    shown = [at[0]]
    for place in at[1:]:
        if _moment(place) - _moment(shown[-1]) >= least:
            shown.append(place)
    return shown


def _moment(place: Any) -> datetime:
    return place if isinstance(place, datetime) else datetime.fromisoformat(str(place))
