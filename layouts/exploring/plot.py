"""Lines and scatters of an answer as Plotly figures: zoom and hover, no tool bar, colours for either ground."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from textwrap import wrap
from typing import Any

from plotly import graph_objects as go

from dashboard.clock import wib
from dashboard.exploring.asking import Asked
from dashboard.exploring.question import Answer, Column
from layouts.exploring.axis_days import axis_ticks
from layouts.exploring.cells import exact
from layouts.exploring.columns import one, with_role

HEIGHT = 300
LABEL_APART = 0.075
"""Height of a line of a name at the end of a line, as a share of the chart's."""
LETTER, LONGEST_LINE = 7.2, 14
"""Px of a letter of such a name, and letters on one line of it; the margin keeps room for the longest."""
INK, DIM, ACCENT, BAND = "#7a838b", "#8a939b", "#5f86a8", "rgba(120,134,146,0.22)"
"""Mid tones that stand on a light and on a dark ground; text and grid follow the theme by CSS."""
SEVERAL = (ACCENT, "#8a7a55", "#6b8f71", "#8c6b8f", "#94705f", "#5b8f9a", "#7d8a3f", "#a0607a")


def lines(asked: Asked) -> go.Figure:
    """Values over x, with the band between "low" and "high", and the notes of users as marks."""
    answer = asked.answer
    x = one(answer, "x")
    at = [x_of(row.get(x.key)) for row in answer.rows]
    figure = go.Figure()
    low, high = with_role(answer, "low"), with_role(answer, "high")
    if low and high:
        figure.add_trace(_band(at, low[0], high[0], asked))
    groups = with_role(answer, "group")
    if groups:
        _grouped(figure, asked, x, groups[0])
    else:
        for place, column in enumerate(with_role(answer, "y")):
            figure.add_trace(_line(at, [y_of(row.get(column.key)) for row in answer.rows], column, place))
    figure.update_layout(shapes=[shade(mark) for mark in answer.marks if mark.get("until") is not None])
    for mark in answer.marks:
        if mark["text"] or mark.get("until") is None:
            figure.add_vline(x=x_of(mark["x"]), line={"width": 1, "dash": "dot", "color": INK},
                             annotation_text=mark["text"], annotation_font_size=14,
                             annotation_position="top left")  # fmt: skip
    _name_directly(figure)
    return _dressed(figure, x, with_role(answer, "y"))


def _name_directly(figure: go.Figure) -> None:
    """Each line's name at its end, moved apart where they would overlap: no legend to go back and forth to."""
    named = [trace for trace in figure.data if isinstance(trace, go.Scatter)]
    ends = [_last(trace) for trace in named]
    known = [(y, x, trace) for trace, (x, y) in zip(named, ends, strict=True) if y is not None]
    if len(named) < 2 or not known:
        return
    values = [y for trace in named for y in trace.y if y is not None]
    apart = max(max(values) - min(0.0, *values), 1e-9) * LABEL_APART
    top = float("-inf")
    for y, x, trace in sorted(known, key=lambda item: item[0]):
        lines = wrap(trace.name, LONGEST_LINE)
        place = max(y, top + apart * len(lines) / 2)
        top = place + apart * len(lines) / 2
        look = {"xanchor": "left", "xshift": 6, "align": "left", "showarrow": False}
        look |= {"text": "<br>".join(lines), "font": {"size": 14, "color": trace.line.color}}
        figure.add_annotation(x=x, y=place, **look)


def _last(trace: go.Scatter) -> tuple[Any, float | None]:
    """The newest point that is known."""
    found = [(x, y) for x, y in zip(trace.x, trace.y, strict=True) if y is not None]
    return found[-1] if found else (None, None)


def shade(mark: Mapping[str, Any]) -> dict[str, Any]:
    """A note that lasts, or a warning in force: a grey field behind the lines."""
    edges = {"x0": x_of(mark["x"]), "x1": x_of(mark["until"]), "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
    return {"type": "rect", **edges, "fillcolor": BAND, "line": {"width": 0}}


def scatter(asked: Asked) -> go.Figure:
    """Points named by their label, with limits as lines: a funnel plot."""
    answer = asked.answer
    x, y, label = one(answer, "x"), one(answer, "y"), one(answer, "label")
    rows = sorted((r for r in answer.rows if r.get(x.key) is not None), key=lambda r: float(exact(r[x.key])))
    at = [float(exact(r[x.key])) for r in rows]
    figure = go.Figure()
    for column in (*with_role(answer, "low"), *with_role(answer, "high")):
        figure.add_trace(go.Scatter(x=at, y=[y_of(r.get(column.key)) for r in rows], mode="lines", name=column.title,
                                    line={"width": 1, "dash": "dash", "color": INK}, hoverinfo="skip"))  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=at, y=[y_of(r.get(y.key)) for r in rows], name=y.title, customdata=[str(r[label.key]) for r in rows],
            text=[str(r[label.key]) if _outside(r, y, answer) else "" for r in rows], cliponaxis=False,
            mode="markers+text", textposition="top center", marker={"size": 9, "color": ACCENT},
            hovertemplate=f"%{{customdata}}<br>%{{y:,.{y.decimals}f}} {y.unit}<extra></extra>",
        )
    )  # fmt: skip
    return _dressed(figure, x, [y])


