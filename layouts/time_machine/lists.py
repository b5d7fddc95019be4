"""Lists of people's work as they stood at a moment: from the event log of alerts and the turns of instructions."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from dash import html
from sqlalchemy import Engine

from dashboard.formulas.alert_state import State
from dashboard.store import alerts, directives
from dashboard.store.alerts import Happening, Kept
from dashboard.store.database import reading
from dashboard.store.directives import Directive
from layouts.access.who import allowed
from layouts.alerts.marks import SHAPES
from layouts.format import day_label, short_moment

NO_ALERTS = "Tidak ada peringatan yang berlaku saat itu."
NO_DIRECTIVES = "Tidak ada arahan yang terbuka saat itu."


def alerts_then(engine: Engine, at: datetime) -> Any:
    """Alerts that had been told and had not ended, each with who had taken it on by then."""
    with reading(engine) as connection:
        stood = alerts.stood_at(connection, at)
        past = {kept.id: [h for h in alerts.history(connection, kept.id) if h.at <= at] for kept, _ in stood}
    if not stood:
        return html.P(NO_ALERTS, className="rest")
    return html.Ul([_alert(kept, last, past[kept.id], at) for kept, last in stood], className="entries alerts")


def _alert(kept: Kept, last: Happening, past: list[Happening], at: datetime) -> html.Li:
    taken = next((h for h in reversed(past) if h.by), None)
    state = "belum diterima" if last.state is State.ACTIVE else last.state.value
    by = f" · diterima oleh {taken.by} {short_moment(taken.at, at)}" if taken and last.state is not State.ACTIVE else ""
    shape, word = html.I(className=f"shape {SHAPES[last.severity]}"), html.B(last.severity.word.upper())
    mark = html.Span([shape, word, f" · {state} "], className="alert-mark")
    since = f"{kept.owner} · sejak {short_moment(kept.alert.raised_at or past[0].at, at)}{by}"
    return html.Li(
        [
            html.Span([mark, last.said], className="label"),
            html.Span(since, className="where"),
        ],
        className=f"is-{last.severity.word}",
    )


def directives_then(engine: Engine, at: datetime) -> Any:
    """Instructions that were open, by OPD, at the stage they had."""
    with reading(engine) as connection:
        found = sorted(directives.directives_at(connection, at), key=lambda d: (d.opd, d.due_at))
    if not found:
        return html.P(NO_DIRECTIVES, className="rest")
    parts: list[Any] = []
    for opd, group in groupby(found, key=lambda d: d.opd):
        rows = [_directive(one, at) for one in group]
        parts += [html.H3(f"{opd} · {len(rows)}"), html.Ul(rows, className="entries directives")]
    return parts


def _directive(one: Directive, at: datetime) -> html.Li:
    """For who may see its turns also what was agreed; for others what the wall says too."""
    late = one.is_overdue(at)
    due = "lewat tenggat" if late else f"tenggat {day_label(one.due_at - timedelta(seconds=1))}"
    return html.Li(
        [
            html.Span([html.I(className="shape waspada") if late else None, one.what], className="label"),
            html.Span([html.B(one.stage.value), f" · {due}"], className="value"),
            *(_agreed(one, at) if allowed("directives.view", one.opd) else ()),
        ]
    )


def _agreed(one: Directive, at: datetime) -> list[html.Span]:
    return [
        html.Span(f"Selesai berarti: {one.done_means}", className="where"),
        html.Span(f"Dari panel: {one.as_it_stood} ({short_moment(one.seen_at, at)})", className="where"),
    ]


LISTS = {"alert-list": alerts_then, "directive-list": directives_then}
"""By the id of the list that a callback fills today."""
