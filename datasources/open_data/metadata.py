"""Metadata of an indicator (MS-Ind) as a catalogue may name its columns, and words of frequency in days."""

from __future__ import annotations

from collections.abc import Mapping

MS_IND = {
    "kegiatan": ("kegiatan", "nama_kegiatan"),
    "kode kegiatan": ("kode_kegiatan",),
    "penyelenggara": ("penyelenggara", "produsen_data", "maintainer", "author"),
    "nama indikator": ("nama_indikator", "judul_indikator"),
    "konsep": ("konsep",),
    "definisi": ("definisi",),
    "interpretasi": ("interpretasi",),
    "metode atau rumus": ("metode", "rumus", "metode_penghitungan", "metode_rumus_penghitungan"),
    "ukuran": ("ukuran",),
    "satuan": ("satuan",),
    "klasifikasi penyajian": ("klasifikasi_penyajian", "klasifikasi"),
    "indikator komposit": ("indikator_komposit", "komposit"),
    "pembangun": ("indikator_pembangun", "variabel_pembangun", "publikasi_indikator_pembangun"),
    "level estimasi": ("level_estimasi",),
    "dapat diakses umum": ("dapat_diakses_umum", "akses_umum"),
}
"""Column → the keys it is looked for under. Headings of MS-Ind, Peraturan BPS 5/2020; perlu verifikasi."""

FREQUENCY_KEYS = ("frekuensi", "frekuensi_pemutakhiran", "update_frequency", "frequency", "accrual_periodicity")
DAYS = {
    "harian": 1, "daily": 1, "mingguan": 7, "weekly": 7, "bulanan": 31, "monthly": 31, "triwulanan": 92,
    "triwulan": 92, "quarterly": 92, "semesteran": 184, "semester": 184, "tahunan": 366, "annual": 366,
    "annually": 366, "yearly": 366, "lima tahunan": 1827, "5 tahunan": 1827,
}  # fmt: skip
"""The longest such period in days. Other words, such as "sewaktu-waktu", promise no rhythm."""


def folded(key: str) -> str:
    """'Nama Indikator' and 'nama-indikator' are one key."""
    return "_".join(key.replace("-", " ").replace("_", " ").split()).casefold()


def missing(said: Mapping[str, str], wanted: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The columns that say nothing; `said` by folded key."""
    return tuple(column for column, keys in wanted.items() if not any(said.get(key, "").strip(" -") for key in keys))


def frequency(said: Mapping[str, str], keys: tuple[str, ...]) -> tuple[str, int | None]:
    """The word of the rhythm and its days."""
    word = next((said[key] for key in keys if said.get(key, "").strip()), "")
    return word, DAYS.get(" ".join(word.casefold().split()))
