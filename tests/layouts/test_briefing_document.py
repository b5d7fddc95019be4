"""The briefing as PDF: what stands on which page, the same bytes twice, and what it never hides."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dashboard.briefings.comparison import compare
from dashboard.briefings.content import briefing
from dashboard.formulas.freshness import FreshState
from dashboard.indicators.indicator import Band, Status
from dashboard.indicators.reading import Reading
from datasources.region import kecamatan
from layouts.briefing.charts import SMALLEST, charts
from layouts.briefing.document import render
from layouts.briefing.sentences import about, point
from tests.builders import freshness_of, points, reading, source_state
from tests.conftest import missing_service

MONDAY = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
LONG = "Waktu tanggap kejadian kebakaran di wilayah perbatasan timur"


def test_the_first_page_carries_week_moment_points_and_all_indicators(tmp_path: Path):
    first = pages_of(usual(), tmp_path)[0]
    for words in ("Minggu 47 · 16–22 November 2026", "Senin, 23 November 2026 00.00 WIB", "Pokok minggu ini",
                  "Rata-rata waktu tanggap", "16,2 menit", "Halaman 1 dari 4"):  # fmt: skip
        assert words in first
    assert "Melampaui batas 15 menit: lebih 1,2 menit." in first


def test_the_same_content_gives_the_same_bytes():
    assert pdf_of(usual()) == pdf_of(usual())


def test_each_family_has_its_page_and_the_last_holds_sources_and_hash(tmp_path: Path):
    pages = pages_of(usual(), tmp_path)
    assert len(pages) == 4
    assert "Layanan darurat 112" in pages[1]
    assert "SPBE" in pages[2]
    assert "Antrean 112" in pages[3]
    assert re.search(r"Sidik isi \(SHA-256\): [0-9a-f]{64}", pages[3])


def test_a_missing_value_prints_a_dash_with_its_reason(tmp_path: Path):
    pages = pages_of([of(value=None, status=Status.UNKNOWN, band="", missing="belum ada panggilan hari ini")], tmp_path)
    assert re.search(r"Terjawab ≤ 15 detik\s+–", pages[0])
    assert "Belum ada panggilan hari ini" in pages[0]
    assert "Tidak dapat dihitung: belum ada" in pages[1]
    assert not re.search(r"\b0 %", "".join(pages))


def test_a_stale_value_is_marked_on_the_first_page_and_on_its_own(tmp_path: Path):
    old = MONDAY - timedelta(hours=9)
    pages = pages_of([of(freshness=freshness_of(FreshState.STALE, old), data_time=old)], tmp_path)
    assert "Normal · basi" in pages[0]
    assert "9 jam" in pages[0]
    assert "Data basi; terakhir 22 Nov 15.00 WIB" in " ".join(pages[1].split())


def test_late_sources_and_missing_sources_are_named_on_the_first_page(tmp_path: Path):
    silent = source_state(answered_at=MONDAY - timedelta(hours=2))
    none = of(id="b", title="Tinggi muka air", sources=(), freshness=freshness_of(FreshState.NONE))
    first = pages_of([of(sources=(silent,)), none], tmp_path)[0]
    assert "Sumber terlambat atau putus: Antrean 112 (putus" in first
    assert "Belum ada sumber: Tinggi muka air." in first


def test_simulated_stands_on_every_page_with_simulated_values_and_on_no_other(tmp_path: Path):
    simulated = of(id="a", simulated=True)
    real = of(id="b", family="spbe", title="Indeks SPBE")
    pages = pages_of([simulated, real], tmp_path)
    assert ["SIMULASI" in page for page in pages] == [True, True, False, True]
    pages = pages_of([of(id="a"), of(id="b", family="spbe", simulated=True)], tmp_path)
    assert ["SIMULASI" in page for page in pages] == [True, False, True, True]
    assert "SIMULASI" not in "".join(pages_of([real], tmp_path))


def test_names_of_sixty_characters_are_not_cut(tmp_path: Path):
    assert len(LONG) == 60
    pages = pages_of([of(id=f"i{k}", title=f"{LONG} {k}", target=Decimal(90)) for k in range(12)], tmp_path)
    words = " ".join(" ".join(pages).split())
    assert all(word in words for word in LONG.split())
    assert len(pages) >= 4


def test_no_readings_at_all_give_a_dignified_document(tmp_path: Path):
    pages = pages_of([], tmp_path)
    assert len(pages) == 1
    assert "Belum ada indikator yang dapat dilaporkan untuk minggu ini." in pages[0]
    assert "Belum ada sumber yang terpasang." in pages[0]


def test_a_week_that_is_not_over_says_so(tmp_path: Path):
    pages = text_of(render(briefing("2026-W47", [of()], MONDAY - timedelta(days=2))), tmp_path)
    assert "(minggu belum selesai)" in pages[0]


@pytest.mark.parametrize("text", ['<b> & "kutip"', "#let x = 1", "*tebal* _miring_ $x$", "\\ @a <label>"])
def test_words_from_outside_are_words_and_not_markup(text: str, tmp_path: Path):
    pages = pages_of([of(title=text, missing=text), of(id="b", value=None, missing=text, title="B")], tmp_path)
    assert text in " ".join(" ".join(pages).split())


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"value": Decimal(90)}, "Tepat pada target 90 %."),
        ({"value": Decimal("93.1")}, "Mencapai target 90 %: lebih 3,1 poin persen."),
        ({"value": Decimal("84.6")}, "Belum mencapai target 90 %: kurang 5,4 poin persen."),
        ({"value": Decimal("89.99")}, "Belum mencapai target 90 %: kurang tak sampai 0,1 poin persen."),
        ({"value": Decimal("50"), "n": 8}, "Baru 4 dari 8 kasus, terlalu sedikit untuk disimpulkan."),
        ({"value": Decimal("88"), "detail": {"interval_95": [80, 92]}},
         "Belum mencapai target 90 %: kurang 2,0 poin persen, masih dalam batas kebetulan."),
        ({"value": Decimal("16.2"), "unit": "menit", "better": "down", "target": Decimal(15)},
         "Melampaui batas 15 menit: lebih 1,2 menit."),
        ({"value": Decimal(14), "unit": "menit", "better": "down", "target": Decimal(15)},
         "Di dalam batas 15 menit: sisa 1,0 menit."),
    ],
)  # fmt: skip
def test_the_sentence_says_what_the_number_means(given: dict[str, Any], sentence: str):
    said = about(compare(of(**{"target": Decimal(90), **given})))
    assert said.replace("\u00a0", " ") == sentence


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (3, 7, "Naik 4 dari 3 kejadian pekan lalu, masih dalam batas kebetulan."),
        (100, 150, "Naik 50 (50 %) dari 100 kejadian pekan lalu."),
        (7, 7, "Sama dengan pekan lalu."),
    ],
)
def test_changes_from_few_cases_are_told_in_cases(before: int, after: int, sentence: str):
    now, earlier = (of(value=Decimal(n), n=n, unit="kejadian", decimals=0, data_time=MONDAY - timedelta(hours=h))
                    for n, h in ((after, 0), (before, 168)))  # fmt: skip
    assert about(compare(now, earlier)).replace("\u00a0", " ") == sentence


def test_a_point_has_a_figure_and_what_it_is_compared_with():
    lead, rest = point(compare(of(value=Decimal("84.6"), target=Decimal(90))))
    assert lead.replace("\u00a0", " ") == "Terjawab ≤ 15 detik: 84,6 %"
    assert rest.startswith("Belum mencapai target")


def test_every_chart_says_its_finding_and_has_no_small_text():
    for one in usual():
        for chart in charts(one):
            assert len(chart.alt) > 20
            assert "data-" not in chart.svg
            sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', chart.svg)]
            assert all(size >= SMALLEST for size in sizes)


def test_a_missing_value_has_no_chart_and_a_map_of_nothing_is_not_drawn():
    assert charts(of(value=None, target=Decimal(90))) == []
    assert charts(of(value=Decimal(0), detail={"kecamatan": {k.code: 0 for k in kecamatan()}})) == []


def test_an_indicator_s_own_past_is_drawn_from_twelve_values_on():
    assert charts(of(history=points(*range(11)))) == []
    assert len(charts(of(history=points(*range(12))))) == 1


def of(**given: Any) -> Reading:
    """A reading of the 112 desk at the as-of time."""
    fresh = freshness_of(FreshState.FRESH, MONDAY)
    sources = (source_state(answered_at=MONDAY, newest_data_at=MONDAY),)
    defaults = {"family": "112", "at": MONDAY, "data_time": MONDAY - timedelta(minutes=4), "freshness": fresh}
    return reading(**{**defaults, "sources": sources, **given})


def usual() -> list[Reading]:
    """An edition with one of each chart."""
    hours = [{"x": f"{h:02d}", "value": 5 + h % 7, "low": 1, "high": 14} for h in range(24)]
    where = {k.code: place for place, k in enumerate(kecamatan())}
    melebihi = Band("Melebihi SPM 15 menit", Status.WASPADA)
    return [
        of(id="a", title="Panggilan 112 masuk", unit="panggilan", decimals=0, value=Decimal(214),
           detail={"series": hours}),
        of(id="b", target=Decimal(90), scale=(Decimal(50), Decimal(100))),
        of(id="c", title="Rata-rata waktu tanggap", unit="menit", value=Decimal("16.2"), target=Decimal(15),
           better="down", bands=(melebihi,), band=melebihi.word, status=Status.WASPADA),
        of(id="d", title="Kejadian per kecamatan", unit="kejadian", value=Decimal(31), detail={"kecamatan": where}),
        of(id="e", title="Indeks SPBE", family="spbe", unit="dari 5", decimals=2, value=Decimal("2.95")),
    ]  # fmt: skip


def pdf_of(readings: list[Reading]) -> bytes:
    return render(briefing("2026-W47", readings, MONDAY))


def pages_of(readings: list[Reading], directory: Path) -> list[str]:
    return text_of(pdf_of(readings), directory)


def text_of(pdf: bytes, directory: Path) -> list[str]:
    """The text of each page as poppler finds it."""
    if shutil.which("pdftotext") is None:
        missing_service("pdftotext (poppler-utils)")
    path = directory / "laporan.pdf"
    path.write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return found.stdout.decode().replace("\u00a0", " ").split("\f")[:-1]