def _outside(row: Mapping[str, Any], y: Column, answer: Answer) -> bool:
    """Whether a point lies outside any of its limits; without limits every point is named."""
    value, lows, highs = row.get(y.key), with_role(answer, "low"), with_role(answer, "high")
    below = [value is not None and value < row[c.key] for c in lows if row.get(c.key) is not None]
    above = [value is not None and value > row[c.key] for c in highs if row.get(c.key) is not None]
    return any((*below, *above)) if below or above else True


def _grouped(figure: go.Figure, asked: Asked, x: Column, group: Column) -> None:
    value = one(asked.answer, "y")
    names = list(dict.fromkeys(str(row[group.key]) for row in asked.answer.rows))
    for place, name in enumerate(names):
        rows = [row for row in asked.answer.rows if str(row[group.key]) == name]
        named = Column(value.key, name, unit=value.unit, decimals=value.decimals)
        figure.add_trace(
            _line([x_of(r.get(x.key)) for r in rows], [y_of(r.get(value.key)) for r in rows], named, place)
        )


def _line(at: list[Any], values: list[float | None], column: Column, place: int) -> go.Scatter:
    return go.Scatter(
        x=at, y=values, mode="lines+markers" if len(at) < 40 else "lines", name=column.title, connectgaps=False,
        line={"width": 2.5, "color": SEVERAL[place % len(SEVERAL)]}, marker={"size": 5},
        hovertemplate=f"%{{x}}<br><b>%{{y:,.{column.decimals}f}}</b> {column.unit}<extra>{column.title}</extra>",
    )  # fmt: skip


def _band(at: list[Any], low: Column, high: Column, asked: Asked) -> go.Bar:
    """One field per row: limits change from day to day with the kind of day, and where there are none is a gap."""
    feet = [y_of(row.get(low.key)) for row in asked.answer.rows]
    tops = [y_of(row.get(high.key)) for row in asked.answer.rows]
    heights = [None if None in (foot, top) else top - foot for foot, top in zip(feet, tops, strict=True)]  # type: ignore[operator]
    return go.Bar(x=at, y=heights, base=feet, marker={"color": BAND, "line": {"width": 0}}, hoverinfo="skip",
                  showlegend=False)  # fmt: skip


def _dressed(figure: go.Figure, x: Column, y: list[Column]) -> go.Figure:
    axis = {
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
        "tickangle": 0,
        "fixedrange": False,
        "title": None,
    }
    figure.update_layout(
        height=HEIGHT, margin={"l": 8, "r": _margin(figure), "t": 18, "b": 8}, bargap=0,
        paper_bgcolor="rgba(0,0,0,0)", separators=",.",
        plot_bgcolor="rgba(0,0,0,0)", font={"family": "IBM Plex Sans Condensed", "size": 15, "color": DIM},
        hovermode="x unified" if len(figure.data) > 1 and x.kind != "number" else "closest",
        showlegend=False, dragmode="zoom",
        xaxis={**axis, **axis_ticks(figure, x)},
        yaxis={**axis, "showgrid": True, "gridcolor": BAND, "rangemode": "tozero",
               "title": {"text": y[0].unit if y else "", "standoff": 6}},
    )  # fmt: skip
    return figure


def _margin(figure: go.Figure) -> float:
    names = [
        len(line)
        for a in figure.layout.annotations
        if a.xanchor == "left" and a.xshift
        for line in a.text.split("<br>")
    ]
    return 12 + LETTER * max(names, default=0)


def x_of(cell: Any) -> Any:
    """A cell as a place on the x axis: WIB moments without their zone, days as ISO text."""
    if isinstance(cell, datetime):
        return wib(cell).replace(tzinfo=None)
    if isinstance(cell, date):
        return cell.isoformat()
    return float(exact(cell)) if cell is not None and not isinstance(cell, str) else cell


def y_of(cell: Any) -> float | None:
    """A cell as a height; None is a gap."""
    return None if cell is None else float(exact(cell))
