"""Rivers and rain as they were summed up at a moment: what was running then is summed up again, the rest stands.

Needs readings and forecast of that moment in the same transaction, and the noted stretches whose time was over.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, text

from dashboard import clock
from dashboard.store.bmkg import forecast_between
from dashboard.store.counts_again import again
from dashboard.store.database import to_ms
from dashboard.store.hazard_recount import Post, month_of, recount_forecast, recount_running
from dashboard.store.hazard_spans import hazard_spans
from dashboard.store.noted_tables import BY_NAME
from dashboard.store.versions_then import rows_then

DAY, FORETOLD = timedelta(days=1), timedelta(days=10)
SHORT_MONTH = timedelta(days=4)
"""A month is noted when 31 days are over: the one before may not have been."""
CELLS = ", ".join(f'm."{column.name}"' for column in hazard_spans.c)


def cover_hazards(connection: Connection, at: datetime) -> None:
    """Cover the stretches; those that were running, and the months they lie in, are made again."""
    months = {month_of(at - SHORT_MONTH), month_of(at)}
    posts = _posts(connection, min(months))
    over = f"({rows_then(connection, BY_NAME['hazard_spans'], to_ms(at))}) m"
    near = f"m.start >= {to_ms(min(months))} AND (m.span <> 'hour' OR m.start >= {to_ms(clock.day_start(at) - DAY)})"
    with again(connection, hazard_spans, f"SELECT {CELLS} FROM {over} WHERE NOT ({near})"):  # noqa: S608
        connection.execute(text(f"INSERT INTO hazard_spans SELECT {CELLS} FROM {over} WHERE {near}"))  # noqa: S608
        foretold = forecast_between(connection, clock.day_start(at), at + FORETOLD)
        recount_forecast(connection, foretold)
        for post in posts:
            recount_running(connection, post, at, months)


def _posts(connection: Connection, since: datetime) -> list[Post]:
    c = hazard_spans.c
    rows = connection.execute(
        select(c.parameter, c.place, func.max(c.name))
        .where(c.span == "month", c.start >= since)
        .group_by(c.parameter, c.place)
    )
    return [Post(parameter, place, name or "") for parameter, place, name in rows]
