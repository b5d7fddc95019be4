"""Maintenance of services: a form, and the windows that stand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from sqlalchemy import Engine

from dashboard import clock
from dashboard.access.roles import Action
from dashboard.editing import maintenance
from dashboard.editing.maintenance import LONGEST_REASON, Draft
from dashboard.store.database import reading, to_ms
from dashboard.store.service_maintenance import DECLARED, EVERY_SERVICE, Announced, windows_between
from dashboard.store.services import declared
from layouts.access.who import allowed
from layouts.editing.part import Part
from layouts.editing.saving import field, pressed, said, saved
from layouts.format import short_moment

ACTION: Action = "maintenance.write"
WITHDRAW = "maintenance-withdraw"
SHOWN_BACK, SHOWN_AHEAD = timedelta(days=30), timedelta(days=366)
ALL_SERVICES = {"label": "Semua layanan", "value": EVERY_SERVICE}


def fields(_: str) -> list[Any]:
    """The form; the services come by a callback."""
    times = (
        ("Mulai tanggal", "date", "maintenance-first-day"),
        ("jam (WIB)", "time", "maintenance-first-time"),
        ("Selesai tanggal", "date", "maintenance-last-day"),
        ("jam (WIB)", "time", "maintenance-last-time"),
    )
    return [
        field("Layanan", dbc.Select([ALL_SERVICES], EVERY_SERVICE, id="maintenance-service")),
        html.Div([field(label, dbc.Input(type=kind, id=name)) for label, kind, name in times], className="form-row"),
        field("Alasan", dbc.Input(id="maintenance-reason", maxLength=LONGEST_REASON, autocomplete="off")),
        html.Button("Umumkan pemeliharaan", id="maintenance-save", type="button"),
        said("maintenance"),
        html.Div(id="maintenance-list"),
    ]


def register(app: Dash, engine: Engine) -> None:
    """List, announce, withdraw."""

    @app.callback(
        Output("maintenance-list", "children"),
        Output("maintenance-service", "options"),
        Input("maintenance-said", "children"),
    )
    def listed(_: Any) -> tuple[Any, Any]:
        if not allowed(ACTION):
            return [], [ALL_SERVICES]
        now = clock.now()
        with reading(engine) as connection:
            services = {s.service: s.title for s in declared(connection, now)}
            found = windows_between(connection, now - SHOWN_BACK, now + SHOWN_AHEAD, now)
        options = [ALL_SERVICES, *({"label": title, "value": name} for name, title in services.items())]
        return _list(found, services), options

    @app.callback(
        Output("maintenance-said", "children"),
        Input("maintenance-save", "n_clicks"),
        Input({"type": WITHDRAW, "service": ALL, "start": ALL}, "n_clicks"),
        State("maintenance-service", "value"),
        State("maintenance-reason", "value"),
        State("maintenance-first-day", "value"),
        State("maintenance-first-time", "value"),
        State("maintenance-last-day", "value"),
        State("maintenance-last-time", "value"),
        prevent_initial_call=True,
    )
    def save(pushed: int | None, withdraws: list[int | None], *typed: str | None) -> Any:
        which = ctx.triggered_id
        if not pressed([pushed, *withdraws]) or not ctx.triggered[0]["value"]:
            return no_update
        if isinstance(which, dict):
            return saved(
                engine, ACTION, lambda c, by, at: maintenance.withdraw(c, which["service"], which["start"], by, at)
            )
        return saved(engine, ACTION, lambda c, by, at: maintenance.announce(c, Draft(*typed), by, at))


def _list(found: list[Announced], services: dict[str, str]) -> list[Any]:
    if not found:
        return [html.P("Belum ada pemeliharaan yang diumumkan.", className="rest")]
    rows = [_row(window, services) for window in reversed(found)]
    return [html.H3("Pemeliharaan yang diumumkan"), html.Ul(rows, className="entries")]


def _row(window: Announced, services: dict[str, str]) -> html.Li:
    now = clock.now()
    title = "Semua layanan" if window.service == EVERY_SERVICE else services.get(window.service, window.service)
    when = f"{short_moment(window.start, now)} sampai {short_moment(window.end, now)} · oleh {window.by}"
    parts: list[Any] = [html.Span(f"{title}: {window.reason}", className="label"), html.Span(when, className="where")]
    if window.by != DECLARED:
        identity = {"type": WITHDRAW, "service": window.service, "start": to_ms(window.start)}
        parts.append(html.Button("Tarik", id=identity, type="button", className="quiet", title=f"Tarik: {title}"))
    return html.Li(parts)


PART = Part(
    "pemeliharaan", "Pemeliharaan layanan", "Waktu yang diumumkan tidak dihitung sebagai gangguan, juga bila diisi "
    "sesudahnya. Yang ditulis di sources.toml ditarik di sana.", ACTION, fields, register,
)  # fmt: skip
