"""The period axis of a recap table: the days that each row (or column) counts, its totals, and refused ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from datasources.calls112 import recap_headings as headings
from datasources.calls112.exchanged_days import exchanged_days
from datasources.calls112.recap_counts import looks_counted
from datasources.calls112.recap_header import Rows, cell_at, text_at
from datasources.calls112.recap_periods import RIGHT, Kind, Named, Span, named, part_of_year, years_in
from datasources.calls112.recap_table import Layout, Refuse, line_name, line_place

_NO_MONTH = (
    "tanggal ini tanpa bulan; sebut satu bulan di judul atau nama lembar, misalnya 'Bulan Maret 2026', atau tulis "
    "tanggal lengkap seperti 02/03/2026 (hari/bulan/tahun)"
)
_SUM_WORDS = re.compile(r"^\W*((sub|grand|jumlah|total|jml)\W*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A row (or, with months in the header, a column) and the days it counts."""

    at: int
    span: Span
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """The year and month that title, sheet's name or option give to a table, and why there is none."""

    year: int | None
    month: int | None
    why_no_year: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """A line as it stands: the period it names, or a total (`period` None: of the lines before it)."""

    at: int
    period: Named | None
    is_total: bool = False


def period_lines(rows: Rows, layout: Layout, around: Around, refuse: Refuse) -> list[PeriodLine]:
    """The lines whose days are certain. A total counts all lines, or those since the total before it."""
    said = list(_across(rows, layout, refuse) if layout.across else _Down(rows, layout, around, refuse).lines())
    if monthless := [line for line in said if line.period and line.period.day and not line.period.month]:
        refuse(*line_place(layout, monthless[0].at, labels=False), _NO_MONTH)
        said = [line for line in said if line not in monthless]
    yearless = [line for line in said if line.period is not None and line.period.year is None]
    year = around.year
    if yearless and (problem := around.why_no_year if year is None else _two_years(yearless, year)):
        refuse(*line_place(layout, yearless[0].at, labels=False), problem)
        said = [line for line in said if line not in yearless]
    lines: list[PeriodLine] = []
    for line in said:
        if line.period is None:
            lines.extend(_sum(line.at, lines, last=line is said[-1]))
        elif (span := _span(line, year, layout, refuse)) is not None and not _repeated(
            line, span, lines, layout, refuse
        ):
            lines.append(PeriodLine(line.at, span, line.is_total))
    return lines


def _two_years(yearless: list[_Said], year: int) -> str:
    """November, Desember, Januari under a single year: it is not certain which of them is meant by it."""
    months = [line.period.month or 0 for line in yearless if line.period and not line.is_total]
    steps = {later > earlier for earlier, later in pairwise(months) if later != earlier}
    if len(steps) < 2:
        return ""
    return (
        f"urutan bulan berbalik, padahal hanya tahun {year} yang disebut; tulis tahun di tiap bulan, misalnya "
        f"'Januari {year}'"
    )


def _span(line: _Said, year: int | None, layout: Layout, refuse: Refuse) -> Span | None:
    assert line.period is not None  # noqa: S101 - totals without a period have no span of their own
    try:
        return replace(line.period, year=line.period.year or year).span()
    except ValueError:
        p = line.period
        refuse(*line_place(layout, line.at, labels=False), f"tanggal {p.day} tidak ada di bulan {p.month}; {RIGHT}")
        return None


def _repeated(line: _Said, span: Span, lines: list[PeriodLine], layout: Layout, refuse: Refuse) -> bool:
    first = next((o for o in lines if o.span == span and o.is_total == line.is_total), None)
    if first is None:
        return False
    where = line_name(layout, first.at, labels=False)
    refuse(*line_place(layout, line.at, labels=False), f"periode ini sudah ada di {where}; sisakan salah satu")
    return True


