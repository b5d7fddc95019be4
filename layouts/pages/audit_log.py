"""The audit log for those who may: who did or was refused what, filtered, and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import dash_bootstrap_components as dbc
from dash import Dash, Input, Output, html, no_update
from sqlalchemy import Engine

from dashboard import clock
from dashboard.access.roles import Action
from dashboard.store import audit
from dashboard.store.audit import REFUSED, Entry
from dashboard.store.database import reading
from layouts.access.audit_filter import ALL, LONGEST, NAMES, OUTCOMES, query, wanted
from layouts.access.who import allowed
from layouts.editing.saving import field
from layouts.format import number, short_moment
from layouts.pages.page import Page

ACTION: Action = "audit.view"
EXPORT = "/export/audit.csv"
SHOWN = 100
LEAD = (
    "Masuk, penolakan, perubahan, penerimaan peringatan, unduhan, dan pemakaian token. Hanya bertambah, tidak pernah "
    "diubah; tanpa data pribadi penelepon. Membaca catatan ini tidak dicatat, mengunduhnya dicatat."
)


def layout(**_: Any) -> html.Div:
    """Structure only; the lines come by callback."""
    words = {"maxLength": LONGEST, "debounce": True, "autocomplete": "off"}
    outcomes = [{"label": ALL, "value": ALL}, *({"label": outcome, "value": outcome} for outcome in OUTCOMES)]
    fields = [
        field("Dari", dbc.Input(id="audit-dari", type="date")),
        field("Sampai", dbc.Input(id="audit-sampai", type="date")),
        field("Siapa (nama akun)", dbc.Input(id="audit-siapa", **words)),
        field("Apa", dbc.Select([{"label": ALL, "value": ALL}], ALL, id="audit-apa")),
        field("Hasil", dbc.Select(outcomes, ALL, id="audit-hasil")),
        field("Kata dalam keterangan", dbc.Input(id="audit-kata", type="search", **words)),
    ]
    return html.Div(
        [
            html.H1("Catatan audit"),
            html.P(LEAD, className="lead"),
            html.Div(fields, className="filter-bar"),
            html.P(html.A("Unduh CSV", id="audit-export", href=EXPORT, download=""), className="audit-links"),
            html.Div(id="audit-rows"),
        ]
    )


def register(app: Dash, engine: Engine) -> None:
    """Show what the fields ask for."""

    @app.callback(
        Output("audit-rows", "children"),
        Output("audit-apa", "options"),
        Output("audit-export", "href"),
        *(Input(f"audit-{name}", "value") for name in NAMES),
    )
    def show(*typed: str | None) -> tuple[Any, Any, Any]:
        if not allowed(ACTION):
            return [], no_update, no_update
        given = dict(zip(NAMES, typed, strict=True))
        with reading(engine) as connection:
            found, known = audit.entries(connection, SHOWN, wanted(given)), audit.kinds(connection)
            rest = audit.count(connection, wanted(given)) - len(found)
        options = [{"label": ALL, "value": ALL}, *({"label": kind, "value": kind} for kind in known)]
        asked = query(given)
        return table(found, rest, clock.now()), options, f"{EXPORT}?{asked}" if asked else EXPORT


def table(found: Sequence[Entry], rest: int, now: datetime) -> list[Any]:
    """The lines, the newest first, and how many more there are."""
    if not found:
        return [html.P("Tidak ada catatan yang cocok.", className="rest")]
    heads = html.Thead(html.Tr([html.Th(word, scope="col") for word in ("Waktu", "Siapa", "Apa", "Tentang", "Hasil")]))
    rows = html.Tbody([_row(entry, now) for entry in found])
    more = html.P(f"+ {number(rest)} baris lagi dalam unduhan", className="rest") if rest > 0 else None
    return [html.Div(html.Table([heads, rows], className="answer"), className="table-scroll"), more]


def _row(entry: Entry, now: datetime) -> html.Tr:
    outcome: Any = (
        [html.I(className="shape waspada"), " ", entry.outcome] if entry.outcome == REFUSED else entry.outcome
    )
    return html.Tr(
        [
            html.Th(short_moment(entry.at, now), scope="row"),
            *(html.Td(words) for words in (entry.who, entry.what, entry.about)),
            html.Td(outcome, className="outcome"),
        ]
    )


PAGE = Page("audit_log", "/audit", "Catatan audit", layout)
