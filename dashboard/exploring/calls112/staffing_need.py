"""How many agents each hour of the week needs, and what those who are there can reach: a planning hint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from sqlalchemy import Connection

from dashboard.exploring.calls112.agents_there import agents_by_hour
from dashboard.exploring.calls112.call_tallies import NO_CALLS, WHOLE, tallied
from dashboard.exploring.calls112.volume import WEEK_HOURS, WEEKDAYS, hours_of_week
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.agent_work import aht_s
from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.staffing import HOUR_S, Reach, Target, WeekHour, needed_agents, reach
from dashboard.store.call_waits import MONDAY_MS
from dashboard.store.calls_counted import newest_hour
from dashboard.store.database import to_ms
from dashboard.store.recounted import HOUR_MS

HINT = "Perkiraan Erlang C: penelepon dianggap sabar dan lama layanan beragam menurut rumus; petunjuk, bukan jadwal."
LOOKED_BACK = timedelta(weeks=12)
"""Logins that say who is usually there; older shifts say nothing of today's."""
ONE_AGENT_CALLS = 6
TARGET = Target()


@dataclass(frozen=True, slots=True)
class Expected:
    """Calls per hour of the week in tenths, and whole seconds per call: finer would only slow the exact fractions."""

    calls: dict[WeekHour, Fraction | None]
    aht: Fraction


def expected(connection: Connection, filters: Filters, at: datetime) -> Expected | str:
    """What the period makes one expect, or why nothing can be."""
    hours = hours_of_week(connection, filters, at)
    found = tallied(connection, filters, at, with_waits=False)
    if not hours or found is None:
        return NO_CALLS
    aht = aht_s(found.tally)
    if isinstance(aht, NotComputable):
        return f"tidak dapat dihitung dari sumber ini: {aht.missing}"
    calls = {hour: None if of.mean is None else round(of.mean, 1) for hour, of in hours.items()}
    return Expected({hour: None if n is None else Fraction(n) for hour, n in calls.items()}, Fraction(round(aht)))


def need(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Agents needed in each hour of the week for 90 % within 15 s; the present ones and their reach in the table."""
    known = expected(connection, filters, at)
    if isinstance(known, str):
        return nothing(known)
    there = usually_there(connection, filters, at)
    rows = [_row(hour, known, there.get(hour) if there is not None else None) for hour in WEEK_HOURS]
    columns = (
        Column("day", "Hari", "text", role="y"),
        Column("hour", "Jam (WIB)", "text", role="x"),
        Column("needed", "Petugas diperlukan", unit="petugas", role="value"),
        Column("calls", "Panggilan per jam", decimals=1),
        Column("present", "Petugas hadir rata-rata", decimals=1),
        Column("level", "Tercapai ≤ 15 detik dengan yang hadir", unit="%", decimals=1),
        Column("remark", "Keterangan", "text", role="note"),
    )
    notes = (f"Lama layanan rata-rata {known.aht} detik dari masa ini; sasaran 90 % dalam 15 detik.",
             one_agent_words(known.aht), *_there_words(there), HINT, WHOLE)  # fmt: skip
    newest = newest_hour(connection, min(filters.end, at))
    return Answer(columns, rows, data_time=newest, notes=notes)


def _row(hour: WeekHour, known: Expected, present: Fraction | None) -> dict[str, Any]:
    calls = known.calls[hour]
    row: dict[str, Any] = {
        "day": WEEKDAYS[hour[0]], "hour": f"{hour[1]:02d}", "calls": calls, "present": present,
    }  # fmt: skip
    if calls is None:
        return row
    if present is None:
        return row | {"needed": needed_for(calls, known.aht)}
    reached, sentence = reached_with(calls, known.aht, int(present))
    level = None if reached.service_level is None else 100 * reached.service_level
    return row | {"needed": reached.needed, "level": level, "remark": sentence}


@lru_cache(4096)
def reached_with(calls: Fraction, aht: Fraction, agents: int) -> tuple[Reach, str]:
    """With its sentence. Asked again for many hours and by many viewers: exact fractions are worth remembering."""
    found = reach(calls, aht, agents, TARGET)
    return found, found.sentence


@lru_cache(4096)
def needed_for(calls: Fraction, aht: Fraction) -> int:
    """Agents for the target, remembered as above."""
    return needed_agents(calls, aht, TARGET).agents


def usually_there(connection: Connection, filters: Filters, at: datetime) -> dict[WeekHour, Fraction] | None:
    """Mean agents present in each hour of the week that is over; None when no login is known."""
    end = min(filters.end, at).replace(minute=0, second=0, microsecond=0)
    start = max(filters.start, end - LOOKED_BACK).replace(minute=0, second=0, microsecond=0)
    seconds = agents_by_hour(connection, start, end) if start < end else None
    if seconds is None or not seconds.any():
        return None
    first = int(np.flatnonzero(seconds)[0])
    places = (to_ms(start) // HOUR_MS - MONDAY_MS // HOUR_MS + np.arange(len(seconds)))[first:] % len(WEEK_HOURS)
    days = np.bincount(places, minlength=len(WEEK_HOURS)).tolist()
    sums = np.bincount(places, seconds[first:], len(WEEK_HOURS)).astype(np.int64).tolist()
    return {divmod(n, 24): Fraction(sums[n], HOUR_S * days[n]) for n in range(len(WEEK_HOURS)) if days[n]}


def _there_words(there: dict[WeekHour, Fraction] | None) -> tuple[str, ...]:
    if there is None:
        return ("Petugas hadir tidak dapat dihitung dari sumber ini: jam masuk dan keluar petugas tidak tercatat.",)
    return ("Petugas hadir: masuk dan tidak jeda, 12 minggu terakhir masa ini; pecahan dibulatkan ke bawah.",)


@lru_cache(64)
def one_agent_words(aht: Fraction) -> str:
    """What a single agent can promise, said before anybody is shown red."""
    alone = reach(ONE_AGENT_CALLS, aht, 1, TARGET)
    if alone.meets:
        return f"Satu petugas mencapai 90 % dalam 15 detik sampai {_most_alone(aht)} panggilan per jam."
    level = "" if alone.service_level is None else f" (paling banyak {int(100 * alone.service_level)} %)"
    calls = f"walau hanya {ONE_AGENT_CALLS} panggilan per jam"
    return f"Satu petugas tidak dapat mencapai 90 % dalam 15 detik, {calls}{level}."


def _most_alone(aht: Fraction) -> int:
    calls = ONE_AGENT_CALLS
    while needed_agents(calls + 1, aht, TARGET).agents == 1:
        calls += 1
    return calls


QUESTIONS = (
    Question(
        id="calls112.staffing_need", title="Petugas yang diperlukan", family="112", topics=("calls", "agent_spells"),
        form="heat", clock="Panggilan per jam dari masa ini, menurut hari dan jam WIB", ask=need, by_kecamatan=False,
        basis="Erlang C; NENA-STA-020.1-2020 sebagai sasaran",
    ),
)  # fmt: skip
