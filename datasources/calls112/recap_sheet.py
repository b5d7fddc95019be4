"""One sheet of a recap to counts: which subject it counts, of which year, and cell by cell what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from datasources import region
from datasources.calls112 import recap_headings as headings
from datasources.calls112.recap_counts import BadCount, Dash, count, shown
from datasources.calls112.recap_header import Rows, address, cell_at
from datasources.calls112.recap_labels import LabelLine, label_lines, label_paths
from datasources.calls112.recap_period_lines import Around, PeriodLine, period_lines
from datasources.calls112.recap_periods import months_in, years_in
from datasources.calls112.recap_table import Layout, has_numbers, layouts, line_name, line_place, title_of
from datasources.calls112.records import RecapCount, Subject
from datasources.contract import Refused
from datasources.privacy import mask

LONGEST_LABEL = 128
NO_TABLE = (
    "tidak ada tabel yang dikenali: perlu kolom berjudul Bulan atau Tanggal, atau baris judul berisi nama-nama bulan; "
    "bila lembar ini bukan rekap, tulis 'abaikan' di opsi sheets"
)

CASES = "tabel ini daftar kasus dengan data pelapor, bukan rekap, maka tidak dibaca; pakai pembaca calls112.case_list"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read: the options of the reader that concern cells."""

    year: int | None
    dash: Dash
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """A count and where it stood."""

    record: RecapCount
    place: str
    over_labels: bool = False
    """A sum over all labels of its subject; other sums are over the periods of one label."""


