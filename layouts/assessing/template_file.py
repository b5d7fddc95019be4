"""The empty assessment workbook of a year, to download where its instrument is shown."""

from __future__ import annotations

from dash import html
from flask import Flask, Response, abort

from dashboard import clock
from datasources.spbe.instrument import Instrument
from datasources.spbe.instrument_files import instrument_of
from layouts.access.who import required
from layouts.handing_in.templates import download


def register(server: Flask) -> None:
    """Serve /spbe/templat-<year>.xlsx."""

    @server.get("/spbe/templat-<int:year>.xlsx")
    @required("view")
    def of_year(year: int) -> Response:
        if instrument_of(year) is None:
            abort(404, f"Tidak ada instrumen untuk tahun {year}.")
        return download("spbe", year, f"spbe-{year}.xlsx")


def link(instrument: Instrument) -> html.A:
    """To the workbook of the newest year that is assessed with the instrument."""
    this_year = clock.wib(clock.now()).year
    year = max(instrument.first_year, min(this_year, instrument.last_year or this_year))
    words = f"Templat XLSX {instrument.title}, tahun {year}"
    return html.A(words, href=f"/spbe/templat-{year}.xlsx", download="")
