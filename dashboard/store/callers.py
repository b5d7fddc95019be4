"""Who rang more than once, counted without telling who: only while the codes of callers live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from dashboard.store.call_classes import call_classes
from dashboard.store.calls112 import calls


def calls_per_caller(connection: Connection, start: datetime, end: datetime) -> tuple[list[int], int]:
    """Calls of each caller in [start, end), most first, and the calls without a code."""
    c = calls.c
    rows = connection.execute(
        select(c.caller_hash, func.count()).where(c.t_enter >= start, c.t_enter < end).group_by(c.caller_hash)
    )
    return _split(Counter({code: int(n) for code, n in rows}))


def classified_per_caller(
    connection: Connection, start: datetime, end: datetime, words: Collection[str]
) -> tuple[list[int], int]:
    """The same of the calls that were written down in one of these words; the code may stand with the call alone."""
    k, c = call_classes.c, calls.c
    rows = connection.execute(
        select(k.source, k.call_id, k.caller_hash, c.caller_hash)
        .select_from(call_classes.outerjoin(calls, and_(c.source == k.source, c.call_id == k.call_id)))
        .where(k.at >= start, k.at < end, k.class_raw.in_(list(words)))
    )
    # A caller who entered two queues is two rows of calls, but was written down once. Told apart here, not by
    # GROUP BY: that makes SQLite walk the whole table in the order of its key.
    codes: dict[tuple[str, str], str | None] = {}
    for source, call_id, with_class, with_call in rows:
        codes[source, call_id] = codes.get((source, call_id)) or with_class or with_call
    return _split(Counter(codes.values()))


def _split(counts: Counter[str | None]) -> tuple[list[int], int]:
    withheld = counts.pop(None, 0)
    return sorted(counts.values(), reverse=True), withheld
