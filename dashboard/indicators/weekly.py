"""Figures of closed weeks: each computed once when it is new, the last ones again because late rows still come."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from dashboard import clock
from dashboard.indicators.indicator import Finding, Indicator, Status
from dashboard.store import source_spells
from dashboard.store.week_figures import WeekFigure
from datasources.registry import ConfiguredSource

log = logging.getLogger(__name__)

WEEK = timedelta(days=7)
MOMENT_BEFORE = timedelta(milliseconds=1)
REVISED = 5
"""Weeks computed again: rows that come later than that are found when a person re-issues an edition."""
BACK = 106
"""Weeks of the past that are computed: the weeks of two years, so that last year lies beside this year."""
EMPTY = 4
"""After so many weeks without any data of their own the past is taken to have ended."""


def closed_weeks(now: datetime, count: int) -> list[datetime]:
    """The Mondays of the last `count` weeks that are over, the newest first."""
    monday = clock.week_start(now)
    return [monday - WEEK * back for back in range(1, count + 1)]


def figures_of(
    connection: Connection,
    indicators: Iterable[Indicator],
    week: datetime,
    now: datetime,
    sources: Sequence[ConfiguredSource],
) -> list[WeekFigure]:
    """The figures of the week that begins at `week`, as far as it has come. A formula's failure spares the others."""
    answered = source_spells.last_at(connection, "answered", week + WEEK)
    heard = {topic for s in sources if s.id in answered for topic in s.topics}
    simulated = {topic for s in sources if s.simulated for topic in s.topics}
    return [_figure(connection, indicator, week, now, heard, simulated) for indicator in indicators]


def is_empty(figures: Iterable[WeekFigure]) -> bool:
    """Whether nothing at all was told of that week."""
    return not any(f.value is not None and f.data_time is not None and f.data_time >= f.week for f in figures)


def _figure(
    connection: Connection, indicator: Indicator, week: datetime, now: datetime, heard: set[str], simulated: set[str]
) -> WeekFigure:
    silent = bool(indicator.topics) and not heard & set(indicator.topics)
    end = min(week + WEEK, now)
    finding = _known_then(_finding(connection, indicator, week, end), end, silent)
    band = indicator.band_of(finding)
    limits = finding.detail.get("interval_95")
    return WeekFigure(
        indicator=indicator.id,
        week=week,
        value=finding.value,
        n=finding.n,
        interval=(float(limits[0]), float(limits[1])) if limits else None,
        band=band.word if band else "",
        status=Status.UNKNOWN if finding.value is None else band.status if band else Status.NORMAL,
        data_time=finding.data_time,
        missing=finding.missing,
        simulated=finding.simulated or any(topic in simulated for topic in indicator.topics),
        known_at=now,
    )


def _finding(connection: Connection, indicator: Indicator, week: datetime, end: datetime) -> Finding:
    try:
        if indicator.week is not None:
            return indicator.week.formula(connection, week, end)
        return indicator.formula(connection, end - MOMENT_BEFORE)
    except (ArithmeticError, ValueError, KeyError, TypeError, LookupError):
        log.exception("indicator %s: its formula failed for the week of %s", indicator.id, week)
        return Finding(None, None, missing="rumus gagal dihitung; lihat catatan pekerja")


def _known_then(finding: Finding, end: datetime, silent: bool) -> Finding:
    """A figure that rests on later data is none of this week's; nor is 'nothing', where nobody had told us yet."""
    if silent if finding.data_time is None else finding.data_time > end:
        return Finding(None, None, missing="belum ada data pada minggu itu")
    return finding
