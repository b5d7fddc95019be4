"""Reconciling what a source delivered: all rules over its newest rows, kept as findings in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from dashboard.ingestion.reconciliation import content, shifts, times, totals
from dashboard.ingestion.reconciliation.shifts import Series
from dashboard.store import changes, ingestion_log, meanings, source_rows
from dashboard.store.database import reading, writing
from dashboard.store.import_findings import ImportFinding, set_findings
from datasources.calls112.records import Incident, RecapCount
from datasources.registry import ConfiguredSource

NEWEST = 25_000
"""Rows of a kind that are looked at: a whole quarter of a large centre; older ones were judged when they came."""
HOURS = timedelta(days=120)
AT_MOST_EVERY = timedelta(minutes=1)
SILENCE_EVERY = timedelta(minutes=10)
"""Silence begins without any row that changes, and so does a moment that was ahead come true."""
TOPICS = {"incidents", "calls", "call_classes", "recaps"}
NOT_A_KECAMATAN = "bukan kecamatan Kabupaten Mojokerto"
CALLS, INCIDENTS = "panggilan", "kejadian"


@dataclass(frozen=True, slots=True)
class Reconciled:
    """When a source was reconciled last, and on which rows, refusals and meanings."""

    at: datetime
    seen: tuple[int, int, int]


def reconcile(connection: Connection, source: str, at: datetime) -> list[ImportFinding]:
    """What is odd about the incidents, calls, classes and recaps of one source, as sentences with counts.

    Counted calls must be counted (recount_all) before. Nothing is changed; findings carry incident ids only.
    """
    incidents = source_rows.newest_incidents(connection, source, NEWEST)
    classes = source_rows.class_words(connection, source, NEWEST)
    recaps = source_rows.newest_recaps(connection, source, NEWEST)
    found = [*times.times(incidents, at), *content.twins(incidents)]
    found += _places(connection, source, incidents, recaps)
    found += _meanings(connection, incidents, classes, recaps)
    for series in _series(incidents, classes):
        found += shifts.shifts(series)
    found += shifts.silent(INCIDENTS, (i.t_received for i in incidents), at, timedelta(0))
    found += _calls(connection, source, at)
    found += _recaps(recaps)
    return found


def _places(
    connection: Connection, source: str, incidents: Sequence[Incident], recaps: Sequence[RecapCount]
) -> Iterator[ImportFinding]:
    refused = source_rows.refused_words(connection, source, NOT_A_KECAMATAN)
    labels = Counter(r.label for r in recaps if r.subject == "kecamatan" and not r.is_total)
    return content.places(incidents, refused, labels)


def _meanings(
    connection: Connection,
    incidents: Sequence[Incident],
    classes: Sequence[tuple[datetime, str, int]],
    recaps: Sequence[RecapCount],
) -> Iterator[ImportFinding]:
    counted = [r for r in recaps if not r.is_total]
    categories = [(i.category_raw, 1) for i in incidents]
    categories += [(r.label, r.n) for r in counted if r.subject == "categories"]
    said = [(i.class_raw, 1) for i in incidents if i.class_raw] + [(word, n) for _, word, n in classes]
    said += [(r.label, r.n) for r in counted if r.subject == "classes"]
    yield from content.unmapped("category", categories, meanings.codes(connection, "category"))
    yield from content.unmapped("class", said, meanings.codes(connection, "class"))


def _series(incidents: Sequence[Incident], classes: Sequence[tuple[datetime, str, int]]) -> Iterator[Series]:
    yield Series("category", "kategori", [(i.t_received, i.category_raw, 1) for i in incidents if i.category_raw])
    yield Series("opd", "OPD", [(i.t_received, i.opd, 1) for i in incidents if i.opd])
    yield Series("class", "kelas", [(i.t_received, i.class_raw, 1) for i in incidents if i.class_raw] or classes)


def _calls(connection: Connection, source: str, at: datetime) -> Iterator[ImportFinding]:
    newest = source_rows.newest_hour(connection, source)
    if newest is None:
        return
    hours = source_rows.hours_of(connection, source, newest - HOURS)
    yield from shifts.silent(CALLS, (h.hour for h in hours), at, timedelta(hours=1))
    # A CDR cannot tell whether anybody answered: its hours say nothing here.
    yield from shifts.unanswered({h.hour: (h.offered, h.answered) for h in hours if h.answered + h.abandoned})


def _recaps(recaps: Sequence[RecapCount]) -> Iterator[ImportFinding]:
    yield from totals.totals(recaps)
    hours: dict[datetime, dict[str, int]] = {}
    for r in recaps:
        if r.subject == "calls" and r.end - r.start <= timedelta(hours=1) and not r.is_total:
            hours.setdefault(r.start, {})[r.label] = r.n
    told = {start: (n["offered"], n["answered"]) for start, n in hours.items() if {"offered", "answered"} <= n.keys()}
    yield from shifts.unanswered(told)


def reconcile_now(engine: Engine, source: str, now: datetime) -> bool:
    """Reconcile one source and keep what was found; returns whether the findings changed."""
    with reading(engine) as connection:
        found = reconcile(connection, source, now)
    with writing(engine) as connection:
        changed = set_findings(connection, source, found, now)
        if changed:
            # Figures refuse what hand-typed times cannot support: they must be measured again.
            changes.announce(connection, ["findings", "incidents"], now)
    return changed


def reconcile_changed(
    engine: Engine, sources: Sequence[ConfiguredSource], now: datetime, last: dict[str, Reconciled]
) -> int:
    """Reconcile the 112 sources whose rows changed, each at most once a minute, and all every ten minutes.

    `last` is what the caller remembers between calls; it is brought up to date. Returns how many were reconciled.
    """
    ours = [s.id for s in sources if TOPICS & set(s.topics)]
    with reading(engine) as connection:
        states = ingestion_log.state_rows(connection)
        edits = changes.revisions(connection).get("edits", 0)
    count = 0
    for source in ours:
        state, before = states.get(source), last.get(source)
        seen = (state.rows_total, state.refused_total, edits) if state else (0, 0, edits)
        if before is not None:
            age = now - before.at
            if age < AT_MOST_EVERY or (before.seen == seen and age < SILENCE_EVERY):
                continue
        last[source] = Reconciled(now, seen)
        reconcile_now(engine, source, now)
        count += 1
    return count
