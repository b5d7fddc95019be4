"""Indicators of water, waste, green space and energy: what counts, what is left out, what is said when missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Finding, Status
from dashboard.store.database import reading
from datasources.resources.water_records import WaterLimit
from tests.dashboard.resources_kept import (
    NOW,
    building,
    green,
    kept,
    landfill,
    made,
    months,
    official,
    plant,
    sample,
    urban,
    used,
    waste,
)

D = Decimal
OURS = [i for i in CATALOGUE.values() if set(i.topics) & {"water", "waste", "green_space", "energy", "iklh"}]
YEAR = months(date(2026, 10, 1), 12)
AUGUST, MAY = date(2026, 8, 10), date(2026, 5, 10)


@pytest.mark.parametrize("indicator", OURS, ids=lambda i: i.id)
def test_without_data_each_says_why_and_never_zero(engine: Engine, indicator: Any) -> None:
    found = measured(engine, indicator.id)
    assert (found.value, bool(found.missing)) == (None, True)


@pytest.mark.parametrize("indicator", OURS, ids=lambda i: i.id)
def test_every_band_that_asks_for_attention_names_an_agreed_action(indicator: Any) -> None:
    raised = [band for band in indicator.bands if band.status in (Status.WASPADA, Status.KRITIS)]
    assert all(band.action.endswith(f"perlu konfirmasi {indicator.owner})") for band in raised)
    assert indicator.family == "lingkungan"


def test_the_worst_station_is_named_with_the_parameter_that_drives_it(engine: Engine) -> None:
    kept(engine, [
        *sample("A", AUGUST, tss="40", bod="2", fecal_coli="24000000"),
        *sample("B", AUGUST, tss="40", bod="2"),
        *sample("B", MAY, tss="4000", bod="90"),
        *sample("C", NOW.date() - timedelta(days=401), tss="4000", bod="90"),
    ])  # fmt: skip
    found = measured(engine, "water.worst_index")
    assert found.value is not None
    assert (found.n, found.band, found.detail["penentu"]) == (2, "Cemar berat", "Fecal coliform")
    assert [row["label"] for row in found.detail["rows"]] == ["Titik A (Brantas)", "Titik B (Brantas)"]


def test_an_index_on_an_edge_takes_the_better_class(engine: Engine) -> None:
    kept(engine, sample("A", AUGUST, tss="50", bod="3"))
    found = measured(engine, "water.worst_index")
    assert (found.value, found.band) == (1, "Memenuhi baku mutu")


def test_a_limit_from_memory_judges_only_once_an_office_has_confirmed_it(engine: Engine) -> None:
    kept(engine, sample("A", AUGUST, tss="40", bod="2", no2_n="0.6"))
    assert measured(engine, "water.class2_share").value == 100
    limit = WaterLimit("no2_n", D("0.06"), "PP 22/2021 Lampiran VI", "DLH", date(2026, 9, 1), "air.xlsx")
    kept(engine, [*sample("A", AUGUST, tss="40", bod="2", no2_n="0.6"), limit])
    assert measured(engine, "water.class2_share").value == 0
    assert measured(engine, "water.worst_index").detail["penentu"] == "Nitrit (NO2-N)"


def test_a_detection_limit_above_the_standard_judges_nothing(engine: Engine) -> None:
    kept(engine, sample("A", AUGUST, tss="40", bod="2", cu="<0.05"))
    assert measured(engine, "water.class2_share").value == 100


def test_waste_shares_rest_on_whole_months_only(engine: Engine) -> None:
    kept(engine, [waste(month) for month in YEAR[:-1]] + [waste(YEAR[-1], recycled_t=None, generated_t=D(99_000))])
    reduced, handled = measured(engine, "waste.reduced"), measured(engine, "waste.handled")
    assert (reduced.value, reduced.n) == (20, 11)
    assert (handled.value, handled.n) == (D(100) * 12 * 6600 / (11 * 12_000 + 99_000), 12)
    assert {"label": "Bulan tidak lengkap, tidak dihitung", "value": "1"} in reduced.detail["rows"]


def test_generated_tonnes_are_of_a_day_and_the_running_month_is_not_asked(engine: Engine) -> None:
    kept(engine, [waste(month, generated_t=D(31 * 400)) for month in YEAR if month.month in (1, 3, 5, 7, 8, 10, 12)])
    found = measured(engine, "waste.generated")
    assert (found.value, found.n) == (400, 7)


def test_months_of_long_ago_say_nothing_about_today(engine: Engine) -> None:
    kept(engine, [waste(date(2025, 3, 1))])
    assert measured(engine, "waste.generated").missing == "belum ada bulan timbulan sampah dalam 18 bulan terakhir"


def test_the_landfill_lasts_from_its_measured_volume_less_what_came_since(engine: Engine) -> None:
    flows = [landfill(month, "4500") for month in YEAR]
    flows[5] = replace(flows[5], volume_left_m3=D(100_000), density=D("0.75"), cover_percent=D(15))
    kept(engine, flows)
    found = measured(engine, "waste.landfill_days")
    left = D(100_000) - 6 * D(4500) / D("0.75") * D("1.15")
    a_day = D(4500) * 12 / 365 / D("0.75") * D("1.15")
    since = D((NOW - flows[-1].data_time).total_seconds()) / 86_400
    assert found.value is not None
    assert abs(found.value - (left / a_day - since)) < D("0.01")


@pytest.mark.parametrize(
    ("flows", "missing"),
    [
        ([landfill(m) for m in YEAR], "sisa volume TPA belum diisi; perlu hasil ukur atau desain TPA"),
        ([landfill(m, volume_left_m3=D(9)) for m in YEAR[:1]] + [landfill(m) for m in YEAR[3:]],
         "tonase 2 bulan sejak volume diukur belum diisi"),
    ],
)  # fmt: skip
def test_a_landfill_without_its_volume_or_with_a_gap_has_no_last_day(
    engine: Engine, flows: list[Any], missing: str
) -> None:
    kept(engine, flows)
    found = measured(engine, "waste.landfill_days")
    assert (found.value, found.missing) == (None, missing)


def test_green_space_is_measured_against_the_urban_area_where_both_are_known(engine: Engine) -> None:
    areas = [green("Taman A", "140"), green("Pekarangan", "90", "privat"), green("X", "500", kecamatan_code="35.16.01")]
    kept(engine, [*areas, urban("1000")])
    found = measured(engine, "green_space.public_share")
    assert (found.value, found.n) == (14, 2)
    assert {"label": "RTH tanpa luas kawasan, tidak dihitung", "value": "1 tempat"} in found.detail["rows"]


def test_the_official_index_is_judged_by_the_target_of_its_year(engine: Engine) -> None:
    figures = [official(2024, part, value) for part, value in (("IKA", "52"), ("IKU", "86"), ("IKL", "40"))]
    kept(engine, [*figures, official(2023, "IKLH", "62"), official(2024, "IKLH", "63.1", "64")])
    found = measured(engine, "iklh.official")
    assert (found.value, found.band, found.n) == (D("63.1"), "Di bawah target", 2)
    rows = {row["label"]: row["value"] for row in found.detail["rows"]}
    assert rows["Target 2024"] == "64,00"
    (own,) = (value for label, value in rows.items() if "hitungan lokal" in label)
    assert own == "63,14"


def test_without_a_target_nothing_is_judged_and_a_later_rule_is_not_computed(engine: Engine) -> None:
    kept(engine, [official(2025, "IKLH", "65.1", regulation="Permen LH/BPLH 14/2025")])
    found = measured(engine, "iklh.official")
    assert found.band == "Belum ada target"
    assert "belum dilihat" in str(found.detail["rows"])


def test_only_buildings_with_area_cooling_and_nine_months_get_a_class(engine: Engine) -> None:
    bills = [used(code, m, kwh) for code, kwh in (("A", "18500"), ("B", "8499"), ("C", "9000")) for m in YEAR]
    bills += [used("D", m, "9000") for m in YEAR[:5]]
    kept(engine, [building("A"), building("B"), building("C", None, None), building("D"), *bills])
    found = measured(engine, "energy.wasteful_share")
    assert (found.value, found.n, found.detail["gedung"]) == (50, 2, 4)
    rows = {row["label"]: row["value"] for row in found.detail["rows"]}
    assert (rows["Boros"], rows["Sangat efisien"], rows["Efisien"]) == ("1 gedung", "1 gedung", "0 gedung")
    assert rows["Tanpa kelas: luas lantai belum diukur"] == "1 gedung"


def test_the_share_of_the_sun_counts_what_was_used_in_months_with_both_sides(engine: Engine) -> None:
    kept(engine, [
        building("A"), plant("P"), *(used("A", m, "31000") for m in YEAR[2:]),
        *(made("P", m, "6570", "570") for m in YEAR),
    ])  # fmt: skip
    found = measured(engine, "energy.renewable_share")
    assert found.value is not None
    assert (found.n, round(found.value, 4)) == (10, D("16.2162"))


def measured(engine: Engine, name: str) -> Finding:
    with reading(engine) as connection:
        return CATALOGUE[name].formula(connection, NOW)
