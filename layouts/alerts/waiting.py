"""The alerts that wait for somebody, each with what is agreed to be done, and the form by which one is taken on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update
from sqlalchemy import Engine

from dashboard import clock
from dashboard.access.roles import Action
from dashboard.alerts.accepting import CHECKS, LONGEST_NOTE, NotAcceptable, accept_alert
from dashboard.alerts.evaluate import shown
from dashboard.alerts.rules import BY_ID
from dashboard.editing.entry import EntryRefused
from dashboard.store import alerts
from dashboard.store.alerts import Kept
from dashboard.store.database import reading
from layouts.access.who import allowed
from layouts.alerts.marks import mark
from layouts.editing.saving import field, pressed, said, saved
from layouts.format import age_words, short_moment

ACTION: Action = "alerts.accept"
TAKE = "alert-take"
LOOK_AGAIN_MS = 10_000
"""The list is read again so often; the panel above it is pushed at once."""


def waiting() -> html.Div:
    """The list and the form, empty until a callback knows what stands and who asks."""
    spans = [{"label": _span(span), "value": int(span.total_seconds())} for span in CHECKS]
    note = dbc.Input(id="alert-note", maxLength=LONGEST_NOTE, autocomplete="off")
    form = [
        field("Yang dilakukan, tanpa nama dan nomor orang", note),
        field("Diperiksa lagi dalam", dbc.Select(spans, int(CHECKS[1].total_seconds()), id="alert-check")),
    ]
    return html.Div(
        [
            html.Div(form, id="alert-form", className="form-row", hidden=True),
            said("alert"),
            html.Div(id="alert-list"),
            dcc.Interval(id="alert-tick", interval=LOOK_AGAIN_MS),
        ],
        className="edit-part",
    )


def register(app: Dash, engine: Engine) -> None:
    """List what stands; take one on."""

    @app.callback(
        Output("alert-list", "children"),
        Output("alert-form", "hidden"),
        Input("alert-said", "children"),
        Input("alert-tick", "n_intervals"),
    )
    def listed(_: Any, __: int | None) -> tuple[Any, bool]:
        with reading(engine) as connection:
            found = shown(alerts.standing(connection))
        may = allowed(ACTION)
        return _list(found, may), not (may and any(kept.alert.waits for kept in found))

    @app.callback(
        Output("alert-said", "children"),
        Input({"type": TAKE, "alert": ALL}, "n_clicks"),
        State("alert-note", "value"),
        State("alert-check", "value"),
        prevent_initial_call=True,
    )
    def take(clicks: list[int | None], note: str | None, seconds: str | None) -> Any:
        which = ctx.triggered_id
        if not isinstance(which, dict) or not pressed(clicks) or not ctx.triggered[0]["value"]:
            return no_update
        return saved(engine, ACTION, lambda c, by, at: _accept(c, which["alert"], by, note, seconds, at))


def _accept(connection: Any, number: Any, by: Any, note: Any, seconds: Any, at: Any) -> None:
    try:
        accept_alert(connection, int(number), by, str(note or ""), timedelta(seconds=int(seconds)), at)
    except NotAcceptable as refused:
        raise EntryRefused(str(refused)) from None
    except (TypeError, ValueError):
        raise EntryRefused("Isian itu bukan dari formulir ini; muat ulang halaman.") from None


def _list(found: list[Kept], may: bool) -> list[Any]:
    if not found:
        return [html.P("Tidak ada peringatan yang berlaku.", className="rest")]
    return [html.Ul([_row(kept, may) for kept in found], className="entries alerts")]


def _row(kept: Kept, may: bool) -> html.Li:
    now, alert, rule = clock.now(), kept.alert, BY_ID.get(kept.rule)
    since = alert.raised_at or alert.since
    when = f"sejak {short_moment(since, now)} ({age_words(int((now - since).total_seconds()))})"
    again = f", muncul {alert.times} kali" if alert.times > 1 else ""
    check = f", diperiksa lagi {short_moment(alert.check_at, now)}" if alert.check_at else ""
    button = html.Button("Terima", id={"type": TAKE, "alert": kept.id}, type="button", title=f"Terima: {kept.said}")
    return html.Li(
        [
            html.Span([mark(alert), kept.said], className="label"),
            html.Span(f"{kept.owner} · {when}{again}{check}", className="where"),
            html.Span(f"Tindakan: {rule.action}", className="where") if rule else None,
            button if may and alert.waits else None,
        ],
        className=f"is-{alert.severity.word}",
    )


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    return f"{minutes} menit" if minutes < 60 else f"{minutes // 60} jam"
