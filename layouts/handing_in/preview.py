"""A preview in words: how much would count, some of it, and every cell that is refused with its reason."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dash import html

from dashboard.ingestion.uploading import Preview
from datasources.contract import Record
from layouts.format import number, short_moment

REFUSED_SHOWN = 200


def told(preview: Preview) -> list[Any]:
    """The whole preview."""
    report = preview.report
    rows, refused = report.rows.total(), len(report.refused)
    counts = f"{preview.file}: {number(rows)} baris akan dihitung, {number(refused)} ditolak."
    parts: list[Any] = [html.P(html.B(counts))]
    if report.error:
        parts.append(html.P(report.error, className="wrong", role="alert"))
    if not preview.number and not report.error:
        parts.append(html.P("Tidak satu baris pun dipahami; tidak ada yang dapat dihitung.", className="wrong"))
    if preview.again:
        when = short_moment(preview.again.decided_at)
        parts.append(html.P(f"Berkas yang sama sudah diterima {when}; menerimanya lagi tidak mengubah apa pun."))
    if report.samples:
        samples = [html.Li(_sample(record)) for record in report.samples]
        parts.append(html.Details([html.Summary("Contoh baris yang dipahami"), html.Ul(samples)], open=True))
    return [*parts, *_refused(preview)]


def _refused(preview: Preview) -> list[Any]:
    found = preview.report.refused
    if not found:
        return []
    head = html.Tr([html.Th("Tempat", scope="col"), html.Th("Isi", scope="col"), html.Th("Alasan", scope="col")])
    body = [html.Tr([html.Td(r.place), html.Td(r.raw[:80]), html.Td(r.reason)]) for r in found[:REFUSED_SHOWN]]
    more = len(found) - len(body)
    return [
        html.H3(f"Ditolak · {number(len(found))}"),
        html.Div(html.Table([html.Thead(head), html.Tbody(body)], className="answer"), className="table-scroll"),
        *([html.P(f"+ {number(more)} lagi", className="rest")] if more else []),
    ]


def _sample(record: Record) -> str:
    """The values of a row in the order of its record; what is empty is left out."""
    values = [getattr(record, f.name) for f in fields(record)]  # type: ignore[arg-type]
    return " · ".join(_word(value) for value in values if value not in (None, "", ()))


def _word(value: object) -> str:
    if isinstance(value, datetime):
        return short_moment(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return number(value, max(0, -int(value.as_tuple().exponent)) if isinstance(value, Decimal) else 0)
    return str(value)
