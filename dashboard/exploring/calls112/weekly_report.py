"""The figures of one week of a case list, so that a published weekly report can be checked digit by digit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from sqlalchemy import Connection

from dashboard.exploring.calls112.counted import sifted, typed_sources
from dashboard.exploring.calls112.printed_seconds import Rule, percentile, sample_sd, seconds
from dashboard.exploring.calls112.volume import WEEKDAYS
from dashboard.formulas.percentile import LEAST_FOR_P90
from dashboard.store.incident_cases import Case, cases_between
from dashboard.store.meanings import codes

Clock = Literal["received", "answered", "created"]

CLOCKS: dict[Clock, Callable[[Case], datetime | None]] = {
    "received": lambda case: case.received,
    "answered": lambda case: case.call_answered,
    "created": lambda case: case.created,
}
CLOCK_NAMES: dict[Clock, str] = {
    "received": "laporan diterima", "answered": "panggilan pertama dijawab", "created": "tiket dibuat",
}  # fmt: skip
WANTED = ("created", "dispatched", "acknowledged", "enroute", "arrived", "closed", "call_answered")
MARGIN = timedelta(days=1)
"""The chosen clock may start before or after the report, in another week."""
STAGES = (
    ("to_queue", "mulai", "created"),
    ("to_dispatch", "created", "dispatched"),
    ("processing", "mulai", "dispatched"),
    ("acknowledging", "dispatched", "acknowledged"),
    ("rollout", "dispatched", "enroute"),
    ("transit", "enroute", "arrived"),
    ("response", "mulai", "arrived"),
    ("handling", "arrived", "closed"),
    ("total", "mulai", "closed"),
)
"""Name, begin and end of each stage; "mulai" is the chosen clock."""


@dataclass(frozen=True, slots=True)
class Choices:
    """How the week is counted: the clock that starts, its zone, the percentile, and whether all rows count."""

    clock: Clock = "received"
    rule: Rule = "nearest"
    zone: tzinfo | None = None
    only_counted: bool = False


@dataclass(frozen=True, slots=True)
class StageFigures:
    """Seconds of one stage, to two decimals. Rows without both moments are in `missing`, faults in `negative`."""

    stage: str
    begin: str
    end: str
    n: int
    mean: Decimal | None
    median: Decimal | None
    sd: Decimal | None
    """Sample standard deviation (n-1)."""
    p90: Decimal | None
    missing: int
    negative: int


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """Counts by the clock's day and hour; hours by their number: 19 is from 19.00 to 19.59."""

    week: str
    choices: Choices
    n: int
    without_clock: int
    not_counted: Counter[str]
    typed_by_hand: bool
    stages: tuple[StageFigures, ...]
    days: dict[date, int]
    hours: dict[int, int]
    categories: Counter[str]
    agencies: Counter[str]
    classes: Counter[str]

    def as_json(self) -> dict[str, Any]:
        """Numbers for another program; seconds with two decimals."""
        return {
            "week": self.week, "clock": self.choices.clock, "zone": str(self.choices.zone),
            "percentile": self.choices.rule, "only_counted": self.choices.only_counted, "n": self.n,
            "without_clock": self.without_clock, "not_counted": dict(self.not_counted),
            "typed_by_hand": self.typed_by_hand,
            "stages": [
                {"stage": s.stage, "from": s.begin, "to": s.end, "n": s.n, "mean_s": _plain(s.mean),
                 "median_s": _plain(s.median), "sd_s": _plain(s.sd), "p90_s": _plain(s.p90), "missing": s.missing,
                 "negative": s.negative}
                for s in self.stages
            ],
            "days": [{"day": f"{day}", "name": WEEKDAYS[day.weekday()], "n": n} for day, n in self.days.items()],
            "hours": [{"hour": hour, "n": n} for hour, n in self.hours.items()],
            "categories": _most_first(self.categories), "agencies": _most_first(self.agencies),
            "classes": _most_first(self.classes),
        }  # fmt: skip


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _most_first(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def weekly_report(connection: Connection, week: str, choices: Choices) -> WeeklyReport:
    """The report of an ISO week ('2026-W47') in the zone chosen. Raises ValueError for a week that is none."""
    start, end = _bounds(week, choices.zone)
    every = cases_between(connection, start - MARGIN, end + MARGIN, wanted=WANTED)
    began = CLOCKS[choices.clock]
    inside = [case for case in every if (at := began(case)) is not None and start <= at < end]
    unknown = sum(began(case) is None and start <= case.received < end for case in every)
    known = sifted(inside, codes(connection, "class"))
    used: Sequence[Case] = known.cases if choices.only_counted else inside
    typed = not typed_sources(connection).isdisjoint({case.source for case in used})
    local = [at.astimezone(choices.zone) for case in used if (at := began(case)) is not None]
    monday = start.date()
    return WeeklyReport(
        week, choices, len(used), unknown, known.excluded, typed,
        tuple(_stage(name, begin, stop, used, choices, typed) for name, begin, stop in STAGES),
        _every((monday + timedelta(days=n) for n in range(7)), (at.date() for at in local)),
        _every(range(24), (at.hour for at in local)),
        Counter(case.category_raw or "(kosong)" for case in used), Counter(case.opd or "(kosong)" for case in used),
        Counter(case.class_raw or "(kosong)" for case in used),
    )  # fmt: skip


def _bounds(week: str, zone: tzinfo | None) -> tuple[datetime, datetime]:
    year, number = week.upper().split("-W")
    monday = date.fromisocalendar(int(year), int(number), 1)
    return (
        datetime.combine(monday, time.min, zone),
        datetime.combine(monday + timedelta(days=7), time.min, zone),
    )


def _every(keys: Iterable[Any], found: Iterable[Any]) -> dict[Any, int]:
    """Counts of all keys, also of those that never occur."""
    counts = Counter(found)
    return {key: counts[key] for key in keys}


def _stage(name: str, begin: str, end: str, cases: Sequence[Case], choices: Choices, typed: bool) -> StageFigures:
    began = CLOCKS[choices.clock] if begin == "mulai" else lambda case: getattr(case, begin)
    pairs = [(began(case), getattr(case, end)) for case in cases]
    lengths = [(b - a) // timedelta(milliseconds=1) for a, b in pairs if a is not None and b is not None]
    times = sorted(length for length in lengths if length >= 0)
    n = len(times)
    enough = n >= LEAST_FOR_P90 and not typed
    return StageFigures(
        name, begin, end, n, seconds(Fraction(sum(times), n)) if n else None,
        seconds(percentile(times, 50, choices.rule)), sample_sd(times),
        seconds(percentile(times, 90, choices.rule)) if enough else None,
        len(pairs) - len(lengths), len(lengths) - n,
    )  # fmt: skip
