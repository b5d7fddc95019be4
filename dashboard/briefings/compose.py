"""Compose the edition of a week from the store, as known at its as-of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from sqlalchemy import Connection

from dashboard import clock
from dashboard.briefings import selection
from dashboard.briefings.actions import alerts_of_week, directives_of_week
from dashboard.briefings.edition import REGENT, Edition, Event, Revision, SourceLine
from dashboard.briefings.figure import Figure
from dashboard.briefings.figure_of_week import figure_of
from dashboard.briefings.plan_events import changed_targets
from dashboard.briefings.series import WEEK, YEAR
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Indicator
from dashboard.indicators.read import source_states
from dashboard.store.notes import Note, notes_between
from dashboard.store.source_states import SourceState
from dashboard.store.week_figures import Key, WeekFigure, known_at
from datasources.registry import ConfiguredSource

ISSUE_AFTER = timedelta(hours=6)
"""The as-of time: Monday 06.00 WIB, six hours after the week has ended."""
LOOK_BACK = YEAR + 53 * WEEK
REVISED_WEEKS = 13
MOST_REVISIONS = 8
LAST_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Order:
    """Which edition: the Monday of its week, the moment as of which, for whom, and as what revision."""

    week: datetime
    as_of: datetime
    audience: str = REGENT
    revision: int = 1
    reason: str = ""
    previous_as_of: datetime | None = None


def audiences() -> list[str]:
    """The regent, and every OPD that owns an indicator of the briefing."""
    shown = [i for i in CATALOGUE.values() if i.in_briefing and i.family != "sistem"]
    return [REGENT, *sorted({office for i in shown for office in i.offices})]


def label(week: datetime) -> str:
    """'2026-W47'."""
    year, number, _ = clock.wib(week).isocalendar()
    return f"{year}-W{number:02d}"


def compose(
    connection: Connection,
    sources: Sequence[ConfiguredSource],
    order: Order,
    address: str = "",
) -> Edition:
    """The edition that `order` asks for. `address` is where people open the application."""
    chosen = _indicators(order.audience)
    known = known_at(connection, order.week - LOOK_BACK, order.week, order.as_of)
    notes = {
        family: notes_between(connection, family, order.week - LOOK_BACK, order.week + WEEK, order.as_of)
        for family in selection.FAMILIES
    }
    states = source_states(connection, sources, order.as_of)
    weeks = _by_indicator(known, chosen)
    figures = tuple(figure_of(i, weeks[i.id], order.week, order.as_of, notes[i.family], states) for i in chosen)
    lines = _source_lines(states, figures, order.as_of)
    points = selection.main_points(figures)
    by_id = {figure.of.id: figure for figure in figures}
    first = clock.wib(order.week).date()
    return Edition(
        week=label(order.week),
        first=first,
        last=first + timedelta(days=6),
        as_of=order.as_of,
        running=order.as_of < order.week + WEEK - LAST_MINUTE,
        audience=order.audience,
        revision=order.revision,
        reason=order.reason,
        figures=figures,
        points=points,
        charts=selection.charts(figures),
        proposal=selection.proposal([by_id[name] for name in points], lines),
        sources=lines,
        events=(*_events(notes, figures, order.week), *_plan_events(connection, figures, order)),
        revisions=_revisions(connection, chosen, known, order),
        directives=directives_of_week(connection, order.audience, order.week, order.as_of),
        link=_link(address, order.as_of),
        alerts=alerts_of_week(connection, order.audience, order.week, order.as_of),
    )


def _by_indicator(known: Mapping[Key, WeekFigure], chosen: list[Indicator]) -> dict[str, dict[datetime, WeekFigure]]:
    weeks: dict[str, dict[datetime, WeekFigure]] = {indicator.id: {} for indicator in chosen}
    for (name, week), figure in known.items():
        weeks.get(name, {})[week] = figure
    return weeks


def _indicators(audience: str) -> list[Indicator]:
    shown = [i for i in CATALOGUE.values() if i.in_briefing and i.family in selection.FAMILIES]
    return [i for family in selection.FAMILIES for i in shown
            if i.family == family and audience in (REGENT, *i.offices)]  # fmt: skip


def _source_lines(states: Sequence[SourceState], figures: Sequence[Figure], as_of: datetime) -> tuple[SourceLine, ...]:
    """Every source that stands behind a figure, once; late ones first, then by title."""
    behind = {name for figure in figures for name in figure.sources}
    lines = [_source_line(s, as_of) for s in states if s.id in behind]
    return tuple(sorted(lines, key=lambda line: (not line.late, line.title)))


def _source_line(s: SourceState, as_of: datetime) -> SourceLine:
    freshness = s.freshness(as_of)
    newest = min(as_of, s.newest_data_at) if s.newest_data_at else s.answered_at
    return SourceLine(s.id, s.title, s.owner, freshness.state, freshness.since, newest, s.rows_total, s.refused_total,
                      s.simulated, s.attribution)  # fmt: skip


def _events(notes: Mapping[str, Sequence[Note]], figures: Sequence[Figure], week: datetime) -> tuple[Event, ...]:
    """The notes of the six weeks of the charts, on the pages that there are."""
    families = {figure.of.family for figure in figures}
    begun = week - 5 * WEEK
    return tuple(
        Event(note.family, note.kind, note.text, note.start, note.end)
        for family, found in notes.items() if family in families
        for note in found if (note.end or note.start) >= begun
    )  # fmt: skip


def _plan_events(connection: Connection, figures: Sequence[Figure], order: Order) -> list[Event]:
    """Since the edition of the week before was made."""
    start = min(order.week + ISSUE_AFTER, order.as_of)
    return changed_targets(connection, {f.of.family for f in figures}, order.audience, start, order.as_of)


def _revisions(
    connection: Connection, chosen: Sequence[Indicator], known: Mapping[Key, WeekFigure], order: Order
) -> tuple[Revision, ...]:
    """Figures of earlier weeks that became others since the last edition, the newest week first."""
    if order.previous_as_of is None:
        return ()
    last = order.week if order.revision > 1 else order.week - WEEK
    old = known_at(connection, last - REVISED_WEEKS * WEEK, last, order.previous_as_of)
    found = []
    for (name, week), before in sorted(old.items(), key=lambda item: item[0][1], reverse=True):
        indicator, now = CATALOGUE.get(name), known.get((name, week))
        if indicator is not None and indicator in chosen and now is not None and now.value != before.value:
            found.append(
                Revision(indicator.title, indicator.unit, indicator.decimals, label(week), before.value, now.value)
            )
    return tuple(found)


def _link(address: str, as_of: datetime) -> str:
    return (
        f"{address.rstrip('/')}/?at={quote(clock.wib(as_of).isoformat(timespec='minutes'), safe=':')}"
        if address
        else ""
    )
