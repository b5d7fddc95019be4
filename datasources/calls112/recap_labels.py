"""The label axis of a recap table: what each column (or row) counts; unknown and doubled ones are refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from datasources.calls112 import recap_headings as headings
from datasources.calls112.recap_counts import looks_counted
from datasources.calls112.recap_header import Rows, cell_at, text_at
from datasources.calls112.recap_headings import Meaning, Verdict
from datasources.calls112.recap_table import Layout, Refuse, line_name, line_place
from datasources.calls112.records import Subject


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A column (or, with months in the header, a row) and what it counts. `cumulative` ones have no meaning."""

    at: int
    subject: Subject = "calls"
    label: str = ""
    is_total: bool = False
    cumulative: bool = False


def label_lines(
    rows: Rows, layout: Layout, subject: Subject | None, columns: Mapping[str, str], refuse: Refuse
) -> list[LabelLine]:
    """The lines that count something, and the cumulative ones; `subject` is that of the whole sheet, if it is known."""
    said: list[tuple[int, Verdict]] = []
    for at, path in label_paths(rows, layout):
        verdict = headings.meaning(path, subject, columns)
        if verdict != "unknown":
            said.append((at, verdict))
        elif _counted(rows, layout, at):
            refuse(*line_place(layout, at, labels=True), _unknown(path))
    lines = [line for at, verdict in said if (line := _line(said, at, verdict)) is not None]
    return list(_without_doubles(lines, layout, refuse))


def label_paths(rows: Rows, layout: Layout) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each label with the group headings above it."""
    if not layout.across:
        yield from ((heading.column, heading.path) for heading in layout.headings)
        return
    counted = [row for row in range(layout.body, layout.end) if _counted(rows, layout, row)]
    # Below the last number stand signatures and footnotes.
    for row in range(layout.body, counted[-1] + 1 if counted else layout.body):
        # The label of a total is often merged over the running number too, and so stands further left.
        words = next((w for c in range(layout.label_column, -1, -1) if (w := text_at(rows, row, c))), "")
        if words:
            yield row, (words,)


def _counted(rows: Rows, layout: Layout, at: int) -> bool:
    if layout.across:
        return any(looks_counted(cell_at(rows, at, heading.column)) for heading in layout.headings)
    return any(looks_counted(cell_at(rows, row, at)) for row in range(layout.body, layout.end))


def _unknown(path: tuple[str, ...]) -> str:
    heading = " ".join(path)[:60]
    return (
        f"judul '{heading}' tidak dikenal, angkanya tidak dibaca; tulis artinya di opsi columns, misalnya "
        f'"{heading}" = "classes.{headings.folded(path[-1])[:30]}", atau "{headings.SKIPPED}" bila tidak perlu'
    )


def _line(said: list[tuple[int, Verdict]], at: int, verdict: Verdict) -> LabelLine | None:
    if isinstance(verdict, str):
        return LabelLine(at, cumulative=True) if verdict == "cumulative" else None
    if not verdict.is_total:
        return LabelLine(at, verdict.subject or "calls", verdict.label)
    subject = verdict.subject or _nearest_subject(said, at)
    return LabelLine(at, subject, "offered" if subject == "calls" else headings.TOTAL, is_total=True)


def _nearest_subject(said: list[tuple[int, Verdict]], at: int) -> Subject:
    """A bare total is the sum of what stands before it, else of what follows."""
    counted = [(place, v.subject) for place, v in said if isinstance(v, Meaning) and v.subject and not v.is_total]
    before = [subject for place, subject in counted if place < at]
    return before[-1] if before else counted[0][1] if counted else "calls"


def _without_doubles(lines: list[LabelLine], layout: Layout, refuse: Refuse) -> Iterator[LabelLine]:
    for line in lines:
        same = [o.at for o in lines if o.at != line.at and _key(o) == _key(line)]
        if line.cumulative or not same:
            yield line
            continue
        what = f"jumlah {line.subject}" if line.is_total else f"{line.subject} '{line.label}'"
        others = ", ".join(line_name(layout, at, labels=True) for at in same)
        refuse(
            *line_place(layout, line.at, labels=True),
            f"berarti {what}, sama dengan {others}; tulis di opsi columns mana yang dibaca dan mana yang "
            f"'{headings.SKIPPED}'",
        )


def _key(line: LabelLine) -> tuple[str, str, bool, bool]:
    return line.subject, line.label.casefold(), line.is_total, line.cumulative
