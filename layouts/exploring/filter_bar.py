"""The bar that narrows the questions of a page: a period by name or by days, and a kecamatan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import dash_bootstrap_components as dbc
from dash import Dash, Input, Output, dcc, html

from dashboard import clock
from dashboard.exploring.filters import NAMED, Filters, last_days
from datasources.region import kecamatan

CHOSEN, STATION, OFFICE = "filters", "filter-station", "filter-office"
"""What every question takes, and the one station or OPD it is asked of where a page is about one."""
OWN = "tanggal sendiri"
DEFAULT = "12 minggu"
WHOLE = "semua"


def filter_bar(by_place: bool = True, station: str | None = None, office: str | None = None) -> html.Div:
    """The bar; what was chosen stays for this person's browser. Without a choice of place where no answer takes one;
    `station` or `office` is the one its page is about.
    """
    remembered = {"persistence": True, "persistence_type": "local"}
    periods = [{"label": name, "value": name} for name in (*NAMED, OWN)]
    places = [{"label": "Seluruh kabupaten", "value": WHOLE}]
    places += [{"label": f"Kecamatan {k.name}", "value": k.code} for k in kecamatan()]
    return html.Div(
        [
            html.Label(["Masa", dbc.Select(periods, DEFAULT, id="filter-period", **remembered)]),
            html.Label(["dari", dbc.Input(type="date", id="filter-first", **remembered)], id="own-first"),
            html.Label(["sampai", dbc.Input(type="date", id="filter-last", **remembered)], id="own-last"),
            html.Label(
                ["Wilayah", dbc.Select(places, WHOLE, id="filter-kecamatan", **remembered)], hidden=not by_place
            ),
            html.P("", id="filter-wrong", role="alert"),
            dcc.Store(id=CHOSEN),
            dcc.Store(id=STATION, data=station),
            dcc.Store(id=OFFICE, data=office),
            dcc.Interval(id="explore-tick", interval=60_000),
        ],
        className="filter-bar",
    )


def register(app: Dash) -> None:
    """Join the choices into one text that every question takes; days that make no sense change nothing and are said."""

    @app.callback(
        Output(CHOSEN, "data"),
        Output("filter-wrong", "children"),
        Output("own-first", "hidden"),
        Output("own-last", "hidden"),
        Input("filter-period", "value"),
        Input("filter-first", "value"),
        Input("filter-last", "value"),
        Input("filter-kecamatan", "value"),
        Input(STATION, "data"),
        Input(OFFICE, "data"),
        Input("explore-tick", "n_intervals"),
    )
    def choose(
        period: str,
        first: str | None,
        last: str | None,
        place: str,
        station: str | None,
        office: str | None,
        _: int | None,
    ) -> tuple[str, str, bool, bool]:
        filters, wrong = chosen(period, first, last, place, clock.wib(clock.now()).date())
        filters = replace(filters, station=station or None, office=office or None)
        return str(filters), wrong, period != OWN, period != OWN


def chosen(period: str, first: str | None, last: str | None, place: str, today: date) -> tuple[Filters, str]:
    """The filters that were meant, and a sentence when the days could not be taken."""
    code = place if place in {k.code for k in kecamatan()} else None
    usual = last_days(NAMED.get(period, NAMED[DEFAULT]), today, code)
    if period != OWN:
        return usual, ""
    try:
        start, end = date.fromisoformat(first or ""), date.fromisoformat(last or "")
    except ValueError:
        return usual, "Isi tanggal awal dan akhir; sementara itu ditampilkan 12 minggu terakhir."
    if not start <= end or (end - start).days > 3660:
        return usual, "Tanggal awal harus sebelum tanggal akhir, paling lama sepuluh tahun; ditampilkan 12 minggu."
    return Filters(start, end, code), ""
