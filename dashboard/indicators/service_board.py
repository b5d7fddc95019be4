"""The board of probed services: what each does now, its days, its availability, response times and certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from dashboard.clock import day_start
from dashboard.formulas.availability import Watched, Window, by_day, watched
from dashboard.formulas.percentile import nearest_rank_of_counts
from dashboard.formulas.service_state import DOWN, UP, Spell
from dashboard.store.service_checks import Newest, newest_checks
from dashboard.store.service_days import ServiceDay, days_between, pooled
from dashboard.store.service_maintenance import EVERY_SERVICE, Announced, windows_between
from dashboard.store.service_spells import spells_between
from dashboard.store.services import Service, declared

BAR_DAYS, SHARE_DAYS, RESPONSE_DAYS = 90, 30, 7
DAY = timedelta(days=1)
LONGEST_CHECK_S = 30

Word = Literal["berjalan", "lambat", "gagal", "tidak diketahui", "pemeliharaan"]
WORST_FIRST: tuple[Word, ...] = ("gagal", "tidak diketahui", "lambat", "pemeliharaan", "berjalan")


@dataclass(frozen=True, slots=True)
class Now:
    """What a service does now, since when, and why."""

    word: Word
    since: datetime | None = None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One service. `bars` are its last 90 WIB days, oldest first; `month` its last 30 days to this moment.

    `week` are its last seven whole days, so that its response times change once a day; on its first day, that day.
    """

    service: Service
    now: Now
    newest: Newest | None
    bars: Sequence[Watched]
    month: Watched
    week: ServiceDay = field(default_factory=ServiceDay)
    certificate_seen: datetime | None = None

    def response(self, percent: int) -> int | None:
        """Nearest rank of the response times of the week, ms."""
        return nearest_rank_of_counts(self.week.response_ms, percent)

    @property
    def certificate_expires_at(self) -> datetime | None:
        """As it was seen last: a check that fails may see none."""
        return (self.newest and self.newest.certificate_expires_at) or self.certificate_seen

    def certificate_days(self, at: datetime) -> int | None:
        """Whole days that the certificate still holds, negative when it has ended; None without https."""
        ends = self.certificate_expires_at
        return None if ends is None else (ends - at) // DAY


_made: WeakKeyDictionary[Connection, tuple[datetime, list[BoardRow]]] = WeakKeyDictionary()


def board(connection: Connection, at: datetime) -> list[BoardRow]:
    """Every service that is declared at `at`, the worst first; made once for all measures of one transaction."""
    kept = _made.get(connection)
    if kept is None or kept[0] != at:
        kept = _made[connection] = (at, _board(connection, at))
    return kept[1]


def _board(connection: Connection, at: datetime) -> list[BoardRow]:
    today = day_start(at)
    first = today - (BAR_DAYS - 1) * DAY
    days: list[Window] = [(first + n * DAY, min(at, first + (n + 1) * DAY)) for n in range(BAR_DAYS)]
    spells = spells_between(connection, first, at)
    windows = windows_between(connection, first, at, at)
    newest = newest_checks(connection)
    counted = days_between(connection, today - RESPONSE_DAYS * DAY, at)
    rows = []
    for service in declared(connection, at):
        own, closed = spells.get(service.service, []), windows_of(windows, service.service)
        last, seen = newest.get(service.service), counted.get(service.service, {})
        rows.append(
            BoardRow(
                service,
                now(own, closed, last, _is_watched(service, last, at), at),
                last,
                by_day(own, days, closed),
                watched(own, at - SHARE_DAYS * DAY, at, closed),
                pooled(checks for day, checks in seen.items() if day < today or len(seen) == 1),
                pooled(seen.values()).certificate_expires_at,
            )
        )
    return sorted(rows, key=lambda row: (WORST_FIRST.index(row.now.word), row.service.title))


def windows_of(windows: Sequence[Announced], service: str) -> list[Window]:
    """The spans in which a service is in maintenance."""
    return [(w.start, w.end) for w in windows if w.service in (service, EVERY_SERVICE)]


def now(
    spells: Sequence[Spell], closed: Sequence[Window], newest: Newest | None, is_watched: bool, at: datetime
) -> Now:
    """Down only past the flapping limit, and never while its maintenance is announced; unknown past its last check.

    While failures are still counted towards the limit the spell does not grow, though the service is watched.
    """
    here = next((span for span in closed if span[0] <= at < span[1]), None)
    if here is not None:
        return Now("pemeliharaan", here[0])
    last = spells[-1] if spells else None
    if last is None or (last.end < at and not is_watched):
        return Now("tidak diketahui", last.end if last else None, "tidak diperiksa")
    if last.state == DOWN:
        return Now("gagal", last.start, last.cause)
    if last.state == UP:
        is_slow = newest is not None and newest.verdict == "lambat"
        return Now("lambat" if is_slow else "berjalan", last.start)
    return Now("tidak diketahui", last.start, newest.cause if newest else "")


def _is_watched(service: Service, newest: Newest | None, at: datetime) -> bool:
    """Whether the last check is as recent as its rhythm promises."""
    promised = timedelta(seconds=2 * service.every_s + LONGEST_CHECK_S)
    return newest is not None and timedelta(0) <= at - newest.checked_at <= promised
