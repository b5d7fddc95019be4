"""The briefing as PDF: what stands on which page, the same bytes everywhere, and what it never hides."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dashboard.briefings.edition import AlertLine, AlertWeek, Directive, Edition, Event, Revision, from_json, to_json
from dashboard.briefings.figure import Figure
from dashboard.formulas.freshness import FreshState
from dashboard.indicators.indicator import Status
from dashboard.settings import ROOT
from layouts.briefing.document import pictures, render
from layouts.briefing.weeks_months import SMALLEST, smallest_text, weeks_and_months
from tests.conftest import missing_service
from tests.editions import AS_OF, edition, figure, source_line, text_of

STEADY = (88.1, 90.2, 87.3, 91.4, 89.5, 90.6, 88.7, 92.8, 89.9, 88.1, 90.2, 91.3, 89.4)
LONG = "Waktu tanggap kejadian kebakaran di wilayah perbatasan timur"


def test_the_first_page_stands_alone(tmp_path: Path):
    first = words_of(usual(), tmp_path)[0]
    for said in ("Minggu 47 · 16–22 November 2026 · Edisi Bupati", "Senin, 23 November 2026 06.00 WIB",
                 "Pokok minggu ini", "Rata-rata waktu tanggap: 18,2 menit", "Usulan keputusan",
                 "Minta Diskominfo menjelaskan", "Indikator Nilai Target Arah Sinyal Umur data",
                 "Halaman 1 dari 5"):  # fmt: skip
        assert said in first
    assert "Arahan" not in first


def test_the_last_page_tells_sources_revisions_definitions_hash_and_link(tmp_path: Path):
    revised = Revision("Terjawab ≤ 15 detik", "%", 1, "2026-W46", Decimal("91.2"), Decimal("90.4"))
    made = replace(usual(), revisions=(revised,))
    last = words_of(made, tmp_path)[-1]
    for said in ("Antrean 112 Diskominfo Segar", "3 dari 1.203", "2026-W46 91,2 % → 90,4 %",
                 "Senin 00.00 – Minggu 24.00 WIB",
                 "Sinyal dari peta kendali", "?at=2026-11-23T06:00%2B07:00"):  # fmt: skip
        assert said in last
    assert made.content_hash in last.replace(" ", "")


def test_a_family_has_its_page_with_charts_sentences_events_and_the_rest(tmp_path: Path):
    flood = Event("112", "peristiwa", "Banjir di Dawarblandong", AS_OF, None)
    rest = figure(id="new", title="Indikator baru")
    pages = words_of(replace(edition(*usual().figures, rest), events=(flood,)), tmp_path)
    assert "Layanan darurat 112" in pages[1]
    assert "Peristiwa dan catatan" in pages[1]
    assert "peristiwa: Banjir di Dawarblandong" in pages[1]
    assert "Indikator lain" in pages[1]
    assert "Indikator baru" in pages[1].split("Indikator lain")[1]
    assert "SPBE" in pages[3]


def test_overdue_instructions_are_told_once_they_are_kept(tmp_path: Path):
    assert "Belum ada arahan tercatat." in words_of(replace(usual(), directives=()), tmp_path)[0]
    late = Directive("Lengkapi regu malam", "Damkar", AS_OF.date())
    assert "Lengkapi regu malam (Damkar, seharusnya 22 November 2026)" in words_of(
        replace(usual(), directives=(late,)), tmp_path)[0]  # fmt: skip


def test_a_reissue_says_its_number_and_reason(tmp_path: Path):
    first = words_of(replace(usual(), revision=2, reason="Berkas Oktober terlambat"), tmp_path)[0]
    assert "Edisi Bupati, terbitan 2" in first
    assert "Alasan terbit ulang: Berkas Oktober terlambat" in first


def test_the_same_edition_gives_the_same_bytes_and_its_snapshot_too():
    made = usual()
    assert render(made) == render(made)
    assert from_json(to_json(made)) == made
    assert render(from_json(to_json(made))) == render(made)


def test_a_snapshot_of_the_first_archives_still_opens_and_prints(tmp_path: Path):
    """A field that is added to an edition needs a default: what was kept cannot be written again."""
    kept = from_json((Path(__file__).parent / "edition_2026_w47.json").read_bytes())
    assert kept.figure("b").value == Decimal("84.6")
    assert "Di bawah target 90 %" in words_of(kept, tmp_path)[1]


@pytest.mark.parametrize(
    "place", [{"TZ": "America/New_York", "LC_ALL": "C"}, {"TZ": "Pacific/Apia", "LANG": "de_DE.UTF-8"}]
)
def test_the_bytes_are_the_same_in_another_zone_and_locale(place: dict[str, str], tmp_path: Path):
    (tmp_path / "edisi.json").write_bytes(to_json(usual()))
    program = (
        "import sys, hashlib, pathlib; from dashboard.briefings.edition import from_json; "
        "from layouts.briefing.document import render; "
        "print(hashlib.sha256(render(from_json(pathlib.Path(sys.argv[1]).read_bytes()))).hexdigest())"
    )
    found = subprocess.run([sys.executable, "-c", program, str(tmp_path / "edisi.json")], cwd=ROOT, check=True,
                           env={**os.environ, **place}, capture_output=True, text=True)  # fmt: skip
    assert found.stdout.strip() == hashlib.sha256(render(usual())).hexdigest()


def test_simulated_stands_on_every_page_with_simulated_values_and_on_no_other(tmp_path: Path):
    simulated, real = figure(STEADY, id="a", simulated=True), figure(STEADY, id="b", family="spbe", title="Indeks SPBE")
    pages = words_of(edition(simulated, real), tmp_path)
    assert ["SIMULASI" in page for page in pages] == [True, True, False, True]
    assert "SIMULASI" not in "".join(words_of(edition(real), tmp_path))


def test_a_table_that_is_mostly_simulated_says_so_once_and_marks_the_others(tmp_path: Path):
    simulated = [figure((), id=f"s{k}", title=f"Ukuran {k}", simulated=True) for k in range(8)]
    real = figure((), id="r", title="Hasil terbitan")
    first = words_of(edition(*simulated, real), tmp_path)[0]
    assert "Semua baris tabel ini simulasi, kecuali yang bertanda BUKAN SIMULASI" in first
    assert first.count("BUKAN SIMULASI") == 2
    one = words_of(edition(simulated[0], real, figure((), id="t", title="Hasil lain")), tmp_path)[0]
    assert "Semua baris" not in one
    assert "Ukuran 0 SIMULASI" in one or "SIMULASI Ukuran 0" in one


def test_late_sources_stand_by_what_is_wrong_with_them_and_only_the_first_by_name(tmp_path: Path):
    never = [source_line(id=f"s{k}", title=f"Sumber {k}", state=FreshState.LOST, since=None) for k in range(9)]
    old = source_line(id="tua", title="Register lama", state=FreshState.STALE)
    first = words_of(edition(figure(STEADY), sources=(*never, old)), tmp_path)[0]
    assert "Sumber yang belum pernah menjawab: Sumber 0; Sumber 1;" in first
    assert "Sumber 5; dan 3 lagi, lihat Catatan data." in first
    assert "Sumber dengan data basi: Register lama (terakhir benar 23 Nov 05.59 WIB)." in first


def test_data_of_another_year_carry_it(tmp_path: Path):
    old = source_line(newest=AS_OF.replace(year=2024))
    assert "23 November 2024" in words_of(edition(figure(STEADY), sources=(old,)), tmp_path)[-1]


def test_what_hardly_moves_is_no_cliff():
    drawn = weeks_and_months(figure((4.16,) * 13, value=Decimal("4.16"), target=Decimal("4.2"), decimals=2))
    ends = [float(words.replace(",", ".")) for words in re.findall(r'text-anchor="end"[^>]*>([\d,]+)<', drawn)]
    assert ends[1] - ends[0] >= 0.4


def test_an_empty_store_gives_a_dignified_document(tmp_path: Path):
    pages = words_of(edition(), tmp_path)
    assert "Belum ada indikator yang dapat dilaporkan untuk minggu ini." in pages[0]
    assert "Belum ada sumber yang terpasang." in "".join(pages)


def test_when_all_sources_are_dead_every_reason_is_said_and_nothing_is_zero(tmp_path: Path):
    dead = [gone(id=f"i{k}", title=f"Indikator {k}", family=f) for k in range(9) for f in ("112", "lingkungan", "spbe")]
    sources = [source_line(id=f"s{k}", title=f"Sumber {k}", state=FreshState.LOST, since=None) for k in range(8)]
    pages = words_of(edition(*dead, sources=sources), tmp_path)
    assert "Tidak satu pun indikator dapat dihitung" in pages[0]
    assert "0 % (0 dari 27 indikator)" in pages[0]
    assert "Minta Diskominfo memulihkan sumber Sumber 0." in pages[0]
    assert not re.search(r"\b0 menit", "".join(pages))
    assert 4 <= len(pages) <= 6


def test_one_station_only_gives_one_page_of_its_own(tmp_path: Path):
    pages = words_of(edition(figure(STEADY, family="lingkungan", title="ISPU resmi", unit="indeks")), tmp_path)
    assert len(pages) == 3
    assert "Lingkungan dan cuaca" in pages[1]


@pytest.mark.parametrize("value", ["0", "-273.15", "0.0000001", "99999999999.5", "1E+12"])
def test_extreme_values_are_drawn_and_written_in_full(value: str, tmp_path: Path):
    pages = words_of(edition(figure((1, 10**9, -5), value=Decimal(value), unit="m³"), figure(id="b")), tmp_path)
    assert "∞" not in "".join(pages)
    assert not re.search(r"\b(nan|inf)\b", "".join(pages).casefold())
    assert len(pages) == 3


def test_names_of_sixty_characters_are_not_cut_and_forty_figures_stay_within_six_pages(tmp_path: Path):
    assert len(LONG) == 60
    families = ("112", "lingkungan", "spbe")
    many = [
        figure(STEADY, id=f"i{k}", title=f"{LONG} {k}", family=families[k % 3], target=Decimal(90)) for k in range(42)
    ]
    sources = [source_line(id=f"s{k}", title=f"{LONG} {k}", owner=LONG) for k in range(20)]
    pages = words_of(edition(*many, sources=sources), tmp_path)
    assert all(word in " ".join(pages) for word in LONG.split())
    assert len(pages) <= 6
    last = text_of(render(edition(*many, sources=sources)), tmp_path, layout=True)[4]
    assert re.search(r"Waktu tanggap \S+.* {2,}Waktu tanggap", last), "owners stand beside the sources, not upon them"
    assert re.search(r"\d+ sumber lain ada di halaman Sumber data", " ".join(pages))
    assert re.search(r"\d+ indikator lain berada di halaman bidangnya\.", pages[0])


@pytest.mark.parametrize("text", ['<b> & "kutip"', "#let x = 1", "*tebal* _miring_ $x$", "\\ @a <label>"])
def test_words_from_outside_are_words_and_not_markup(text: str, tmp_path: Path):
    event = Event("112", "peristiwa", text, AS_OF, None)
    pages = words_of(replace(edition(figure(STEADY, title=text)), events=(event,), reason=text), tmp_path)
    assert " ".join(pages).count(text) >= 3


def test_every_chart_says_its_finding_and_has_no_small_text(tmp_path: Path):
    for one in usual().figures:
        assert smallest_text(weeks_and_months(one)) >= SMALLEST
    tags = run("pdfinfo", "-struct", "-", pdf=render(usual()), directory=tmp_path)
    assert tags.count("Figure") >= len(usual().charts)
    inside = run("qpdf", "--qdf", "--object-streams=disable", "{}", "-", pdf=render(usual()), directory=tmp_path)
    assert len(re.findall(r"/Alt ", inside)) >= len(usual().charts)


def test_fonts_are_embedded_and_the_file_is_sound(tmp_path: Path):
    pdf = render(usual())
    fonts = run("pdffonts", "{}", pdf=pdf, directory=tmp_path).splitlines()[2:]
    assert fonts
    assert all(re.search(r"yes yes yes +\d+ +0$", line) for line in fonts), "embedded, subset, with Unicode"
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", "{}", pdf=pdf, directory=tmp_path)
    facts = run("pdfinfo", "{}", pdf=pdf, directory=tmp_path)
    assert re.search(r"Tagged: +yes", facts)
    assert "Laporan mingguan Kabupaten Mojokerto, Minggu 47" in facts
    assert re.search(r"Page size: .*A4", facts)


def test_the_file_declares_pdf_ua_and_pdf_a_and_has_an_outline(tmp_path: Path):
    inside = run("qpdf", "--qdf", "--object-streams=disable", "{}", "-", pdf=render(usual()), directory=tmp_path)
    assert "<pdfuaid:part>1</pdfuaid:part>" in inside
    assert "<pdfaid:part>2</pdfaid:part>" in inside
    assert "/Outlines" in inside
    assert "/Lang (id" in inside


def test_the_pages_are_also_pictures():
    drawn = pictures(usual())
    assert len(drawn) == 5
    assert all(page.startswith(b"\x89PNG") for page in drawn)


def test_grey_tones_carry_no_meaning_alone():
    one = weeks_and_months(figure(STEADY, target=Decimal(90)))
    assert set(re.findall(r"#[0-9a-f]{6}", one)) <= {"#ffffff", "#101418", "#3c454d", "#9aa3ab"}


def gone(**given: Any) -> Figure:
    return figure(value=None, n=None, status=Status.UNKNOWN, missing="sumber belum menjawab", fresh=FreshState.LOST,
                  data_time=None, **given)  # fmt: skip


def usual() -> Edition:
    """An edition with something of everything."""
    slow = figure(tuple(v / 6 for v in STEADY), id="c", title="Rata-rata waktu tanggap", unit="menit",
                  value=Decimal("18.2"), target=Decimal(15), better="down", status=Status.WASPADA,
                  band="Melebihi SPM 15 menit", weight=2)  # fmt: skip
    return edition(
        figure(tuple(round(2 * v) for v in STEADY), id="a", title="Panggilan 112 masuk", unit="panggilan", decimals=0,
               value=Decimal(184), n=184, better="none"),
        figure(STEADY, id="b", target=Decimal(90), value=Decimal("84.6")),
        slow,
        figure(STEADY, id="d", title="ISPU resmi", family="lingkungan", unit="indeks", decimals=0, value=Decimal(71)),
        figure((2.9, 2.9), id="e", title="Indeks SPBE", family="spbe", unit="dari 5", decimals=2,
               value=Decimal("2.95")),
    )  # fmt: skip


def words_of(made: Edition, directory: Path) -> list[str]:
    """Each page as one line of words."""
    return [" ".join(page.split()) for page in text_of(render(made), directory, layout=True)]


def run(*command: str, pdf: bytes, directory: Path) -> str:
    """What a tool says of the PDF; '{}' and a lone last '-' of pdfinfo stand for the file."""
    if shutil.which(command[0]) is None:
        missing_service(command[0])
    path = directory / "laporan.pdf"
    path.write_bytes(pdf)
    named = [str(path) if part == "{}" or (part == "-" and command[0] == "pdfinfo") else part for part in command]
    return subprocess.run(named, capture_output=True, check=True).stdout.decode("utf-8", "replace")


def test_instructions_are_told_until_closed_and_alerts_with_who_has_them_in_hand(tmp_path: Path):
    day = AS_OF.date()
    told = (
        Directive("Lengkapi regu malam", "Damkar", day, "dikerjakan"),
        Directive("Angkut sampah pasar", "DLH", day, "dikerjakan", late=False),
        Directive("Tambah ambulans", "Dinkes", day, "selesai", late=False, ended=True),
        *(Directive(f"Arahan {n}", "DPUPR", day, "dikerjakan") for n in range(5)),
    )
    line = AlertLine("Ketinggian air: 130 cm, awas", "BPBD", "kritis", AS_OF, AS_OF, "diterima", simulated=False)
    made = replace(usual(), directives=told, alerts=AlertWeek(3, 1, 1, (line,)))
    first = words_of(made, tmp_path)[0]
    assert "Lengkapi regu malam (Damkar, seharusnya 22 November 2026; dikerjakan)" in first
    assert "Angkut sampah pasar (DLH, tenggat 22 November 2026; dikerjakan)" in first
    assert "Tambah ambulans (Dinkes, selesai)" in first
    assert "2 arahan lain, 2 di antaranya lewat waktu" in first
    assert "3 peringatan dinyatakan, 1 di antaranya kritis; 1 masih berlaku" in first
    assert "Kritis: Ketinggian air: 130 cm, awas (BPBD, sejak 23 Nov 06.00 WIB; diterima 23 Nov 06.00 WIB" in first
    assert (
        "Tidak ada peringatan dalam minggu ini." in words_of(replace(made, alerts=AlertWeek(0, 0, 0, ())), tmp_path)[0]
    )
