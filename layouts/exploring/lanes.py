"""Columns of an answer under one another on one axis of time: the eye goes down from the rain to the calls."""

from __future__ import annotations

from typing import Any

from plotly import graph_objects as go
from plotly.subplots import make_subplots

from dashboard.exploring.asking import Asked
from dashboard.exploring.question import Column
from layouts.exploring.axis_days import axis_ticks
from layouts.exploring.columns import one, with_role
from layouts.exploring.plot import BAND, DIM, INK, SEVERAL, shade, x_of, y_of

LANE, ABOVE = 130, 40
"""Px of a lane, and above all of them."""
SUMMED = ("jam", "mm")
"""Units of what adds up over a stretch: bars."""
SINGLE = ("M",)
"""Units of single events: points."""


def lanes(asked: Asked) -> go.Figure:
    """A lane for each unit, in the order of the columns; marks run through all of them."""
    answer = asked.answer
    x, columns = one(answer, "x"), with_role(answer, "y")
    units = list(dict.fromkeys(column.unit for column in columns))
    at = [x_of(row.get(x.key)) for row in answer.rows]
    figure = make_subplots(rows=len(units), shared_xaxes=True, vertical_spacing=0.16 / max(1, len(units)))
    for place, column in enumerate(columns):
        values = [y_of(row.get(column.key)) for row in answer.rows]
        figure.add_trace(_trace(at, values, column, place), row=units.index(column.unit) + 1, col=1)
    for mark in answer.marks:
        if mark.get("until") is not None:
            figure.add_shape({**shade(mark), "xref": "x"})
        else:
            figure.add_vline(x=x_of(mark["x"]), line={"width": 1, "dash": "dot", "color": INK})
    return _dressed(figure, x, units)


def _trace(at: list[Any], values: list[float | None], column: Column, place: int) -> Any:
    colour = SEVERAL[place % len(SEVERAL)]
    said = f"%{{x}}<br><b>%{{y:,.{column.decimals}f}}</b> {column.unit}<extra>{column.title}</extra>"
    if column.unit in SUMMED:
        return go.Bar(x=at, y=values, name=column.title, marker={"color": colour, "line": {"width": 0}},
                      hovertemplate=said)  # fmt: skip
    if column.unit in SINGLE:
        return go.Scatter(x=at, y=values, name=column.title, mode="markers", hovertemplate=said,
                          marker={"size": 11, "color": colour, "symbol": "diamond"})  # fmt: skip
    return go.Scatter(x=at, y=values, name=column.title, mode="lines", connectgaps=False, hovertemplate=said,
                      line={"width": 2, "color": colour})  # fmt: skip


def _dressed(figure: go.Figure, x: Column, units: list[str]) -> go.Figure:
    axis = {"showgrid": False, "zeroline": False, "automargin": True, "title": None}
    figure.update_layout(
        height=ABOVE + LANE * len(units), margin={"l": 8, "r": 12, "t": ABOVE, "b": 8}, barmode="group",
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", separators=",.", dragmode="zoom",
        font={"family": "IBM Plex Sans Condensed", "size": 15, "color": DIM}, hovermode="x",
        showlegend=True, legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
    )  # fmt: skip
    figure.update_xaxes(**axis, **axis_ticks(figure, x))
    for place, unit in enumerate(units, start=1):
        low = {} if unit == "m" else {"rangemode": "tozero"}
        figure.update_yaxes(**axis, row=place, col=1, **low)
        figure.update_yaxes(showgrid=True, gridcolor=BAND, title={"text": unit, "standoff": 6}, nticks=4, row=place,
                            col=1)  # fmt: skip
    return figure
