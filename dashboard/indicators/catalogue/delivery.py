"""Permits and civil registry: the share of requests within the promise of their service."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.formulas.small_numbers import wilson
from dashboard.indicators.counted_clocks import counted
from dashboard.indicators.indicator import Finding, Indicator
from dashboard.indicators.office_days import office_days
from dashboard.indicators.percent import percent
from dashboard.indicators.request_clocks import promise
from dashboard.store.service_requests import submitted_between
from datasources.dated_row import began
from datasources.delivery.records import ServiceRequest

SPAN = timedelta(days=90)
ROWS = 12


def within_promise(connection: Connection, at: datetime) -> Finding:
    """Of the requests of the last 90 days that are done or past their promise; the others still run."""
    today = wib(at).date()
    requests = submitted_between(connection, today - SPAN, today)
    if not requests:
        return Finding(None, None, missing="belum ada permohonan layanan dalam 90 hari terakhir")
    calendar, newest = office_days(connection, today), min(began(requests[-1].submitted), at)
    found = counted(calendar, requests, promise, today)
    services: defaultdict[str, list[ServiceRequest]] = defaultdict(list)
    for request in requests:
        services[request.service].append(request)
    tallies = [(name, counted(calendar, some, promise, today).tally) for name, some in services.items()]
    tallies.sort(key=lambda pair: (pair[1].share is None, pair[1].share or 0, pair[0]))
    limits = wilson(found.tally.in_time, found.tally.decided)
    detail = {
        "interval_95": [round(100 * x, 1) for x in limits] if limits else None,
        "masih_berjalan": found.tally.running,
        "lewat": found.tally.late,
        "dikecualikan": dict(found.excluded),
        "rows": [{"label": name, "value": f"{t.in_time} dari {t.decided} tepat janji"} for name, t in tallies[:ROWS]],
    }
    if found.tally.share is None:
        missing = "belum ada permohonan dengan janji layanan yang selesai atau lewat"
        return Finding(None, newest, n=0, missing=missing, detail=detail)
    return Finding(percent(found.tally.share), newest, n=found.tally.decided, detail=detail)


INDICATORS = (
    Indicator(
        id="delivery.within_promise", title="Layanan selesai sesuai janji (lokal)", unit="%",
        topics=("service_requests",), formula=within_promise, owner="DPMPTSP, Dispendukcapil", decimals=1, better="up",
        clock="Masuk 90 hari terakhir; berkas lengkap → selesai, hari kerja; yang lewat janji langsung terlambat",
        basis="lokal: standar pelayanan tiap OPD (UU 25/2009)", scale=(Decimal(0), Decimal(100)), family="spbe",
    ),
)  # fmt: skip
