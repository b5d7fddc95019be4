"""One's own account: who one is here, the password, the second factor, one's devices, where one is signed in."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.access.passwords import LONGEST, SHORTEST
from dashboard.access.roles import ROLE_TITLES
from layouts.access import own_devices
from layouts.access.own_account import FIELDS
from layouts.access.who import person
from layouts.editing.saving import field, said
from layouts.pages.page import Page

PATH = "/akun"


def layout(**_: Any) -> html.Div:
    """Structure only; the state of the code and the sessions come by callbacks."""
    return html.Div(
        [
            html.H1("Akun saya"),
            html.P(_who(), className="lead"),
            html.P(html.A("Keluar", href="/masuk"), className="leave"),
            said("own"),
            html.Div([_password(), _code(), own_devices.section(), _sessions()], className="edit"),
        ]
    )


def _who() -> str:
    who = person()
    if who is None:
        return ""
    role = ROLE_TITLES.get(who.role, who.role)  # type: ignore[call-overload]
    parts = (who.title, role if role != who.title else "", who.opd or "", f"nama akun {who.name}")
    return " · ".join(part for part in parts if part)


def _password() -> html.Section:
    keepers = ("current-password", "new-password", "new-password")
    words = ("Sandi lama", f"Sandi baru, sedikitnya {SHORTEST} huruf", "Sandi baru sekali lagi")
    inputs = [
        field(label, dbc.Input(id=name, type="password", autocomplete=keeper, maxLength=LONGEST))
        for label, name, keeper in zip(words, FIELDS, keepers, strict=True)
    ]
    lead = html.P("Empat kata yang tidak berhubungan sudah cukup. Sesi Anda di tempat lain berakhir.", className="lead")
    button = html.Button("Ganti sandi", id="own-password-save", type="button")
    return html.Section([html.H2("Sandi"), lead, html.Div(inputs, className="form-row"), button],
                        className="panel edit-part")  # fmt: skip


def _code() -> html.Section:
    typed = dbc.Input(id="own-code-typed", maxLength=24, autocomplete="one-time-code")
    form = [
        field("Kode dari telepon, atau kode pemulihan", typed),
        html.Button("Pasang", id="own-code-save", type="button"),
        html.Button("Lepas kode", id="own-code-drop", type="button", className="quiet"),
        html.Button("Buat kode pemulihan baru", id="own-recovery-new", type="button", className="quiet"),
    ]
    return html.Section(
        [
            html.H2("Kode dari telepon"),
            html.Div(id="own-code"),
            html.Div(form, id="own-code-form", className="form-row", hidden=True),
            html.Button("Siapkan kode", id="own-code-begin", type="button", hidden=True),
            dcc.Store(id="own-code-sealed"),
        ],
        className="panel edit-part",
    )


def _sessions() -> html.Section:
    lead = html.P("Sesi berakhir sesudah 12 jam tidak dipakai, dan paling lama sesudah 7 hari.", className="lead")
    others = html.Button("Akhiri semua yang lain", id="own-end-others", type="button", className="quiet")
    return html.Section([html.H2("Tempat Anda masuk"), lead, html.Div(id="own-sessions"), others],
                        className="panel edit-part")  # fmt: skip


PAGE = Page("account", PATH, "Akun saya", layout)
