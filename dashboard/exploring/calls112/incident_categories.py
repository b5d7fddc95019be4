"""What happens: incidents by category, over time and in the period, and the words that nobody has mapped yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import numpy as np
from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.calls112.counted import NO_INCIDENTS
from dashboard.exploring.calls112.counted_columns import (
    CountedColumns,
    category_of_words,
    counted_columns,
    day_number,
    day_of,
    numbered,
)
from dashboard.exploring.calls112.sentences import MONTHS, listed, whole
from dashboard.exploring.calls112.small_cells import HIDDEN_NOTE, hidden_cells, sum_is_safe
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.two_periods import LEAST_BASE, change
from dashboard.indicators.counted_incidents import is_sensitive
from dashboard.vocabulary112 import UNMAPPED, categories

MOST_WEEKS = 27
"""With more weeks than these the columns are months."""
LEAST_TO_NAME = 3
"""A word that is rarer may be free text that somebody typed once."""
WORDS_NAMED = 8


def title_of(code: str) -> str:
    """The name of a category; of what is not mapped, in words."""
    return UNMAPPED.capitalize() if code == UNMAPPED else categories()[code].title


def by_week(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Counts of each category in each week, or month of a long period; today's column is not over yet."""
    found = counted_columns(connection, filters, at)
    if not len(found):
        return nothing(NO_INCIDENTS, found.notes)
    meant = category_of_words(connection, found)
    spans = list(_spans(day_of(found.days[0]), day_of(found.days[-1]), filters))
    names = {first: name for first, _, name in spans}
    days = {first: _days_within(first, until, filters, at) for first, until, _ in spans}
    counts = _counts(found, meant, [first for first, _, _ in spans])
    hidden = hidden_cells(
        counts, lambda code, first: is_sensitive(code) and (filters.kecamatan is not None or days[first] == 1)
    )
    rows = [
        {
            "span": names[first],
            "first": first,
            "category": title_of(code),
            "n": None if (code, first) in hidden else n,
            "remark": hidden.get((code, first), ""),
        }
        for (code, first), n in counts.items()
    ]
    columns = (
        Column("category", "Kategori", "text", role="y"),
        Column("span", "Minggu mulai" if len(spans) <= MOST_WEEKS else "Bulan", "text", role="x"),
        Column("first", "Hari pertama", "day"),
        Column("n", "Kejadian", unit="kejadian", role="value"),
        Column("remark", "Keterangan", "text", role="note"),
    )
    total = len(found) if sum_is_safe(hidden) else None
    notes = (*((HIDDEN_NOTE,) if hidden else ()), *unmapped_notes(found, meant), *found.notes)
    return Answer(columns, rows, n=total, data_time=found.newest, notes=notes)


def _spans(first: date, last: date, filters: Filters) -> Iterator[tuple[date, date, str]]:
    """First day, day after the last, and name of each week or month, oldest first."""
    by_month = filters.days > 7 * MOST_WEEKS
    start = first.replace(day=1) if by_month else first - timedelta(days=first.weekday())
    years = filters.first.year != filters.last.year
    while start <= last:
        following = (start + timedelta(days=32)).replace(day=1) if by_month else start + timedelta(days=7)
        month = MONTHS[start.month - 1] + (f" {start:%y}" if by_month and years else "")
        yield start, following, month if by_month else f"{start.day} {month}"
        start = following


def _days_within(first: date, until: date, filters: Filters, at: datetime) -> int:
    """How many days of a span the period holds until today."""
    last = min(until - timedelta(days=1), filters.last, clock.wib(at).date())
    return (last - max(first, filters.first)).days + 1


def _counts(found: CountedColumns, meant: Mapping[str, str], starts: Sequence[date]) -> dict[tuple[str, date], int]:
    """Every category that occurs × every span, zeros too, in the order of the vocabulary."""
    there = set(meant.values())
    order = [code for code in (*categories(), UNMAPPED) if code in there]
    code_of = numbered(found.columns, "category_raw", {word: order.index(code) for word, code in meant.items()})
    span_of = np.searchsorted([day_number(start) for start in starts], found.days, "right") - 1
    table = np.bincount(code_of * len(starts) + np.maximum(span_of, 0), minlength=len(order) * len(starts))
    return {(code, start): int(n) for (code, start), n in zip(product(order, starts), table, strict=True)}


