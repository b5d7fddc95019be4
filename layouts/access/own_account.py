"""The callbacks of one's own account; each acts on who asks and on nobody else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from flask import current_app
from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.access import accounts, second_factor
from dashboard.access.keys import hash_of
from dashboard.access.roles import Action
from dashboard.access.sign_in import IDLE, LONGEST
from dashboard.editing.entry import EntryRefused
from dashboard.store import audit, people, sessions
from dashboard.store.database import reading
from dashboard.store.people import Person
from layouts.access.own_code import state, waiting
from layouts.access.who import own_key, person
from layouts.editing.saving import pressed, saved
from layouts.format import short_moment

ACTION: Action = "account.own"
FIELDS = ("own-old", "own-new", "own-again")
END = "own-end"


def register(app: Dash, engine: Engine) -> None:
    """Show, change, end."""
    _register_shown(app, engine)

    @app.callback(
        Output("own-said", "children"),
        *(Output(name, "value") for name in FIELDS),
        Output("own-code-typed", "value"),
        Input("own-password-save", "n_clicks"),
        Input("own-code-save", "n_clicks"),
        Input("own-code-drop", "n_clicks"),
        Input("own-end-others", "n_clicks"),
        Input({"type": END, "session": ALL}, "n_clicks"),
        *(State(name, "value") for name in FIELDS),
        State("own-code-typed", "value"),
        State("own-code-sealed", "data"),
        prevent_initial_call=True,
    )
    def change(*given: Any) -> tuple[Any, ...]:
        *clicks, ends, old, new, again, code, kept = given
        which = ctx.triggered_id
        if not pressed([*clicks, *ends]) or not ctx.triggered[0]["value"]:
            return (no_update,) * 5
        deed = "end" if isinstance(which, dict) else str(which)
        session = which.get("session") if isinstance(which, dict) else None
        typed = {"old": old, "new": new, "again": again, "code": code, "sealed": kept, "session": session}
        return saved(engine, ACTION, lambda c, by, at: _do(c, deed, typed, by, at)), "", "", "", ""


def _register_shown(app: Dash, engine: Engine) -> None:
    @app.callback(Output("own-sessions", "children"), Input("own-said", "children"))
    def listed(_: Any) -> Any:
        who, now = person(), clock.now()
        if who is None:
            return []
        with reading(engine) as connection:
            found = sessions.sessions_of(connection, who.id, now, IDLE, LONGEST)
        return html.Ul([_row(one, now) for one in found], className="entries")

    @app.callback(
        Output("own-code", "children"),
        Output("own-code-sealed", "data"),
        Output("own-code-begin", "hidden"),
        Output("own-code-form", "hidden"),
        Output("own-code-save", "hidden"),
        Output("own-code-drop", "hidden"),
        Input("own-said", "children"),
        Input("own-code-begin", "n_clicks"),
    )
    def show_code(_: Any, __: Any) -> tuple[Any, ...]:
        who = person()
        if who is None:
            return (no_update,) * 6
        with reading(engine) as connection:
            known = people.credentials_of(connection, who.id)
        begins = ctx.triggered_id == "own-code-begin"
        return waiting(who.name, _key()) if begins and known and known.password_hash else state(known)


def _do(connection: Connection, deed: str, typed: dict[str, Any], by: Person, at: datetime) -> None:
    own = hash_of(own_key())
    if deed == "own-password-save":
        if typed["new"] != typed["again"]:
            raise EntryRefused("Kedua sandi baru tidak sama.")
        accounts.own_password(connection, by, typed["old"], typed["new"], own, at)
    elif deed == "own-code-save":
        secret = second_factor.unsealed(str(typed["sealed"] or ""), _key())
        if secret is None:
            raise EntryRefused("Siapkan kode sekali lagi; yang tadi sudah tidak berlaku.")
        accounts.own_code(connection, by, secret, typed["code"], _key(), at)
    elif deed == "own-code-drop":
        accounts.drop_own_code(connection, by, typed["code"], _key(), at)
    elif deed == "end":
        if not sessions.end_session(connection, str(typed["session"]), by.id):
            raise EntryRefused("Sesi itu sudah berakhir.")
        audit.write(connection, at, by.name, "sesi diakhiri", f"{by.name}: 1")
    else:
        ended = sessions.end_all(connection, by.id, but=own)
        audit.write(connection, at, by.name, "sesi diakhiri", f"{by.name}: {ended}")


def _row(one: sessions.Session, now: datetime) -> html.Li:
    here = one.key_hash == hash_of(own_key())
    title = one.browser or "peramban lain"
    button = html.Button("Akhiri", id={"type": END, "session": one.key_hash}, type="button", className="quiet",
                         title=f"Akhiri sesi {title}")  # fmt: skip
    return html.Li(
        [
            html.Span([title, html.B(" · sesi ini") if here else None], className="label"),
            html.Span(f"masuk {short_moment(one.created_at, now)} dengan {one.way or 'sandi'}, terakhir dipakai "
                      f"{short_moment(one.seen_at, now)}", className="where"),
            None if here else button,
        ]
    )  # fmt: skip


def _key() -> str:
    return str(current_app.secret_key)
