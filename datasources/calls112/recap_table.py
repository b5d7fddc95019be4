"""Finds the tables of a recap sheet: where the months or days stand, where the labels, and what each of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from datasources.calls112 import recap_headings as headings
from datasources.calls112.recap_counts import looks_counted
from datasources.calls112.recap_header import HEADER_DEPTH, Heading, Rows, cell_at, headings_of, text_at
from datasources.calls112.recap_periods import Kind, named
from datasources.spreadsheet import Cell

Refuse = Callable[[int | None, int | None, str], None]
"""Row and column from 0 (None: the whole column or row), and the Indonesian reason."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One table: rows [body, end) and the columns that hold numbers; `across` says that periods stand in the header.

    `period_columns` are the columns (and kinds) in which a row names its period; with `across` it is empty, and
    `label_column` holds the labels.
    """

    top: int
    body: int
    end: int
    across: bool
    headings: tuple[Heading, ...]
    period_columns: tuple[tuple[int, Kind], ...] = ()
    label_column: int = 0
    corner: str = ""


_UNTIL = {"s/d", "s.d.", "s.d", "sd", "-", "–", "sampai", "sampai dengan", "hingga"}
"""Between two months these make a title such as "Periode: Januari s/d Maret 2026", not a header."""


def line_place(layout: Layout, at: int, *, labels: bool) -> tuple[int | None, int | None]:
    """Row and column of a line of labels or of periods; of a column the cell of its heading."""
    if labels == layout.across:
        return at, layout.label_column if labels else layout.period_columns[-1][0]
    return next((h.row for h in layout.headings if h.column == at), None), at


def line_name(layout: Layout, at: int, *, labels: bool) -> str:
    """ "baris 7" or "kolom D"."""
    return f"baris {at + 1}" if labels == layout.across else f"kolom {get_column_letter(at + 1)}"


def layouts(rows: Rows) -> list[Layout]:
    """The tables of a sheet from top to bottom; each ends above the title of the next one."""
    found: list[Layout] = []
    row = 0
    while row < len(rows):
        layout = None if found and _continues(rows, row, found[-1]) else _across(rows, row) or _down(rows, row)
        if layout is None:
            row += 1
            continue
        if found:
            found[-1] = replace(found[-1], end=_last_data(rows, found[-1].body, layout.top) + 1)
        found.append(layout)
        row = layout.body
    return found


def title_of(rows: Rows, layout: Layout, previous: Layout | None) -> str:
    """All words above a table, below the table before it; numbers too, for a year may stand in a cell of its own."""
    above = rows[previous.end if previous else 0 : layout.top]
    return _line_of(cell for row in above for cell in row)


def has_numbers(rows: Rows) -> bool:
    """Whether the sheet holds at least four numbers: then it was meant to be read."""
    return sum(looks_counted(cell) for row in rows for cell in row) >= 4


def _line_of(cells: Iterable[Cell]) -> str:
    return " ".join(str(cell) for cell in cells if isinstance(cell, str | int))


def _last_data(rows: Rows, body: int, top: int) -> int:
    """The last row with counts of a table above another one; below it stands the title of that one."""
    return next((r for r in range(top - 1, body - 1, -1) if _is_data(rows[r])), body - 1)


def _is_data(row: Sequence[Cell]) -> bool:
    """Whether a row holds counts: not words alone, and not a "Tahun: 2026" above the next table."""
    words = headings.folded(_line_of(cell for cell in row if isinstance(cell, str)))
    return any(map(looks_counted, row)) and (headings.is_total(words) or "tahun" not in words)


def _is_period(cell: Cell, kind: Kind) -> bool:
    try:
        named(cell, kind)
    except ValueError:
        return False
    return True


def _continues(rows: Rows, row: int, above: Layout) -> bool:
    """Whether the row names its periods in the columns of the table above: then its months are data, no header."""
    return any(_is_period(cell_at(rows, row, column), kind) for column, kind in above.period_columns)


def _across(rows: Rows, row: int) -> Layout | None:
    """A table whose header row names at least two months or days, or one beside a heading such as "Kecamatan"."""
    columns = [c for c, cell in enumerate(rows[row]) if not isinstance(cell, int) and _is_period(cell, "any")]
    if not columns or columns[0] == 0:
        return None
    if len(columns) == 1 and not any(headings.subject_of(text_at(rows, row, c)) for c in range(columns[0])):
        return None
    if any(headings.folded(cell) in _UNTIL for cell in rows[row][columns[0] : columns[-1]]):
        return None
    top = row - 1 if _heads_above(rows, row, columns[0]) else row
    label_column = _label_column(rows, row, columns[0])
    found = headings_of(rows, top, row, columns[0])
    corner = " ".join(text_at(rows, r, label_column) for r in range(top, row + 1)).strip()
    return Layout(top, row + 1, len(rows), True, found, (), label_column, corner)


def _heads_above(rows: Rows, row: int, first: int) -> bool:
    """Whether the row above belongs to the header: a year or "BULAN" over the months, or the heading of the labels."""
    if row == 0:
        return False
    above = cell_at(rows, row - 1, first)
    if _is_period(above, "year") or headings.folded(above) in headings.PERIODS:
        return True
    return any(rows[row - 1][:first]) and not any(rows[row][:first])


def _label_column(rows: Rows, row: int, before: int) -> int:
    """The column left of the periods with the most words below: not the running number."""
    below = range(row + 1, min(row + 30, len(rows)))
    return max(range(before), key=lambda column: (sum(bool(text_at(rows, r, column)) for r in below), column))


def _down(rows: Rows, row: int) -> Layout | None:
    """A table with a heading such as "Bulan" or "Tanggal" over a column of periods."""
    periods = _period_columns(rows, row)
    if not periods:
        return None
    last = _last_header_row(rows, row, periods[-1][0])
    column, kind = periods[-1]
    below = (cell_at(rows, r, column) for r in range(last + 1, len(rows)))
    first = next((cell for cell in below if cell is not None), None)
    if not _is_period(first, kind) and not _is_period(first, "year"):
        return None
    first_count = column + 1
    top = row - 1 if _groups_above(rows, row, first_count) else row
    found = headings_of(rows, top, last, first_count)
    return Layout(top, last + 1, len(rows), False, found, periods) if found else None


def _period_columns(rows: Rows, row: int) -> tuple[tuple[int, Kind], ...]:
    """The first run of period headings, such as "Tahun | Bulan"; a weekday or nothing may stand between them."""
    run: list[tuple[int, Kind]] = []
    for column in range(len(rows[row])):
        word = headings.folded(text_at(rows, row, column))
        if word in headings.PERIODS:
            run.append((column, headings.PERIODS[word]))
        elif run and word and word not in headings.NOT_COUNTS:
            break
    return tuple(run)


def _last_header_row(rows: Rows, row: int, period_column: int) -> int:
    """The rows below a heading that still hold words and no period: its second and third header row."""
    last = row
    while last + 1 < len(rows) and last - row < HEADER_DEPTH - 1:
        below = rows[last + 1]
        words = any(isinstance(cell, str) and not looks_counted(cell) for cell in below[period_column + 1 :])
        if not words or any(c is not None for c in below[: period_column + 1]) or any(map(looks_counted, below)):
            break
        last += 1
    return last


def _groups_above(rows: Rows, row: int, first: int) -> bool:
    """Whether the row above holds group headings: words only right of the periods, and no title."""
    if row == 0 or any(cell is not None for cell in rows[row - 1][:first]):
        return False
    words = [text_at(rows, row - 1, c) for c in range(first, len(rows[row - 1])) if text_at(rows, row - 1, c)]
    return len(words) > 1 or any(headings.subject_of(w) or headings.known(headings.folded(w)) for w in words)
