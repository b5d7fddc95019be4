"""The words by which sources call categories, classes and agencies, counted as they fold together."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import Column, Connection, func, select

from dashboard.store.calls112 import incidents
from dashboard.store.class_hours import classes_between
from dashboard.store.recaps import recaps_between
from dashboard.vocabulary112 import Kind, folded


def words_between(connection: Connection, kind: Kind, start: datetime, end: datetime) -> Counter[str]:
    """Folded word → how many incidents, calls and recapped cases of [start, end) carry it; "" carries none."""
    found: Counter[str] = Counter()
    if kind == "agency":
        _add(found, _of_incidents(connection, incidents.c.opd, start, end))
        return found
    if kind == "category":
        _add(found, _of_incidents(connection, incidents.c.category_raw, start, end))
        recapped = recaps_between(connection, "categories", start, end)
    else:
        _add(found, _of_incidents(connection, incidents.c.class_raw, start, end))
        _add(found, classes_between(connection, start, end))
        recapped = recaps_between(connection, "classes", start, end)
    for recap in recapped:
        if not recap.is_total:
            found[folded(recap.label)] += recap.n
    return found


def _add(found: Counter[str], words: Counter[str]) -> None:
    for word, n in words.items():
        found[folded(word)] += n


def _of_incidents(connection: Connection, word: Column[str], start: datetime, end: datetime) -> Counter[str]:
    at = incidents.c.t_received
    rows = connection.execute(select(word, func.count()).where(at >= start, at < end, word.is_not(None)).group_by(word))
    return Counter({r[0]: r[1] for r in rows})
