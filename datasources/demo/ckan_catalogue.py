"""The open-data catalogue of the simulated regency, as CKAN answers to package_search."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from datasources.demo.world import as_utc, dice

PRODUCERS = ("Diskominfo", "Dinas Kesehatan", "Dinas Pendidikan", "DLH", "DPUPR", "Dispendukcapil", "BPBD")
SUBJECTS = ("Jumlah fasilitas", "Realisasi program", "Capaian indikator", "Sebaran lokasi", "Rekap layanan")
FREQUENCIES = (("Bulanan", 31), ("Triwulanan", 92), ("Semesteran", 184), ("Tahunan", 366), ("Sewaktu-waktu", 400))
COLUMNS = (
    "kegiatan", "kode_kegiatan", "penyelenggara", "nama_indikator", "konsep", "definisi", "interpretasi", "metode",
    "ukuran", "satuan", "klasifikasi_penyajian", "indikator_komposit", "variabel_pembangun", "level_estimasi",
    "dapat_diakses_umum",
)  # fmt: skip
N = 56


def answer(seed: str, target: str, now: float) -> bytes:
    """One page of the catalogue."""
    asked = parse_qs(urlsplit(target).query)
    rows, start = int(asked.get("rows", ["10"])[0]), int(asked.get("start", ["0"])[0])
    found = [package(seed, number, now) for number in range(N)[start : start + rows]]
    return json.dumps({"success": True, "result": {"count": N, "results": found}}, ensure_ascii=False).encode()


def package(seed: str, number: int, now: float) -> dict[str, Any]:
    """One data set; how far it is behind is the same all day."""
    chance = dice(seed, "ckan", number)
    producer, subject = PRODUCERS[number % len(PRODUCERS)], SUBJECTS[number // len(PRODUCERS) % len(SUBJECTS)]
    word, days = chance.choice(FREQUENCIES)
    behind = timedelta(days=int(days * chance.choice((0.1, 0.3, 0.5, 0.7, 0.9, 1.4, 2.2))))
    midnight = as_utc(now // 86_400 * 86_400)
    care = chance.choice((0.5, 0.8, 0.95, 1.0))
    filled = [column for column in COLUMNS if chance.random() < care]
    return {
        "name": f"simulasi-{number:02d}",
        "title": f"{subject} {producer} {number:02d} (SIMULASI)",
        "organization": {"title": producer},
        "license_title": chance.choice(("CC BY 4.0", "CC BY 4.0", "")),
        "metadata_modified": f"{midnight - behind:%Y-%m-%dT%H:%M:%S}",
        "extras": [{"key": "frekuensi", "value": word}, *({"key": c, "value": f"{c} (SIMULASI)"} for c in filled)],
        "resources": [
            {"format": kind, "last_modified": f"{midnight - behind:%Y-%m-%dT%H:%M:%S}"}
            for kind in chance.choice((("CSV",), ("CSV", "XLSX"), ("XLSX", "PDF"), ("JSON", "CSV")))
        ],
    }
