"""CSV and Excel as offices save them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from datasources import spreadsheet
from datasources.contract import SourceUnavailable
from datasources.spreadsheet import rows


@pytest.mark.parametrize(
    "content",
    [
        b"id,kejadian\n7,banjir\n",
        b"id;kejadian\r\n7;banjir\r\n",
        b"id\tkejadian\n7\tbanjir\n",
        b"\xef\xbb\xbfid;kejadian\n7;banjir\n",
        b"sep=;\nid;kejadian\n7;banjir\n",
        "id;kejadian\n7;banjir\n".encode("utf-16"),
        b'"id","kejadian"\n"7"," banjir "\n',
    ],
)
def test_a_csv_is_read_however_excel_saved_it(tmp_path: Path, content: bytes) -> None:
    assert [row for _, row in rows(saved(tmp_path, content))] == [{"id": "7", "kejadian": "banjir"}]


def test_a_decimal_comma_does_not_pass_for_the_delimiter(tmp_path: Path) -> None:
    content = b"lat;lon\n-7,5;112,5\n-7,6;112,6\n"
    assert next(rows(saved(tmp_path, content)))[1] == {"lat": "-7,5", "lon": "112,5"}


def test_letters_of_windows_are_read(tmp_path: Path) -> None:
    assert next(rows(saved(tmp_path, "id;ket\n1;caf\xe9\n".encode("cp1252"))))[1]["ket"] == "café"


def test_row_numbers_are_those_excel_shows_and_empty_rows_are_left_out(tmp_path: Path) -> None:
    content = b"DAFTAR KEJADIAN;\n\nId ;Kejadian\n1;banjir\n;\n\n2;pohon\n"
    found = list(rows(saved(tmp_path, content), headings=["id", "kejadian"]))
    assert found == [(4, {"id": "1", "kejadian": "banjir"}), (7, {"id": "2", "kejadian": "pohon"})]


def test_a_workbook_gives_typed_cells(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["Rekap", None], ["id", "waktu"], [5, datetime(2026, 3, 2, 14, 5)], [None, None]])  # noqa: DTZ001
    (row,) = rows(path, headings=["id", "waktu"])
    assert row == (3, {"id": 5, "waktu": datetime(2026, 3, 2, 14, 5)})  # noqa: DTZ001
    assert type(row[1]["id"]) is int


def test_a_workbook_is_known_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["id"], [1]]).rename(tmp_path / "data.csv")
    assert list(rows(path)) == [(2, {"id": 1})]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"id;kejadian\n1;a\n", "data.csv: kolom waktu tidak ditemukan; kolom yang ada: id, kejadian."),
        (b"DAFTAR KEJADIAN;;\nNo;Jam Masuk;Pelapor\n1;08.15;Siti\n", "kolom yang ada: No, Jam Masuk, Pelapor."),
        (b"No;Jam Masuk\n", "kolom id, waktu tidak ditemukan; kolom yang ada: No, Jam Masuk."),
        (b"LAPORAN\n", "kolom id, waktu tidak ditemukan; kolom yang ada: LAPORAN."),
        (b"1;Siti;Pacet\n2;Budi;Trowulan\n", "kolom id, waktu tidak ditemukan; kolom yang ada: tidak dikenali."),
        (b"Siti;02/03/2026\n", "kolom yang ada: tidak dikenali."),
        (b"Siti;0812 3456 7890\n", "kolom yang ada: tidak dikenali."),
        (b"id;waktu;Waktu\n1;a;b\n", "kolom waktu ada dua kali"),
        (b'id;waktu\n1;"' + b"a" * 200_000, "bukan CSV yang dapat dibaca"),
        (b"PK\x03\x04 bukan zip", "rusak atau bukan buku kerja Excel"),
        (b"\xd0\xcf\x11\xe0 bukan xls", "rusak atau bukan buku kerja Excel"),
    ],
)
def test_a_file_that_cannot_serve_says_why(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(SourceUnavailable) as refused:
        list(rows(saved(tmp_path, content), headings=["id", "waktu"]))
    assert sentence in str(refused.value)
    assert "Siti" not in str(refused.value)


def test_an_empty_file_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match="kosong"):
        list(rows(saved(tmp_path, b"")))


def test_a_missing_file_and_a_missing_sheet_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match=r"tidak ada\.csv tidak ditemukan; periksa opsi path"):
        list(rows(tmp_path / "tidak ada.csv"))
    with pytest.raises(SourceUnavailable, match="lembar 'Kasus' tidak ada; lembar yang ada: Sheet"):
        list(rows(workbook(tmp_path, [["id"]]), sheet="Kasus"))


def test_a_folder_in_the_place_of_a_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match=rf"Berkas {tmp_path} tidak dapat dibaca \(.*\); periksa hak bacanya"):
        list(rows(tmp_path))


def test_a_workbook_that_was_cut_off_is_said(tmp_path: Path) -> None:
    cells: list[list[object]] = [["id"]]
    cells.extend([n] for n in range(500))
    path = workbook(tmp_path, cells)
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(SourceUnavailable, match=r"data\.xlsx rusak atau bukan buku kerja Excel; simpan ulang"):
        list(rows(path))


def test_files_and_tables_have_a_size_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path, b"id\n" + b"1\n" * 20)
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 10)
    with pytest.raises(SourceUnavailable, match="berisi 21 baris; paling banyak 10"):
        list(rows(path))
    monkeypatch.setattr(spreadsheet, "LARGEST_FILE", 10)
    with pytest.raises(SourceUnavailable, match="lebih besar dari"):
        list(rows(path))


def test_a_stray_cell_at_the_edge_is_refused_before_it_costs_memory(tmp_path: Path) -> None:
    book = Workbook()
    book.active["XFD1048576"] = 1  # type: ignore[index]
    book.save(tmp_path / "jauh.xlsx")
    with pytest.raises(SourceUnavailable, match="sel jauh di luar tabel"):
        list(rows(tmp_path / "jauh.xlsx"))


def saved(folder: Path, content: bytes) -> Path:
    path = folder / "data.csv"
    path.write_bytes(content)
    return path


def workbook(folder: Path, cells: list[list[object]]) -> Path:
    book = Workbook()
    for row in cells:
        book.active.append(row)  # type: ignore[union-attr]
    path = folder / "data.xlsx"
    book.save(path)
    return path
