"""The calls of today by the hour beside those of like days, and which hours are out of the ordinary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from dashboard import clock
from dashboard.formulas.unusual_hours import HOURS, UsualDay, unusual_hours, usual_day
from dashboard.like_days import kind_words, like_days
from dashboard.store.calls112 import hourly_counts
from dashboard.store.offered_calls import offered_per

WEEKS = 13
LONGEST_WEEKS = 26
"""Looked back to only when 13 weeks have too few days like today, as after Ramadan."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TodayByHour:
    """Counts of the 24 hours (None: not come yet); `running` is the one that is not over.

    `usual` is None while fewer than eight like days are known; `same_season` is False where days of another season
    had to fill them up.
    """

    today: datetime
    counts: tuple[int | None, ...]
    running: int
    usual: UsualDay | None
    like: int
    same_season: bool

    @property
    def unusual(self) -> list[int]:
        """The hours out of the ordinary."""
        return unusual_hours(self.counts, self.usual, self.running) if self.usual else []

    @property
    def unusual_now(self) -> bool:
        """Whether the running hour or the one before it is."""
        return bool({self.running, self.running - 1} & set(self.unusual))

    @property
    def kind(self) -> str:
        """The kind of day that today is."""
        return kind_words(clock.wib(self.today).date())

    def expected_since(self, moment: datetime, at: datetime) -> float | None:
        """Calls that usually come between two moments, by today's hours; None without a usual day."""
        if self.usual is None:
            return None
        whole, rest = divmod((at - moment).total_seconds(), HOURS * 3600)
        begun = (moment - self.today).total_seconds() / 3600
        return whole * sum(self.usual.means) + _between(self.usual.means, begun, begun + rest / 3600)


def today_by_hour(connection: Connection, at: datetime, known_at: datetime | None = None) -> TodayByHour:
    """Today's own hours are counted from the calls themselves, those of earlier days were counted before.

    For a moment that has not come, `known_at` is now: a day that still runs is like none.
    """
    today, until = clock.day_start(at), clock.day_start(known_at or at)
    days, same_season = _like(connection, today, until, WEEKS)
    if not same_season:
        days, same_season = _like(connection, today, until, LONGEST_WEEKS)
    counts = hourly_counts(connection, today, at)
    hours = [today + hour * HOUR for hour in range(HOURS)]
    return TodayByHour(
        today=today,
        counts=tuple(counts.get(hour, 0) if hour <= at else None for hour in hours),
        running=clock.wib(at).hour,
        usual=usual_day(days),
        like=len(days),
        same_season=same_season,
    )


def _like(connection: Connection, today: datetime, until: datetime, weeks: int) -> tuple[list[list[int]], bool]:
    """Counts by hour of the like days; a day without any call is missing, not quiet."""
    by_day: dict[date, list[int]] = {}
    start = today - timedelta(weeks=weeks)
    first = clock.wib(start).date()
    for number, offered in offered_per(connection, start, until, HOUR).items():
        day, hour = divmod(number, HOURS)
        by_day.setdefault(first + timedelta(days=day), [0] * HOURS)[hour] += offered
    chosen, same_season = like_days(clock.wib(today).date(), by_day)
    return [by_day[day] for day in chosen], same_season


def _between(means: tuple[float, ...], begun: float, ended: float) -> float:
    """The mean calls of a span in hours since midnight, the parts of hours at its ends in proportion."""
    first = int(begun // 1)
    return sum(
        means[hour % HOURS] * max(0.0, min(ended, hour + 1) - max(begun, hour)) for hour in range(first, int(ended) + 1)
    )
