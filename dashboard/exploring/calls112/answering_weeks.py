"""How the queue answered week by week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.calls112 import answering_figures as shown
from dashboard.exploring.calls112.agents_there import staffed_per
from dashboard.exploring.calls112.answering import POOLED, SHORT_RULE
from dashboard.exploring.calls112.answering_figures import CANNOT
from dashboard.exploring.calls112.call_classes import RUNNING
from dashboard.exploring.calls112.call_tallies import BY_HAND, NO_CALLS, WHOLE, timed, weekly_tallies
from dashboard.exploring.calls112.call_weeks import WEEK, first_monday, monday_of
from dashboard.exploring.calls112.counted import typed_sources
from dashboard.exploring.calls112.recap_tallies import recap_tallies
from dashboard.exploring.calls112.user_notes import day_marks
from dashboard.exploring.calls112.weekly_calls import MONTHLY_ONLY
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas import agent_work
from dashboard.formulas import queue_levels as levels
from dashboard.formulas.queue_tally import QueueTally
from dashboard.store.calls_counted import newest_hour, sources_between

COLUMNS = (
    Column("week", "Minggu mulai", "day", role="x"),
    Column("c_15", "c ≤ 15 detik", unit="%", decimals=1, role="y"),
    Column("answer_rate", "Terjawab", unit="%", decimals=1, role="y"),
    Column("c_20", "c ≤ 20 detik", unit="%", decimals=1),
    Column("a_15", "a ≤ 15 detik", unit="%", decimals=1),
    Column("a_20", "a ≤ 20 detik", unit="%", decimals=1),
    Column("b_15", "b ≤ 15 detik", unit="%", decimals=1),
    Column("b_20", "b ≤ 20 detik", unit="%", decimals=1),
    Column("nena_15", "NENA 90/15", "text"),
    Column("nena_20", "NENA 95/20", "text"),
    Column("abandoned", "Terputus > 5 detik", unit="%", decimals=1),
    Column("asa", "ASA", unit="detik", decimals=1),
    Column("p50", "Tunggu p50", unit="detik"),
    Column("p90", "Tunggu p90", unit="detik"),
    Column("longest", "Tunggu terlama", unit="detik"),
    Column("aht", "AHT", unit="detik", decimals=1),
    Column("occupancy", "Okupansi", unit="%", decimals=1),
    Column("n", "Masuk"),
    Column("remark", "Keterangan", "text", role="note"),
)
OVER: dict[str, levels.Over] = {"a": "answered", "b": "offered", "c": "without_short"}
MET = {True: "ya", False: "tidak", None: ""}


def by_week(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The figures of each week, pooled within it; the week that runs counts as far as it has come."""
    start, end = first_monday(filters), min(filters.end, at)
    weeks = weekly_tallies(connection, start, end)
    if not weeks:
        return nothing(MONTHLY_ONLY if recap_tallies(connection, filters.start, filters.end).periods else NO_CALLS)
    typed = bool(sources_between(connection, start, end) & typed_sources(connection))
    mondays = [start + n * WEEK for n in range((max(weeks) - start) // WEEK + 1)]
    staffed = dict(zip(mondays, staffed_per(connection, mondays, end), strict=True))
    rows = [
        {"week": monday_of(monday), **_figures(replace(tally, staffed_s=staffed[monday]), typed),
         "remark": RUNNING if monday + WEEK > end else ""}
        for monday, tally in sorted(weeks.items())
    ]  # fmt: skip
    hand = (f"Detik {CANNOT}: {BY_HAND}.",) if typed else ()
    notes = ("a dari yang terjawab, b dari semua yang masuk, c tanpa yang terputus dalam batas waktu.",
             *hand, POOLED, SHORT_RULE, WHOLE)  # fmt: skip
    n = sum(tally.offered or 0 for tally in weeks.values())
    newest = newest_hour(connection, end) or max(weeks) + WEEK
    return Answer(COLUMNS, rows, n=n, data_time=newest, notes=notes, marks=day_marks(connection, filters, at))


@lru_cache(256)
def _figures(tally: QueueTally, typed: bool) -> Mapping[str, Any]:
    """Bare figures of a week: the limits that a single period shows would be computed for nothing.

    Remembered by what was counted: weeks that are over are asked for again and again, a correction is another tally.
    """
    row: dict[str, Any] = dict.fromkeys(column.key for column in COLUMNS if column.key not in ("week", "remark"))
    row |= {"n": tally.offered, "nena_15": "", "nena_20": ""}
    counted, _ = timed(tally)
    if not typed:
        reached = {(name, within): levels.service_level(counted, within, over)
                   for name, over in OVER.items() for within in (15, 20)}  # fmt: skip
        row |= {f"{name}_{within}": shown.percent(level) for (name, within), level in reached.items()}
        lines = (levels.NenaLine(within, target, reached["a", within]) for within, target in levels.NENA_LINES)
        row |= {f"nena_{line.within_s}": MET[line.met] for line in lines}
        row |= {f"p{percent}": shown.wait_percentile(counted, percent).value for percent in (50, 90)}
        row["abandoned"] = shown.percent(levels.abandon_rate_without_short(counted))
        row["asa"] = shown.number(levels.asa_s(counted), None).value
        row["longest"] = shown.number(levels.longest_wait_s(counted), None).value
        row["aht"] = shown.number(agent_work.aht_s(counted), None).value
    row["answer_rate"] = shown.percent(levels.answer_rate(tally))
    row["occupancy"] = shown.percent(agent_work.occupancy(tally))
    return row


QUESTIONS = (
    Question(
        id="calls112.service_levels_by_week", title="Tingkat layanan per minggu", family="112",
        topics=("calls", "agent_spells", "recaps"), form="lines",
        clock="Masuk antrean → dijawab petugas, per minggu Senin–Minggu WIB; minggu pertama dihitung utuh",
        ask=by_week, by_kecamatan=False, basis="NENA-STA-020.1-2020, pembanding; bukan aturan Indonesia",
    ),
)  # fmt: skip
