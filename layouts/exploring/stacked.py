"""Several measures over one axis of time, each in a strip of its own with its own unit: beside, never on top."""

from __future__ import annotations

from plotly import graph_objects as go
from plotly.subplots import make_subplots

from dashboard.exploring.asking import Asked
from layouts.exploring.axis_days import axis_ticks
from layouts.exploring.columns import one, with_role
from layouts.exploring.plot import BAND, DIM, SEVERAL, x_of, y_of

STRIP, GAP = 160, 0.12
FIRST_TWICE = 1.5


def stacked(asked: Asked) -> go.Figure:
    """One strip for each column "y"; amounts (mm) as bars, everything else as lines."""
    answer = asked.answer
    x, measures = one(answer, "x"), with_role(answer, "y")
    at = [x_of(row.get(x.key)) for row in answer.rows]
    heights = [FIRST_TWICE, *[1.0] * (len(measures) - 1)]
    titles = [f"{m.title} ({m.unit})" for m in measures]
    figure = make_subplots(rows=len(measures), cols=1, shared_xaxes=True, vertical_spacing=GAP,
                           row_heights=heights, subplot_titles=titles)  # fmt: skip
    for place, measure in enumerate(measures):
        values = [y_of(row.get(measure.key)) for row in answer.rows]
        hover = f"%{{y:,.{measure.decimals}f}} {measure.unit}<extra>{measure.title}</extra>"
        colour = SEVERAL[place % len(SEVERAL)]
        trace = (
            go.Bar(x=at, y=values, name=measure.title, marker={"color": colour}, hovertemplate=hover)
            if measure.unit == "mm"
            else go.Scatter(x=at, y=values, name=measure.title, mode="lines", connectgaps=False,
                            line={"width": 2.2, "color": colour}, hovertemplate=hover)
        )  # fmt: skip
        figure.add_trace(trace, row=place + 1, col=1)
    figure.update_layout(
        height=int(STRIP * sum(heights)), margin={"l": 8, "r": 12, "t": 34, "b": 8}, paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)", font={"family": "IBM Plex Sans Condensed", "size": 15, "color": DIM},
        hovermode="x unified", showlegend=False, dragmode="zoom", separators=",.",
    )  # fmt: skip
    figure.update_annotations(font_size=15, x=0, xanchor="left", yshift=6)
    figure.update_xaxes(showgrid=False, zeroline=False)
    figure.update_xaxes(row=len(measures), col=1, **axis_ticks(figure, x))
    figure.update_yaxes(showgrid=True, gridcolor=BAND, rangemode="tozero", zeroline=False, automargin=True, nticks=3)
    return figure
