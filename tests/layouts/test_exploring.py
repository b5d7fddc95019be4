"""Answers as people see them and take them away: tables, charts, exports."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from openpyxl import load_workbook

from dashboard.exploring.asking import Asked
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question
from dashboard.formulas.freshness import FreshState
from layouts.drawing.canvas import PAGE_WIDE
from layouts.exploring import export, plot
from layouts.exploring.bars import bars
from layouts.exploring.cells import exported, shown
from layouts.exploring.filter_bar import chosen
from layouts.exploring.heat import heat
from layouts.exploring.table import table
from layouts.exploring.tiles import tiles
from tests.builders import NOW, freshness_of, source_state

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("cell", "column", "words"),
    [
        (None, Column("a", "A"), "–"),
        (0, Column("a", "A"), "0"),
        (1234, Column("a", "A"), "1.234"),
        (Decimal("12.345"), Column("a", "A", decimals=1), "12,3"),
        (Fraction(2, 3), Column("a", "A", decimals=2), "0,67"),
        (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), Column("a", "A", "moment"), "08.00 WIB"),
        (date(2026, 11, 1), Column("a", "A", "day"), "1 Nov 2026"),
        ("<3", Column("a", "A"), "<3"),
        ("Pacet", Column("a", "A", "text"), "Pacet"),
    ],
)
def test_a_cell_reads_as_people_write_it(cell: Any, column: Column, words: str) -> None:
    assert shown(cell, column, NOW) == words


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+62", "'+62"),
        ("-", "'-"),
        ("@cmd", "'@cmd"),
        ("\t=1", "'\t=1"),
        ("banjir = besar", "banjir = besar"),
        (-3, -3),
        (Fraction(1, 4), 0.25),
        (None, None),
        (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), "2026-11-23 08:00:00"),
    ],
)
def test_no_exported_text_runs_as_a_formula(cell: Any, safe: Any) -> None:
    assert exported(cell) == safe


def test_a_csv_holds_the_rows_and_what_a_reader_must_know_of_them() -> None:
    text = export._csv(asked()).decode("utf-8-sig")
    assert text.splitlines()[:3] == ["Kecamatan,Kejadian (laporan)", "Pacet,3", "'=Trawas,"]
    assert "SIMULASI · 1–23 November 2026 · seluruh kabupaten · n 3 · Antrean 112" in text
    assert "2 laporan dikecualikan." in text


def test_an_xlsx_holds_the_same_with_the_notes_on_a_sheet_of_their_own() -> None:
    book = load_workbook(io.BytesIO(export._xlsx(asked())))
    assert [[c.value for c in row] for row in book["Data"].rows] == [
        ["Kecamatan", "Kejadian (laporan)"], ["Pacet", 3], ["'=Trawas", None],
    ]  # fmt: skip
    assert "2 laporan dikecualikan." in [row[0].value for row in book["Keterangan"].rows]


def test_a_table_names_its_rows_and_marks_numbers() -> None:
    markup = str(table(asked()))
    assert '<th scope="row">Pacet</th><td class="number">3</td>' in markup
    assert '<td class="number">–</td>' in markup


def test_a_long_table_says_how_many_rows_are_in_the_export() -> None:
    assert "+ 1 baris lagi dalam unduhan" in str(table(asked(), rows_shown=1))


def test_what_stands_in_a_cell_is_text_never_markup() -> None:
    rows = [{"place": "<img src=x onerror=alert(1)>", "n": 1}]
    for drawn in (table(asked(rows=rows)), bars(asked(rows=rows))):
        assert "<img" not in str(drawn)


def test_bars_write_the_number_beside_the_bar_and_a_dash_for_what_is_missing() -> None:
    drawn = str(bars(asked()))
    assert re.findall(r">([^<>]+)</(?:span|b)>", drawn) == ["Pacet", "3 laporan", "=Trawas", "–"]
    assert drawn.count("<rect") == 1


@pytest.mark.parametrize("remark", ["", "kelas panggilan tidak dicatat oleh sumber mana pun dalam masa ini " * 9])
def test_no_words_leave_a_bar_less_than_no_room(remark: str) -> None:
    columns = (Column("place", "Tempat", "text", role="label"), Column("n", "Kejadian", role="value"),
               Column("low", "Bawah", role="low"), Column("high", "Atas", role="high"),
               Column("remark", "Keterangan", "text", role="note"))  # fmt: skip
    rows = [{"place": "Medis, sosial, dan yang belum dipetakan " * 4, "n": n, "low": -0.2, "high": 9, "remark": remark}
            for n in (0, 7, Fraction(1, 3))]  # fmt: skip
    sizes = re.findall(r'(?:width|x1|x2)="([\d.-]+)%"', str(bars(asked(columns, rows))))
    assert len(sizes) == 9
    assert all(0 <= float(size) <= 100 for size in sizes)


def test_more_bars_and_rows_than_one_takes_in_are_shown_on_demand() -> None:
    rows = [{"place": f"Tempat {place}", "n": place} for place in range(40)]
    assert "Tampilkan semua 40 baris" in bars(asked(rows=rows))
    drawn = table(asked(rows=rows))
    assert drawn.count('<tr class="more"') == 32
    assert "Tampilkan semua 40 baris" in drawn
    assert "Tampilkan semua" not in table(asked(rows=rows[:10]))


def test_a_heat_map_tells_every_cell_to_the_pointer_and_greys_what_is_unknown() -> None:
    columns = (Column("d", "Hari", "text", role="y"), Column("h", "Jam", "text", role="x"),
               Column("n", "Panggilan", role="value", unit="panggilan"))  # fmt: skip
    rows = [{"d": "Sen", "h": "00", "n": 4}, {"d": "Sen", "h": "01", "n": None}]
    markup = str(heat(asked(columns, rows, "heat"), PAGE_WIDE))
    assert "<title>Sen 00: 4 panggilan</title>" in markup
    assert "<title>Sen 01: – panggilan</title>" in markup
    assert "Tertinggi 4 panggilan." in markup


def test_tiles_leave_a_suppressed_kecamatan_without_a_number() -> None:
    columns = (Column("code", "Kode", "text", role="code"), Column("n", "Kejadian", role="value"))
    rows = [{"code": "35.16.03", "n": 7}, {"code": "35.16.04", "n": None}]
    markup = str(tiles(asked(columns, rows, "tiles"), PAGE_WIDE))
    assert "<title>Pacet: 7</title>" in markup
    assert "<title>Trawas: tidak ada data</title>" in markup


def test_lines_are_named_at_their_ends_and_no_name_lies_on_another() -> None:
    columns = (Column("d", "Hari", "day", role="x"), Column("a", "Panggilan masuk", role="y"),
               Column("b", "Lama peringatan BMKG (jam)", role="y"))  # fmt: skip
    rows = [{"d": date(2026, 11, day), "a": day % 3, "b": 0} for day in (1, 2, 3)]
    named = plot.lines(asked(columns, rows, "lines")).layout.annotations
    assert sorted(one.text.replace("<br>", " ") for one in named) == ["Lama peringatan BMKG (jam)", "Panggilan masuk"]
    lower, upper = sorted(named, key=lambda one: one.y)
    lines = (lower.text.count("<br>") + upper.text.count("<br>") + 2) / 2
    assert upper.y - lower.y >= lines * plot.LABEL_APART * 2 * 0.999


def test_a_band_has_a_field_for_each_day_that_has_limits() -> None:
    columns = (Column("d", "Hari", "day", role="x"), Column("n", "Panggilan", role="y"),
               Column("low", "Bawah", role="low"), Column("high", "Atas", role="high"))  # fmt: skip
    rows = [{"d": date(2026, 11, 1), "n": 4, "low": 1, "high": 9}, {"d": date(2026, 11, 2), "n": 5, "low": None,
                                                                   "high": None}]  # fmt: skip
    field = plot.lines(asked(columns, rows, "lines")).data[0]
    assert (list(field.base), list(field.y)) == ([1, None], [8, None])


def test_a_gap_in_a_line_stays_a_gap_and_notes_stand_on_the_axis() -> None:
    columns = (Column("day", "Hari", "day", role="x"), Column("n", "Masuk", role="y", unit="panggilan"))
    rows = [{"day": date(2026, 11, d), "n": n} for d, n in ((1, 5), (2, None), (3, 7))]
    marks = ({"x": date(2026, 11, 2), "text": "banjir"},)
    figure = plot.lines(asked(columns, rows, "lines", marks))
    assert list(figure.data[0].y) == [5.0, None, 7.0]
    assert figure.data[0].connectgaps is False
    assert figure.layout.annotations[0].text == "banjir"


def test_a_chart_offers_no_button_that_leads_out_of_the_house() -> None:
    from layouts.exploring.place import body

    columns = (Column("day", "Hari", "day", role="x"), Column("n", "Masuk", role="y"))
    graph = body(asked(columns, [{"day": TODAY, "n": 1}], "lines"))[0]
    assert graph.config["displayModeBar"] is False


@pytest.mark.parametrize(
    ("period", "first", "last", "place", "filters", "said"),
    [
        ("7 hari", None, None, "semua", "2026-11-17~2026-11-23~", ""),
        ("4 minggu", None, None, "35.16.08", "2026-10-27~2026-11-23~35.16.08", ""),
        ("tanggal sendiri", "2026-11-01", "2026-11-05", "semua", "2026-11-01~2026-11-05~", ""),
        ("tanggal sendiri", None, "2026-11-05", "semua", "2026-09-01~2026-11-23~",
         "Isi tanggal awal dan akhir; sementara itu ditampilkan 12 minggu terakhir."),
        ("tanggal sendiri", "2026-11-05", "2026-11-01", "semua", "2026-09-01~2026-11-23~",
         "Tanggal awal harus sebelum tanggal akhir, paling lama sepuluh tahun; ditampilkan 12 minggu."),
        ("selamanya", None, None, "Bekasi", "2026-09-01~2026-11-23~", ""),
    ],
)  # fmt: skip
def test_the_filter_bar_means(
    period: str, first: str | None, last: str | None, place: str, filters: str, said: str
) -> None:
    meant, wrong = chosen(period, first, last, place, TODAY)
    assert (str(meant), wrong) == (filters, said)


def asked(
    columns: tuple[Column, ...] | None = None,
    rows: list[dict[str, Any]] | None = None,
    form: Any = "bars",
    marks: tuple[dict[str, Any], ...] = (),
) -> Asked:
    """An answer of two kecamatan, one of them missing, from a simulated source."""
    columns = columns or (Column("place", "Kecamatan", "text", role="label"),
                          Column("n", "Kejadian", role="value", unit="laporan"))  # fmt: skip
    rows = [{"place": "Pacet", "n": 3}, {"place": "=Trawas", "n": None}] if rows is None else rows
    answer = Answer(columns, rows, n=3, data_time=NOW, notes=("2 laporan dikecualikan.",), marks=marks)
    question = Question(
        id="uji.tempat", title="Uji", family="112", topics=("incidents",), form=form, clock="Uji", ask=lambda *_: answer
    )
    filters = Filters(date(2026, 11, 1), TODAY)
    return Asked(question, filters, answer, NOW, (source_state(simulated=True),), freshness_of(FreshState.FRESH))
