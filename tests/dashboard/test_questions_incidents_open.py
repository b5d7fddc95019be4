"""Questions about what is open now: ages, forgotten tickets, what waits at each agency."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine

from dashboard.exploring.filters import Filters
from tests.dashboard.incidents_kept import (
    NOW,
    PACET,
    TODAY,
    TWO_WEEKS,
    ask,
    cells,
    incident,
    keep,
    minutes,
    typed_by_hand,
)

IN_PACET = Filters(TWO_WEEKS.first, TODAY, PACET)


def test_open_incidents_stand_oldest_first_with_the_breach_by_age(engine: Engine) -> None:
    keep(engine, [
        incident(NOW - minutes(10)), incident(NOW - minutes(15)), incident(NOW - minutes(15.1)),
        incident(NOW - minutes(70), arrived=20, category_raw="ULAR", kecamatan_code=None),
        incident(NOW - minutes(90), closed=30), incident(NOW - minutes(80), cancelled=True),
    ])  # fmt: skip
    answer = ask(engine, "incidents112.open")
    assert cells(answer, "category", "place", "age", "state", "status") == [
        ("Hewan", "belum diketahui", 70, "sudah tiba", None),
        ("Kebakaran", "Pacet", 15, "belum tiba, lewat 15 menit", "waspada"),
        ("Kebakaran", "Pacet", 15, "belum tiba", None),
        ("Kebakaran", "Pacet", 10, "belum tiba", None),
    ]
    assert "1 belum tiba sesudah 15 menit." in answer.notes


def test_sensitive_ones_are_one_row_without_kecamatan(engine: Engine) -> None:
    reached = incident(NOW - minutes(40), category_raw="KDRT", arrived=5)
    keep(engine, [reached, incident(NOW - minutes(30), category_raw="AMBULANS"), incident(NOW - minutes(5))])
    answer = ask(engine, "incidents112.open")
    assert cells(answer, "category", "place", "age", "state") == [
        ("Medis, sosial, dan yang belum dipetakan (<3), yang tertua", "tidak ditampilkan", 30,
         "belum tiba, lewat 15 menit"),
        ("Kebakaran", "Pacet", 5, "belum tiba"),
    ]  # fmt: skip
    assert answer.n is None
    assert not any(word in str(answer) for word in ("KDRT", "Perempuan", "AMBULANS"))


def test_three_sensitive_ones_are_counted(engine: Engine) -> None:
    keep(engine, [incident(NOW - minutes(n), category_raw="ODGJ") for n in (4, 5, 6)])
    answer = ask(engine, "incidents112.open")
    assert (answer.n, answer.rows[0]["category"]) == (3, "Medis, sosial, dan yang belum dipetakan (3), yang tertua")


def test_a_kecamatan_shows_no_sensitive_row_and_no_sum_that_gives_it_away(engine: Engine) -> None:
    keep(engine, [incident(NOW - minutes(40), category_raw="KDRT"), incident(NOW - minutes(5))])
    answer = ask(engine, "incidents112.open", IN_PACET)
    assert (cells(answer, "category"), answer.n) == ([("Kebakaran",)], None)
    assert answer.notes == ("Kategori sensitif di kecamatan ini: <3; tanpa kecamatan dan tidak satu per satu.",)


def test_nothing_open_is_said(engine: Engine) -> None:
    keep(engine, [incident(closed=9)])
    assert ask(engine, "incidents112.open").missing == "tidak ada kejadian yang terbuka sekarang"
    assert ask(engine, "incidents112.never_closed").missing == "tidak ada tiket yang terbuka lebih dari 24 jam"


def test_forgotten_tickets_stand_apart_with_count_and_range(engine: Engine) -> None:
    keep(engine, [
        incident(NOW - timedelta(hours=24)), incident(NOW - timedelta(hours=36)), incident(NOW - timedelta(days=400)),
        incident(NOW - timedelta(days=3), opd=None), incident(NOW - timedelta(days=3), class_raw="prank"),
    ])  # fmt: skip
    answer = ask(engine, "incidents112.never_closed")
    assert cells(answer, "agency", "n", "youngest", "oldest") == [
        ("BPBD", 2, 1.5, 400.0), ("OPD belum dicatat", 1, 3.0, 3.0),
    ]  # fmt: skip
    assert "3 tiket, terbuka 1,5 sampai 400,0 hari." in answer.notes
    now = ask(engine, "incidents112.open")
    assert (len(now.rows), now.notes[-1]) == (1, "3 tiket terbuka > 24 jam dihitung tersendiri.")


def test_forgotten_tickets_of_a_kecamatan_name_no_agency(engine: Engine) -> None:
    keep(engine, [incident(NOW - timedelta(days=3), opd="DP2KBP2")])
    assert cells(ask(engine, "incidents112.never_closed", IN_PACET), "agency", "n") == [("Semua OPD", 1)]


def test_an_agency_has_what_waits_what_is_late_and_what_came_back(engine: Engine) -> None:
    keep(engine, [
        incident(NOW - minutes(5)),
        incident(NOW - minutes(20), acknowledged=2),
        incident(NOW - minutes(50), arrived=12),
        incident(NOW - timedelta(days=2)),
        incident(opd="Dinkes", acknowledged=1, arrived=8, closed=40, reopened=60),
    ])  # fmt: skip
    answer = ask(engine, "incidents112.agencies")
    assert cells(answer, "agency", "open", "waiting", "late", "forgotten", "n", "reopened") == [
        ("BPBD", 3, 1, 1, 1, 4, 0), ("Dinkes", 0, 0, 0, 0, 1, 1),
    ]  # fmt: skip


def test_what_a_source_does_not_record_is_missing_not_zero(engine: Engine) -> None:
    keep(engine, [incident(NOW - minutes(5))])
    answer = ask(engine, "incidents112.agencies")
    assert cells(answer, "open", "waiting", "reopened") == [(1, None, None)]
    assert "Tidak dapat dihitung dari sumber ini: waktu diterima OPD." in answer.notes


def test_an_agency_has_its_median_and_from_thirty_its_p90(engine: Engine) -> None:
    keep(engine, [
        *(incident(arrived=n, closed=n + 60) for n in range(1, 31)),
        *(incident(opd="Dinkes", arrived=n, closed=n + 60) for n in (2, 4, 6, 8, 10)),
    ])  # fmt: skip
    answer = ask(engine, "incidents112.agencies")
    assert cells(answer, "agency", "response_n", "response_median", "response_p90", "handling_median") == [
        ("BPBD", 30, 15, 27, 60), ("Dinkes", 5, 6, None, 60),
    ]  # fmt: skip
    typed_by_hand(engine)
    rounded = ask(engine, "incidents112.agencies")
    assert cells(rounded, "response_median", "response_p90") == [(30, None), (0, None)]


def test_agencies_have_no_kecamatan(engine: Engine) -> None:
    keep(engine, [incident(opd="DP2KBP2", category_raw="KDRT")])
    elsewhere = Filters(TWO_WEEKS.first, TODAY, "35.16.01")
    assert ask(engine, "incidents112.agencies", elsewhere) == ask(engine, "incidents112.agencies")
