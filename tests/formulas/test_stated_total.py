"""Totals that Indonesian 112 centres published, against the sum of the parts they published with them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard.formulas.stated_total import Amount, stated_total

PUBLISHED: list[tuple[str, Amount, list[Amount], Amount]] = [
    ("Jakarta 2024, prank 114.863", 637_292, [6_317, 110_788, 114_863, 370_817], 34_507),
    ("Jakarta 2024, prank 144.863", 637_292, [6_317, 110_788, 144_863, 370_817], 4_507),
    ("Bandung 2024, kategori", 1_395, [761, 181, 176, 112, 99, 30], 36),
    ("Gresik 2025, persen gangguan", Decimal("86.6"), [Decimal("45.5"), Decimal("28.9"), Decimal("13.7")],
     Decimal("-1.5")),
    ("Gresik 2025, kejadian menurut teks", 48, [45], 3),
    ("Kendari 2025, valid + tidak valid menurut jumlahnya", 3_744, [2_522, 1_223], -1),
    ("Kendari 2025, valid + tidak valid", 3_744, [2_522, 1_222], 0),
    ("Surabaya 2025, dua jumlah resmi", 18_703, [18_681], 22),
    ("Semarang 2025", 22_021, [9_576, 3_949, 8_496], 0),
    ("Sidoarjo Januari–Oktober 2023", 40_318, [32_543, 6_178, 1_597], 0),
    ("Sidoarjo Juni–Desember 2022", 22_430, [20_481, 1_949], 0),
    ("Purworejo 2022–Juli 2024", 2_802, [1_147, 1_170, 455, 30], 0),
    ("Batu Juni–Desember 2024", 61_897, [57_073, 4_824], 0),
    ("Blitar 1–13 Februari 2025", 150, [34, 55, 61], 0),
]  # fmt: skip


@pytest.mark.parametrize(("centre", "stated", "parts", "difference"), PUBLISHED, ids=[p[0] for p in PUBLISHED])
def test_a_published_total_differs_from_its_parts_by_so_much(
    centre: str, stated: Amount, parts: list[Amount], difference: Amount
) -> None:
    found = stated_total(stated, parts)
    assert (found.difference, found.agrees) == (difference, difference == 0), centre


def test_a_total_without_parts_says_nothing() -> None:
    with pytest.raises(ValueError, match="tidak ada bagian untuk dijumlahkan"):
        stated_total(5, [])


@pytest.mark.parametrize(("stated", "parts"), [(-1, [1]), (1, [2, -1])])
def test_a_count_is_never_negative(stated: int, parts: list[int]) -> None:
    with pytest.raises(ValueError, match="jumlah -1 tidak mungkin"):
        stated_total(stated, parts)
