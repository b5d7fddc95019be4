"""The hourly export of a telephone exchange: exclusive waits, sums that must agree, percentages that are left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from pydantic import ValidationError

from datasources.calls112.hourly_export import WAITS, HourlyExport
from datasources.calls112.records import RecapCount
from datasources.contract import Batch, SourceUnavailable

BUCKETS = (9, 2, 1, 3, 0, 0, 1)


def test_an_hour_becomes_seven_waits_and_three_counts_of_calls(tmp_path: Path) -> None:
    batch = read(saved(tmp_path, row("02/03/2026", 7, BUCKETS, abandoned=4)))
    assert batch.refused == ()
    found = {(r.subject, r.label): r.n for r in counts(batch)}
    assert found == {
        **{("waits", label): n for label, n in zip(WAITS, BUCKETS, strict=True)},
        ("calls", "offered"): 20, ("calls", "answered"): 16, ("calls", "abandoned"): 4,
    }  # fmt: skip
    assert {(r.start, r.end, r.is_total) for r in counts(batch)} == {
        (datetime(2026, 3, 2, 0, tzinfo=UTC), datetime(2026, 3, 2, 1, tzinfo=UTC), False)
    }


def test_an_hour_in_which_all_gave_up_is_kept_with_its_zeros(tmp_path: Path) -> None:
    found = {(r.subject, r.label): r.n for r in counts(read(saved(tmp_path, row("02/03/2026", 0, (0,) * 7, 50))))}
    assert (found["calls", "answered"], found["calls", "abandoned"], found["waits", "0-10"]) == (0, 50, 0)


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        ("02/03/2026", "00", (1, 17)), ("02/03/2026", "7:00", (2, 0)), ("02/03/2026", "07.00", (2, 0)),
        ("02/03/2026", "0700", (2, 0)), ("2026-03-02 07:00", "7", (2, 0)), ("2026-03-02T07:00:00", "07", (2, 0)),
        ("2 Maret 2026", 23, (2, 16)),
    ],
)  # fmt: skip
def test_an_hour_is_local_and_written_in_several_ways(
    tmp_path: Path, day: str, hour: object, utc: tuple[int, int]
) -> None:
    batch = read(saved(tmp_path, row(day, hour)))
    assert batch.refused == ()
    assert {r.start for r in counts(batch)} == {datetime(2026, 3, *utc, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (
            "02/03/2026,7,9,2,1,3,0,0,1,4,21,.9", "911_T",
            "jumlah 21 tidak cocok: terjawab 16 + terputus 4 = 20, selisih 1; jam ini tidak dibaca, betulkan barisnya",
        ),
        ("02/03/2026,24,9,2,1,3,0,0,1,4,20,.9", "DateTime", "jam '24' tidak ada; tulis 00 sampai 23; jam ini tidak"),
        ("02/03/2026,,9,2,1,3,0,0,1,4,20,.9", "DateTime", "jam '' tidak ada; tulis 00 sampai 23"),
        ("02/14/2026,7,9,2,1,3,0,0,1,4,20,.9", "DateTime", "'02/14/2026': hari, bulan atau jam itu tidak ada"),
        (",7,9,2,1,3,0,0,1,4,20,.9", "DateTime", "tanggal kosong; tulis seperti 02/03/2026"),
        ("02/03/2026 07:30,7,9,2,1,3,0,0,1,4,20,.9", "DateTime", "jam 07.30 bukan jam penuh"),
        ("02/03/2026 08:00,7,9,2,1,3,0,0,1,4,20,.9", "DateTime", "tanggal menyebut jam 08, kolom jam menyebut 07;"),
        ("02/03/2026,7,9,2,1,,0,0,1,4,20,.9", "911_40", "kosong; tulis 0 bila tidak ada panggilan, atau kosongkan"),
        ("02/03/2026,7,9,2,1,-,0,0,1,4,20,.9", "911_40", "kosong; tulis 0 bila tidak ada panggilan"),
        ("02/03/2026,7,9,2,1,3.5,0,0,1,4,20,.9", "911_40", "'3.5' bukan jumlah; tulis bilangan bulat tanpa satuan"),
        ("02/03/2026,7,9,2,1,-3,0,0,1,4,20,.9", "911_40", "'-3' bukan jumlah"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_refused_with_its_numbers_and_the_rest_goes_on(
    tmp_path: Path, line: str, column: str, reason: str
) -> None:
    batch = read(saved(tmp_path, line, row("02/03/2026", 8)))
    assert {r.start for r in counts(batch)} == {datetime(2026, 3, 2, 1, tzinfo=UTC)}
    (note,) = batch.refused
    assert note.place == f"telepon.csv, baris 2, kolom {column}"
    assert reason in note.reason


def test_a_dash_may_mean_zero(tmp_path: Path) -> None:
    path = saved(tmp_path, "02/03/2026,7,9,2,1,-,0,0,1,4,17,.9")
    assert len(read(path, dash="nol").records) == 10


def test_an_hour_that_stands_twice_is_read_once_and_if_it_differs_not_at_all(tmp_path: Path) -> None:
    same = row("02/03/2026", 7)
    batch = read(saved(tmp_path, same, same))
    assert (len(batch.records), batch.refused) == (10, ())
    batch = read(saved(tmp_path, same, row("02/03/2026", 7, abandoned=9), row("02/03/2026", 6)))
    assert {r.start for r in counts(batch)} == {datetime(2026, 3, 1, 23, tzinfo=UTC)}
    (note,) = batch.refused
    assert note.place == "telepon.csv, baris 3, kolom DateTime"
    assert note.reason.startswith("jam 02/03/2026 07.00 sudah ada di baris 2 dengan angka lain (20 dan 25 panggilan)")


def test_missing_and_empty_hours_are_missing_and_a_total_row_is_no_hour(tmp_path: Path) -> None:
    empty = "02/03/2026,8,,,,,,,,,,"
    batch = read(saved(tmp_path, row("02/03/2026", 9), empty, row("02/03/2026", 7), "TOTAL,,18,4,2,6,0,0,2,8,40,"))
    assert batch.refused == ()
    assert [r.start.hour for r in counts(batch)] == [2] * 10 + [0] * 10


def test_the_line_and_single_columns_can_be_named(tmp_path: Path) -> None:
    path = saved(tmp_path, row("02/03/2026", 7))
    text = path.read_text().replace("911_", "112_").replace("DateTime", "Tanggal").replace("112_AB", "Putus")
    path.write_text(text)
    batch = read(path, prefix="112", columns={"datetime": "Tanggal", "abandoned": "Putus"})
    assert (len(batch.records), batch.refused) == (10, ())
    with pytest.raises(SourceUnavailable, match="kolom 911_10, 911_120"):
        read(path)


def test_the_hour_may_stand_in_the_date(tmp_path: Path) -> None:
    path = saved(tmp_path, row("2026-03-02 07:00", ""))
    assert {r.start for r in counts(read(path, columns={"hour": ""}))} == {datetime(2026, 3, 2, 0, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"jam": "Jam"}, "kunci jam tidak dikenal; yang ada: datetime, hour, 0-10, 10-15"),
        ({"total": ""}, "judul kolom total kosong; hanya hour yang boleh kosong"),
    ],
)
def test_a_wrong_column_option_refuses_to_start(columns: dict[str, str], sentence: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        HourlyExport(path=Path("a.csv"), columns=columns)
    assert sentence in str(wrong.value)


def test_a_workbook_is_read_like_a_csv(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Telepon")
    sheet.append(["Ekspor mingguan"])
    sheet.append(header().split(","))
    sheet.append([datetime(2026, 3, 2), 7, *BUCKETS, 4, 20, 0.75])  # noqa: DTZ001 - as Excel keeps it
    sheet.append([datetime(2026, 3, 2), 8, *BUCKETS, 4, 20.5, 0.75])  # noqa: DTZ001 - as Excel keeps it
    book.save(tmp_path / "telepon.xlsx")
    batch = read(tmp_path / "telepon.xlsx", sheet="Telepon")
    assert len(batch.records) == 10
    assert [(note.place, note.raw) for note in batch.refused] == [("telepon.xlsx, baris 4, kolom 911_T", "20,5")]


def test_an_unchanged_export_yields_nothing_and_of_a_folder_each_week_is_read_once(tmp_path: Path) -> None:
    saved(tmp_path, row("02/03/2026", 7)).rename(tmp_path / "week10.csv")
    saved(tmp_path, row("09/03/2026", 7)).rename(tmp_path / "week11.csv")
    batches = list(HourlyExport(path=tmp_path, pattern="week*.csv").fetch({}))
    assert [len(batch.records) for batch in batches] == [10, 10]
    assert list(HourlyExport(path=tmp_path, pattern="week*.csv").fetch(batches[-1].cursor)) == []
    saved(tmp_path, row("16/03/2026", 7)).rename(tmp_path / "week12.csv")
    (batch,) = HourlyExport(path=tmp_path, pattern="week*.csv").fetch(batches[-1].cursor)
    assert {r.start.day for r in counts(batch)} == {16}


HOURS = st.dictionaries(
    st.tuples(st.integers(1, 28), st.integers(0, 23)),
    st.tuples(st.lists(st.integers(0, 90_000), min_size=7, max_size=7), st.integers(0, 500)),
    max_size=20,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hours=HOURS)
def test_an_export_that_is_written_is_read_back(
    tmp_path: Path, hours: dict[tuple[int, int], tuple[list[int], int]]
) -> None:
    lines = [row(f"{day}/03/2026", hour, tuple(b), abandoned) for (day, hour), (b, abandoned) in hours.items()]
    batch = read(saved(tmp_path, *lines))
    assert batch.refused == ()
    by_subject = {s: sum(r.n for r in counts(batch) if r.label == s) for s in ("offered", "answered", "abandoned")}
    waits = sum(r.n for r in counts(batch) if r.subject == "waits")
    assert waits == by_subject["answered"] == sum(sum(b) for b, _ in hours.values())
    assert by_subject["offered"] == waits + sum(abandoned for _, abandoned in hours.values())
    assert len(batch.records) == 10 * len(hours)


def read(path: Path, **options: Any) -> Batch:
    (batch,) = HourlyExport(path=path, **options).fetch({})
    return batch


def counts(batch: Batch) -> list[RecapCount]:
    return [record for record in batch.records if isinstance(record, RecapCount)]


def header() -> str:
    return "DateTime,Hour,911_10,911_15,911_20,911_40,911_60,911_120,911_121,911_AB,911_T,911_PCT_10"


def row(day: str, hour: object, buckets: tuple[int, ...] = BUCKETS, abandoned: int = 4) -> str:
    numbers = (*buckets, abandoned, sum(buckets) + abandoned)
    return f"{day},{hour},{','.join(map(str, numbers))},.75"


def saved(folder: Path, *lines: str) -> Path:
    path = folder / "telepon.csv"
    path.write_text("\n".join([header(), *lines]) + "\n", encoding="utf-8")
    return path
