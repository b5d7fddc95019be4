"""Which editions are due and not done. Never 'the clock says Monday six': what is missing is made, whenever that is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection

from dashboard import clock
from dashboard.briefings.compose import ISSUE_AFTER, Order, audiences
from dashboard.briefings.edition import REGENT
from dashboard.store.editions import as_of_before, first_week, made_weeks
from dashboard.store.week_figures import first_known

WEEK = timedelta(days=7)


def newest_due_week(now: datetime) -> datetime:
    """The Monday of the last week whose edition is due: the one that ended before last Monday 06.00 WIB."""
    return clock.week_start(now - ISSUE_AFTER) - WEEK


def due_orders(connection: Connection, now: datetime) -> Iterator[Order]:
    """The missing editions from the first week of the archive on, oldest first; an empty archive begins with the
    newest. A year of 53 weeks needs no rule: weeks follow each other by seven days.
    """
    newest = newest_due_week(now)
    week = first_week(connection) or newest
    done = {audience: made_weeks(connection, audience) for audience in audiences()}
    while week <= newest:
        for audience, made in done.items():
            if week not in made and (audience == REGENT or _belongs(made, week, newest)):
                before = as_of_before(connection, audience, week, 1)
                yield Order(week, as_of(connection, week, now), audience, previous_as_of=before)
        week += WEEK


def as_of(connection: Connection, week: datetime, now: datetime) -> datetime:
    """Monday 06.00 WIB; now where that has not come yet, or where the machine was off then: nobody knows what it would
    have known.
    """
    due = week + WEEK + ISSUE_AFTER
    if now < due:
        return now
    known = first_known(connection, week)
    return due if known is not None and known <= due else now


def _belongs(made: set[datetime], week: datetime, newest: datetime) -> bool:
    """An OPD that is new gets no editions of the past."""
    return week >= min(made, default=newest)
