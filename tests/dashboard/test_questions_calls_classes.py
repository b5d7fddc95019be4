"""Classes of calls, the funnel to incidents, and callers who ring again: never who they are."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from dashboard.exploring.filters import Filters
from dashboard.exploring.questions import QUESTIONS
from dashboard.store.database import writing
from dashboard.store.incident_links import IncidentLink, propose
from dashboard.store.meanings import set_meaning
from datasources.calls112.records import CallClass, Incident
from tests.dashboard.asked_calls import MONDAY, NOW, answered, ask, classified, gave_up, put, recap, row, wib

WORDS = {"normal": 3, "Laporan Ganda": 1, "prank": 4, "GHOST": 6, "informasi": 2, "diblokir": 5, "lain-lain": 4}
"""20 classified calls: 4 valid, 10 nuisance, 2 information, 4 of one unknown word; 5 blocked beside them."""


def written_down(words: dict[str, int]) -> list[CallClass]:
    return [classified(wib(MONDAY, 9, n), word, f"{word}{n}") for word, count in words.items() for n in range(count)]


def test_classes_are_shares_of_the_classified_calls(engine: Engine) -> None:
    put(engine, written_down(WORDS))
    shown = ask(engine, "calls112.classes")
    assert shown.n == 20
    assert [(r["class"], r["n"], r["share"]) for r in shown.rows] == [
        ("Ghost (tanpa suara)", 6, 30), ("Prank", 4, 20), ("Darurat", 3, 15), ("Informasi", 2, 10),
        ("Laporan ganda", 1, 5), ("Diblokir", 5, None), ("Belum dipetakan", 4, 20),
    ]  # fmt: skip
    assert shown.notes[0].startswith("4 panggilan memakai 1 kata kelas yang belum dipetakan")
    assert shown.notes[1].startswith("5 diblokir. Nomor yang diblokir")
    assert "lain-lain" not in str(shown)


def test_a_word_gets_its_meaning_from_the_table_a_user_edits(engine: Engine) -> None:
    put(engine, written_down({"lain-lain": 2, "normal": 2}))
    with writing(engine) as connection:
        set_meaning(connection, "class", "Lain-Lain", "prank", "analis", NOW)
    assert row(ask(engine, "calls112.classes"), **{"class": "Prank"})["share"] == 50


def test_nuisance_is_a_share_of_each_weeks_classified_answered_calls(engine: Engine) -> None:
    put(engine, written_down(WORDS), [answered(wib(MONDAY, 9, n), 2) for n in range(25)])
    put(engine, [classified(wib(MONDAY + timedelta(weeks=1), 0), "normal")])
    filters = Filters(MONDAY, MONDAY + timedelta(weeks=1))
    first, second = ask(engine, "calls112.nuisance_by_week", filters).rows
    assert (first["week"], first["nuisance"], first["classified"], first["unmapped"]) == (MONDAY, 50, 20, 4)
    assert first["classified_share"] == 80
    # Wilson of 10/20.
    assert (first["low"], first["high"]) == (pytest.approx(29.93, abs=0.01), pytest.approx(70.07, abs=0.01))
    assert (second["nuisance"], second["classified_share"], second["remark"]) == (0, None, "minggu berjalan")


def test_more_classified_than_answered_calls_is_said(engine: Engine) -> None:
    put(engine, written_down({"normal": 3}), [answered(wib(MONDAY, 9), 2)])
    notes = ask(engine, "calls112.nuisance_by_week").notes
    assert any("lebih banyak panggilan terklasifikasi daripada terjawab" in n for n in notes)


def test_the_funnel_counts_a_linked_duplicate_once(engine: Engine) -> None:
    put(engine, [answered(wib(MONDAY, 9, n), 2) for n in range(25)],
        [gave_up(wib(MONDAY, 10, n), 30) for n in range(15)], written_down(WORDS))  # fmt: skip
    put(engine, [Incident(str(n), wib(MONDAY, 9, n), "KEBAKARAN") for n in range(4)], source="kasus")
    with writing(engine) as connection:
        link = IncidentLink("kasus", "1", "kasus", "0", 1.0, 50.0, "diterima")
        propose(connection, [link], NOW)
    shown = ask(engine, "calls112.funnel")
    assert [(r["step"], r["n"], r["share"]) for r in shown.rows] == [
        ("Masuk", 40, None), ("Terjawab", 25, Decimal("62.5")), ("Terklasifikasi", 20, 80),
        ("Sah (darurat)", 4, 20), ("Kejadian", 3, 75),
    ]  # fmt: skip
    assert shown.rows[1]["remark"] == "62,5 % dari masuk"
    assert "Tidak dihitung: 1 laporan ganda yang sudah diterima." in shown.notes


def test_a_funnel_from_a_monthly_recap_has_the_same_steps(engine: Engine) -> None:
    month = (wib(date(2026, 10, 1)), wib(date(2026, 11, 1)))
    put(engine, [*recap(*month, "calls", {"offered": 1000, "answered": 800, "abandoned": 200}),
                 *recap(*month, "classes", {"normal": 80, "prank": 320, "ghost": 400}),
                 *recap(*month, "categories", {"Kebakaran": 30, "Ular": 42})], source="rekap")  # fmt: skip
    shown = ask(engine, "calls112.funnel", Filters(date(2026, 10, 1), date(2026, 10, 31)))
    assert [(r["n"], r["share"]) for r in shown.rows] == [(1000, None), (800, 80), (800, 100), (80, 10), (72, 90)]
    assert "hanya ada rekap" in ask(engine, "calls112.nuisance_by_week", Filters(*OCTOBER)).missing


OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def test_what_a_source_cannot_tell_is_said_in_its_step(engine: Engine) -> None:
    put(engine, [answered(wib(MONDAY, 9), 2)])
    put(engine, [gave_up(wib(MONDAY, 10), None, "unknown")])
    shown = ask(engine, "calls112.funnel")
    cannot = "tidak dapat dihitung dari sumber ini: "
    assert [r["remark"] for r in shown.rows] == [
        "", f"{cannot}jumlah panggilan terjawab tidak tercatat", f"{cannot}kelas panggilan tidak dicatat",
        f"{cannot}kelas panggilan tidak dicatat", f"{cannot}kejadian tidak dicatat",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["classes", "nuisance_by_week"])
def test_without_classes_the_reason_is_said(engine: Engine, name: str) -> None:
    put(engine, [answered(wib(MONDAY, 9), 2)])
    assert ask(engine, f"calls112.{name}").missing.startswith(
        "tidak dapat dihitung dari sumber ini: kelas panggilan (normal, prank, ghost, …) tidak dicatat"
    )


AT = wib(MONDAY, 14)


def nuisance(code: str | None, times: int, hour: int = 9, word: str = "prank") -> list[CallClass]:
    return [classified(wib(MONDAY, hour, n), word, f"{code}{n}", code) for n in range(times)]


def test_repeat_callers_are_counted_and_never_told(engine: Engine) -> None:
    codes = {letter * 32: times for letter, times in zip("abcdefghij", [12, 5, 3] + [1] * 7, strict=True)}
    put(engine, [c for code, times in codes.items() for c in nuisance(code, times)], nuisance(None, 2),
        nuisance("z" * 32, 4, word="normal"), known_at=AT)  # fmt: skip
    shown = ask(engine, "calls112.repeat_callers", at=AT)
    assert [(r["times"], r["callers"], r["calls"]) for r in shown.rows] == [
        ("1 kali", 7, 7), ("2–4 kali", 1, 3), ("5–9 kali", 1, 5), ("10 kali atau lebih", 1, 12),
    ]  # fmt: skip
    assert row(shown, times="10 kali atau lebih")["share"] == Fraction(1200, 27)
    # 12 + 5 + 3 + 1 + 1 of 27.
    assert shown.notes[0] == "27 panggilan gangguan dari 10 penelepon. Lima penelepon tersering: 81 % panggilan."
    assert "2 panggilan tanpa nomor tidak dihitung." in shown.notes
    assert "aaaa" not in str(shown)


def test_a_code_that_stands_with_the_call_alone_is_used_once(engine: Engine) -> None:
    calls = [answered(wib(MONDAY, 9), 2, call_id="7", queue=queue, caller_hash="a" * 32) for queue in ("112", "lanjut")]
    put(engine, calls, [CallClass("7", wib(MONDAY, 9), "ghost")], known_at=AT)
    shown = ask(engine, "calls112.repeat_callers", at=AT)
    assert (shown.n, row(shown, times="1 kali")["callers"]) == (1, 1)


def test_only_the_last_72_hours_can_be_told(engine: Engine) -> None:
    put(engine, nuisance("a" * 32, 3), known_at=AT)
    later = AT + timedelta(hours=70)
    assert ask(engine, "calls112.repeat_callers", Filters(MONDAY, MONDAY), later).n is None
    old = Filters(MONDAY - timedelta(days=20), MONDAY - timedelta(days=10))
    assert ask(engine, "calls112.repeat_callers", old, AT).missing.startswith("masa ini lebih dari 72 jam yang lalu")


def test_without_classes_all_callers_are_counted_and_it_is_said(engine: Engine) -> None:
    put(engine, [answered(wib(MONDAY, 9, n), 2, caller_hash="a" * 32) for n in range(3)], known_at=AT)
    shown = ask(engine, "calls112.repeat_callers", at=AT)
    assert shown.notes[0] == "3 panggilan (semua, karena kelas tidak dicatat) dari 1 penelepon."


def test_nothing_personal_is_in_any_answer_about_calls(engine: Engine) -> None:
    planted = ["deadbeef" * 4, "AGEN-SITI-91", "callid-77.1", "kejadian-5588"]
    put(engine, [answered(wib(MONDAY, 9, n), 30, call_id=f"{planted[2]}{n}", caller_hash=planted[0],
                          agent_code=planted[1]) for n in range(40)],
        [gave_up(wib(MONDAY, 10, n), 30, call_id=f"{planted[2]}x{n}", caller_hash=planted[0]) for n in range(4)],
        nuisance(planted[0], 9), known_at=AT)  # fmt: skip
    put(engine, [Incident(planted[3], wib(MONDAY, 9), "KEBAKARAN", caller_hash=planted[0])], known_at=AT)
    for name, question in QUESTIONS.items():
        if name.startswith("calls112.") or (name.startswith("desk112.") and question.audience == "desk"):
            said = str(ask(engine, name, at=AT))
            assert not [word for word in planted if word in said], name
