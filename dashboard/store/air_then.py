"""Air as it was judged at a moment: whole hours as they stood, the day that was running counted again from them.

Needs readings, hours and rules of that moment in the same transaction.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from dashboard import clock
from dashboard.store.air_day_count import count_days
from dashboard.store.air_days import air_days, air_years, counted_year, days_between
from dashboard.store.air_due import AirDue
from dashboard.store.air_region import air_region_days, keep_region_days
from dashboard.store.air_rules import DEFAULT, rules_by_source
from dashboard.store.counts_again import again
from dashboard.store.database import from_ms, to_ms
from dashboard.store.noted_tables import BY_NAME
from dashboard.store.rows_then import store_itself
from dashboard.store.versions_then import oldest_changed, rows_then

DAY = timedelta(days=1)


def cover_air(connection: Connection, at: datetime) -> None:
    """Cover days and years of stations and days of the regency."""
    today = clock.day_start(at)
    with again(connection, air_days, rows_then(connection, BY_NAME["air_days"], to_ms(at))):
        _count_stations(connection, today, at)
    _cover_years(connection, today, at)
    with again(connection, air_region_days, rows_then(connection, BY_NAME["air_region_days"], to_ms(at))):
        keep_region_days(connection, days_between(connection, today, today + DAY))


def _count_stations(connection: Connection, today: datetime, at: datetime) -> None:
    """Those of which that day was told later; the others told nothing by then either."""
    asked = f"SELECT source, station FROM {store_itself(connection)}.air_days WHERE day = {to_ms(today)}"  # noqa: S608
    stations, rules = connection.execute(text(asked)).all(), rules_by_source(connection)
    for source, station in stations:
        share = rules.get(source, DEFAULT).required_share
        count_days(connection, AirDue(source, station, today, at), today, today + DAY, share)


def _cover_years(connection: Connection, today: datetime, at: datetime) -> None:
    """Years with days that were running or came to say something else are counted again, earlier ones stand."""
    changed = from_ms(oldest_changed(connection, BY_NAME["air_days"], to_ms(at)))
    first, last = (clock.wib(day).year for day in (min(today, changed or today), today))
    cells = ", ".join(f'm."{column.name}"' for column in air_years.c)
    parts = [f"SELECT {cells} FROM {store_itself(connection)}.air_years m WHERE m.year < {first}"]  # noqa: S608
    for year in range(first, last + 1):
        begins, over = (datetime(y, 1, 1, tzinfo=clock.WIB) for y in (year, year + 1))
        counted = counted_year(year, begins, over).compile(connection, compile_kwargs={"literal_binds": True})
        parts.append(f"SELECT {cells} FROM ({counted}) m")  # noqa: S608
    connection.execute(text(f"CREATE TEMP VIEW air_years AS {' UNION ALL '.join(parts)}"))
