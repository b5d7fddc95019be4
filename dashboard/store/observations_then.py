"""Readings as they were known at a moment: what came later is not there, what was revised says the former."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, MetaData, Table, text

from dashboard.store.counts_again import empty
from dashboard.store.database import to_ms
from dashboard.store.observation_revisions import observation_revisions
from dashboard.store.observations import observations
from dashboard.store.rows_then import store_itself
from dashboard.store.stations import station_parameters

AHEAD_MS = 300_000
"""A clock of a station may run ahead of ours by so much (ingestion.ahead)."""
KEY = ("source", "station", "parameter", "averaging")
_SAID = ("value", "unit", "quality", "flags")


def cover_observations(connection: Connection, at: datetime) -> None:
    """Cover the readings and what came last of each parameter."""
    own, at_ms = store_itself(connection), to_ms(at)
    connection.execute(text(f"CREATE TEMP VIEW observations AS {_readings(connection, own, at_ms)}"))
    connection.execute(text(f"CREATE TEMP VIEW station_parameters AS {_newest(own, at_ms)}"))


def _readings(connection: Connection, own: str, at_ms: int) -> str:
    cells = ", ".join(f'm."{c.name}"' for c in observations.c)
    known = f"SELECT {cells} FROM {own}.observations m WHERE m.known_at <= {at_ms}"  # noqa: S608
    revised = f"{own}.observation_revisions r WHERE r.replaced_at > {at_ms}"
    if connection.execute(text(f"SELECT 1 FROM {revised} LIMIT 1")).first() is None:  # noqa: S608
        return known
    _keep_former(connection, revised)
    same = " AND ".join(f's."{name}" = m."{name}"' for name in (*KEY, "observed_at"))
    former = ", ".join(f'{"s" if c.name in _SAID else "m"}."{c.name}"' for c in observations.c)
    return (
        f"{known} AND NOT EXISTS (SELECT 1 FROM observations_before s WHERE {same}) UNION ALL "  # noqa: S608
        f"SELECT {former} FROM observations_before s JOIN {own}.observations m ON {same} WHERE m.known_at <= {at_ms}"
    )


def _keep_former(connection: Connection, revised: str) -> None:
    """What each reading said before the first of its later revisions."""
    columns = [column.name for column in observation_revisions.c]
    empty(connection, _before())
    keys = ", ".join(f"r.{name}" for name in (*KEY, "observed_at"))
    first = f"SELECT {keys}, min(r.replaced_at) AS replaced_at FROM {revised} GROUP BY {keys}"  # noqa: S608
    same = " AND ".join(f"f.{name} = o.{name}" for name in (*KEY, "observed_at", "replaced_at"))
    table = revised.partition(" ")[0]
    connection.execute(
        text(
            f"INSERT INTO observations_before SELECT {', '.join(f'o.{name}' for name in columns)} "  # noqa: S608
            f"FROM {table} o JOIN ({first}) f ON {same}"
        )
    )


def _before() -> Table:
    return observation_revisions.to_metadata(MetaData(), name="observations_before")


def _newest(own: str, at_ms: int) -> str:
    """By one look into the index for each parameter of each station."""
    same = " AND ".join(f"{{row}}.{name} = p.{name}" for name in KEY)
    last = (
        f"SELECT max(x.observed_at) FROM {own}.observations x WHERE {same.format(row='x')} "  # noqa: S608
        f"AND x.observed_at <= {at_ms + AHEAD_MS} AND x.known_at <= {at_ms}"
    )
    told = {"unit": "o.unit", "newest_at": "o.observed_at", "newest_value": "o.value", "newest_quality": "o.quality"}
    cells = ", ".join(f'{told.get(c.name, f"p.{c.name}")} AS "{c.name}"' for c in station_parameters.c)
    return (
        f"SELECT {cells} FROM {own}.station_parameters p JOIN observations o "  # noqa: S608
        f"ON {same.format(row='o')} AND o.observed_at = ({last})"
    )
