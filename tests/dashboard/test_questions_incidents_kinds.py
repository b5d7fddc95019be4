"""Questions about what happens and when: categories, hidden small counts, days and hours of the week."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from dashboard.exploring.calls112.small_cells import hidden_cells, sum_is_safe
from dashboard.exploring.filters import Filters
from dashboard.store.database import writing
from dashboard.store.meanings import set_meaning
from tests.dashboard.incidents_kept import NOW, PACET, SOOKO, TODAY, TWO_WEEKS, ask, cells, incident, keep

IN_PACET = Filters(TWO_WEEKS.first, TODAY, PACET)


def test_categories_stand_most_first_beside_the_period_before(engine: Engine) -> None:
    earlier = NOW - timedelta(days=15)
    keep(engine, [
        *(incident(category_raw="Kebakaran Rumah") for _ in range(3)), incident(category_raw="ULAR"),
        *(incident(earlier, category_raw="tawon") for _ in range(2)),
    ])  # fmt: skip
    assert cells(ask(engine, "incidents112.categories"), "category", "n", "before", "change") == [
        ("Kebakaran", 3, 0, "naik 3, dari 0 menjadi 3; tidak berbeda nyata"),
        ("Hewan", 1, 2, "turun 1, dari 2 menjadi 1; tidak berbeda nyata"),
    ]


def test_the_period_before_ends_as_long_before_its_end_as_now(engine: Engine) -> None:
    just_after = NOW - timedelta(days=14) + timedelta(minutes=1)
    keep(engine, [incident(), incident(just_after)])
    assert cells(ask(engine, "incidents112.categories"), "n", "before") == [(1, 0)]


def test_words_without_a_meaning_are_counted_and_only_frequent_ones_named(engine: Engine) -> None:
    keep(
        engine, [*(incident(category_raw="kucing di genteng") for _ in range(3)), incident(category_raw="Bu Ani jatuh")]
    )
    answer = ask(engine, "incidents112.categories")
    assert cells(answer, "category", "n") == [("Belum dipetakan", 4)]
    assert "4 kejadian belum dipetakan: 3 kucing di genteng; 1 kata lain yang jarang." in answer.notes
    assert "Bu Ani" not in str(answer)
    desk = ask(engine, "incidents112.unmapped_words")
    assert cells(desk, "word", "n") == [("kucing di genteng", 3), ("Bu Ani jatuh", 1)]


def test_a_meaning_that_a_user_gives_counts_at_once(engine: Engine) -> None:
    keep(engine, [incident(category_raw="kucing di genteng")])
    with writing(engine) as connection:
        set_meaning(connection, "category", "Kucing di  Genteng", "hewan", "sari", NOW)
    assert cells(ask(engine, "incidents112.categories"), "category", "n") == [("Hewan", 1)]
    missing = ask(engine, "incidents112.unmapped_words").missing
    assert missing == "semua kategori dalam masa ini sudah dipetakan"


def test_weeks_hold_every_category_also_where_it_did_not_happen(engine: Engine) -> None:
    keep(engine, [incident(NOW - timedelta(days=8)), incident(NOW - timedelta(days=1), category_raw="ULAR")])
    assert cells(ask(engine, "incidents112.categories_by_week"), "category", "span", "n") == [
        ("Kebakaran", "9 Nov", 1), ("Kebakaran", "16 Nov", 0), ("Hewan", "9 Nov", 0), ("Hewan", "16 Nov", 1),
    ]  # fmt: skip


def test_a_long_period_is_cut_in_months(engine: Engine) -> None:
    keep(engine, [incident(NOW - timedelta(days=400)), incident()])
    answer = ask(engine, "incidents112.categories_by_week", Filters(date(2025, 1, 1), TODAY))
    assert [row["span"] for row in answer.rows][:2] == ["Okt 25", "Nov 25"]
    assert len(answer.rows) == 14


def test_one_sensitive_case_of_a_kecamatan_is_not_shown_and_cannot_be_worked_out(engine: Engine) -> None:
    snakes = [incident(category_raw="ULAR") for _ in range(9)]
    keep(engine, [incident(category_raw="KDRT"), *(incident() for _ in range(4)), *snakes])
    answer = ask(engine, "incidents112.categories", IN_PACET)
    shown = {row["category"]: (row["n"], row["change"]) for row in answer.rows}
    assert shown["Perempuan dan anak"] == (None, "<3")
    assert shown["Kebakaran"] == (None, "disamarkan")
    assert shown["Hewan"][0] == 9
    assert any(note.startswith("Kategori sensitif") for note in answer.notes)


def test_a_sensitive_category_alone_hides_the_sum_too(engine: Engine) -> None:
    keep(engine, [incident(category_raw="KDRT"), incident(category_raw="KDRT", kecamatan_code=SOOKO)])
    assert ask(engine, "incidents112.categories", IN_PACET).n is None
    assert ask(engine, "incidents112.categories").n == 2


def test_a_day_hides_what_a_fortnight_of_the_regency_may_show(engine: Engine) -> None:
    keep(engine, [incident(category_raw="ODGJ"), *(incident(NOW - timedelta(hours=3)) for _ in range(3))])
    assert ("Sosial", 1) in cells(ask(engine, "incidents112.categories"), "category", "n")
    keep(engine, [incident(NOW - timedelta(hours=3), category_raw="ODGJ")])
    assert ("Sosial", None) in cells(ask(engine, "incidents112.categories", Filters(TODAY, TODAY)), "category", "n")


def test_a_week_of_one_day_hides_as_a_day_does(engine: Engine) -> None:
    keep(engine, [incident(NOW - timedelta(hours=2), category_raw="ODGJ"), incident(category_raw="ODGJ")])
    shown = cells(ask(engine, "incidents112.categories_by_week"), "span", "n", "remark")
    assert shown == [("16 Nov", None, "disamarkan"), ("23 Nov", None, "<3")]


TABLES = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(0, 6), min_size=1, max_size=16)


@given(TABLES, st.sets(st.integers(0, 3)))
def test_no_row_or_column_hides_a_single_cell_unless_it_has_no_other(
    counts: dict[tuple[int, int], int], sensitive: set[int]
) -> None:
    hidden = hidden_cells(counts, lambda row, _: row in sensitive)
    for side in (0, 1):
        lines = Counter(cell[side] for cell in counts)
        for line, n in Counter(cell[side] for cell in hidden).items():
            assert n > 1 or lines[line] == 1
    assert all(cell in hidden for cell, n in counts.items() if cell[0] in sensitive and 0 < n < 3)
    assert sum_is_safe(hidden) or len(hidden) == 1


def test_days_between_the_first_and_the_last_are_zero_and_others_are_not_said(engine: Engine) -> None:
    keep(engine, [incident(NOW - timedelta(days=3)), incident(NOW), incident(NOW - timedelta(days=3))])
    answer = ask(engine, "incidents112.by_day", at=NOW + timedelta(minutes=1))
    assert cells(answer, "day", "n") == [
        (date(2026, 11, 20), 2), (date(2026, 11, 21), 0), (date(2026, 11, 22), 0), (date(2026, 11, 23), 1),
    ]  # fmt: skip
    assert "Hari ini belum selesai." in answer.notes


def test_hours_of_the_week_are_means_over_whole_days_in_wib(engine: Engine) -> None:
    monday = NOW - timedelta(days=7)
    sunday_night = NOW - timedelta(hours=12, minutes=30)
    keep(engine, [incident(monday), incident(monday + timedelta(minutes=9)), incident(sunday_night), incident(NOW)])
    answer = ask(engine, "incidents112.by_hour_of_week", at=NOW + timedelta(hours=1))
    busy = {(row["day"], row["hour"]): (row["per_hour"], row["days"]) for row in answer.rows if row["total"]}
    assert busy == {("Sen", "12"): (2, 1), ("Min", "23"): (1, 1)}
    assert len(answer.rows) == 168


def test_a_weekday_that_the_period_does_not_hold_is_missing_not_zero(engine: Engine) -> None:
    keep(engine, [incident(NOW - timedelta(days=1))])
    answer = ask(engine, "incidents112.by_hour_of_week")
    assert {row["day"] for row in answer.rows if row["per_hour"] is not None} == {"Min"}


def test_a_first_day_that_is_not_over_yet_says_so(engine: Engine) -> None:
    keep(engine, [incident(NOW - timedelta(hours=1))])
    missing = ask(engine, "incidents112.by_hour_of_week").missing
    assert missing == "belum ada hari penuh dengan kejadian dalam masa ini"
