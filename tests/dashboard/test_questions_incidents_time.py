"""Questions about how soon help comes: within 15 minutes, stages, and medians that count the open ones."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from dashboard.exploring.filters import Filters
from dashboard.formulas.small_numbers import wilson
from dashboard.store.database import writing
from dashboard.store.notes import add_note
from datasources.calls112.records import Call
from tests.dashboard.incidents_kept import (
    NOW,
    PACET,
    SOOKO,
    TWO_WEEKS,
    ask,
    cells,
    incident,
    keep,
    link,
    minutes,
    typed_by_hand,
)


def test_nothing_is_said_of_a_period_without_incidents(engine: Engine) -> None:
    for question in ("within_15", "within_15_weeks", "within_15_kecamatan", "stages", "stages_by_agency", "with_open"):
        assert ask(engine, f"incidents112.{question}").missing == "tidak ada kejadian tercatat dalam masa ini"


def test_the_share_within_15_minutes_stands_with_its_interval_and_the_mean_of_the_regulation(engine: Engine) -> None:
    fires = [incident(arrived=n, closed=90) for n in (5, 10, 15, 20, 30)]
    accidents = [incident(category_raw="LAKA LANTAS", arrived=40, closed=90)]
    keep(engine, fires + accidents)
    answer = ask(engine, "incidents112.within_15")
    assert cells(answer, "scope", "share", "within", "n", "mean") == [
        ("Kebakaran dan penyelamatan", Decimal(60), 3, 5, Decimal(16)),
        ("Semua kejadian", Decimal(50), 3, 6, Decimal(20)),
    ]
    low, high = wilson(3, 5) or (0, 0)
    assert cells(answer, "low", "high")[0] == (round(Decimal(100 * low), 3), round(Decimal(100 * high), 3))


def test_a_quarter_of_an_hour_exactly_is_in_time_and_a_second_more_is_late(engine: Engine) -> None:
    keep(engine, [incident(arrived=m, closed=90) for m in (15, 15, 15, 15, 15 + 1 / 60)])
    assert cells(ask(engine, "incidents112.within_15"), "within", "n")[0] == (4, 5)


def test_every_exclusion_is_counted_and_printed(engine: Engine) -> None:
    first, second, third = (incident(arrived=9, closed=60) for _ in range(3))
    keep(engine, [
        first, second, third,
        incident(cancelled=True),
        incident(class_raw="Prank Call", arrived=4),
        incident(class_raw="luar wilayah", arrived=4),
        incident(class_raw="DIBLOKIR"),
        incident(class_raw="laporan ganda", arrived=9),
        incident(closed=40),
        incident(arrived=-3, closed=40),
        incident(NOW - minutes(10)),
        incident(NOW - minutes(16)),
        incident(NOW - timedelta(hours=25)),
    ])  # fmt: skip
    link(engine, second, first, "diterima")
    link(engine, third, first)
    answer = ask(engine, "incidents112.within_15")
    assert cells(answer, "within", "n")[1] == (3, 4)
    assert (
        "Tidak masuk hitungan 15 menit: 1 ditutup tanpa waktu tiba, 1 masih dalam 15 menit pertama, "
        "1 tiba sebelum laporan (salah catat), 1 tiket > 24 jam belum ditutup." in answer.notes
    )
    assert (
        "Tidak dihitung: 1 dibatalkan, 1 diblokir, 1 gangguan (prank, ghost, salah sambung), "
        "1 laporan ganda yang sudah diterima, 1 luar wilayah atau bantuan ke tetangga." in answer.notes
    )
    assert "1 diusulkan sebagai laporan ganda dan belum diputuskan; tetap dihitung." in answer.notes
    assert "1 berkelas laporan ganda tanpa kejadian induk; tetap dihitung." in answer.notes


def test_a_rejected_duplicate_counts_without_a_word(engine: Engine) -> None:
    first, second = incident(arrived=9), incident(arrived=9)
    keep(engine, [first, second])
    link(engine, second, first, "ditolak")
    answer = ask(engine, "incidents112.by_day")
    assert answer.n == 2
    assert not any("ganda" in note for note in answer.notes)


def test_fewer_than_five_give_no_share(engine: Engine) -> None:
    keep(engine, [incident(arrived=9, closed=60) for _ in range(4)])
    assert cells(ask(engine, "incidents112.within_15"), "share", "n", "remark")[0] == (None, 4, "terlalu sedikit")


@pytest.mark.parametrize("question", ["within_15", "within_15_weeks", "within_15_kecamatan"])
def test_hand_typed_times_give_no_share_within_minutes(engine: Engine, question: str) -> None:
    keep(engine, [incident(arrived=30, closed=60) for _ in range(6)])
    typed_by_hand(engine)
    answer = ask(engine, f"incidents112.{question}")
    assert answer.missing.startswith("tidak dapat dihitung dari sumber ini: waktu tiba")
    assert any("6 waktu diketik tangan" in note for note in answer.notes)


def test_only_the_source_that_is_typed_by_hand_is_left_out(engine: Engine) -> None:
    keep(engine, [incident(arrived=30, closed=60) for _ in range(6)], source="rekap")
    keep(engine, [incident(arrived=9, closed=60) for _ in range(5)])
    typed_by_hand(engine, "rekap")
    assert cells(ask(engine, "incidents112.within_15"), "within", "n")[1] == (5, 5)


def test_weeks_begin_on_monday_and_a_week_without_enough_has_no_point(engine: Engine) -> None:
    sunday = NOW - timedelta(days=1)
    keep(engine, [
        *(incident(sunday, arrived=9, closed=60) for _ in range(5)),
        *(incident(NOW - minutes(200), arrived=99, closed=100) for _ in range(2)),
    ])  # fmt: skip
    with writing(engine) as connection:
        add_note(connection, "112", sunday, None, "peristiwa", "banjir", "sari", sunday)
    answer = ask(engine, "incidents112.within_15_weeks")
    assert cells(answer, "week", "share", "within", "n", "own_n") == [
        (date(2026, 11, 16), Decimal(100), 5, 5, 5),
        (date(2026, 11, 23), None, 0, 2, 2),
    ]
    assert [(m["x"], m["text"]) for m in answer.marks] == [(date(2026, 11, 22), "banjir")]


def test_kecamatan_stand_in_a_table_and_those_without_are_counted(engine: Engine) -> None:
    keep(engine, [
        *(incident(arrived=9, closed=60) for _ in range(6)),
        *(incident(kecamatan_code=SOOKO, category_raw="ULAR", arrived=20, closed=60) for _ in range(5)),
        incident(kecamatan_code=None, arrived=9, closed=60),
    ])  # fmt: skip
    answer = ask(engine, "incidents112.within_15_kecamatan")
    rows = {row["kecamatan"]: row for row in answer.rows}
    assert len(rows) == 18
    assert (rows["Pacet"]["share"], rows["Pacet"]["own_n"]) == (100, 6)
    assert (rows["Sooko"]["share"], rows["Sooko"]["own_n"]) == (0, 0)
    assert (rows["Trawas"]["share"], rows["Trawas"]["n"]) == (None, 0)
    assert "1 dari 12 kejadian tanpa kecamatan, tidak ada dalam tabel." in answer.notes


def test_a_source_without_kecamatan_gives_no_table_of_them(engine: Engine) -> None:
    keep(engine, [incident(kecamatan_code=None, arrived=9)])
    for question in ("within_15_kecamatan", "kecamatan_map", "kecamatan_funnel"):
        missing = ask(engine, f"incidents112.{question}").missing
        assert missing == "tidak dapat dihitung dari sumber ini: kecamatan kejadian tidak tercatat"


def test_p90_needs_thirty_and_its_limits_are_observed_times(engine: Engine) -> None:
    keep(engine, [incident(arrived=n, closed=n + 30) for n in range(1, 31)])
    row = _stage(engine, "Tanggap")
    assert (row["n"], row["median"], row["p90"], row["p90_high"]) == (30, 15, 27, 30)
    assert "lowest" not in row


def test_29_times_give_the_median_and_the_range(engine: Engine) -> None:
    keep(engine, [incident(arrived=n, closed=n + 30) for n in range(1, 30)])
    row = _stage(engine, "Tanggap")
    assert (row["n"], row["median"], row["lowest"], row["highest"]) == (29, 15, 1, 29)
    assert "p90" not in row
    assert row["remark"] == "median dan rentang"


def test_four_times_are_too_few(engine: Engine) -> None:
    keep(engine, [incident(arrived=n) for n in range(1, 5)])
    row = _stage(engine, "Tanggap")
    assert (row["n"], row["median"], row["remark"]) == (4, None, "terlalu sedikit")


def test_negative_times_are_counted_and_not_used_and_zeros_are_used(engine: Engine) -> None:
    keep(engine, [incident(arrived=n) for n in (-5, 0, 0, 4, 8, 12)])
    row = _stage(engine, "Tanggap")
    assert (row["n"], row["median"], row["zero"], row["negative"]) == (5, 4, 2, 1)
    notes = ask(engine, "incidents112.stages").notes
    assert "1 lama waktu negatif adalah salah catat: dihitung, tidak dipakai." in notes
    assert any(note.startswith("Persentil sebuah jumlah bukan jumlah persentil") for note in notes)


def test_answering_and_processing_begin_with_the_first_call_where_it_is_known(engine: Engine) -> None:
    start = NOW - timedelta(days=2)
    calls = [Call(f"c{n}", "112", start - minutes(3), start - minutes(2), start, 60, 120, None, "answered")
             for n in range(5)]  # fmt: skip
    keep(engine, [incident(start, first_call_id=f"c{n}", dispatched=2) for n in range(5)], calls)
    assert (_stage(engine, "Menjawab")["n"], _stage(engine, "Menjawab")["median"]) == (5, 1)
    assert (_stage(engine, "Memproses")["median"], _stage(engine, "Memproses")["remark"]) == (4, "median dan rentang")


def test_a_call_in_two_queues_is_one_call(engine: Engine) -> None:
    start = NOW - timedelta(days=2)
    calls = [Call("c1", queue, start - minutes(late), start, start, 60, 9, None, "answered")
             for queue, late in (("112", 3), ("113", 1))]  # fmt: skip
    keep(engine, [incident(start, first_call_id="c1")], calls)
    assert _stage(engine, "Menjawab")["n"] == 1
    assert ask(engine, "incidents112.stages").n == 1


def test_without_calls_processing_begins_with_the_report_and_says_so(engine: Engine) -> None:
    keep(engine, [incident(dispatched=n) for n in (2, 3, 4, 5, 6)])
    row = _stage(engine, "Memproses")
    assert (row["median"], row["remark"]) == (
        4, "waktu dijawab tidak tercatat, dihitung sejak laporan diterima; median dan rentang",
    )  # fmt: skip
    assert (_stage(engine, "Menjawab")["n"], _stage(engine, "Menjawab")["absent"]) == (0, 5)


def test_hand_typed_stages_are_medians_rounded_to_half_hours(engine: Engine) -> None:
    keep(engine, [incident(arrived=n) for n in (40,) * 20 + (50,) * 20])
    typed_by_hand(engine)
    row = _stage(engine, "Tanggap")
    assert (row["n"], row["median"], row.get("p90")) == (40, 30, None)
    assert any("dibulatkan 30 menit" in note for note in ask(engine, "incidents112.stages").notes)


def test_agencies_stand_apart_and_unknown_ones_last(engine: Engine) -> None:
    keep(engine, [
        *(incident(opd=None, arrived=9, closed=60) for _ in range(7)),
        *(incident(opd="Dinkes", arrived=6, closed=36) for _ in range(5)),
    ])  # fmt: skip
    answer = ask(engine, "incidents112.stages_by_agency")
    assert [agency for agency, stage in cells(answer, "agency", "stage") if stage == "Tanggap"] == [
        "Dinkes", "OPD belum dicatat",
    ]  # fmt: skip
    handling = next(row for row in answer.rows if row["stage"] == "Penanganan")
    assert (handling["agency"], handling["n"], handling["median"]) == ("Dinkes", 5, 30)


def test_the_median_with_open_ones_is_the_published_vector(engine: Engine) -> None:
    closed = (4, 6, 7, 9, 10, 12, 15, 20, 30)
    running = (7, 15, 25)
    keep(engine, [
        *(incident(NOW - minutes(600), arrived=n, closed=500) for n in closed),
        *(incident(NOW - minutes(n)) for n in running),
    ])  # fmt: skip
    row = ask(engine, "incidents112.with_open").rows[0]
    assert (row["n"], row["ended"], row["running"], row["oldest"]) == (12, 9, 3, 25)
    assert (row["median"], row["ended_median"], row["p90"]) == (12, 10, None)


def test_forgotten_tickets_do_not_stretch_the_curve(engine: Engine) -> None:
    keep(engine, [*(incident(arrived=9, closed=60) for _ in range(5)), incident(NOW - timedelta(days=9), arrived=9)])
    response, handling = ask(engine, "incidents112.with_open").rows
    assert (response["n"], response["forgotten"]) == (6, 0)
    assert (handling["n"], handling["forgotten"], handling["median"]) == (5, 1, 51)


def test_a_kecamatan_narrows_the_question(engine: Engine) -> None:
    keep(engine, [incident(arrived=9), incident(kecamatan_code=SOOKO, arrived=9)])
    only = Filters(TWO_WEEKS.first, TWO_WEEKS.last, PACET)
    assert ask(engine, "incidents112.stages", only).n == 1


def _stage(engine: Engine, title: str) -> dict[str, object]:
    return dict(next(row for row in ask(engine, "incidents112.stages").rows if row["stage"] == title))
