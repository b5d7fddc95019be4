"""What kind of day it is in Indonesia: working day, Saturday, Sunday or holiday; Ramadan and the weeks of Lebaran."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal

import holidays

Kind = Literal["hari kerja", "Sabtu", "Minggu & libur nasional", "tidak diketahui"]

FIRST_YEAR, LAST_YEAR = 2015, 2099
"""Known years. Holidays, joint leave and Idul Fitri: `holidays` 0.109, which has the joint decrees of three ministers
up to 2027 and Idul Fitri as held up to 2026; later ones are computed (MABIMS criterion) and named "(perkiraan)"."""

FIRST_FASTS = tuple(
    date.fromisoformat(day)
    for day in (
        *("2015-06-18", "2016-06-06", "2017-05-27", "2018-05-17", "2019-05-06", "2020-04-24"),
        *("2021-04-13", "2022-04-03", "2023-03-23", "2024-03-12", "2025-03-01", "2026-02-19"),
    )
)
"""1 Ramadan 1436 to 1447 as the Minister of Religious Affairs declared it (sidang isbat). Computed tables miss some:
they have 2 March for 2025. Add each year's after its declaration; until then the days in doubt stay unknown."""

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
"""H-7 and H+7 of Idul Fitri: the usual span of the homecoming traffic."""
FEAST, ESTIMATED = "Hari Raya Idul Fitri", " (perkiraan)"


@dataclass(frozen=True, slots=True)
class DayType:
    """A day in WIB. Ramadan and Lebaran are None where nobody can say yet; `holiday` names a holiday or joint leave."""

    kind: Kind
    holiday: str | None
    ramadan: bool | None
    lebaran: bool | None

    @property
    def words(self) -> str:
        """For a panel: the kind, the holiday's name and the season."""
        season = "pekan Lebaran" if self.lebaran else "Ramadan" if self.ramadan else ""
        return " · ".join(part for part in (self.kind, self.holiday, season) if part)


@dataclass(frozen=True, slots=True)
class Season:
    """A Ramadan and its Idul Fitri, each with the earliest and latest day it can be; equal where decided."""

    fast: tuple[date, date]
    feast: tuple[date, date]


@lru_cache(8192)
def day_type(day: date) -> DayType:
    """The kind of a date in WIB.

    Joint leave (cuti bersama) counts as a holiday, as the joint decree lists both. A year without a decree in the
    calendar has its holidays by computation, and no joint leave. Outside 2015–2099 nothing is known.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return DayType("tidak diketahui", None, None, None)
    name = _holidays(day.year).get(day)
    kind: Kind = "hari kerja"
    if name is not None or day.weekday() == 6:
        kind = "Minggu & libur nasional"
    elif day.weekday() == 5:
        kind = "Sabtu"
    return DayType(kind, name, in_ramadan(day), in_lebaran(day))


def in_ramadan(day: date) -> bool | None:
    """Whether people fast on this day; None outside the known years and on days that the crescent may still shift."""
    spans = [(season.fast, (season.feast[0] - DAY, season.feast[1] - DAY)) for season in _seasons(day.year)]
    return _inside(day, spans)


def in_lebaran(day: date) -> bool | None:
    """Whether the day lies within a week of Idul Fitri; None as for Ramadan."""
    feasts = [season.feast for season in _seasons(day.year)]
    return _inside(day, [((a - WEEK, b - WEEK), (a + WEEK, b + WEEK)) for a, b in feasts])


def _inside(day: date, spans: list[tuple[tuple[date, date], tuple[date, date]]]) -> bool | None:
    """Each span has an earliest and latest beginning and an earliest and latest end."""
    if any(begin[1] <= day <= end[0] for begin, end in spans):
        return True
    return None if not spans or any(begin[0] <= day <= end[1] for begin, end in spans) else False


@cache
def _seasons(year: int) -> tuple[Season, ...]:
    """The seasons that touch a year; none outside the known years."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ()
    return tuple(_season(feast, sure) for each in (year, year + 1) for feast, sure in _feasts(each))


def _season(feast: date, sure: bool) -> Season:
    """A month of the crescent has 29 or 30 days, and an estimated feast may come a day earlier or later."""
    declared = next((first for first in FIRST_FASTS if (feast - first).days in (29, 30)), None)
    doubt = timedelta(0) if sure else DAY
    earliest, latest = feast - doubt, feast + doubt
    fast = (declared, declared) if declared else (earliest - 30 * DAY, latest - 29 * DAY)
    return Season(fast, (earliest, latest))


def _feasts(year: int) -> list[tuple[date, bool]]:
    """Days of Idul Fitri in a year, and whether each was held on that day rather than estimated."""
    names = [(day, name) for day, joined in _holidays(year).items() for name in joined.split("; ")]
    return [(day, name == FEAST) for day, name in sorted(names) if name in (FEAST, FEAST + ESTIMATED)]


@cache
def _holidays(year: int) -> dict[date, str]:
    """Names in Indonesian by date, of public holidays and joint leave."""
    return dict(holidays.country_holidays("ID", years=year, language="id", categories=("public", "government")).items())
