"""Numbers, moments and ages as they are written in Mojokerto."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.format import (
    NOTHING,
    age_words,
    date_range,
    moment,
    number,
    percent,
    plain,
    short_moment,
    with_unit,
)

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        ("1234.5", 1, "1.234,5"),
        ("93.1", 1, "93,1"),
        ("50.5", 0, "51"),
        ("4.2", 2, "4,20"),
        ("-0.04", 1, "0,0"),
        ("-12", 0, "-12"),
        ("1234567", 0, "1.234.567"),
        ("0", 0, "0"),
    ],
)
def test_numbers_are_written_the_indonesian_way(value: str, decimals: int, words: str) -> None:
    assert number(Decimal(value), decimals) == words


@pytest.mark.parametrize("value", [None, Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_is_a_dash_and_never_zero(value: Decimal | None) -> None:
    assert number(value) == NOTHING
    assert with_unit(value, "menit") == NOTHING


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4), st.integers(0, 3))
def test_a_written_number_reads_back_as_the_rounded_one(value: Decimal, decimals: int) -> None:
    read = Decimal(number(value, decimals).replace(".", "").replace(",", "."))
    assert abs(read - value) <= Decimal(1).scaleb(-decimals) / 2


@given(st.decimals(min_value=-(10**6), max_value=10**6, places=2))
def test_a_number_that_exists_is_never_a_dash(value: Decimal) -> None:
    assert NOTHING not in number(value, 1)


def test_the_unit_keeps_to_its_number() -> None:
    assert with_unit(Decimal("8.42"), "detik", 1) == "8,4\u00a0detik"
    assert percent(Decimal(86)) == "86\u00a0%"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, "–"),
        ("", "–"),
        (0, "0"),
        (3, "3"),
        (1.5, "1,5"),
        (0.126, "0,13"),
        ("1,83 m", "1,83 m"),
        (float("nan"), "–"),
    ],
)
def test_a_cell_keeps_the_decimals_it_has(cell: object, words: str) -> None:
    assert plain(cell) == words


def test_moments_are_told_in_wib() -> None:
    assert moment(NOW) == "Senin, 23 November 2026 14.05 WIB"
    assert moment(None) == "–"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW, "14.05 WIB"),
        (datetime(2026, 11, 22, 17, 0, tzinfo=UTC), "00.00 WIB"),
        (datetime(2026, 11, 22, 16, 59, tzinfo=UTC), "22 Nov 23.59 WIB"),
        (None, "–"),
    ],
)
def test_the_day_is_named_only_when_it_is_another(at: datetime | None, words: str) -> None:
    assert short_moment(at, NOW) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "belum ada data"),
        (0, "baru saja"),
        (59, "baru saja"),
        (60, "1 mnt"),
        (3599, "59 mnt"),
        (3600, "1 jam"),
        (7500, "2 jam 5 mnt"),
        (21599, "5 jam 59 mnt"),
        (86399, "23 jam"),
        (3 * 86400, "3 hari"),
    ],
)
def test_ages_are_words(seconds: int | None, words: str) -> None:
    assert age_words(seconds).replace("\u00a0", " ") == words


@given(st.integers(0, 10**7), st.integers(0, 10**5))
def test_a_greater_age_never_reads_as_a_smaller_one(seconds: int, more: int) -> None:
    assert _at_least(age_words(seconds)) <= _at_least(age_words(seconds + more)) <= seconds + more


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11-23", "2026-11-23", "23 November 2026"),
        ("2026-11-17", "2026-11-23", "17–23 November 2026"),
        ("2026-11-30", "2026-12-06", "30 November – 6 Desember 2026"),
        ("2026-12-28", "2027-01-03", "28 Desember 2026 – 3 Januari 2027"),
    ],
)
def test_a_range_names_month_and_year_once(first: str, last: str, words: str) -> None:
    assert date_range(date.fromisoformat(first), date.fromisoformat(last)) == words


def test_a_range_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="terbalik"):
        date_range(date(2026, 11, 23), date(2026, 11, 23) - timedelta(days=1))


def _at_least(words: str) -> int:
    """Seconds that the words stand for."""
    if words == "baru saja":
        return 0
    parts = words.split("\u00a0")
    sizes = {"mnt": 60, "jam": 3600, "hari": 86400}
    return sum(int(count) * sizes[unit] for count, unit in zip(parts[::2], parts[1::2], strict=True))
