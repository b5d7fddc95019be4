"""Proposed duplicates: pairs of reports, one event or two."""

from __future__ import annotations

from typing import Any

from dash import ALL, Dash, Input, Output, ctx, html, no_update
from sqlalchemy import Engine

from dashboard import clock
from dashboard.access.roles import Action
from dashboard.editing import duplicate_reports
from dashboard.editing.duplicate_reports import DECISIONS
from dashboard.store.database import reading
from dashboard.store.links_to_decide import LinkToDecide
from datasources.region import by_code
from layouts.access.who import allowed
from layouts.editing.part import Part
from layouts.editing.saving import pressed, said, saved
from layouts.format import number, short_moment

ACTION: Action = "duplicates.decide"
DECIDE = "link-decide"
ROWS_SHOWN = 12


def fields(_: str) -> list[Any]:
    """The places of the outcome and of the list."""
    return [said("links"), html.Div(id="links-list")]


def register(app: Dash, engine: Engine) -> None:
    """List and decide."""

    @app.callback(Output("links-list", "children"), Input("links-said", "children"))
    def listed(_: Any) -> Any:
        if not allowed(ACTION):
            return []
        with reading(engine) as connection:
            found = duplicate_reports.newest(connection, clock.now())
        return _list(found)

    @app.callback(
        Output("links-said", "children"),
        Input({"type": DECIDE, "source": ALL, "report": ALL, "state": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def decide(clicks: list[int | None]) -> Any:
        which = ctx.triggered_id
        if not isinstance(which, dict) or not pressed(clicks) or not ctx.triggered[0]["value"]:
            return no_update
        return saved(
            engine,
            ACTION,
            lambda c, by, at: duplicate_reports.decide(c, which["source"], which["report"], which["state"], by, at),
        )


def _list(found: list[LinkToDecide]) -> list[Any]:
    if not found:
        return [html.P("Tidak ada usulan laporan ganda dalam 90 hari terakhir.", className="rest")]
    open_ones = sum(link.state == "diusulkan" for link in found)
    rest = len(found) - ROWS_SHOWN
    return [
        html.H3(f"{number(open_ones)} belum diputuskan dari {number(len(found))} usulan dalam 90 hari terakhir"),
        html.Ul([_row(link) for link in found[:ROWS_SHOWN]], className="entries"),
        html.P(f"+ {number(rest)} usulan lagi; tampil setelah yang di atas diputuskan", className="rest")
        if rest > 0
        else None,
    ]


def _row(link: LinkToDecide) -> html.Li:
    now, place = clock.now(), by_code().get(link.kecamatan_code or "")
    metres = "" if link.metres is None else f", {number(round(link.metres))} m"
    where = f"{place.name} · " if place else ""
    apart = f"{where}{short_moment(link.received, now)} · {number(round(link.minutes))} menit{metres} sesudah "
    return html.Li(
        [
            html.Span(f"{link.category_raw.capitalize()} {link.incident_id}", className="label"),
            html.Span(_state(link), className="value"),
            html.Span(f"{apart}{link.parent_id}", className="where"),
            *(_button(link, state, words) for state, words in DECISIONS.items() if state != link.state),
        ]
    )


def _state(link: LinkToDecide) -> str:
    if link.state == "diusulkan" or link.decided_at is None:
        return "belum diputuskan"
    return f"{link.state} oleh {link.decided_by}, {short_moment(link.decided_at, clock.now())}"


def _button(link: LinkToDecide, state: str, words: str) -> html.Button:
    identity = {"type": DECIDE, "source": link.source, "report": link.incident_id, "state": state}
    return html.Button(words, id=identity, type="button", className="quiet", title=f"{words}: {link.incident_id}")


PART = Part(
    "ganda", "Usulan laporan ganda", "Dua laporan yang mungkin satu kejadian. Laporan tidak pernah dihapus; yang "
    "diterima tidak dihitung dua kali.", ACTION, fields, register,
)  # fmt: skip
