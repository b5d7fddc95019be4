"""What stands behind the numbers of an edition: sources, those that are late, revisions, definitions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dashboard.briefings.edition import Edition, Revision, SourceLine
from dashboard.briefings.figure import Figure
from dashboard.clock import wib
from dashboard.formulas.freshness import FreshState
from layouts.drawing.status_icon import FRESH_WORDS
from layouts.format import date_range, number, short_moment, with_unit

LATE_WORDS = {
    FreshState.LATE: "Sumber terlambat",
    FreshState.STALE: "Sumber dengan data basi",
    FreshState.LOST: "Sumber putus",
    FreshState.NONE: "Sumber tanpa data",
}
NEVER = "Sumber yang belum pernah menjawab"
MOST_NAMED = 6
"""Of each state on page 1; all of them stand in the table of the last page."""


def source_row(line: SourceLine, as_of: datetime) -> dict[str, Any]:
    """A row of the table of sources; data of another year carry it."""
    return {
        "title": line.title,
        "owner": line.owner,
        "state": FRESH_WORDS[line.state],
        "data": _newest(line.newest, as_of),
        "refused": f"{number(line.refused)} dari {number(line.rows + line.refused)}",
        "simulated": line.simulated,
    }


def _newest(at: datetime | None, as_of: datetime) -> str:
    if at is None or wib(at).year == wib(as_of).year:
        return short_moment(at)
    return date_range(wib(at).date(), wib(at).date())


def late_groups(lines: Sequence[SourceLine]) -> list[dict[str, str]]:
    """Sources past their contract by what is wrong with them, the first few of each by name."""
    groups: dict[str, list[str]] = {}
    for line in lines:
        if line.late:
            words = NEVER if line.since is None else LATE_WORDS[line.state]
            when = "" if line.since is None else f" (terakhir benar {short_moment(line.since)})"
            groups.setdefault(words, []).append(f"{line.title}{when}")
    return [{"state": words, "sources": _some(titles)} for words, titles in groups.items()]


def _some(titles: Sequence[str]) -> str:
    named = "; ".join(titles[:MOST_NAMED])
    more = len(titles) - MOST_NAMED
    return f"{named}; dan {more} lagi, lihat Catatan data" if more > 0 else named


def revision_row(revision: Revision) -> list[str]:
    """Title, week, old → new."""
    values = [with_unit(value, revision.unit, revision.decimals) for value in (revision.old, revision.new)]
    return [revision.title, revision.week, " → ".join(values)]


def defined(edition: Edition) -> list[Figure]:
    """What is spoken of or drawn."""
    return [figure for figure in edition.figures if figure.of.id in (*edition.points, *edition.charts)]


def definitions(edition: Edition) -> list[list[str]]:
    """Clock and basis of each figure; those that share both stand together."""
    together: dict[tuple[str, str, str], list[str]] = {}
    for figure in defined(edition):
        of = figure.of
        aim = f"{of.basis}; target: {of.target_basis}" if of.target_basis and of.target_basis != of.basis else of.basis
        together.setdefault((of.clock, aim, of.owner), []).append(of.title)
    return [["; ".join(titles), clock, f"{basis} · {owner}"] for (clock, basis, owner), titles in together.items()]
