"""NowCast and the 24-hour mean: what they say, and when they say nothing."""

from __future__ import annotations

import csv
from decimal import ROUND_DOWN, Decimal
from pathlib import Path

import pytest

from dashboard.formulas.completeness import mean_24h
from dashboard.formulas.nowcast import nowcast

PUBLISHED = ["34.9", "43", "50", "64.9", "69.2", "66.2", "53.7", "48.6", "49.2", "35", None, "21"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (PUBLISHED, "28.4098"),
        ([*PUBLISHED[:10], None, None], None),
        (["20"] * 12, "20.0000"),
        (["0"] * 12, "0.0000"),
        ([None] * 9 + ["12", None, "18"], "16.1538"),
        ([None] * 9 + ["12", "18", None], "15.6000"),
    ],
)
def test_nowcast_gives_the_published_value(values: list[str | None], expected: str | None) -> None:
    found = nowcast(decimals(values))
    assert (None if found is None else f"{found:.4f}") == expected


def test_the_published_example_truncates_to_what_was_printed() -> None:
    found = nowcast(decimals(PUBLISHED))
    assert found is not None
    assert found.quantize(Decimal("0.1"), ROUND_DOWN) == Decimal("28.4")


def test_nowcast_wants_twelve_hours() -> None:
    with pytest.raises(ValueError, match="NowCast memerlukan 12 nilai per jam, diterima 3"):
        nowcast(decimals(["1", "2", "3"]))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["10"] * 24, "10"),
        (["10"] * 12 + ["20"] * 12, "15"),
        (["10"] * 18 + [None] * 6, "10"),
        (["10"] * 17 + [None] * 7, None),
        (["10"] * 18, "10"),
        (["0"] * 24, "0"),
        ([None] * 24, None),
        ([], None),
    ],
)
def test_a_day_speaks_only_when_three_quarters_of_its_hours_are_there(
    values: list[str | None], expected: str | None
) -> None:
    assert mean_24h(decimals(values)) == (None if expected is None else Decimal(expected))


def test_the_required_share_can_be_set_but_nothing_is_never_a_mean() -> None:
    assert mean_24h(decimals(["4", "6"]), Decimal(0)) == 5
    assert mean_24h([], Decimal(0)) is None


def test_a_day_has_at_most_24_hours() -> None:
    with pytest.raises(ValueError, match="paling banyak 24 nilai, diterima 25"):
        mean_24h([Decimal(1)] * 25)


def decimals(values: list[str | None]) -> list[Decimal | None]:
    return [None if value is None else Decimal(value) for value in values]


def test_every_shared_row_of_nowcast_is_reproduced() -> None:
    path = Path(__file__).parents[2] / "../shared/data/water_waste_energy_vectors.csv"
    if not path.exists():
        pytest.skip("the shared vectors are not on this machine")
    rows = [row for row in csv.reader(path.read_text(encoding="utf-8").splitlines()) if row[0].startswith("NowCast")]
    told = {row[1].strip(): row[2] for row in rows}
    assert len(told) == 3
    hours = ["34.9", "43", "50", "64.9", "69.2", "66.2", "53.7", "48.6", "49.2", "35", None, "21"]
    assert told[f"[{', '.join(str(hour) for hour in hours)}]"].startswith(f"{nowcast(decimals(hours)):.4f}")
    assert (told["same, last two None"], nowcast(decimals([*hours[:10], None, None]))) == ("None", None)
    assert told["constant 20 x12"] == f"{nowcast(decimals(['20'] * 12)):.4f}"
