"""The callbacks of one's own account; each acts on who asks and on nobody else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from flask import current_app
from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.access import accounts, proving, second_factor
from dashboard.access.keys import hash_of
from dashboard.access.recovery_codes import new_codes
from dashboard.access.roles import Action
from dashboard.access.sign_in import IDLE, LONGEST
from dashboard.editing.entry import EntryRefused, NotYours
from dashboard.store import audit, people, recovery_codes, sessions
from dashboard.store.database import reading
from dashboard.store.people import Person
from layouts.access.own_code import state, waiting
from layouts.access.who import own_key, person
from layouts.editing.saving import pressed, saved
from layouts.editing.shown_once import codes_shown_once
from layouts.format import short_moment

ACTION: Action = "account.own"
FIELDS = ("own-old", "own-new", "own-again")
END = "own-end"
KEEP_CODES = (
    "Simpan kode pemulihan ini di tempat yang aman, misalnya tercetak dalam laci terkunci; hanya tampil sekali. Bila "
    "telepon hilang, tiap kode menggantikan kode telepon satu kali."
)


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
        Input("own-recovery-new", "n_clicks"),
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
        codes: list[str] = []
        outcome = saved(engine, ACTION, lambda c, by, at: codes.extend(_do(c, deed, typed, by, at)),
                        lambda by, at: _prove(engine, deed, typed, by, at))  # fmt: skip
        return [outcome, codes_shown_once(KEEP_CODES, codes)] if codes else outcome, "", "", "", ""


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
        Output("own-recovery-new", "hidden"),
        Input("own-said", "children"),
        Input("own-code-begin", "n_clicks"),
    )
    def show_code(_: Any, __: Any) -> tuple[Any, ...]:
        who = person()
        if who is None:
            return (no_update,) * 7
        with reading(engine) as connection:
            known = people.credentials_of(connection, who.id)
            left = recovery_codes.codes_left(connection, who.id)
        begins = ctx.triggered_id == "own-code-begin"
        may_begin = known is not None and known.password_hash and known.totp_sealed is None
        return waiting(who.name, _key()) if begins and may_begin else state(known, left)


def _prove(engine: Engine, deed: str, typed: dict[str, Any], by: Person, at: datetime) -> None:
    """What changes the way in is asked for the way in that holds now."""
    if deed == "own-password-save":
        if typed["new"] != typed["again"]:
            raise EntryRefused("Kedua sandi baru tidak sama.")
        proving.prove_password(engine, by, typed["old"], at)
    elif deed in ("own-code-drop", "own-recovery-new"):
        proving.prove_code(engine, by, typed["code"], _key(), at)


def _do(connection: Connection, deed: str, typed: dict[str, Any], by: Person, at: datetime) -> list[str]:
    """Returns recovery codes, where there are new ones to be shown."""
    own = hash_of(own_key())
    if deed == "own-password-save":
        accounts.own_password(connection, by, typed["new"], own, at)
    elif deed == "own-code-save":
        secret = second_factor.unsealed(str(typed["sealed"] or ""), _key())
        if secret is None:
            raise EntryRefused("Siapkan kode sekali lagi; yang tadi sudah tidak berlaku.")
        return accounts.own_code(connection, by, secret, typed["code"], _key(), at)
    elif deed == "own-code-drop":
        accounts.drop_own_code(connection, by, at)
    elif deed == "own-recovery-new":
        return new_codes(connection, by, at)
    elif deed == "end":
        _end(connection, str(typed["session"]), by, at)
    else:
        ended = sessions.end_all(connection, by.id, but=own)
        audit.write(connection, at, by.name, "sesi diakhiri", f"{by.name}: {ended}")
    return []


def _end(connection: Connection, session: str, by: Person, at: datetime) -> None:
    if sessions.is_of_another(connection, session, by.id):
        raise NotYours("Sesi itu sudah berakhir.")  # the same words: nobody learns which sessions there are
    if not sessions.end_session(connection, session, by.id):
        raise EntryRefused("Sesi itu sudah berakhir.")
    audit.write(connection, at, by.name, "sesi diakhiri", f"{by.name}: 1")


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
