"""The queue of this moment and how it answers, for the supervisor of the desk."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from dashboard import clock
from dashboard.exploring.calls112 import answering_figures as shown
from dashboard.exploring.calls112.agents_there import present_now
from dashboard.exploring.calls112.answering import SHORT_RULE
from dashboard.exploring.calls112.sentences import whole
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas import queue_levels as levels
from dashboard.formulas.queue_tally import QueueCall, QueueTally, tally_calls
from dashboard.store.calls112 import calls_between, newest_call_at
from dashboard.store.queue_now import unfinished_calls

LONGEST_WAIT = timedelta(hours=1)
LONGEST_TALK = timedelta(hours=4)
"""What has no end for longer lost it in the log: nobody waits for an hour, and a queue restarts."""
UNKNOWN = "tidak dapat dihitung dari sumber ini"
NOW_COLUMNS = (
    Column("what", "Antrean", "text"),
    Column("n", "Jumlah"),
    Column("since", "Sejak", "moment"),
    Column("age_s", "Lamanya", unit="detik"),
    Column("remark", "Keterangan", "text", role="note"),
)


def queue_now(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Waiting calls with their age, calls in talk, agents there and paused; the filters change nothing."""
    newest = newest_call_at(connection, at)
    if newest is None:
        return nothing("belum ada panggilan tercatat")
    open_calls = unfinished_calls(connection, at - LONGEST_TALK, at)
    waiting = [c.entered for c in open_calls if c.answered is None and at - c.entered <= LONGEST_WAIT]
    talking = [c.answered for c in open_calls if c.answered is not None]
    lost = len(open_calls) - len(waiting) - len(talking)
    agents = present_now(connection, at)
    rows: list[dict[str, Any]] = [{"what": "Menunggu", "n": len(waiting)}]
    rows += [{"what": "Panggilan menunggu", "since": entered, "age_s": _age(entered, at)} for entered in waiting]
    rows.append({"what": "Sedang bicara", "n": len(talking)})
    rows += [{"what": "Panggilan bicara", "since": answered, "age_s": _age(answered, at)} for answered in talking]
    rows += _agents(agents)
    notes = ["Keadaan saat ini; masa dan wilayah tidak berpengaruh."]
    if lost:
        notes.append(f"{whole(lost)} panggilan tanpa akhir lebih dari satu jam dianggap catatan yang terputus.")
    return Answer(NOW_COLUMNS, rows, n=len(waiting) + len(talking), data_time=newest, notes=notes)


def _agents(agents: tuple[int, int] | None) -> list[dict[str, Any]]:
    names = ("Petugas siap atau bicara", "Petugas jeda")
    if agents is None:
        return [{"what": name, "remark": f"{UNKNOWN}: jam masuk petugas tidak tercatat"} for name in names]
    return [{"what": name, "n": n} for name, n in zip(names, agents, strict=True)]


def _age(since: datetime, at: datetime) -> int:
    return int((at - since).total_seconds())


def answering_now(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The last hour and today: what came in, how much was answered and how soon."""
    spans = (("60 menit terakhir", at - timedelta(hours=1)), ("Hari ini", clock.day_start(at)))
    tallies = [(name, _tally(connection, start, at)) for name, start in spans]
    if not any(tally.offered for _, tally in tallies):
        return nothing("tidak ada panggilan hari ini dan dalam 60 menit terakhir")
    columns = (
        Column("span", "Masa", "text"),
        Column("offered", "Masuk"),
        Column("answered", "Terjawab"),
        Column("waiting", "Menunggu"),
        Column("long", "Terputus > 5 detik"),
        Column("c_15", "c ≤ 15 detik", unit="%", decimals=1),
        Column("c_20", "c ≤ 20 detik", unit="%", decimals=1),
        Column("asa", "ASA", unit="detik", decimals=1),
        Column("longest", "Tunggu terlama", unit="detik"),
    )
    rows = [_row(name, tally) for name, tally in tallies]
    notes = ("c: terjawab dalam batas waktu, tanpa yang terputus dalam batas waktu.", SHORT_RULE)
    return Answer(columns, rows, n=tallies[1][1].offered, data_time=newest_call_at(connection, at), notes=notes)


def _tally(connection: Connection, start: datetime, at: datetime) -> QueueTally:
    rows = calls_between(connection, start, at)
    return tally_calls(QueueCall(outcome, wait, talk) for _, outcome, wait, talk in rows)  # type: ignore[arg-type]


def _row(name: str, tally: QueueTally) -> dict[str, Any]:
    short = levels.short_abandoned(tally)
    return {
        "span": name,
        "offered": tally.offered,
        "answered": tally.answered,
        "waiting": tally.waiting,
        "long": (tally.abandoned or 0) - short if isinstance(short, int) else None,
        "c_15": shown.level(tally, 15, "without_short").value,
        "c_20": shown.level(tally, 20, "without_short").value,
        "asa": shown.number(levels.asa_s(tally), None).value,
        "longest": shown.number(levels.longest_wait_s(tally), None).value,
    }


QUESTIONS = (
    Question(
        id="desk112.queue_now", title="Antrean sekarang", family="112", topics=("calls", "agent_spells"), form="table",
        clock="Saat ini; umur sejak masuk antrean atau dijawab", ask=queue_now, by_kecamatan=False, audience="desk",
    ),
    Question(
        id="desk112.answering_now", title="Menjawab sekarang", family="112", topics=("calls",), form="table",
        clock="60 menit terakhir dan hari ini sejak 00.00 WIB; masuk antrean → dijawab", ask=answering_now,
        by_kecamatan=False, audience="desk",
    ),
)  # fmt: skip
