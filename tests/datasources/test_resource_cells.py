"""Cells of OPD workbooks: what is understood, what is refused, and that nothing is guessed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasources.resources import cells
from datasources.resources.numbers import MOST_DIGITS, BadCell, is_nothing, laboratory, number
from datasources.resources.water_parameters import is_unit_of, parameter_named, water_parameters

D = Decimal
NOON = datetime(2026, 1, 1)  # noqa: DTZ001 - a cell of Excel has no zone
MEASURED = st.decimals(min_value=0, max_value=10**9, places=3)


@pytest.fixture(autouse=True)
def _frozen_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "today", lambda: date(2026, 11, 23))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12,5", "12.5"), ("0,052", "0.052"), ("0.052", "0.052"), ("1.5", "1.5"), ("1.234.567", "1234567"),
        ("1.234,5", "1234.5"), ("4600000", "4600000"), (12, "12"), (0.25, "0.25"), (" 7 ", "7"), ("0", "0"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_written_here(cell: Any, value: str) -> None:
    assert number(cell) == D(value)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("1.234", "'1.234' dapat berarti 1234 atau 1,234"), ("1,234.5", "bukan angka"), ("12 mg/l", "tanpa satuan"),
        ("-3", "bukan angka"), (-3, "tidak mungkin"), (True, "bukan angka"), (float("nan"), "tidak mungkin"),
        (float("inf"), "tidak mungkin"), ("1e400", "bukan angka"), (NOON, "bukan angka"),
        ("0,1234567890123456", "lebih dari 15"),
    ],
)  # fmt: skip
def test_what_may_mean_two_things_or_nothing_is_refused_with_what_would_be_right(cell: Any, said: str) -> None:
    with pytest.raises(BadCell, match=said):
        number(cell)


@pytest.mark.parametrize(
    ("cell", "value", "below"),
    [
        ("<0,016", "0.016", True), ("< 0.002", "0.002", True), ("kurang dari 3", "3", True), ("≤0,5", "0.5", True),
        ("24 x 10^7", "240000000", False), ("2,4 x 10⁷", "24000000", False), ("2.4E+08", "240000000", False),
        ("4,6e6", "4600000", False), ("1,1×10^-3", "0.0011", False), (240000, "240000", False),
    ],
)  # fmt: skip
def test_a_laboratory_writes_detection_limits_and_powers_of_ten(cell: Any, value: str, below: bool) -> None:
    assert laboratory(cell) == (D(value), below)


@pytest.mark.parametrize("cell", ["<", "ttd", "< -1", "10^", "> 1600"])
def test_a_laboratory_word_without_a_number_is_no_value(cell: str) -> None:
    with pytest.raises(BadCell):
        laboratory(cell)


@given(MEASURED)
def test_a_number_written_with_a_comma_comes_back_as_it_was(value: Decimal) -> None:
    assert number(f"{value:.3f}".replace(".", ",")) == value
    assert number(f"{value:,.3f}".translate(str.maketrans(",.", ".,"))) == value
    assert laboratory("<" + f"{value:.3f}".replace(".", ",")) == (value, True)


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.none()))
def test_any_cell_is_a_number_that_can_be_or_a_sentence(cell: Any) -> None:
    for parse in (number, lambda given: laboratory(given)[0]):
        if is_nothing(cell):
            continue
        value = read_or_none(parse, cell)
        if value is not None:
            assert value.is_finite()
            assert value >= 0
            assert len(value.normalize().as_tuple().digits) <= MOST_DIGITS


@pytest.mark.parametrize("cell", [None, "-", "–", "n/a", "tidak diukur", "TAD", ""])
def test_not_measured_is_nothing_and_never_zero(cell: Any) -> None:
    assert is_nothing(cell)
    assert not is_nothing(0)
    assert not is_nothing("0")


@pytest.mark.parametrize("cell", ["2026-01", "Januari 2026", "jan 2026", "01/2026", "1/2026", date(2026, 1, 17), NOON])
def test_a_month_is_written_in_many_ways(cell: Any) -> None:
    assert cells.month(cell) == date(2026, 1, 1)


@pytest.mark.parametrize("cell", ["2026-11", "2026-12", "2026-13", "Bulan 2026", "1999-12", 202601, "0000-01"])
def test_a_month_that_is_not_over_says_less_than_it_will(cell: Any) -> None:
    with pytest.raises(BadCell, match="bulan"):
        cells.month(cell)


@given(st.one_of(st.text(max_size=20), st.integers(), st.floats(), st.dates(), st.datetimes()))
def test_any_cell_is_a_month_that_is_over_or_a_sentence(cell: Any) -> None:
    found = read_or_none(cells.month, cell)
    if found is not None:
        assert found.day == 1
        assert date(2000, 1, 1) <= found < date(2026, 11, 1)


@given(st.one_of(st.text(max_size=20), st.integers(), st.floats(), st.dates(), st.datetimes()))
def test_any_cell_is_a_day_that_has_come_or_a_sentence(cell: Any) -> None:
    found = read_or_none(cells.day, cell)
    if found is not None:
        assert date(2000, 1, 1) <= found <= cells.today()


@pytest.mark.parametrize(
    ("parse", "cell", "said"),
    [
        (cells.kecamatan, "Surabaya", "tidak ada di Kabupaten Mojokerto"),
        (cells.one_of(("publik", "privat")), "umum", "publik, privat"),
        (cells.whole(62, 1), "30,5", "bilangan bulat 1 sampai 62"), (cells.whole(62, 1), 0, "1 sampai 62"),
        (cells.amount("m²", D(100)), 101, "0 sampai 100 m²"), (cells.year, 2027, "2000 sampai 2026"),
        (cells.code, "<b>", "bukan kode"), (cells.text, "x" * 200, "paling banyak 128"),
    ],
)  # fmt: skip
def test_each_refusal_says_what_would_be_right(parse: cells.Parse, cell: Any, said: str) -> None:
    with pytest.raises(BadCell, match=said):
        parse(cell)


def test_words_and_codes_are_the_same_however_they_are_capitalised() -> None:
    assert cells.one_of(("TPA", "TPS3R"))("tps3r") == "TPS3R"
    assert cells.code(" br-01 ") == "BR-01"
    assert cells.kecamatan("kec. mojosari") == cells.kecamatan("Mojosari")


def test_every_parameter_is_found_by_its_title_and_no_spelling_belongs_to_two() -> None:
    spellings = [s for p in water_parameters().values() for s in {p.key, p.title.casefold(), *p.aliases}]
    assert len(spellings) == len(set(spellings))
    assert all(parameter_named(p.title) is p for p in water_parameters().values())
    assert parameter_named("klorofil") is None


@pytest.mark.parametrize(
    ("parameter", "unit", "ours"),
    [("BOD", "mg/L", True), ("BOD", "µg/l", False), ("pH", "-", True), ("Fecal coliform", "CFU/100mL", True)],
)
def test_a_unit_of_another_size_is_not_taken(parameter: str, unit: str, ours: bool) -> None:
    found = parameter_named(parameter)
    assert found is not None
    assert is_unit_of(found, unit) is ours


def read_or_none(parse: cells.Parse, cell: Any) -> Any:
    """What a cell says; None when it is refused. Any other exception is a fault of the parser."""
    try:
        return parse(cell)
    except BadCell:
        return None