@dataclass
class Sheet:
    """Reads all tables of one sheet; `where` names file and sheet, `subject` is what the user said that it counts."""

    rows: Rows
    name: str
    where: str
    reading: Reading
    subject: Subject | None = None
    counts: list[Placed] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    tables: int = 0

    def read(self) -> None:
        """Fill `counts` and `refused`; a sheet without any table is refused if it holds numbers."""
        found = layouts(self.rows)
        self.tables = len(found)
        main = title_of(self.rows, found[0], None) if found else ""
        for layout, previous in zip(found, [None, *found], strict=False):
            title = f"{title_of(self.rows, layout, previous)} {layout.corner}"
            # A table further down without a year of its own stands under the title of the sheet.
            self._table(layout, title if years_in(title) else f"{title} {main}")
        if not self.tables and has_numbers(self.rows):
            self.refused.append(Refused("", NO_TABLE, self.where))

    def refuse(self, row: int | None, column: int | None, reason: str) -> None:
        """A refusal of a cell, or of a whole row or column."""
        raw = shown(cell_at(self.rows, row, column)) if row is not None and column is not None else ""
        where = address(row or 0, column or 0)
        self.refused.append(Refused(raw, reason, f"{self.where}, sel {where}"))

    def _table(self, layout: Layout, title: str) -> None:
        if layout.across and (split := self._second_heading(layout)) is not None:
            self.refuse(*split, "di bawah bulan ada judul kedua; satu tabel hanya boleh satu hal untuk tiap bulan")
            return
        if any(headings.names_a_person(heading.path[-1]) for heading in layout.headings):
            self.refuse(layout.top, layout.headings[0].column, CASES)
            return
        subject = self._subject(layout, title)
        if subject is None and layout.across:
            self.refuse(
                layout.body - 1, layout.label_column,
                "tidak jelas apa yang dihitung tabel ini; tulis di opsi sheets, misalnya "
                f'"{self.name}" = "categories"',
            )  # fmt: skip
            return
        labels = label_lines(self.rows, layout, subject, self.reading.columns, self.refuse)
        periods = period_lines(self.rows, layout, self._around(title), self.refuse)
        cumulative = bool(headings.is_cumulative(self.name)) or "kumulatif" in title.casefold()
        for label in labels:
            if label.cumulative or cumulative:
                self._refuse_cumulative(layout, label, periods)
        kept = [] if cumulative else [label for label in labels if not label.cumulative]
        self.counts.extend(_without_empty_sums(list(self._counts(layout, kept, periods))))

    def _second_heading(self, layout: Layout) -> tuple[int, int] | None:
        """A word right below a month, in a row without label: two headings under one month."""
        for heading in layout.headings:
            cell = cell_at(self.rows, layout.body, heading.column)
            unlabelled = all(cell_at(self.rows, layout.body, c) is None for c in range(layout.label_column + 1))
            if unlabelled and isinstance(cell, str) and shown(cell) != cell:
                return layout.body, heading.column
        return None

    def _subject(self, layout: Layout, title: str) -> Subject | None:
        """What the user said; else what most labels are; else what the sheet's name, the corner or the title says."""
        if self.subject is not None:
            return self.subject
        words = [path[-1] for _, path in label_paths(self.rows, layout)]
        said = [w for w in words if not headings.is_total(w) and headings.folded(w) not in headings.NOT_COUNTS]
        for subject, known in (
            ("calls", sum(_is_call(path) for _, path in label_paths(self.rows, layout))),
            ("kecamatan", sum(region.kecamatan_named(w) is not None for w in said)),
        ):
            if known * 2 >= len(said) and known:
                return "calls" if subject == "calls" else "kecamatan"
        return next(filter(None, map(headings.subject_of, (self.name, layout.corner, title))), None)

    def _around(self, title: str) -> Around:
        mentioned = years_in(title) | years_in(self.name)
        year = mentioned.copy().pop() if len(mentioned) == 1 else self.reading.year
        right = "tulis tahun di judul, nama lembar atau tiap bulan, atau isi opsi year"
        why = f"tahun tidak disebut; {right}"
        if len(mentioned) > 1:
            listed = " dan ".join(map(str, sorted(mentioned)))
            why = f"judul dan nama lembar menyebut tahun {listed}, jadi tahun bulan ini tidak pasti; {right}"
        months = months_in(title) or months_in(self.name)
        return Around(year, months.pop() if len(months) == 1 else None, why)

    def _refuse_cumulative(self, layout: Layout, label: LabelLine, periods: list[PeriodLine]) -> None:
        values = [v for p in periods if not p.is_total and (v := self._value(layout, label, p)) is not None]
        line = line_name(layout, label.at, labels=True)
        rises = all(later >= earlier for earlier, later in pairwise(values))
        seen = "angkanya tidak pernah turun" if rises else "walau angkanya pernah turun"
        reason = f"{line} bernama kumulatif (s/d) dan {seen}, maka tidak dibaca; tulis jumlah tiap bulan saja"
        self.refuse(*line_place(layout, label.at, labels=True), reason)

    def _value(self, layout: Layout, label: LabelLine, period: PeriodLine) -> int | None:
        try:
            return count(cell_at(self.rows, *_position(layout, label, period)), self.reading.dash)
        except BadCount:
            return None

    def _counts(self, layout: Layout, labels: list[LabelLine], periods: list[PeriodLine]) -> Iterator[Placed]:
        for label in labels:
            cells = [(p, position := _position(layout, label, p), cell_at(self.rows, *position)) for p in periods]
            fractions = any(isinstance(cell, float) for _, _, cell in cells)
            for period, (row, column), cell in cells:
                try:
                    n = count(cell, self.reading.dash, among_fractions=fractions)
                except BadCount as bad:
                    self.refuse(row, column, str(bad))
                    continue
                if n is not None:
                    start, end = period.span.utc()
                    is_total = label.is_total or period.is_total
                    name = mask(label.label)[:LONGEST_LABEL]
                    record = RecapCount(start, end, label.subject, name, n, is_total)
                    yield Placed(record, f"{self.where}, sel {address(row, column)}", label.is_total)


def _position(layout: Layout, label: LabelLine, period: PeriodLine) -> tuple[int, int]:
    return (label.at, period.at) if layout.across else (period.at, label.at)


def _is_call(path: tuple[str, ...]) -> bool:
    verdict = headings.meaning(path, None, {})
    return isinstance(verdict, headings.Meaning) and verdict.subject in ("calls", "classes") and not verdict.is_total


def _without_empty_sums(counts: list[Placed]) -> list[Placed]:
    """A formula that adds up empty cells shows 0: a sum of nothing says nothing, and missing is never zero."""
    data = [placed.record for placed in counts if not placed.record.is_total]

    def adds_something(placed: Placed) -> bool:
        total = placed.record
        return any(
            d.subject == total.subject
            and total.start <= d.start
            and d.end <= total.end
            and (placed.over_labels or d.label == total.label)
            for d in data
        )

    return [p for p in counts if not p.record.is_total or p.record.n or adds_something(p)]
