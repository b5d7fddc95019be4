"""Instructions and alerts in words, for the first page of the briefing."""

from __future__ import annotations

from typing import Any

from dashboard.briefings.edition import AlertLine, AlertWeek, Directive, Edition
from layouts.format import date_range, number, short_moment

DIRECTIVES_SHOWN, ALERTS_SHOWN = 6, 3


def directives(edition: Edition) -> list[str] | None:
    """A sentence each; those without room on the page are counted."""
    if edition.directives is None:
        return None
    said = [_directive(one) for one in edition.directives[:DIRECTIVES_SHOWN]]
    rest = edition.directives[DIRECTIVES_SHOWN:]
    late = sum(one.late for one in rest)
    more = f"{len(rest)} arahan lain, {late} di antaranya lewat waktu; lihat halaman Arahan."
    return [*said, more] if rest else said


def _directive(one: Directive) -> str:
    day = date_range(one.due, one.due)
    due = one.stage if one.ended else f"seharusnya {day}" if one.late else f"tenggat {day}"
    stage = f"; {one.stage}" if one.stage and not one.ended else ""
    return f"{one.text} ({one.owner}, {due}{stage})"


def alerts(edition: Edition) -> dict[str, Any] | None:
    """One sentence of counts, and those that say most."""
    week = edition.alerts
    if week is None:
        return None
    return {"counts": _counts(week), "lines": [_alert(line, edition) for line in week.lines[:ALERTS_SHOWN]]}


def _counts(week: AlertWeek) -> str:
    if not week.raised and not week.standing:
        return "Tidak ada peringatan dalam minggu ini."
    return (
        f"{number(week.raised)} peringatan dinyatakan, {number(week.critical)} di antaranya kritis; "
        f"{number(week.standing)} masih berlaku saat laporan ini dibuat."
    )


def _alert(line: AlertLine, edition: Edition) -> str:
    taken = f"diterima {short_moment(line.accepted)}" if line.accepted else "tidak ada yang menerima"
    mark = " (SIMULASI)" if line.simulated and not all(f.simulated for f in edition.figures) else ""
    began = short_moment(line.raised)
    return f"{line.severity.capitalize()}: {line.said} ({line.owner}, sejak {began}; {taken}; {line.state}){mark}"