def _sum(at: int, before: list[PeriodLine], *, last: bool) -> list[PeriodLine]:
    """The total at a line over the data before it; the last one counts everything."""
    since = next((i for i in range(len(before), 0, -1) if before[i - 1].is_total), 0)
    parts = [line.span for line in (before if last else before[since:]) if not line.is_total]
    parts = parts or [line.span for line in before if not line.is_total]
    return [PeriodLine(at, Span(min(parts).first, max(p.after for p in parts)), is_total=True)] if parts else []


def _total_said(at: int, words: str) -> _Said | None:
    """A total, a quarter or a half year; None when the words announce none of them."""
    part = part_of_year(_SUM_WORDS.sub("", words))
    return _Said(at, part, is_total=True) if part or headings.is_total(words) else None


def _across(rows: Rows, layout: Layout, refuse: Refuse) -> Iterator[_Said]:
    for heading in layout.headings:
        words = heading.path[-1]
        if total := _total_said(heading.column, words):
            yield total
            continue
        if headings.is_average_or_share(words) or headings.folded(words) in headings.NOT_COUNTS:
            continue
        try:
            own = named(cell_at(rows, heading.row, heading.column), "any")
        except ValueError as wrong:
            if any(looks_counted(cell_at(rows, row, heading.column)) for row in range(layout.body, layout.end)):
                reason = (
                    "kolom ini kumulatif; tulis jumlah bulan itu saja" if headings.is_cumulative(words) else str(wrong)
                )
                refuse(heading.row, heading.column, reason)
            continue
        years = {year for group in heading.path[:-1] for year in years_in(group)}
        yield _Said(heading.column, replace(own, year=own.year or (years.pop() if len(years) == 1 else None)))


class _Down:
    """The rows of a table with months or days in columns of their own; what a column said holds until it says more."""

    def __init__(self, rows: Rows, layout: Layout, around: Around, refuse: Refuse) -> None:
        self._rows, self._layout, self._refuse = rows, layout, refuse
        self._last = layout.period_columns[-1][0]
        self._held: dict[Kind, Named] = {}
        self._around = around
        self._swapped = exchanged_days(rows, layout)

    def lines(self) -> Iterator[_Said]:
        for row in range(self._layout.body, self._layout.end):
            words = " ".join(filter(None, (text_at(self._rows, row, c) for c in range(self._last + 1))))
            counted = any(looks_counted(cell_at(self._rows, row, h.column)) for h in self._layout.headings)
            if headings.is_average_or_share(words):
                continue
            if total := _total_said(row, words):
                yield from [total] if counted else []
                continue
            period, problem = self._period(row, counted)
            if headings.is_cumulative(words):
                problem = "baris ini kumulatif; tulis jumlah bulan itu saja"
            if problem and counted:
                self._refuse(row, self._last, problem)
            elif period is not None and not problem and (counted or self._exists(period)):
                yield _Said(row, period)

    def _exists(self, period: Named) -> bool:
        """A form for 31 days is used for February too; its empty last rows are no mistake."""
        try:
            replace(period, year=period.year or self._around.year or 2000).span()
        except ValueError:
            return False
        return True

    def _period(self, row: int, counted: bool) -> tuple[Named | None, str]:
        own: Named | None = None
        problem = self._swapped.get(row, "")
        for column, kind in self._layout.period_columns:
            cell = cell_at(self._rows, row, column)
            try:
                own = named(cell, kind) if cell is not None else None
            except ValueError as wrong:
                own, problem = None, problem or str(wrong)
                if not counted and len(years := years_in(str(cell))) == 1:
                    self._held["year"] = Named(years.pop())
            if own is not None:
                self._held[kind] = own
        if own is None:
            return None, problem or f"baris ini berisi angka tetapi tanpa bulan atau tanggal; {RIGHT}"
        return self._joined(own), problem

    def _joined(self, own: Named) -> Named:
        month = self._held.get("month") or Named(month=self._around.month)
        year = self._held.get("year", Named()).year
        if own.day is not None and own.month is None:
            own = replace(own, month=month.month, year=month.year)
        return replace(own, year=own.year or year)
