"""Alerts on one's own devices: the section of the own account, and its callbacks, which act on who asks alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, ctx, dcc, html, no_update
from flask import Flask, Response
from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.access import devices
from dashboard.access.roles import Action
from dashboard.alerts.push_channel import hosts_of, key_of
from dashboard.alerts.push_hosts import PushHosts
from dashboard.alerts.push_key import PushKey
from dashboard.editing.entry import EntryRefused
from dashboard.settings import ROOT, Settings
from dashboard.store import push_subscriptions as store
from dashboard.store.database import reading
from dashboard.store.people import Person
from dashboard.store.push_subscriptions import Subscription
from layouts.access.cookies import browser
from layouts.access.who import person
from layouts.editing.saving import pressed, said, saved, wrong
from layouts.format import short_moment

ACTION: Action = "account.own"
DROP = "own-device-drop"
RECEIVER = ROOT / "assets" / "push" / "receiver.js"
LEAD = (
    "Peringatan untuk jenjang Anda muncul di layar perangkat ini, juga saat halaman ini tertutup. Isinya kalimat dari "
    "halaman Peringatan, tanpa data penelepon."
)
NOT_SET_UP = (
    "Belum disiapkan: pengelola belum memasang kunci VAPID, jadi pemberitahuan belum dapat dikirim ke perangkat. "
    "Caranya ada di docs/panduan.md, bagian Pemberitahuan di perangkat."
)
CANNOT = {
    "tanpa tls": "Peramban hanya mengizinkannya lewat alamat https://.",
    "tidak": "Peramban ini tidak dapat menerima pemberitahuan web. Pakai Chrome, Edge atau Firefox, juga di Android.",
    "ditolak": "Pemberitahuan dari situs ini ditolak di peramban ini. Izinkan di setelan situsnya, muat ulang.",
}
FAILED = "Peramban tidak dapat berlangganan pada layanan push-nya; periksa internet perangkat ini, lalu coba lagi."


def section() -> html.Section:
    """Structure only; what is on comes by callbacks, what this browser can from assets/devices.js."""
    buttons = [
        html.Button("Nyalakan di perangkat ini", id="own-device-on", type="button", hidden=True),
        html.Button("Matikan di perangkat ini", id="own-device-off", type="button", className="quiet", hidden=True),
    ]
    return html.Section(
        [
            html.H2("Pemberitahuan di perangkat ini"),
            html.P(LEAD, className="lead"),
            said("own-device"),
            html.Div(id="own-devices"),
            html.Div(buttons, className="turns"),
            html.Span(id="own-device-key", hidden=True),
            dcc.Store(id="own-device-here"),
            dcc.Store(id="own-device-given"),
        ],
        className="panel edit-part",
    )


def register(app: Dash, server: Flask, engine: Engine, settings: Settings) -> None:
    """List, turn on, turn off; and the service worker that shows what comes."""
    key, hosts = key_of(settings), hosts_of(settings)
    _register_receiver(server)
    _register_listed(app, engine, key)
    _register_change(app, engine, key, hosts)


def _register_receiver(server: Flask) -> None:
    @server.get("/push/receiver.js")
    def receiver() -> Response:
        """Here and not among the assets: its scope is a place in which no page lies."""
        return Response(RECEIVER.read_text(encoding="utf-8"), mimetype="text/javascript",
                        headers={"Cache-Control": "no-cache"})  # fmt: skip


def _register_listed(app: Dash, engine: Engine, key: PushKey | None) -> None:
    app.clientside_callback(
        ClientsideFunction("devices", "look"),
        Output("own-device-here", "data"),
        Input("own-device-said", "children"),
    )

    @app.callback(
        Output("own-devices", "children"),
        Output("own-device-on", "hidden"),
        Output("own-device-off", "hidden"),
        Output("own-device-key", "children"),
        Input("own-device-here", "data"),
    )
    def listed(here: Any) -> tuple[Any, ...]:
        who = person()
        if who is None or key is None:
            return html.P(NOT_SET_UP), True, True, ""
        with reading(engine) as connection:
            found = store.subscriptions_of(connection, who.id)
        can, endpoint = _of_browser(here)
        is_on = any(one.endpoint == endpoint for one in found)
        return _list(found, can, endpoint), can != "ya" or is_on, not is_on, key.public


def _register_change(app: Dash, engine: Engine, key: PushKey | None, hosts: PushHosts) -> None:
    @app.callback(
        Output("own-device-said", "children"),
        Input("own-device-given", "data"),
        Input({"type": DROP, "device": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def change(given: Any, clicks: list[int | None]) -> Any:
        which = ctx.triggered_id
        if isinstance(which, dict):
            if not pressed(clicks) or not ctx.triggered[0]["value"]:
                return no_update
            return saved(engine, ACTION, lambda c, by, at: devices.turn_off(c, which.get("device"), by, at))
        if not isinstance(given, dict):
            return no_update
        if key is None:
            return wrong(NOT_SET_UP)
        return saved(engine, ACTION, lambda c, by, at: _do(c, given, hosts, by, at))


def _do(connection: Connection, given: dict[str, Any], hosts: PushHosts, by: Person, at: datetime) -> None:
    if given.get("deed") == "nyala":
        devices.turn_on(connection, given.get("subscription"), browser(), hosts, by, at)
    elif given.get("deed") == "mati":
        devices.turn_off_here(connection, given.get("endpoint"), by, at)
    else:
        raise EntryRefused(CANNOT["ditolak"] if given.get("deed") == "ditolak" else FAILED)


def _of_browser(here: Any) -> tuple[str, str | None]:
    told = here if isinstance(here, dict) else {}
    can, endpoint = told.get("can"), told.get("endpoint")
    return str(can) if can == "ya" or can in CANNOT else "", endpoint if isinstance(endpoint, str) else None


def _list(found: list[Subscription], can: str, endpoint: str | None) -> list[Any]:
    words = [html.P(CANNOT[can], className="rest")] if can in CANNOT else []
    if not found:
        return [*words, html.P("Belum ada perangkat Anda yang menerima pemberitahuan.", className="rest")]
    now = clock.now()
    return [*words, html.Ul([_row(one, one.endpoint == endpoint, now) for one in found], className="entries")]


def _row(one: Subscription, is_here: bool, now: datetime) -> html.Li:
    accepted = (
        f"terakhir diterima layanan push {short_moment(one.accepted_at, now)}"
        if one.accepted_at
        else ("belum ada kabar yang dikirim")
    )
    button = html.Button("Lepas", id={"type": DROP, "device": one.id}, type="button", className="quiet",
                         title=f"Lepas {one.device}")  # fmt: skip
    return html.Li(
        [
            html.Span([one.device, html.B(" · perangkat ini") if is_here else None], className="label"),
            html.Span(f"dinyalakan {short_moment(one.created_at, now)}, {accepted}", className="where"),
            None if is_here else button,
        ]
    )