def in_period(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Counts of each category in the period, most first, beside the period of the same length before it."""
    found = counted_columns(connection, filters, at)
    if not len(found):
        return nothing(NO_INCIDENTS, found.notes)
    earlier = counted_columns(connection, _before(filters), filters.start - (filters.end - min(filters.end, at)))
    meant = category_of_words(connection, found, earlier)
    now, before = _by_code(found, meant), _by_code(earlier, meant)
    guarded = filters.kecamatan is not None or filters.days == 1
    hidden: dict[tuple[int, str], str] = {}
    for when, counts in enumerate((before, now)):  # each period has a sum of its own
        cells = {(when, code): n for code, n in counts.items()}
        hidden |= hidden_cells(cells, lambda _, code: guarded and is_sensitive(code))
    rows = [_row(code, before[code], now[code], hidden) for code in sorted(now, key=lambda c: (-now[c], c))]
    columns = (
        Column("category", "Kategori", "text", role="label"),
        Column("n", "Kejadian", role="value"),
        Column("before", "Masa sebelumnya"),
        Column("change", "Perubahan", "text"),
    )
    notes = (
        f"Dibandingkan dengan {whole(filters.days)} hari tepat sebelumnya; persen hanya dari dasar ≥ {LEAST_BASE}.",
        *((HIDDEN_NOTE,) if hidden else ()), *unmapped_notes(found, meant), *found.notes,
    )  # fmt: skip
    safe = sum_is_safe({cell: word for cell, word in hidden.items() if cell[0]})
    return Answer(columns, rows, n=len(found) if safe else None, data_time=found.newest, notes=notes)


def _before(filters: Filters) -> Filters:
    back = timedelta(days=filters.days)
    return Filters(filters.first - back, filters.last - back, filters.kecamatan)


def _by_code(found: CountedColumns, meant: Mapping[str, str]) -> Counter[str]:
    """Counts with a zero for every category of either period."""
    counts = Counter(dict.fromkeys(meant.values(), 0))
    for number, n in enumerate(np.bincount(found.columns.cells["category_raw"])):
        if n:
            counts[meant[found.columns.words[number] or ""]] += int(n)
    return counts


def _row(code: str, before: int, now: int, hidden: Mapping[tuple[int, str], str]) -> dict[str, Any]:
    words = hidden.get((1, code)) or hidden.get((0, code)) or change(before, now).words
    return {
        "category": title_of(code),
        "n": None if (1, code) in hidden else now,
        "before": None if (0, code) in hidden else before,
        "change": words,
    }


def _unmapped(found: CountedColumns, meant: Mapping[str, str]) -> Counter[str]:
    """How often each word occurs that has no meaning; of equally many the one told first stands first."""
    columns = found.columns
    chosen = columns.having("category_raw", [word for word, code in meant.items() if code == UNMAPPED])
    return Counter(columns.words[number] or "" for number in columns.cells["category_raw"][chosen].tolist())


def unmapped_notes(found: CountedColumns, meant: Mapping[str, str]) -> tuple[str, ...]:
    """How many carry a word without a meaning; words that occur often are named."""
    words = _unmapped(found, meant)
    if not words:
        return ()
    frequent = {word or "(kosong)": n for word, n in words.most_common(WORDS_NAMED) if n >= LEAST_TO_NAME}
    rest = len(words) - len(frequent)
    named = f": {listed(frequent)}" if frequent else ""
    more = f"{'; ' if named else ': '}{whole(rest)} kata lain yang jarang" if rest else ""
    return (f"{whole(words.total())} kejadian belum dipetakan{named}{more}.",)


def unmapped_words(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Every word of the period that has no meaning yet, for whoever maps them."""
    found = counted_columns(connection, filters, at)
    words = _unmapped(found, category_of_words(connection, found))
    if not words:
        return nothing("semua kategori dalam masa ini sudah dipetakan" if len(found) else NO_INCIDENTS)
    rows = [{"word": word or "(kosong)", "n": n} for word, n in words.most_common()]
    columns = (Column("word", "Kata dari sumber", "text"), Column("n", "Kejadian"))
    return Answer(columns, rows, n=words.total(), data_time=found.newest)


QUESTIONS = (
    Question(
        id="incidents112.categories", title="Kejadian menurut kategori", family="112",
        topics=("incidents", "edits"), form="bars", clock="Kejadian menurut waktu laporan diterima", ask=in_period,
    ),
    Question(
        id="incidents112.categories_by_week", title="Kategori per minggu", family="112",
        topics=("incidents", "edits"), form="heat", ask=by_week,
        clock="Kejadian menurut waktu laporan diterima, minggu Senin–Minggu",
    ),
    Question(
        id="incidents112.unmapped_words", title="Kata kategori yang belum dipetakan", family="112",
        topics=("incidents", "edits"), form="table", clock="Kejadian menurut waktu laporan diterima",
        ask=unmapped_words, audience="desk",
    ),
)  # fmt: skip
