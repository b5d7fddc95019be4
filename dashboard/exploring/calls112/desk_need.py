"""How many agents the next hours need, beside those who are there now."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.calls112.agents_there import present_now
from dashboard.exploring.calls112.call_tallies import NO_CALLS, tallied
from dashboard.exploring.calls112.sentences import figure
from dashboard.exploring.calls112.staffing_need import HINT, needed_for, one_agent_words, reached_with
from dashboard.exploring.filters import Filters, last_days
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.agent_work import aht_s
from dashboard.formulas.not_computable import NotComputable
from dashboard.indicators.today_by_hour import TodayByHour, today_by_hour
from dashboard.store.calls112 import newest_call_at

HOURS = 8
"""A shift."""
HOUR = timedelta(hours=1)
AHT_DAYS = 28


def next_hours(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Expected calls by like days, the need, and what those who are there now would reach."""
    found = tallied(connection, last_days(AHT_DAYS, clock.wib(at).date()), at, with_waits=False)
    if found is None:
        return nothing(NO_CALLS)
    aht = aht_s(found.tally)
    if isinstance(aht, NotComputable):
        return nothing(f"tidak dapat dihitung dari sumber ini: {aht.missing}")
    days = {clock.day_start(at + HOURS * HOUR): at + HOURS * HOUR, clock.day_start(at): at}
    known = {start: today_by_hour(connection, moment, known_at=at) for start, moment in days.items()}
    if any(day.usual is None for day in known.values()):
        return nothing("kebiasaan belum dikenal: perlu 8 hari sejenis")
    there, seconds = present_now(connection, at), Fraction(round(aht, 1))
    begins = at.replace(minute=0, second=0, microsecond=0)
    rows = [_row(begins + place * HOUR, known, seconds, there[0] if there else None) for place in range(HOURS)]
    columns = (
        Column("hour", "Jam mulai", "moment"),
        Column("calls", "Panggilan biasa", decimals=1),
        Column("needed", "Petugas diperlukan"),
        Column("present", "Hadir sekarang"),
        Column("remark", "Dengan yang hadir sekarang", "text", role="note"),
    )
    notes = (f"Panggilan menurut hari sejenis; lama layanan {figure(float(seconds))} detik dari {AHT_DAYS} hari.",
             one_agent_words(seconds), HINT)  # fmt: skip
    return Answer(columns, rows, data_time=newest_call_at(connection, at), notes=notes)


def _row(hour: datetime, known: dict[datetime, TodayByHour], aht: Fraction, there: int | None) -> dict[str, Any]:
    usual = known[clock.day_start(hour)].usual
    calls = Fraction(round(usual.means[clock.wib(hour).hour], 2)).limit_denominator(100) if usual else Fraction(0)
    remark = "" if there is None else reached_with(calls, aht, there)[1]
    return {"hour": hour, "calls": calls, "needed": needed_for(calls, aht), "present": there, "remark": remark}


QUESTIONS = (
    Question(
        id="desk112.next_hours", title="Petugas untuk jam-jam berikut", family="112", topics=("calls", "agent_spells"),
        form="table", clock=f"{HOURS} jam mulai jam ini; panggilan yang biasa datang pada hari sejenis", ask=next_hours,
        by_kecamatan=False, audience="desk", basis="Erlang C; NENA-STA-020.1-2020 sebagai sasaran",
    ),
)  # fmt: skip
