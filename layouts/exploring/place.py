"""A place on a page for a question: its frame, the one callback that fills it, its table and its export."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from dash import MATCH, Dash, Input, Output, dcc, html, no_update
from markupsafe import Markup

from dashboard import clock
from dashboard.exploring.asking import Asked, Desk
from dashboard.exploring.filters import parsed
from dashboard.exploring.question import Question
from dashboard.exploring.questions import QUESTIONS
from layouts.access.door import DESK, door
from layouts.drawing.canvas import PAGE, PAGE_WIDE
from layouts.drawing.markup import el
from layouts.exploring import plot, words
from layouts.exploring.audience import may_ask, narrowed
from layouts.exploring.bars import bars
from layouts.exploring.filter_bar import CHOSEN
from layouts.exploring.heat import heat
from layouts.exploring.index_history import index_history
from layouts.exploring.ispu_calendar import calendar
from layouts.exploring.lanes import lanes
from layouts.exploring.level_matrix import level_matrix
from layouts.exploring.scales import scales
from layouts.exploring.stacked import stacked
from layouts.exploring.table import table
from layouts.exploring.tiles import tiles
from layouts.panels.drawing_component import Drawing

PLOTTED = {"lines": plot.lines, "scatter": plot.scatter, "lanes": lanes, "stacked": stacked}
DRAWN = {
    "heat": heat,
    "tiles": tiles,
    "calendar": calendar,
    "index_history": index_history,
    "level_matrix": level_matrix,
}
LISTED = ("bars", "funnel")
TWICE = ((PAGE_WIDE, "graphic when-wide"), (PAGE, "graphic when-narrow"))
"""Names above the bars of scales would shrink with a drawing made for a wide panel: drawn for both widths."""
_BODY, _FOOT = {"type": "answer", "question": MATCH}, {"type": "answer-foot", "question": MATCH}


def explore(name: str, span: int = 1) -> html.Section:
    """An empty frame for a question; a wrong name fails when the page is built. Raises KeyError."""
    question = QUESTIONS[name]
    return html.Section(
        [
            html.Div([html.H2(question.title), _links(question)], className="title"),
            html.P(question.clock, className="clock-line"),
            html.Div(id=answer_id(name), className=f"answer-body form-{question.form}"),
            html.Div(id={"type": "answer-foot", "question": name}, className="foot"),
        ],
        className=f"panel explore span-{span}",
        **_named(question.title),
    )


def answer_id(name: str) -> dict[str, str]:
    """What the callback of all questions fills."""
    return {"type": "answer", "question": name}


def _named(title: str) -> dict[str, Any]:
    return {"aria-label": title}


def _links(question: Question) -> html.Div:
    """Filled by the callback, because an export carries the filters."""
    return html.Div(id={"type": "answer-links", "question": question.id}, className="links")


def register(app: Dash, desk: Desk) -> None:
    """The one callback of all questions; an answer that did not change draws nothing again."""

    @app.callback(
        Output(_BODY, "children"),
        Output(_FOOT, "children"),
        Output({"type": "answer-links", "question": MATCH}, "children"),
        Input(CHOSEN, "data"),
        Input(_BODY, "id"),
    )
    def fill(filters: str | None, identity: dict[str, str]) -> tuple[Any, Any, Any]:
        if not filters:
            return no_update, no_update, no_update
        question = QUESTIONS[identity["question"]]
        if not may_ask(question):
            return door(question.title, DESK), None, []
        asked = desk.ask(question, narrowed(question, parsed(filters)), clock.now())
        return body(asked), foot(asked), _downloads(asked)


def body(asked: Asked) -> Any:
    """The drawing of an answer; on demand how to read it, and its rows."""
    answer = asked.answer
    if answer.missing:
        reason = html.P(answer.missing[:1].upper() + answer.missing[1:] + ".", className="missing")
        return [reason, *(html.P(note, className="note") for note in answer.notes)]
    drawn = _drawn(asked)
    return [drawn, _below(asked, with_rows=asked.question.form != "table")]


def _drawn(asked: Asked) -> Any:
    form, name = asked.question.form, asked.question.id
    if form in PLOTTED:
        figure = PLOTTED[form](asked)
        return dcc.Graph(figure=figure, config={"displayModeBar": False, "locale": "id"}, className="plot")
    if form in LISTED:
        return _markup(bars(asked), "graphic", name)
    if form == "scales":
        return html.Div([_markup(scales(asked, size), look, name) for size, look in TWICE])
    if form in DRAWN:
        return _markup(DRAWN[form](asked, PAGE_WIDE), "graphic", name)
    return _markup(table(asked), "graphic", name)


def _below(asked: Asked, with_rows: bool) -> html.Div:
    """The first sentence stands open: it says what is left out or cannot be told. The others are on demand."""
    first, *others = asked.answer.notes or [""]
    parts: list[Any] = [html.P(first, className="note")] if first else []
    if others:
        reading = [html.P(note, className="note") for note in others]
        parts.append(html.Details([html.Summary("Cara membaca"), *reading]))
    if with_rows:
        rows = _markup(table(asked), "rows-of-answer", asked.question.id)
        parts.append(html.Details([html.Summary("Angka dalam tabel"), rows]))
    return html.Div(parts, className="below")


def _markup(markup: Markup, name: str, question: str) -> Drawing:
    identity = {"type": f"drawn-{name}", "question": question}
    return Drawing(id=identity, panel=None, className=name, markup=str(markup))


def foot(asked: Asked) -> Drawing:
    """SIMULASI, period and place, n, sources and age."""
    badge = el("span", {"class": "simulated"}, words.SIMULATED) if asked.simulated else None
    parts = [el("span", {}, part) for part in (words.period(asked), *words.footer(asked))]
    late = str(asked.freshness.state)
    return _markup(
        el("span", {"class": "foot-parts", "data-freshness": late}, badge, *parts), "foot-line", asked.question.id
    )


def _downloads(asked: Asked) -> list[html.A]:
    if asked.answer.missing:
        return []
    base, saring = f"/export/{asked.question.id}", quote(str(asked.filters), safe="~")
    return [
        html.A(kind.upper(), href=f"{base}.{kind}?saring={saring}", download="", title=f"Unduh {kind.upper()}")
        for kind in ("csv", "xlsx")
    ]
