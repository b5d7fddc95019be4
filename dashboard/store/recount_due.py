"""What must be counted again: the list of time spans that a batch touched, and taking them off it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, String, Table, and_, delete, func, select

from dashboard.store.database import UtcTime, metadata, to_ms
from dashboard.store.upsert import Merge, upsert

DAY = timedelta(days=1)
DAY_MS, WIB_MS = 86_400_000, 7 * 3_600_000
PIECE = timedelta(days=31)

recount_due = Table(
    "recount_due",
    metadata,
    Column("what", String(16), primary_key=True),
    Column("source", String(64), primary_key=True),
    Column("start", UtcTime, primary_key=True),
    Column("end", UtcTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Due:
    """Time of one source that must be counted again, whole WIB days."""

    what: str
    source: str
    start: datetime
    end: datetime


def mark(connection: Connection, what: str, source: str, first: datetime, last: datetime) -> None:
    """Say that rows of `what` ("calls", "incidents" and the like) between two moments came or changed."""
    row = {"what": what, "source": source, "start": wib_day(first), "end": wib_day(last) + DAY}
    kept = recount_due.c
    earlier = connection.execute(
        select(kept.end).where(kept.what == what, kept.source == source, kept.start == row["start"])
    ).scalar()
    if earlier is not None:
        row["end"] = max(earlier, row["end"])
    # Written even when it says nothing new: the lock makes a recount that runs at this moment wait for us.
    upsert(connection, recount_due, [row], Merge.REPLACE)


def mark_days(connection: Connection, what: str, source: str, moments: Iterable[datetime]) -> None:
    """Say that rows of `what` came or changed on the days of those moments; days between them stay counted."""
    mark_spans(connection, what, source, ((moment, moment) for moment in moments))


def mark_spans(connection: Connection, what: str, source: str, spans: Iterable[tuple[datetime, datetime]]) -> None:
    """The same of the days from one moment to another each; days outside of all stay counted."""
    joined: list[tuple[datetime, datetime]] = []
    for first, last in sorted({(wib_day(first), wib_day(last)) for first, last in spans}):
        if joined and first <= joined[-1][1] + DAY:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    for first, last in joined:
        mark(connection, what, source, first, last)


def waiting(connection: Connection, what: str, start: datetime, end: datetime) -> list[Due]:
    """The time within [start, end) that is not counted again yet, overlapping spans joined."""
    c = recount_due.c
    within = connection.execute(
        select(c.what, c.source, c.start, c.end)
        .where(c.what == what, c.start < end, c.end > start)
        .order_by(c.source, c.start)
    )
    return [Due(what, d.source, max(d.start, wib_day(start)), min(d.end, wib_day(end) + DAY)) for d in _joined(within)]


def wib_day(moment: datetime) -> datetime:
    """00.00 WIB of the day a moment lies in, in UTC."""
    ms = (to_ms(moment) + WIB_MS) // DAY_MS * DAY_MS - WIB_MS
    return datetime.fromtimestamp(ms / 1000, UTC)


def due(connection: Connection) -> list[Due]:
    """What must be recounted, overlapping spans joined, cut into pieces of a month."""
    c = recount_due.c
    rows = connection.execute(select(c.what, c.source, c.start, c.end).order_by(c.what, c.source, c.start))
    return [piece for one in _joined(rows) for piece in _pieces(one)]


def _joined(rows: Iterable[Any]) -> list[Due]:
    joined: list[Due] = []
    for row in rows:
        last = joined[-1] if joined else None
        if last and (last.what, last.source) == (row.what, row.source) and row.start <= last.end:
            joined[-1] = Due(last.what, last.source, last.start, max(last.end, row.end))
        else:
            joined.append(Due(row.what, row.source, row.start, row.end))
    return joined


def _pieces(one: Due) -> Iterable[Due]:
    start = one.start
    while start < one.end:
        end = min(start + PIECE, one.end)
        yield Due(one.what, one.source, start, end)
        start = end


def done(connection: Connection, piece: Due) -> None:
    """Take a recounted piece off the list."""
    c = recount_due.c
    whole = and_(c.what == piece.what, c.source == piece.source, c.start >= piece.start, c.start < piece.end)
    reaching = connection.execute(select(func.max(c.end)).where(whole)).scalar()
    connection.execute(delete(recount_due).where(whole))
    if reaching is not None and reaching > piece.end:
        mark(connection, piece.what, piece.source, piece.end, reaching - DAY)
