"""Dates as they stand in recaps, tables and exports of 112 applications."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from datasources.indonesian_dates import to_utc


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("11 September 2021 12:45", (2021, 9, 11, 5, 45)),
        ("Senin, 11 Agustus 2025 pukul 12.45 WIB", (2025, 8, 11, 5, 45)),
        ("Jum'at, 1 Mei 2026", (2026, 4, 30, 17, 0)),
        ("1 Agt 2026 07:00", (2026, 8, 1, 0, 0)),
        ("5 Des 2026 7:05:30", (2026, 12, 5, 0, 5, 30)),
        ("3-Nop-2026 08:00", (2026, 11, 3, 1, 0)),
        ("2/3/2026", (2026, 3, 1, 17, 0)),
        ("02/03/2026 14:05", (2026, 3, 2, 7, 5)),
        ("02-03-2026 14.05", (2026, 3, 2, 7, 5)),
        ("2.3.2026, 14:05:09", (2026, 3, 2, 7, 5, 9)),
        ("2026-03-02", (2026, 3, 1, 17, 0)),
        ("2026-03-02 14:05:06", (2026, 3, 2, 7, 5, 6)),
        ("2026-03-02T14:05:06Z", (2026, 3, 2, 14, 5, 6)),
        ("2026-03-02T14:05:06+07:00", (2026, 3, 2, 7, 5, 6)),
        ("2 Maret 2026 14:05 WITA", (2026, 3, 2, 6, 5)),
        (datetime(2026, 3, 2, 14, 5), (2026, 3, 2, 7, 5)),  # noqa: DTZ001 - as Excel gives it
        (datetime(2026, 3, 2, 14, 5, tzinfo=timezone(timedelta(hours=9))), (2026, 3, 2, 5, 5)),
        (date(2026, 3, 2), (2026, 3, 1, 17, 0)),
    ],
)
def test_a_date_is_read_as_a_person_in_mojokerto_means_it(written: object, utc: tuple[int, ...]) -> None:
    assert to_utc(written) == datetime(*utc, tzinfo=UTC)


def test_another_zone_can_be_given() -> None:
    assert to_utc("2026-03-02 14:05", ZoneInfo("Asia/Jayapura")) == datetime(2026, 3, 2, 5, 5, tzinfo=UTC)


@pytest.mark.parametrize("empty", [None, "", "  ", "-", "–", "n/a", "NULL", "0000-00-00", "0000-00-00 00:00:00"])
def test_an_empty_date_is_none(empty: object) -> None:
    assert to_utc(empty) is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("3/14/2026", "'3/14/2026': hari, bulan atau jam itu tidak ada; tulis seperti '11 September 2021 12:45'"),
        ("31 Februari 2026", "hari, bulan atau jam itu tidak ada"),
        ("2/3/2026 25:00", "hari, bulan atau jam itu tidak ada"),
        ("1 Septembr 2026", "bulan 'Septembr' tidak dikenal"),
        ("2/3/26", "'2/3/26' bukan tanggal"),
        ("2/3/2026 2:05 PM", "bukan tanggal"),
        ("kemarin", "'kemarin' bukan tanggal"),
        ("20260302", "bukan tanggal"),
        ("2026-13-02", "'2026-13-02' bukan tanggal"),
        ("1970-01-01 00:00:00", "tahun 1970 di luar 2000–2100"),
        ("1/1/1900", "tahun 1900 di luar 2000–2100"),
        (45_000.5, "'45000.5' adalah angka, bukan tanggal"),
    ],
)
def test_what_is_no_date_is_refused_with_the_right_way_to_write_it(wrong: object, sentence: str) -> None:
    with pytest.raises(ValueError) as refused:
        to_utc(wrong)
    assert sentence in str(refused.value)
    assert "hari/bulan/tahun" in str(refused.value)
