"""Proposing that two incidents are one event: the same kind, near, soon after, and not the same caller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine

from dashboard.formulas.distance import great_circle_km
from dashboard.incident_classes import reason_not_counted
from dashboard.store import changes
from dashboard.store.database import reading, writing
from dashboard.store.incident_links import IncidentLink, propose
from dashboard.store.meanings import codes
from dashboard.store.possible_duplicates import Report, first_report, reports_between
from dashboard.vocabulary112 import folded

NEAR_M = 500
SOON = timedelta(minutes=30)
SOON_OF_SPREADING = timedelta(minutes=120)
"""A fire and a flood last, and people go on reporting them."""
FIRE = "kebakaran"
FLOOD_WORDS = ("banjir", "genangan")
EDITED_FOR = timedelta(days=31)
"""Rows are corrected for about a month; older ones are looked at once, when the worker starts."""
AT_ONCE = timedelta(days=31)


class DuplicateSearch:
    """Looks through the newest month whenever incidents changed, and through everything the first time."""

    def __init__(self) -> None:
        self._whole = True

    def run(self, engine: Engine, now: datetime) -> int:
        """Propose what is new; returns how many."""
        with reading(engine) as connection:
            oldest = first_report(connection)
        start = max(oldest, now - EDITED_FOR) if oldest and not self._whole else oldest
        found = sum(propose_between(engine, *span, now) for span in _spans(start, now)) if start else 0
        self._whole = False
        return found


def _spans(start: datetime, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    while start <= now:
        yield start, start + AT_ONCE
        start += AT_ONCE


def propose_between(engine: Engine, start: datetime, end: datetime, now: datetime) -> int:
    """Propose links for incidents received in [start, end); returns how many are new."""
    with reading(engine) as connection:
        reports = reports_between(connection, start - SOON_OF_SPREADING, end)
        kinds, classes = codes(connection, "category"), codes(connection, "class")
    incidents = [report for report in reports if reason_not_counted(report.class_raw, classes) is None]
    links = list(possible_duplicates(incidents, kinds))
    if links:
        with writing(engine) as connection:
            propose(connection, links, now)
            changes.announce(connection, ["edits"], now)
    return len(links)


def possible_duplicates(reports: Iterable[Report], kinds: Mapping[str, str]) -> Iterator[IncidentLink]:
    """Links from later reports, oldest first, to the first report of what may be the same event.

    `kinds` maps folded words to codes of categories. A report that was linked before is nobody's first report, unless
    the link was rejected; nothing is proposed about it again.
    """
    firsts: list[Report] = []
    for report in reports:
        firsts = [first for first in firsts if report.received - first.received <= SOON_OF_SPREADING]
        if report.state in ("diusulkan", "diterima"):
            continue
        parent = None if report.state else _parent(report, firsts, kinds)
        if parent is None:
            firsts.append(report)
            continue
        apart, metres = report.received - parent.received, _metres(parent, report)
        yield IncidentLink(
            report.source, report.incident_id, parent.source, parent.incident_id, apart / timedelta(minutes=1), metres
        )


def _parent(report: Report, firsts: Sequence[Report], kinds: Mapping[str, str]) -> Report | None:
    return next((first for first in firsts if _may_be_one(first, report, kinds)), None)


def _may_be_one(first: Report, later: Report, kinds: Mapping[str, str]) -> bool:
    kind = _kind(first, kinds)
    if not kind or kind != _kind(later, kinds):
        return False
    soon = SOON_OF_SPREADING if all(_spreads(r, kind) for r in (first, later)) else SOON
    return later.received - first.received <= soon and _other_caller(first, later) and _near(first, later)


def _kind(report: Report, kinds: Mapping[str, str]) -> str:
    """The category, or the word itself while it is not mapped; blank when there is none, and blank equals nothing."""
    word = folded(report.category_raw)
    return kinds.get(word, word)


def _spreads(report: Report, kind: str) -> bool:
    return kind == FIRE or any(word in folded(report.category_raw) for word in FLOOD_WORDS)


def _other_caller(first: Report, later: Report) -> bool:
    """A caller who is not known may be another one; the same one calls again about something else, or in despair."""
    return not first.caller_hash or first.caller_hash != later.caller_hash


def _near(first: Report, later: Report) -> bool:
    metres = _metres(first, later)
    if metres is not None:
        return metres <= NEAR_M
    return bool(first.desa_code) and first.desa_code == later.desa_code


def _metres(first: Report, later: Report) -> float | None:
    if first.lat is None or first.lon is None or later.lat is None or later.lon is None:
        return None
    return 1000 * great_circle_km((first.lat, first.lon), (later.lat, later.lon))
