"""112: the queue, the incidents, and the time until help arrives; one section per question."""

from __future__ import annotations

from layouts.pages.page import Page
from layouts.pages.sections import Section, sectioned
from layouts.panels.place import place

PATH = "/112"

NOW = Section(
    "sekarang", "Sekarang", "Keadaan saat ini dan hari ini di samping yang biasa bagi jam dan jenis hari ini.",
    live=(
        place("state", "calls112.state"),
        place("trend", "calls112.offered_today", "tall", span=2, rows=2),
        place("table", "calls112.open_incidents"),
        place("bullet", "calls112.within_15_min"),
        place("warnings", "weather.active_warnings"),
        place("bullet", "calls112.mean_response"),
        place("bullet", "calls112.service_level"),
        place("tile_map", "calls112.incidents_24h", "wide", span=2, rows=2),
        place("bullet", "calls112.answer_rate"),
        place("bullet", "calls112.abandonment"),
    ),
)  # fmt: skip

CALLS = Section(
    "panggilan", "Panggilan dan layanan", "Berapa yang menelepon, berapa yang terjawab dan seberapa cepat, dan berapa "
    "petugas yang diperlukan. Dihitung dari antrean telepon.",
    questions=(
        ("calls112.by_day", 2), ("calls112.by_week", 2),
        ("calls112.funnel", 2), ("calls112.classes", 2),
        ("calls112.service_levels_by_week", 2), ("calls112.nuisance_by_week", 2),
        ("calls112.service_levels", 2), ("calls112.answering", 2),
        ("calls112.by_hour_of_week", 2), ("calls112.staffing_need", 2),
        ("calls112.repeat_callers", 2), ("calls112.periods_compared", 2),
    ),
)  # fmt: skip

INCIDENTS = Section(
    "kejadian", "Kejadian dan waktu tanggap", "Apa yang terjadi, kapan, dan berapa lama sampai bantuan tiba. Dihitung "
    "dari aplikasi tiket; setiap angka menyebut jam mulai dan jam akhirnya.",
    questions=(
        ("incidents112.within_15", 2), ("incidents112.open", 2),
        ("incidents112.within_15_weeks", 2), ("incidents112.by_day", 2),
        ("incidents112.stages", 4), ("incidents112.with_open", 4),
        ("incidents112.categories", 2), ("incidents112.categories_by_week", 2),
        ("incidents112.by_hour_of_week", 2), ("incidents112.reported_times", 2),
        ("incidents112.rare", 4),
        ("incidents112.weather", 4), ("incidents112.weather_calls", 4),
    ),
)  # fmt: skip

PLACES = Section(
    "wilayah", "Wilayah", "Di mana, dan apakah bedanya lebih dari kebetulan. Laju memerlukan jumlah penduduk, yang "
    "diisi di Pengaturan.",
    questions=(
        ("incidents112.kecamatan_map", 2), ("incidents112.kecamatan_funnel", 2),
        ("incidents112.within_15_kecamatan", 4), ("incidents112.hot_spots", 4),
    ),
)  # fmt: skip

AGENCIES = Section(
    "instansi", "Instansi", "Apa yang menunggu di setiap OPD, apa yang dibuka kembali, dan berapa lama tiap tahap.",
    questions=(
        ("incidents112.agencies", 4), ("incidents112.stages_by_agency", 4), ("incidents112.never_closed", 4),
    ),
)  # fmt: skip

QUALITY = Section(
    "data",
    "Kualitas data",
    "Apa yang ganjil di sumbernya, dan karena itu angka mana yang perlu dibaca hati-hati.",
    live=(place("source_health", "sources.refused_24h", "wide", span=4),),
    questions=(("sources.findings", 4), ("sources.quarantine", 4)),
)

PAGE = Page(
    "calls112",
    PATH,
    "112",
    sectioned(
        PATH,
        "Layanan darurat 112",
        "Panggilan dihitung dari antrean telepon, kejadian dari aplikasi tiket. Setiap angka menyebut jamnya.",
        (NOW, CALLS, INCIDENTS, PLACES, AGENCIES, QUALITY),
    ),
)
