"""Measure: run formulas and say what differs from the last measurement."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from dashboard.indicators.indicator import Finding, Indicator, Status
from dashboard.store import measurements
from dashboard.store.measurements import Measurement

log = logging.getLogger(__name__)


def measure(
    connection: Connection, indicators: Iterable[Indicator], at: datetime, simulated_topics: Sequence[str]
) -> list[Measurement]:
    """Measure at `at`; returns the lines that differ from the last ones. One formula's failure spares the others."""
    indicators = list(indicators)
    last = measurements.as_of(connection, at, [i.id for i in indicators])
    new = []
    for indicator in indicators:
        measurement = _measurement(connection, indicator, at, simulated_topics)
        earlier = last.get(indicator.id)
        if earlier is None or not measurement.says_the_same(earlier):
            new.append(measurement)
    return new


def _measurement(
    connection: Connection, indicator: Indicator, at: datetime, simulated_topics: Sequence[str]
) -> Measurement:
    finding = _finding(connection, indicator, at)
    band = indicator.band_of(finding)
    return Measurement(
        indicator=indicator.id,
        value=finding.value,
        unit=indicator.unit,
        band=band.word if band else "",
        status=_status(finding, band.status if band else None),
        n=finding.n,
        data_time=finding.data_time,
        known_at=at,
        missing=finding.missing,
        detail=json.loads(json.dumps(finding.detail)),
        simulated=finding.simulated or _simulated(indicator, simulated_topics),
    )


def _simulated(indicator: Indicator, simulated_topics: Sequence[str]) -> bool:
    """What the system itself keeps rests on everything, so one simulated source marks it."""
    if indicator.internal:
        return bool(simulated_topics)
    return any(topic in simulated_topics for topic in indicator.topics)


def _status(finding: Finding, status: Status | None) -> Status:
    if finding.value is None:
        return Status.UNKNOWN
    return status or Status.NORMAL


def _finding(connection: Connection, indicator: Indicator, at: datetime) -> Finding:
    try:
        return indicator.formula(connection, at)
    except (ArithmeticError, ValueError, KeyError, TypeError):
        log.exception("indicator %s: its formula failed", indicator.id)
        return Finding(None, None, missing="rumus gagal dihitung; lihat catatan pekerja")
