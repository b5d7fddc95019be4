"""The files of the archive: pages as pictures, the PDF as it was printed, its figures as a workbook."""

from __future__ import annotations

from functools import lru_cache

from flask import Flask, Response, abort
from sqlalchemy import Engine

from dashboard.briefings.edition import from_json
from dashboard.store.database import reading
from dashboard.store.editions import EditionLine, edition_line, pages_of
from layouts.access.taken import note_taken
from layouts.access.who import required
from layouts.briefing.archive import may_read
from layouts.briefing.attachment import XLSX, workbook
from layouts.briefing.document import pictures
from layouts.briefing.packing import PDF, file_name

FOR_A_YEAR = "private, max-age=31536000, immutable"
"""A kept edition never changes."""


def register(server: Flask, engine: Engine) -> None:
    """Serve /laporan/<number>.pdf, .xlsx and /laporan/<number>/<page>.png."""

    @lru_cache(maxsize=16)
    def pages(number: int) -> tuple[bytes, ...]:
        return tuple(pictures(from_json(_kept(engine, number)[1])))

    @server.get("/laporan/<int:number>.pdf")
    @required("view")
    def pdf(number: int) -> Response:
        line, _, printed = _kept(engine, number)
        note_taken(f"{file_name(line)}.pdf")
        return _file(printed, PDF, f"{file_name(line)}.pdf", "inline")

    @server.get("/laporan/<int:number>.xlsx")
    @required("view")
    def xlsx(number: int) -> Response:
        line, snapshot, _ = _kept(engine, number)
        note_taken(f"{file_name(line)}.xlsx")
        return _file(workbook(from_json(snapshot)), XLSX, f"{file_name(line)}.xlsx", "attachment")

    @server.get("/laporan/<int:number>/<int:page>.png")
    @required("view")
    def png(number: int, page: int) -> Response:
        _kept(engine, number)
        drawn = pages(number)
        if not 1 <= page <= len(drawn):
            abort(404, f"Laporan itu punya {len(drawn)} halaman.")
        return Response(drawn[page - 1], mimetype="image/png", headers={"Cache-Control": FOR_A_YEAR})


def _kept(engine: Engine, number: int) -> tuple[EditionLine, str, bytes]:
    with reading(engine) as connection:
        line, kept = edition_line(connection, number), pages_of(connection, number)
    if line is None or kept is None or not may_read(line):
        abort(404, f"Laporan nomor {number} tidak ada dalam arsip.")
    return line, *kept


def _file(content: bytes, kind: str, name: str, how: str) -> Response:
    headers = {"Content-Disposition": f'{how}; filename="{name}"', "Cache-Control": FOR_A_YEAR}
    return Response(content, mimetype=kind, headers=headers)
