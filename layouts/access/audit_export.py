"""The audit log as CSV: the lines that are wanted, and no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from itertools import islice

from flask import Flask, Response, request
from sqlalchemy import Engine

from dashboard.store import audit
from dashboard.store.audit import Entry
from dashboard.store.database import reading
from layouts.access.audit_filter import query, wanted
from layouts.access.taken import note_taken
from layouts.access.who import required
from layouts.exploring.cells import exported

MOST_LINES = 100_000
HEADINGS = ("Waktu (WIB)", "Siapa", "Apa", "Tentang", "Hasil")
CUT = f"Hanya {MOST_LINES} baris terbaru; persempit masanya untuk yang lain."


def register(server: Flask, engine: Engine) -> None:
    """Serve /export/audit.csv with the fields of the page in its address."""

    @server.get("/export/audit.csv")
    @required("audit.view")
    def export_audit() -> Response:
        given = request.args.to_dict()
        note_taken(f"audit.csv {query(given)}")
        with reading(engine) as connection:
            body = as_csv(audit.each_entry(connection, wanted(given)))
        headers = {"Content-Disposition": 'attachment; filename="audit.csv"', "Cache-Control": "no-store"}
        return Response(body, mimetype="text/csv; charset=utf-8", headers=headers)


def as_csv(entries: Iterable[Entry]) -> bytes:
    """The lines as a file, the newest first; at its end it says what it leaves out."""
    file, lines = io.StringIO(), iter(entries)
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    writer.writerows([exported(e.at), *map(exported, (e.who, e.what, e.about, e.outcome))]
                     for e in islice(lines, MOST_LINES))  # fmt: skip
    if next(lines, None) is not None:
        writer.writerow([CUT])
    return b"\xef\xbb\xbf" + file.getvalue().encode()
