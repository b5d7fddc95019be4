"""manage.py spbe check: rows that fit pass, rows that differ are printed with what would follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboard.desk import Desk, desk, only_sentence

__all__ = ["desk"]
HEAD = "instansi;tahun;domain1;domain2;domain3;domain4;indeks;predikat"
FITTING = (
    "Kab. Mojokerto;2024;4,50;3,80;2,82;4,75;4,16;Sangat Baik",
    "Kab. Mojokerto;2023;4,20;3,60;2,09;3,80;3,52;Sangat Baik",
    "Kota Denpasar;2021;3,00;3,30;2,18;3,55;3,19;Baik",
    "Kab. Aceh Tengah;2025;2,30;1,70;1,00;3,75;2,59;Cukup",
)


def test_rows_that_follow_from_their_domains_are_counted_and_not_printed(desk: Desk) -> None:
    result = checked(desk, *FITTING)
    assert result == (0, ["4 baris diperiksa menurut SPBE 2020, 0 berbeda."])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A;2024;4,50;3,80;2,82;4,75;4,26;Memuaskan",
         "indeks tertulis 4,26, dari nilai domain keluar 4,1600 sampai 4,1625"),
        ("A;2024;4,50;3,80;2,82;4,75;4,16;Memuaskan",
         "predikat tertulis Memuaskan, dari indeks sebelum dibulatkan keluar Sangat Baik"),
        ("A;2024;4,55;3,80;2,82;4,75;4,16;Sangat Baik",
         "tidak ada level bilangan bulat yang memberi nilai domain ini"),
        ("A;2024;x;3,80;2,82;4,75;4,16;Sangat Baik", "domain1 'x' bukan angka 0 sampai 5; tulis seperti 4,16"),
        ("A;2024;4,50;3,80;2,82;4,75;4,16;Hebat",
         "predikat 'Hebat' tidak dikenal; yang ada Memuaskan, Sangat Baik, Baik, Cukup, Kurang"),
    ],
)  # fmt: skip
def test_a_row_that_differs_is_printed_with_its_place_and_reason(desk: Desk, row: str, reason: str) -> None:
    code, lines = checked(desk, FITTING[0], row)
    assert code == 1
    assert lines == [f"baris 3 (A 2024): {reason}", "2 baris diperiksa menurut SPBE 2020, 1 berbeda."]


def test_rounding_is_a_choice_and_the_other_one_is_named(desk: Desk) -> None:
    """Level sums that give 3.4985: printed 3.50, Baik before rounding and Sangat Baik after."""
    row = "Pinggir;2024;3,50;3,50;3,55;3,48;3,50;{}"
    code, lines = checked(desk, row.format("Sangat Baik"))
    assert code in (0, 1)
    rounded = checked(desk, row.format("Sangat Baik"), on="rounded")
    assert rounded[0] == 0
    if code:
        assert lines[0].endswith("; cocok bila dinilai sesudah dibulatkan")


def test_pemdi_is_checked_by_its_aspects(desk: Desk) -> None:
    head = "nama,tahun,aspek1,aspek2,aspek3,aspek4,aspek5,aspek6,aspek7,indeks,predikat"
    row = "Kab. Aceh Tengah,2026,1.75,1.28,1.0,1.17,1.08,1.4,1.18,1.24,{}"
    file = desk.folder / "p.csv"
    for word, code in (("Kurang", 0), ("Cukup", 1)):
        file.write_text(f"{head}\n{row.format(word)}\n", encoding="utf-8")
        assert desk.run("spbe", "check", str(file), "--instrument", "PEMDI-2026").exit_code == code


def test_a_file_without_the_columns_says_which_are_needed(desk: Desk) -> None:
    code, lines = checked(desk, "1;2", head="a;b")
    assert (code, lines[0]) == (1, "baris 2: perlu kolom domain1 sampai domain4")


def test_mistakes_at_the_keyboard_are_one_sentence(desk: Desk, tmp_path: Path) -> None:
    empty = tmp_path / "kosong.csv"
    empty.write_text("", encoding="utf-8")
    assert "kosong" in only_sentence(desk.run("spbe", "check", str(empty)), 1)
    assert "tidak ada" in only_sentence(desk.run("spbe", "check", str(tmp_path / "x.csv")), 2)


def checked(desk: Desk, *rows: str, head: str = HEAD, on: str = "") -> tuple[int, list[str]]:
    file = desk.folder / "hasil.csv"
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    result = desk.run("spbe", "check", str(file), *(("--predicate-on", on) if on else ()))
    return result.exit_code, result.stdout.splitlines()
