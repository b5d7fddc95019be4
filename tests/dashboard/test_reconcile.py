"""What reconciliation says of a source: each rule with data that break it and data that do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.ingestion.reconcile import Reconciled, reconcile, reconcile_changed, reconcile_now
from dashboard.store import changes, ingestion_log, meanings
from dashboard.store.call_classes import keep_call_classes
from dashboard.store.calls112 import keep_calls, keep_incidents
from dashboard.store.database import reading, writing
from dashboard.store.import_findings import ImportFinding, standing
from dashboard.store.recaps import keep_recaps
from dashboard.store.recount import recount_all
from datasources.calls112.incident_place import kecamatan_code
from datasources.calls112.records import Call, CallClass, Incident, RecapCount
from datasources.contract import Refused
from datasources.registry import ConfiguredSource

NOW = datetime(2026, 11, 23, 7, 3, tzinfo=UTC)
"""Senin, 23 November 2026 14.03 WIB."""
SOURCE = "kasus"


# Times typed by hand


@pytest.mark.parametrize(("on_the_half_hour", "told"), [(16, True), (8, False)])
def test_minutes_that_heap_mean_typed_by_hand(engine: Engine, on_the_half_hour: int, told: bool) -> None:
    closings = [30 * (i % 2) for i in range(on_the_half_hour)] + [7 + i for i in range(20 - on_the_half_hour)]
    keep(engine, [
        incident(i + 1, t_closed=(NOW - timedelta(hours=i)).replace(minute=minute))
        for i, minute in enumerate(closings)
    ])  # fmt: skip
    sentence = (
        "Waktu selesai diketik tangan: 16 dari 20 (80 %) tepat pada menit 00 atau 30, padahal kebetulan hanya 3 %; "
        "dari sumber ini hanya median yang ditampilkan, dibulatkan 30 menit, tanpa detik dan tanpa p90."
    )
    assert sentences(engine, "waktu diketik tangan") == ([sentence] if told else [])


# Order of stages


def test_stages_that_run_backwards_are_told_by_pair_with_examples(engine: Engine) -> None:
    keep(engine, [
        incident(1, t_dispatched=minutes(2, 1), t_closed=minutes(30, 1)),
        incident(2, t_dispatched=minutes(2, 2), t_closed=minutes(-5, 2)),
        incident(3, t_closed=minutes(-1, 3)),
        incident(4),
    ])  # fmt: skip
    found = only(engine, "urutan waktu mundur")
    assert found.sentence == (
        "Urutan waktu mundur pada 2 dari 3 kejadian: selesai sebelum laporan 2, selesai sebelum diteruskan ke OPD 1. "
        "Selang yang mundur tidak dihitung, tidak dijadikan nol."
    )
    assert (found.n, set(found.examples)) == (2, {"K-2", "K-3"})


def test_intervals_of_zero_are_told_apart(engine: Engine) -> None:
    keep(engine, [incident(1, t_enroute=minutes(3, 1), t_arrived=minutes(3, 1)), incident(2, t_arrived=minutes(9, 2))])
    assert sentences(engine, "urutan waktu mundur") == []
    assert only(engine, "selang nol").sentence == (
        "Dua tahap pada saat yang sama di 1 dari 2 kejadian: tiba bersamaan dengan berangkat 1. "
        "Sering karena tombol ditekan bersamaan; tetap dihitung sebagai nol."
    )


def test_stages_in_order_are_not_told(engine: Engine) -> None:
    keep(engine, [incident(1, t_dispatched=minutes(2, 1), t_arrived=minutes(9, 1), t_closed=minutes(40, 1))])
    assert rules(engine) == set()


# Times that have not come


@pytest.mark.parametrize(("ahead", "told"), [(4, False), (6, True)])
def test_a_time_that_has_not_come_is_told(engine: Engine, ahead: int, told: bool) -> None:
    keep(engine, [incident(1, t_closed=NOW + timedelta(minutes=ahead))])
    sentence = "1 kejadian memuat waktu yang belum tiba: waktu selesai 1. Periksa jam, tahun dan zona waktu sumbernya."
    assert sentences(engine, "waktu di masa depan") == ([sentence] if told else [])


# Rows twice


def test_rows_alike_under_two_ids_are_told(engine: Engine) -> None:
    one = incident(1, t_closed=minutes(40, 1))
    keep(engine, [one, replace(one, incident_id="K-9"), incident(2, t_closed=minutes(40, 2))])
    found = only(engine, "baris kembar")
    assert found.sentence == (
        "1 baris berisi sama persis dengan baris lain yang nomornya berbeda. "
        "Tidak dihapus; periksa apakah sumber mengirim satu kejadian dua kali."
    )
    assert found.examples == ("K-1=K-9",)


def test_two_reports_of_one_minute_are_no_copies_while_nothing_particular_is_known(engine: Engine) -> None:
    keep(engine, [incident(1), replace(incident(1), incident_id="K-9")])
    assert "baris kembar" not in rules(engine)


# Places


def test_names_that_are_no_kecamatan_are_listed_never_guessed(engine: Engine) -> None:
    with pytest.raises(ValueError) as refusal:
        kecamatan_code("Krian", {})
    with writing(engine) as connection:
        refused = [Refused("Krian", str(refusal.value), "kolom kecamatan")] * 2
        ingestion_log.quarantine_refused(connection, SOURCE, refused, NOW)
        ingestion_log.quarantine_refused(connection, SOURCE, [Refused("x", "waktu terima kosong")], NOW)
    keep(engine, [incident(1, kecamatan_code="35.15.01"), incident(2, kecamatan_code="35.16.01")])
    recap(engine, month(10, "kecamatan", Sooko=4, Surabaya=1))
    found = only(engine, "kecamatan tidak dikenal")
    assert found.sentence == (
        "3 nama kecamatan tidak dikenal dan tidak ditebak (nama dan banyaknya datang): "
        "'Krian' 2, '35.15.01' 1, 'Surabaya' 1."
    )
    assert found.examples == ("K-1",)


def test_incidents_without_kecamatan_are_counted_where_others_have_one(engine: Engine) -> None:
    keep(engine, [incident(1, kecamatan_code="35.16.01"), incident(2)])
    assert only(engine, "tanpa kecamatan").sentence == (
        "1 dari 2 kejadian tanpa kecamatan; dihitung untuk seluruh kabupaten saja."
    )


def test_a_source_that_never_says_where_is_not_told_at_each_incident(engine: Engine) -> None:
    keep(engine, [incident(1), incident(2)])
    assert rules(engine) == set()


# Words without a meaning


def test_categories_and_classes_without_a_meaning_are_counted(engine: Engine) -> None:
    keep(engine, [incident(i, category_raw="Aneh  Sekali") for i in range(3)] + [incident(8, category_raw="")])
    classes(engine, [("ghost call", 2), ("main-main", 4)])
    recap(engine, month(10, "classes", prank=3, lainnya=5))
    assert sorted(sentences(engine, "belum dipetakan")) == [
        "2 kategori kejadian belum dipetakan, bersama 4 kali dipakai: 'Aneh  Sekali' 3 dan 1 lainnya.",
        "2 kelas panggilan belum dipetakan, bersama 9 kali dipakai: 'lainnya' 5, 'main-main' 4.",
    ]


def test_a_word_that_a_user_mapped_is_told_no_more(engine: Engine) -> None:
    keep(engine, [incident(1, category_raw="Aneh Sekali")])
    with writing(engine) as connection:
        meanings.set_meaning(connection, "category", "aneh sekali", "hewan", "budi", NOW)
    assert rules(engine) == set()


def test_a_number_in_a_word_is_masked(engine: Engine) -> None:
    keep(engine, [incident(1, category_raw="telepon 081234567890 segera")])
    assert "081234567890" not in only(engine, "belum dipetakan").sentence


# Totals


def month(number: int, subject: Any, **counts: int) -> list[RecapCount]:
    start = datetime(2026, number, 1, tzinfo=UTC) - timedelta(hours=7)
    end = datetime(2026, number + 1, 1, tzinfo=UTC) - timedelta(hours=7)
    return [RecapCount(start, end, subject, label, n) for label, n in counts.items()]


def total(like: RecapCount, label: str, n: int, **changed: Any) -> RecapCount:
    return replace(like, label=label, n=n, is_total=True, **changed)


def test_classes_that_do_not_add_up_to_their_total_are_told(engine: Engine) -> None:
    # Bandung 2024 as published: the categories add up to 1,359, the total says 1,395.
    parts = month(10, "categories", laka=761, lain=181, kebakaran=176, medis=112, bencana=99, hewan=30)
    recap(engine, [*parts, total(parts[0], "total", 1_395)])
    found = only(engine, "jumlah tidak cocok")
    assert found.sentence == (
        "Oktober 2026: jumlah kategori kejadian tertulis 1.395, sedangkan jumlah per kategori kejadian 1.359; "
        "tidak cocok, selisih 36."
    )
    assert found.n == 36


def test_classes_that_add_up_are_not_told(engine: Engine) -> None:
    parts = month(10, "classes", prank=1_147, ghost=1_170, informasi=455, normal=30)  # Purworejo
    recap(engine, [*parts, total(parts[0], "total", 2_802)])
    assert sentences(engine, "jumlah tidak cocok") == []


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"offered": 61_897, "answered": 4_824, "abandoned": 57_073}, []),  # Kota Batu
        ({"offered": 100, "answered": 60, "abandoned": 30, "timeout": 10}, []),
        ({"offered": 100, "answered": 60}, []),
        ({"offered": 100, "answered": 60, "abandoned": 30},
         ["Oktober 2026: panggilan masuk tertulis 100, sedangkan jumlah terjawab + terputus 90; "
          "tidak cocok, selisih 10."]),
    ],
)  # fmt: skip
def test_outcomes_add_up_to_the_calls_that_came(engine: Engine, counts: dict[str, int], told: list[str]) -> None:
    recap(engine, month(10, "calls", **counts))
    assert sentences(engine, "jumlah tidak cocok") == told


@pytest.mark.parametrize(("prank", "told"), [(60, []), (40, []), (
    61, ["Oktober 2026: panggilan terjawab tertulis 60, sedangkan jumlah kelas panggilan 61; tidak cocok, selisih 1."]
)])  # fmt: skip
def test_more_classes_than_answered_calls_cannot_be(engine: Engine, prank: int, told: list[str]) -> None:
    recap(engine, [*month(10, "calls", answered=60), *month(10, "classes", prank=prank)])
    assert sentences(engine, "jumlah tidak cocok") == told


@pytest.mark.parametrize(("stated", "told"), [(7, False), (9, True)])
def test_the_sum_over_the_months_of_one_label_is_checked(engine: Engine, stated: int, told: bool) -> None:
    september, october = month(9, "categories", ular=3, laka=8), month(10, "categories", ular=4)
    recap(engine, [*september, *october, total(september[0], "ular", stated, end=october[0].end)])
    sentence = (
        "1 September 2026 – 31 Oktober 2026: jumlah kategori kejadian 'ular' tertulis 9, sedangkan jumlah masa di "
        "dalamnya 7; tidak cocok, selisih 2."
    )
    assert sentences(engine, "jumlah tidak cocok") == ([sentence] if told else [])


def test_days_and_their_month_are_not_added_together(engine: Engine) -> None:
    whole = month(10, "categories", ular=4)
    day = replace(whole[0], end=whole[0].start + timedelta(days=1), n=4)
    recap(engine, [*whole, day, total(whole[0], "ular", 4, end=whole[0].end + timedelta(days=30))])
    assert sentences(engine, "jumlah tidak cocok") == []


# Words that vanish, appear, change places


def told_weekly(category: str, first: int, last: int, each: int = 2) -> list[Incident]:
    """So many incidents of a category in each whole week, Tuesday to Saturday, [first, last) weeks before this one."""
    monday = datetime(2026, 11, 15, 17, tzinfo=UTC)
    days = [(week, i, timedelta(days=1 + i % 5, minutes=i)) for week in range(first, last) for i in range(each)]
    told = [
        incident(0, f"{category}-{week}-{i}", category_raw=category, t_received=monday - timedelta(weeks=week) + after)
        for week, i, after in days
    ]
    return [*told, incident(0, f"{category}-kini", category_raw=category)] if not first else told


def test_a_category_that_vanished_and_one_that_is_new_are_told(engine: Engine) -> None:
    steady = told_weekly("laka", 0, 18)
    keep(engine, [*steady, *told_weekly("kdrt", 8, 18), *told_weekly("banjir", 0, 3, 20)])
    since = "8 minggu sejak 28 September 2026"
    assert sentences(engine, "kata hilang") == [
        f"1 kategori tidak muncul lagi dalam {since} (banyaknya dalam 8 minggu sebelumnya): 'kdrt' 16."
    ]
    assert sentences(engine, "kata baru") == [
        f"1 kategori baru muncul dalam {since}, tidak sekali pun dalam 8 minggu sebelumnya: 'banjir' 61."
    ]


def test_a_category_renamed_is_told_as_such(engine: Engine) -> None:
    keep(engine, [*told_weekly("ular", 0, 18), *told_weekly("laka", 8, 18), *told_weekly("kecelakaan", 0, 8)])
    assert {"kata hilang", "kata baru"} & rules(engine) == set()
    assert only(engine, "mungkin dikodekan ulang").sentence == (
        "Kategori 'laka' turun dari 16 menjadi 0, sedangkan 'kecelakaan' naik dari 0 menjadi 17 dalam 8 minggu sejak "
        "28 September 2026: mungkin hal yang sama dengan nama baru. Bila benar, tandai 'perubahan definisi'."
    )


def test_a_young_source_has_no_new_words(engine: Engine) -> None:
    keep(engine, [*told_weekly("laka", 0, 12), *told_weekly("ular", 0, 4, 5)])
    assert rules(engine) == set()


# Scope of the extract


@pytest.mark.parametrize(("loket", "told"), [(12, True), (0, False)])
def test_a_total_that_jumps_while_the_rest_is_flat_is_told(engine: Engine, loket: int, told: bool) -> None:
    keep(engine, [*told_weekly("laka", 0, 18, 30), *(told_weekly("ular", 0, 6, loket) if loket else [])])
    if not told:
        assert sentences(engine, "cakupan ekstrak berubah") == []
        return
    assert sentences(engine, "cakupan ekstrak berubah") == [
        "Sejak minggu 12 Oktober 2026 jumlah per minggu berubah dari 30 menjadi 42 karena kategori 'ular' 0 → 12; "
        "selebihnya tetap (30 → 30). Kemungkinan cakupan data yang dikirim berubah, bukan jumlah kejadiannya. "
        "Bila benar, tandai 'perubahan definisi'."
    ]


# Silence and hours without an answer


@pytest.mark.parametrize(("silent_hours", "told"), [(2, False), (8, True)])
def test_calls_that_stay_away_longer_than_ever_are_told(engine: Engine, silent_hours: int, told: bool) -> None:
    last = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
    keep_all_calls(engine, [call(i, last - timedelta(hours=3 * i)) for i in range(40)])
    sentence = "Data panggilan terakhir 23 November 2026 09.00 WIB; 99 % dari 39 jeda sebelumnya paling lama 3 jam."
    found = sentences(engine, "diam lebih lama dari biasanya", last + timedelta(hours=silent_hours))
    assert found == ([sentence] if told else [])


def test_incidents_that_stay_away_are_told(engine: Engine) -> None:
    keep(engine, [incident(i, t_received=NOW - timedelta(days=i + 5)) for i in range(40)])
    assert sentences(engine, "diam lebih lama dari biasanya") == [
        "Data kejadian terakhir 18 November 2026 14.03 WIB; 99 % dari 39 jeda sebelumnya paling lama 24 jam."
    ]


@pytest.mark.parametrize(("outcome", "told"), [("abandoned", True), ("answered", False), ("unknown", False)])
def test_an_hour_in_which_nobody_was_answered_is_told(engine: Engine, outcome: str, told: bool) -> None:
    start = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
    keep_all_calls(engine, [call(i, start + timedelta(minutes=i), outcome) for i in range(12)])
    sentence = (
        "1 jam dengan sedikitnya 10 panggilan tanpa satu pun terjawab, terbanyak 12 pada 23 November 2026 jam 09: "
        "gangguan atau banjir panggilan; periksa sebelum dibaca sebagai 0 %."
    )
    assert sentences(engine, "tidak satu pun terjawab") == ([sentence] if told else [])


def test_an_hour_of_an_export_in_which_nobody_was_answered_is_told(engine: Engine) -> None:
    start = datetime(2026, 11, 2, 17, tzinfo=UTC)  # an hour with fifty calls, all of them abandoned
    counts = {"offered": 50, "answered": 0, "abandoned": 50}
    recap(engine, [RecapCount(start, start + timedelta(hours=1), "calls", k, n) for k, n in counts.items()])
    assert sentences(engine, "tidak satu pun terjawab") == [
        "1 jam dengan sedikitnya 10 panggilan tanpa satu pun terjawab, terbanyak 50 pada 3 November 2026 jam 00: "
        "gangguan atau banjir panggilan; periksa sebelum dibaca sebagai 0 %."
    ]


# Whose rows, and when


def test_the_rows_of_other_sources_are_not_judged(engine: Engine) -> None:
    keep(engine, [incident(1, t_closed=minutes(-1, 1))], "lain")
    assert rules(engine) == set()


def test_a_finding_is_kept_since_when_it_holds_and_goes_when_the_row_is_corrected(engine: Engine) -> None:
    keep(engine, [incident(1, t_closed=minutes(-1, 1))])
    assert reconcile_now(engine, SOURCE, NOW) is True
    assert reconcile_now(engine, SOURCE, NOW + timedelta(minutes=2)) is False
    with reading(engine) as connection:
        assert [(s.finding.rule, s.first_seen_at) for s in standing(connection)] == [("urutan waktu mundur", NOW)]
        assert "findings" in changes.revisions(connection)
    keep(engine, [incident(1, t_closed=minutes(9, 1))])
    assert reconcile_now(engine, SOURCE, NOW + timedelta(minutes=3)) is True
    with reading(engine) as connection:
        assert standing(connection) == []


def test_a_source_is_reconciled_when_its_rows_changed_at_most_once_a_minute_and_now_and_then(engine: Engine) -> None:
    sources = [configured(SOURCE, "incidents"), configured("cuaca", "forecast")]
    last: dict[str, Reconciled] = {}
    with writing(engine) as connection:
        ingestion_log.register(connection, [SOURCE, "cuaca"])

    def after(seconds: int) -> int:
        return reconcile_changed(engine, sources, NOW + timedelta(seconds=seconds), last)

    assert [after(0), after(61)] == [1, 0]
    with writing(engine) as connection:
        ingestion_log.batch_kept(connection, SOURCE, {}, 1, NOW, 0, NOW)
    assert [after(70), after(80)] == [1, 0]
    with writing(engine) as connection:
        ingestion_log.batch_kept(connection, SOURCE, {}, 1, NOW, 0, NOW)
    assert [after(100), after(131), after(300), after(131 + 600)] == [0, 1, 0, 1]
    with writing(engine) as connection:
        changes.announce(connection, ["edits"], NOW)
    assert after(131 + 700) == 1
    assert set(last) == {SOURCE}


# Builders


def minutes(after: int, hours_ago: int) -> datetime:
    """So many minutes after the report of `incident(hours_ago)`."""
    return NOW - timedelta(hours=hours_ago) + timedelta(minutes=after)


def incident(hours_ago: int, name: str = "", **given: Any) -> Incident:
    """A snake, reported so many hours ago."""
    received = given.pop("t_received", NOW - timedelta(hours=hours_ago))
    category = given.pop("category_raw", "ULAR")
    return Incident(name or f"K-{hours_ago}", received, category, **given)


def call(number: int, enter: datetime, outcome: Any = "answered") -> Call:
    return Call(str(number), "112", enter, enter, enter + timedelta(seconds=60), 0, 60, None, outcome)


def configured(name: str, topic: str) -> ConfiguredSource:
    class Reader:
        topics = (topic,)

        def fetch(self, cursor: Any) -> Iterable[Any]:
            raise AssertionError("not asked here")

    return ConfiguredSource(
        name, "uji", name, "Diskominfo", timedelta(minutes=1), timedelta(minutes=5), None, "", "", False,
        Reader(),  # type: ignore[arg-type]
    )  # fmt: skip


def keep(engine: Engine, incidents: Sequence[Incident], source: str = SOURCE) -> None:
    with writing(engine) as connection:
        keep_incidents(connection, source, incidents, NOW)


def keep_all_calls(engine: Engine, calls: Sequence[Call]) -> None:
    with writing(engine) as connection:
        keep_calls(connection, SOURCE, calls, NOW)
    recount_all(engine)


def classes(engine: Engine, counted: Sequence[tuple[str, int]]) -> None:
    records = [CallClass(f"{w}-{i}", NOW - timedelta(hours=i), w) for w, n in counted for i in range(n)]
    with writing(engine) as connection:
        keep_call_classes(connection, SOURCE, records, NOW)
    recount_all(engine)


def recap(engine: Engine, records: Sequence[RecapCount]) -> None:
    with writing(engine) as connection:
        keep_recaps(connection, SOURCE, records, NOW)


def found_at(engine: Engine, at: datetime) -> list[ImportFinding]:
    with reading(engine) as connection:
        return reconcile(connection, SOURCE, at)


def rules(engine: Engine) -> set[str]:
    return {f.rule for f in found_at(engine, NOW)}


def sentences(engine: Engine, rule: str, at: datetime = NOW) -> list[str]:
    return [f.sentence for f in found_at(engine, at) if f.rule == rule]


def only(engine: Engine, rule: str) -> ImportFinding:
    (found,) = (f for f in found_at(engine, NOW) if f.rule == rule)
    return found
