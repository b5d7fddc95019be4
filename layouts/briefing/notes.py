"""How the briefing is to be read: rules of choice, of signals and of small numbers, in the reader's words."""

from __future__ import annotations

from dashboard.briefings.edition import Edition
from dashboard.briefings.selection import MOST_CHARTS, MOST_POINTS

READING = (
    'Nilai yang tidak diketahui ditulis "–" dengan sebabnya, tidak pernah 0. '
    "Perubahan kurang dari 10 kasus ditulis dalam jumlah, bukan persen."
)
SIGNALS = (
    "Sinyal dari peta kendali (XmR; jumlah kejadian: u atau Laney u′) atas paling banyak 52 minggu, sejak 12 minggu: "
    "satu titik di luar batas, 8 di satu sisi, 6 searah, atau 2 dari 3 dekat batas. "
    '"Tanpa perubahan berarti" tidak berarti target tercapai.'
)
CHOICE = (
    f"Pokok ({MOST_POINTS} paling banyak) menurut skor sinyal × target × status × bobot, dari yang berubah berarti, "
    f"meleset di luar batas kebetulan (95 %), atau melewati ambang. Grafik ({MOST_CHARTS} paling banyak): empat per "
    "bidang, yang menjadi pokok dahulu, lalu yang bertarget."
)
CHARTS = (
    "Grafik: enam minggu, lalu dua belas bulan (rata-rata minggunya); putus-putus tahun lalu, lingkaran kecil target."
)
LATER = "Sebagian angka minggu ini baru dihitung sesudah waktu keadaan, karena program belum berjalan pada saat itu."


def notes(edition: Edition) -> list[str]:
    """The paragraphs of the last page."""
    later = [LATER] if any(figure.later for figure in edition.figures) else []
    return [READING, SIGNALS, CHOICE, CHARTS, *later]
