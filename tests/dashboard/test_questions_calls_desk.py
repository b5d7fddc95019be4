"""What the supervisor of the desk sees: the queue of this moment, who was not called back, the next hours."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from dashboard.exploring.calls112.staffing_need import one_agent_words
from dashboard.exploring.questions import QUESTIONS
from datasources.calls112.records import AgentSpell, Call, OutboundCall
from tests.dashboard.asked_calls import MONDAY, answered, ask, gave_up, put, row, wib

AT = wib(MONDAY, 14, 30)


def seconds(n: float) -> timedelta:
    return timedelta(seconds=n)


def test_the_queue_shows_who_waits_and_for_how_long(engine: Engine) -> None:
    put(engine, [
        Call("1", "112", AT - seconds(45)), Call("2", "112", AT - seconds(5)),
        Call("3", "112", AT - seconds(100), AT - seconds(90)),
        Call("4", "112", AT - timedelta(hours=2)), answered(AT - timedelta(hours=1), 3),
    ], known_at=AT)  # fmt: skip
    shown = ask(engine, "desk112.queue_now", at=AT)
    assert row(shown, what="Menunggu")["n"] == 2
    assert [r["age_s"] for r in shown.rows if r["what"] == "Panggilan menunggu"] == [45, 5]
    assert row(shown, what="Sedang bicara")["n"] == 1
    assert row(shown, what="Panggilan bicara")["age_s"] == 90
    assert "1 panggilan tanpa akhir lebih dari satu jam dianggap catatan yang terputus." in shown.notes


def test_agents_are_counted_not_named(engine: Engine) -> None:
    put(engine, [answered(AT - timedelta(hours=1), 3)])
    unknown = row(ask(engine, "desk112.queue_now", at=AT), what="Petugas jeda")
    assert unknown["remark"].startswith("tidak dapat dihitung dari sumber ini")
    put(engine, [
        AgentSpell("budi", "112", "login", AT - timedelta(hours=3)),
        AgentSpell("sari", "112", "login", AT - timedelta(hours=3)),
        AgentSpell("sari", "112", "pause", AT - timedelta(minutes=5)),
        AgentSpell("tono", "112", "login", AT - timedelta(hours=9), AT - timedelta(hours=1)),
    ])  # fmt: skip
    shown = ask(engine, "desk112.queue_now", at=AT)
    assert (row(shown, what="Petugas siap atau bicara")["n"], row(shown, what="Petugas jeda")["n"]) == (1, 1)
    assert not any(name in str(shown) for name in ("budi", "sari", "tono"))


def test_the_last_hour_stands_beside_today(engine: Engine) -> None:
    put(engine, [answered(wib(MONDAY, 9), 30), answered(wib(MONDAY, 14), 4), gave_up(wib(MONDAY, 14, 5), 20),
                 gave_up(wib(MONDAY, 14, 6), 2)])  # fmt: skip
    hour, today = ask(engine, "desk112.answering_now", at=AT).rows
    assert (hour["offered"], hour["long"], hour["c_15"], hour["asa"]) == (3, 1, 50, 4)
    assert (today["offered"], today["long"], today["asa"], today["longest"]) == (4, 1, 17, 30)


def test_who_gave_up_is_listed_by_time_without_a_number(engine: Engine) -> None:
    put(engine, [
        gave_up(wib(MONDAY, 9), 20, caller_hash="a" * 32), gave_up(wib(MONDAY, 9, 1), 40, caller_hash="a" * 32),
        gave_up(wib(MONDAY, 10), 20, caller_hash="b" * 32), answered(wib(MONDAY, 10, 3), 5, caller_hash="b" * 32),
        gave_up(wib(MONDAY, 11), 20, caller_hash="c" * 32), gave_up(wib(MONDAY, 12), 20),
        gave_up(AT - timedelta(hours=25), 20, caller_hash="d" * 32),
    ], known_at=AT)  # fmt: skip
    before = ask(engine, "desk112.not_called_back", at=AT)
    assert any("Panggilan keluar tidak tercatat" in n for n in before.notes)
    put(engine, [OutboundCall("o", wib(MONDAY, 11, 30), "c" * 32, answered=True)], known_at=AT)
    shown = ask(engine, "desk112.not_called_back", at=AT)
    assert [(r["first"], r["attempts"], r["wait"], r["remark"]) for r in shown.rows] == [
        (wib(MONDAY, 12), 1, 20, "tanpa nomor"),
        (wib(MONDAY, 9), 2, 40, "belum ditelepon balik"),
    ]
    assert shown.n == 2
    assert shown.notes[0].startswith("1 penelepon dapat ditelepon balik")
    assert not any("tidak tercatat" in n for n in shown.notes)
    assert "a" * 8 not in str(shown)
    assert "c" * 8 not in str(shown)


def test_the_next_hours_have_their_need(engine: Engine) -> None:
    days = [MONDAY - timedelta(days=back) for back in range(1, 60)]
    put(engine, [answered(wib(day, hour, minute), 3, talk=90) for day in days for hour in (14, 16)
                 for minute in range(0, 60, 6 if hour == 14 else 20)], known_at=AT)  # fmt: skip
    put(engine, [AgentSpell("A", "112", "login", AT - timedelta(hours=3))])
    shown = ask(engine, "desk112.next_hours", at=AT)
    first = shown.rows[0]
    # Ten calls an hour of 90 s: 0.25 erlang; one agent 1 - 0.25 exp(-0.125) = 77.9 %, two 97.9 %.
    assert (first["hour"], first["calls"], first["needed"], first["present"]) == (wib(MONDAY, 14), 10, 2, 1)
    assert first["remark"].startswith("Dengan 1 petugas: paling banyak 77,9 % terjawab dalam 15 detik.")
    assert [r["needed"] for r in shown.rows] == [2, 1, 1, 1, 1, 1, 1, 1]


@pytest.mark.parametrize("name", ["queue_now", "answering_now", "not_called_back", "next_hours"])
def test_an_empty_store_says_so_and_only_the_desk_may_ask(engine: Engine, name: str) -> None:
    assert ask(engine, f"desk112.{name}", at=AT).missing.startswith(("belum ada panggilan", "tidak ada panggilan"))
    assert QUESTIONS[f"desk112.{name}"].audience == "desk"


def test_one_agent_cannot_reach_90_percent_even_with_six_calls_an_hour() -> None:
    assert one_agent_words(Fraction(90)) == (
        "Satu petugas tidak dapat mencapai 90 % dalam 15 detik, walau hanya 6 panggilan per jam (paling banyak 86 %)."
    )
    # 18 calls of 30 s: 0.15 erlang, 1 - 0.15 exp(-0.425) = 90.2 %; with 19 it is 89.6 %.
    assert one_agent_words(Fraction(30)) == "Satu petugas mencapai 90 % dalam 15 detik sampai 18 panggilan per jam."


def test_the_need_of_the_week_stands_beside_those_who_are_there(engine: Engine) -> None:
    calls = [answered(wib(MONDAY, 9, minute), 3, talk=90) for minute in range(0, 60, 2)]
    put(engine, calls, [answered(wib(MONDAY, 10), 3, talk=90)])
    shown = ask(engine, "calls112.staffing_need")
    # 30 calls of 90 s: 0.75 erlang.
    busy = row(shown, day="Sen", hour="09")
    assert (busy["calls"], busy["needed"], busy.get("present")) == (30, 3, None)
    assert row(shown, day="Sel", hour="09").get("needed") is None, "no Tuesday is known: missing, not one"
    assert any("jam masuk dan keluar petugas tidak tercatat" in n for n in shown.notes)
    put(engine, [AgentSpell("A", "112", "login", wib(MONDAY, 8), wib(MONDAY, 12))])
    alone = row(ask(engine, "calls112.staffing_need"), day="Sen", hour="09")
    assert (alone["present"], alone["needed"]) == (1, 3)
    # 1 - 0.75 exp(-0.25 * 15 / 90) = 28.1 %.
    assert alone["level"] == pytest.approx(28.06, abs=0.01)
    assert alone["remark"].startswith("Dengan 1 petugas: paling banyak 28 %")
