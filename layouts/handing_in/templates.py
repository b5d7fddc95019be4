"""Empty workbooks to fill in, as downloads."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask, Response, abort

from dashboard import clock
from datasources.templates import TEMPLATES
from layouts.exploring.export import XLSX


def register(server: Flask) -> None:
    """Serve /templat/<name>.xlsx for the running year: structure without data, for everybody."""

    @server.get("/templat/<name>.xlsx")
    def resource_template(name: str) -> Response:
        if name not in TEMPLATES:
            abort(404, f"Templat '{name}' tidak ada. Yang ada: {', '.join(sorted(TEMPLATES))}.")
        year = clock.wib(clock.now()).year
        return download(name, year, f"{name}_{year}.xlsx")


def download(name: str, year: int, filename: str) -> Response:
    """The empty workbook of that name for a year."""
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return Response(_workbook(name, year), mimetype=XLSX, headers=headers)


@cache
def _workbook(name: str, year: int) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.xlsx"
        TEMPLATES[name](path, year)
        return path.read_bytes()
