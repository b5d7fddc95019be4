"""The rows of an answer as CSV and XLSX: what was asked, of when, from whom, and no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Flask, Response, abort, request
from openpyxl import Workbook

from dashboard import clock
from dashboard.exploring.asking import Asked, Desk
from dashboard.exploring.filters import parsed
from dashboard.exploring.questions import QUESTIONS
from layouts.access.taken import note_taken
from layouts.exploring.audience import may_ask, narrowed
from layouts.exploring.cells import exported, heading
from layouts.exploring.words import about
from layouts.format import moment

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register(server: Flask, desk: Desk) -> None:
    """Serve /export/<question>.csv and .xlsx?saring=<filters>. What was taken by whom is written to the audit log; for
    those who may not see a question it does not exist.
    """

    @server.get("/export/<name>.<any(csv,xlsx):kind>")
    def export(name: str, kind: str) -> Response:
        question = QUESTIONS.get(name)
        if question is None or not may_ask(question):
            abort(404, f"Pertanyaan '{name}' tidak ada.")
        try:
            filters = narrowed(question, parsed(request.args.get("saring", "")))
        except ValueError as wrong:
            abort(400, str(wrong))
        note_taken(f"{name}.{kind} {filters}")
        return file_of(desk.ask(question, filters, clock.now()), kind, f"{name}_{filters.first}_{filters.last}")


def file_of(asked: Asked, kind: str, name: str) -> Response:
    """An answer as a download; `kind` is csv or xlsx."""
    body, mimetype = (_csv(asked), "text/csv; charset=utf-8") if kind == "csv" else (_xlsx(asked), XLSX)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-store"}
    return Response(body, mimetype=mimetype, headers=headers)


def _lines(asked: Asked) -> Iterator[list[Any]]:
    yield [heading(column) for column in asked.answer.columns]
    for row in asked.answer.rows:
        yield [exported(row.get(column.key)) for column in asked.answer.columns]


def _notes(asked: Asked) -> Iterator[list[Any]]:
    """What a reader of the file must know, one line each."""
    yield [exported(asked.question.title)]
    yield [exported(line) for line in [about(asked)]]
    yield [exported(asked.question.clock)]
    for note in (*asked.answer.notes, *([asked.answer.missing] if asked.answer.missing else [])):
        yield [exported(note)]
    yield [f"Diunduh {moment(asked.at)}"]


def _csv(asked: Asked) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerows(_lines(asked))
    writer.writerow([])
    writer.writerows(_notes(asked))
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _xlsx(asked: Asked) -> bytes:
    book = Workbook(write_only=True)
    for title, lines in (("Data", _lines(asked)), ("Keterangan", _notes(asked))):
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
