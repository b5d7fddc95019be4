"""Accounts: make one, give another role, let somebody set a password, close, open, sign out everywhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.access import accounts, one_time
from dashboard.access.accounts import LONGEST_OPD, LONGEST_TITLE, ROLES
from dashboard.access.roles import ROLE_TITLES, Action
from dashboard.editing.entry import EntryRefused, one_line
from dashboard.store import people
from dashboard.store.database import reading
from dashboard.store.people import Credentials, Person
from layouts.editing.part import Part
from layouts.editing.saving import field, pressed, said, saved
from layouts.editing.shown_once import shown_once
from layouts.format import number, short_moment

ACTION: Action = "people.write"
DO = "account-do"
FIELDS = ("account-name", "account-title", "account-role", "account-opd")
DEEDS = {
    "link": ("Tautan sandi", "Buat tautan sekali pakai untuk"),
    "sessions": ("Akhiri sesi", "Akhiri semua sesi"),
    "code": ("Lepas kode", "Lepas kode telepon"),
    "close": ("Tutup akun", "Tutup akun"),
    "open": ("Buka", "Buka akun"),
}
HOURS = int(one_time.HOLDS.total_seconds() // 3600)


def fields(_: str) -> list[Any]:
    """The form, and the place of the list."""
    roles = [{"label": ROLE_TITLES[role], "value": role} for role in ROLES]
    form = [
        field("Nama akun", dbc.Input(id="account-name", maxLength=63, autocomplete="off")),
        field("Nama lengkap atau jabatan", dbc.Input(id="account-title", maxLength=LONGEST_TITLE, autocomplete="off")),
        field("Peran", dbc.Select(roles, id="account-role", placeholder="pilih peran")),
        field("OPD (untuk kepala OPD)", dbc.Input(id="account-opd", maxLength=LONGEST_OPD, autocomplete="off")),
    ]
    buttons = [
        html.Button("Buat akun", id="account-create", type="button"),
        html.Button("Ganti peran akun yang ada", id="account-change", type="button", className="quiet"),
    ]
    return [html.Div(form, className="form-row"), html.Div(buttons, className="turns"), said("account"),
            html.Div(id="account-list")]  # fmt: skip


def register(app: Dash, engine: Engine) -> None:
    """List; make, change, and every deed of the list."""

    @app.callback(Output("account-list", "children"), Input("account-said", "children"))
    def listed(_: Any) -> Any:
        with reading(engine) as connection:
            found = people.all_credentials(connection)
        return [html.H3(f"{number(len(found))} akun"),
                html.Ul([_row(one, clock.now()) for one in found], className="entries accounts")]  # fmt: skip

    @app.callback(
        Output("account-said", "children"),
        Input("account-create", "n_clicks"),
        Input("account-change", "n_clicks"),
        Input({"type": DO, "person": ALL, "deed": ALL}, "n_clicks"),
        *(State(name, "value") for name in FIELDS),
        prevent_initial_call=True,
    )
    def act(created: int | None, changed: int | None, deeds: list[int | None], *typed: str | None) -> Any:
        which = ctx.triggered_id
        if not pressed([created, changed, *deeds]) or not ctx.triggered[0]["value"]:
            return no_update
        links: list[str] = []
        outcome = saved(engine, ACTION, lambda c, by, at: _do(c, which, typed, links, by, at))
        words = f"Berikan tautan ini kepada orangnya; hanya tampil sekali dan berlaku {HOURS} jam:"
        return [outcome, shown_once(words, links[0], is_path=True)] if links else outcome


def _do(
    connection: Connection, which: Any, typed: tuple[str | None, ...], links: list[str], by: Person, at: datetime
) -> None:
    name, title, role, opd = typed
    if which == "account-create":
        number_ = accounts.create(connection, name, title, role, opd, by.name, at)
        links.append(accounts.link_for(connection, number_, by, at))
    elif which == "account-change":
        known = people.credentials(connection, one_line(name).casefold())
        accounts.change_role(connection, known and known.person.id, title, role, opd, by, at)
    elif isinstance(which, dict):
        _deed(connection, which.get("deed"), which.get("person"), links, by, at)


def _deed(connection: Connection, deed: Any, person: Any, links: list[str], by: Person, at: datetime) -> None:
    simple = {"sessions": accounts.end_sessions, "code": accounts.drop_code, "close": accounts.close,
              "open": accounts.open_again}  # fmt: skip
    if deed == "link":
        links.append(accounts.link_for(connection, person, by, at))
    elif deed in simple:
        simple[deed](connection, person, by, at)
    else:
        raise EntryRefused("Langkah itu tidak ada; muat ulang halaman.")


def _row(one: Credentials, now: datetime) -> html.Li:
    person = one.person
    role = ROLE_TITLES.get(person.role, person.role)  # type: ignore[call-overload]
    where = " · ".join([f"{role}{f' {person.opd}' if person.opd else ''}", *_states(one, now)])
    return html.Li(
        [
            html.Span(f"{person.title} ({person.name})", className="label"),
            html.Span(where, className="where"),
            html.Div([_button(person, deed) for deed in _deeds(one, now)], className="turns"),
        ]
    )


def _states(one: Credentials, now: datetime) -> list[str]:
    paused = one.locked_until is not None and one.locked_until > now
    said = [
        "masuk lewat SSO" if one.subject else "" if one.password_hash else "belum membuat sandi",
        "kode telepon terpasang" if one.totp_sealed else "",
        f"menunggu sampai {short_moment(one.locked_until, now)} karena salah sandi"
        if paused and one.locked_until else "",
        "DITUTUP" if one.disabled else "",
    ]  # fmt: skip
    return [word for word in said if word]


def _deeds(one: Credentials, now: datetime) -> list[str]:
    if one.disabled:
        return ["open"]
    paused = one.locked_until is not None and one.locked_until > now
    return [*([] if one.subject else ["link"]), *(["open"] if paused else []), "sessions",
            *(["code"] if one.totp_sealed else []), "close"]  # fmt: skip


def _button(person: Person, deed: str) -> html.Button:
    label, title = DEEDS[deed]
    return html.Button(label, id={"type": DO, "person": person.id, "deed": deed}, type="button", className="quiet",
                       title=f"{title} {person.name}")  # fmt: skip


PART = Part(
    "akun", "Akun", "Siapa yang boleh masuk, dan dengan peran apa. Sandi dibuat orangnya sendiri lewat tautan sekali "
    "pakai; tidak seorang pun lain mengetahuinya.", ACTION, fields, register,
)  # fmt: skip
