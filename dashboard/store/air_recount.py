"""Judging and counting a station again: flags of its readings, its hours and its days, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy import Connection, Engine, select

from dashboard import clock
from dashboard.formulas.air_hour import AirHour, corrected_hours, end_of_hour, hours_of
from dashboard.formulas.air_series import Key, interval_of, judged_station
from dashboard.formulas.humidity_correction import CORRECTIONS
from dashboard.formulas.quality_flags import Flag, Judged, Sample
from dashboard.store import air_due
from dashboard.store.air_day_count import count_region_days, recount_days
from dashboard.store.air_drift import tell_drift
from dashboard.store.air_due import AirDue
from dashboard.store.air_hours import replace_hours
from dashboard.store.air_neighbours import judge_among_neighbours
from dashboard.store.air_rolling import recount_rolling
from dashboard.store.air_rules import DEFAULT, AirRules, rules_by_source
from dashboard.store.database import reading, writing
from dashboard.store.doubles import exact
from dashboard.store.observations import observations
from dashboard.store.reading_flags import Flagged, replace_flags

REACH = timedelta(hours=12)
"""A new reading can change the judgement of others this far away: the longest run of the flat-line test."""
PIECE = timedelta(days=31)
"""Judged at a time, so that ten years of a station never lie in memory at once."""


def recount_stations(engine: Engine, budget_s: float | None = None) -> int:
    """Recount the stations that wait, those that wait longest first, for about `budget_s` seconds (None: all)."""
    began, done = monotonic(), 0
    touched: list[AirDue] = []
    while budget_s is None or monotonic() - began < budget_s:
        with reading(engine) as connection:
            due = air_due.next_due(connection)
        if due is None:
            break
        _recount(engine, due)
        touched.append(due)
        done += 1
    if touched:
        first, last = min(due.first for due in touched), max(due.last for due in touched)
        with writing(engine) as connection:
            judge_among_neighbours(connection, end_of_hour(first), end_of_hour(last))
            count_region_days(connection, first, last)
    return done


def _recount(engine: Engine, due: AirDue) -> None:
    with writing(engine) as connection:
        air_due.take(connection, due)
        rules = rules_by_source(connection).get(due.source, DEFAULT)
        start = due.first
        while start <= due.last:
            end = min(start + PIECE, due.last)
            _recount_piece(connection, AirDue(due.source, due.station, start, end), rules)
            start = end + timedelta(milliseconds=1)
        recount_rolling(connection, due.source, due.station, due.first, due.last, rules.required_share)
        recount_days(connection, due, rules.required_share)
        tell_drift(connection, due.source, due.station, rules.reference, clock.now())


def _recount_piece(connection: Connection, piece: AirDue, rules: AirRules) -> None:
    """Flags reach REACH beyond the piece on both sides and are judged by what lies REACH further still."""
    start, end = end_of_hour(piece.first - REACH) - timedelta(hours=1), end_of_hour(piece.last + REACH)
    series = _series(connection, piece, start - REACH, end + REACH)
    judged = judged_station(series, clock.now())
    flags = [
        Flagged(piece.source, piece.station, *key, sample.at, judgement.flag, "; ".join(judgement.reasons))
        for key, judgements in judged.items()
        for sample, judgement in zip(series[key], judgements, strict=True)
        if judgement.flag in (Flag.SUSPECT, Flag.FAIL) and start < sample.at <= end
    ]
    replace_flags(connection, piece.source, piece.station, start, end, flags)
    hours = [(name, hour) for name, found in _hours(series, judged, rules).items() for hour in found
             if start < hour.end <= end]  # fmt: skip
    replace_hours(connection, piece.source, piece.station, start, end, hours)


def _series(connection: Connection, piece: AirDue, start: datetime, end: datetime) -> dict[Key, list[Sample]]:
    """Every series of the station in (start, end], oldest first; what its own owner voided is missing."""
    c = observations.c
    rows = connection.execute(
        select(c.parameter, c.averaging, c.observed_at, c.value, c.quality)
        .where(c.source == piece.source, c.station == piece.station, c.observed_at > start, c.observed_at <= end)
        .order_by(c.observed_at)
    )
    found: dict[Key, list[Sample]] = {}
    for parameter, averaging, at, value, quality in rows:
        value = None if quality == "invalid" else exact(value)
        found.setdefault((parameter, averaging), []).append(Sample(at, value))
    return found


def _hours(
    series: Mapping[Key, Sequence[Sample]], judged: Mapping[Key, Sequence[Judged]], rules: AirRules
) -> dict[str, list[AirHour]]:
    """Parameter → hours: from hourly means where the station sends them, else from its single readings."""
    found: dict[str, list[AirHour]] = {}
    for averaging in ("PT1H", "inst"):
        for key, judgements in judged.items():
            if key[1] == averaging and key[0] not in found:
                interval = interval_of(averaging, series[key])
                found[key[0]] = hours_of(series[key], judgements, interval)
    by = CORRECTIONS.get(rules.humidity_correction)
    if by is not None and "pm25" in found:
        found["pm25"] = corrected_hours(found["pm25"], found.get("humidity", []), by)
    return found
