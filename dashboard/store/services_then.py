"""Probed services as they stood at a moment: their last checks are folded again, by the functions that folded them.

Single checks live for a month. For moments further back spells end at the moment, and its day is counted to its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, select, text

from dashboard.clock import day_start
from dashboard.formulas.service_state import UNKNOWN, Check, Limits, Spell, Standing, after
from dashboard.store.counts_again import again, empty
from dashboard.store.database import from_ms, to_ms
from dashboard.store.rows_then import store_itself
from dashboard.store.service_checks import GOOD, KEPT_FOR, service_checks
from dashboard.store.service_days import add_to_days, service_days
from dashboard.store.service_spells import Key, keep_spells, keep_standings, service_spells, service_standings
from dashboard.store.services import services
from datasources.services.records import ServiceCheck

FOLDED_AGAIN = 60
"""Checks of each service: after so many its standing no longer depends on how the first of them is taken."""


def cover_services(connection: Connection, at: datetime) -> None:
    """Cover checks, spells, standings and days; what is declared and announced must be covered before."""
    own = store_itself(connection)
    known = _standings(connection)
    _cover_checks(connection, own, at)
    _cover_days(connection, own, at)
    limits = {row.service: Limits(row.failures, row.successes) for row in connection.execute(select(services))}
    begun = {key: _begun(connection, own, key, holds) for key, holds in known.items()}
    empty(connection, service_standings)
    with again(connection, service_spells, _spells_before(own, at)):
        for (source, service), (standing, checks) in begun.items():
            _fold(connection, source, service, standing, checks, limits.get(service, Limits()))


def _spells_before(own: str, at: datetime) -> str:
    """The spells before those that are folded again; the last of them ends with the moment at most."""
    end = f'CASE WHEN m."end" > {to_ms(at)} THEN {to_ms(at)} ELSE m."end" END AS "end"'
    cells = ", ".join(end if c.name == "end" else f'm."{c.name}"' for c in service_spells.c)
    return (
        f"SELECT {cells} FROM {own}.service_spells m WHERE m.start <= {to_ms(at)} AND NOT EXISTS "  # noqa: S608
        "(SELECT 1 FROM service_spells_again s WHERE s.source = m.source AND s.service = m.service "
        "AND s.start <= m.start)"
    )


def _fold(
    connection: Connection,
    source: str,
    service: str,
    standing: Standing | None,
    checks: Sequence[Check],
    limits: Limits,
) -> None:
    ended: list[tuple[str, Spell]] = []
    for check in checks:
        standing, spells = after(standing, check, limits)
        ended += [(service, spell) for spell in spells]
    keep_spells(connection, source, ended)
    if standing is not None:
        keep_standings(connection, source, {service: standing})


def _standings(connection: Connection) -> dict[Key, timedelta]:
    """How long a check of each service vouches: checks do not say it, and it hardly ever changes."""
    c = service_standings.c
    rows = connection.execute(select(c.source, c.service, c.holds_s))
    return {(row.source, row.service): timedelta(seconds=row.holds_s) for row in rows}


def _cover_checks(connection: Connection, own: str, at: datetime) -> None:
    connection.execute(
        text(f"CREATE TEMP VIEW service_checks AS SELECT * FROM {own}.service_checks WHERE checked_at <= {to_ms(at)}")  # noqa: S608
    )


def _cover_days(connection: Connection, own: str, at: datetime) -> None:
    """The day of the moment is counted again where its checks are left, and stays whole where they are not."""
    today, c = day_start(at), service_checks.c
    rows = connection.execute(select(service_checks).where(c.checked_at >= today).order_by(c.checked_at)).all()
    newest = from_ms(connection.execute(text(f"SELECT max(checked_at) FROM {own}.service_standings")).scalar())  # noqa: S608
    is_left = newest is not None and today >= newest - KEPT_FOR
    until = today if is_left else today + timedelta(days=1)
    cells = ", ".join(f'm."{column.name}"' for column in service_days.c)
    rest = f"SELECT {cells} FROM {own}.service_days m WHERE m.day < {to_ms(until)}"  # noqa: S608
    with again(connection, service_days, rest):
        for source in {row.source for row in rows} if is_left else ():
            add_to_days(connection, source, [_record(row) for row in rows if row.source == source])


def _record(row: Row) -> ServiceCheck:
    return ServiceCheck(
        row.service, row.checked_at, row.verdict, 0, row.cause, row.status, row.response_ms, row.certificate_expires_at
    )


def _begun(connection: Connection, own: str, key: Key, holds: timedelta) -> tuple[Standing | None, list[Check]]:
    """The last checks of a service, oldest first, and how it stood at the first of them."""
    c = service_checks.c
    rows = connection.execute(
        select(service_checks)
        .where(c.source == key[0], c.service == key[1])
        .order_by(c.checked_at.desc())
        .limit(FOLDED_AGAIN)
    ).all()
    checks = [Check(row.checked_at, GOOD[row.verdict], holds, row.cause) for row in reversed(rows)]
    return (_seed(connection, own, key, checks[0]) if checks else None), checks


def _seed(connection: Connection, own: str, key: Key, first: Check) -> Standing | None:
    """The spell over the first check is as it was told later, which is how it was."""
    found = connection.execute(
        text(
            f"SELECT start, state, cause FROM {own}.service_spells WHERE source = :source AND service = :service "  # noqa: S608
            f'AND start < {to_ms(first.at)} AND "end" >= {to_ms(first.at)} ORDER BY start DESC LIMIT 1'
        ),
        {"source": key[0], "service": key[1]},
    ).first()
    since = None if found is None else from_ms(found.start)
    if found is None or since is None:
        return None
    known = None if found.state == UNKNOWN else found.state
    return Standing(found.state, since, first.at, first.at, first.holds, found.cause, known)
