"""Questions about where: counts and rates of the kecamatan, funnel limits, hot spots."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.exploring.calls112.hot_spot_grid import cells_of_regency
from dashboard.formulas.hot_spots import LEAST_CELLS
from dashboard.formulas.small_numbers import garwood
from dashboard.store.database import writing
from dashboard.store.population import Inhabitants, keep_population
from datasources.calls112.records import Incident
from datasources.region import by_code, kecamatan
from tests.dashboard.incidents_kept import NOW, PACET, SOOKO, ask, incident, keep


def test_until_people_are_entered_there_are_counts_and_no_rates(engine: Engine) -> None:
    keep(engine, [incident(), incident(), incident(kecamatan_code=SOOKO), incident(kecamatan_code=None)])
    answer = ask(engine, "incidents112.kecamatan_map")
    counts = {row["code"]: row["n"] for row in answer.rows}
    assert (counts[PACET], counts[SOOKO], counts["35.16.04"], len(counts)) == (2, 1, 0, 18)
    assert [c.key for c in answer.columns if c.role == "value"] == ["n"]
    assert "Penduduk per kecamatan belum diisi, laju tidak dihitung." in answer.notes
    assert "1 dari 4 kejadian tanpa kecamatan; tidak ada di peta." in answer.notes
    assert (
        ask(engine, "incidents112.kecamatan_funnel").missing
        == "penduduk per kecamatan belum diisi, laju tidak dihitung"
    )


def test_counts_carry_the_exact_poisson_limits(engine: Engine) -> None:
    keep(engine, [incident() for _ in range(3)])
    rows = {row["code"]: row for row in ask(engine, "incidents112.kecamatan_map").rows}
    assert (rows[PACET]["n_low"], rows[PACET]["n_high"]) == (0.6187, 8.7673)
    assert (rows[SOOKO]["n_low"], rows[SOOKO]["n_high"]) == (0, 3.6889)


def test_with_people_there_are_rates_a_verdict_and_a_shrunken_colour(engine: Engine) -> None:
    keep(engine, [*(incident() for _ in range(30)), *(incident(kecamatan_code=SOOKO) for _ in range(5))])
    enter(engine, {k.code: 50_000 for k in kecamatan()})
    rows = {row["code"]: row for row in ask(engine, "incidents112.kecamatan_map").rows}
    pacet, sooko = rows[PACET], rows[SOOKO]
    assert (pacet["rate"], sooko["rate"]) == (6, 1)
    assert (pacet["low"], pacet["high"]) == tuple(round(10_000 * limit / 50_000, 4) for limit in garwood(30))
    assert (pacet["verdict"], sooko["verdict"]) == (
        "di atas rata-rata kabupaten", "tidak berbeda nyata dari rata-rata kabupaten",
    )  # fmt: skip
    mean = Fraction(10_000 * 35, 18 * 50_000)
    assert mean < pacet["shrunken"] < pacet["rate"]
    assert mean < sooko["shrunken"] < sooko["rate"]


def test_the_basis_and_year_of_the_people_are_said(engine: Engine) -> None:
    keep(engine, [incident()])
    enter(engine, {PACET: 50_000})
    answer = ask(engine, "incidents112.kecamatan_map")
    assert "Penduduk: BPS, Kabupaten Mojokerto Dalam Angka 2025." in answer.notes
    assert "Penduduk 17 kecamatan belum diisi." in answer.notes
    sooko = next(row for row in answer.rows if row["code"] == SOOKO)
    assert (sooko.get("shrunken"), sooko["verdict"]) == (None, "penduduk belum diisi")


def test_the_funnel_has_both_limits_at_each_population(engine: Engine) -> None:
    keep(engine, [incident() for _ in range(36)])
    enter(engine, {k.code: 50_000 for k in kecamatan()})
    answer = ask(engine, "incidents112.kecamatan_funnel")
    rows = {row["name"]: row for row in answer.rows}
    # Two are expected in each: 0 to 5 within 95 %, 0 to 8 within 99.8 %.
    assert (rows["Sooko"]["low_95"], rows["Sooko"]["high_95"], rows["Sooko"]["high_998"]) == (0, 1, Fraction(8, 5))
    assert (rows["Pacet"]["rate"], rows["Pacet"]["verdict"]) == (Fraction(36, 5), "di luar batas 99,8 %")
    assert rows["Sooko"]["verdict"] == "di dalam batas 95 %"
    assert [c.role for c in answer.columns].count("low") == 2


def test_hot_spots_are_refused_below_thirty_in_words(engine: Engine) -> None:
    keep(engine, at_points(29, PACET))
    answer = ask(engine, "incidents112.hot_spots")
    assert answer.missing == "titik rawan tidak dihitung: 29 kejadian, perlu sedikitnya 30"
    assert "29 dari 29 kejadian 12 bulan terakhir punya titik (100 %)." in answer.notes


def test_the_grid_has_cells_enough_for_the_statistic() -> None:
    assert LEAST_CELLS <= len(cells_of_regency()) <= 120


def test_a_cluster_is_hot_and_named_by_the_nearest_centre(engine: Engine) -> None:
    spread = [one for place in kecamatan() for one in at_points(3, place.code)]
    keep(engine, [*spread, *at_points(80, PACET)])
    answer = ask(engine, "incidents112.hot_spots")
    assert answer.n == 134
    assert 0.0001 <= answer.rows[0]["p"] <= 0.05
    assert all("Kecamatan" in row["place"] for row in answer.rows)
    assert any("Pacet" in row["place"] for row in answer.rows)
    assert any("FDR" in note for note in answer.notes)


def test_a_chance_too_small_to_print_is_not_printed_as_zero(engine: Engine) -> None:
    centre, four_km = by_code()["35.16.09"], 0.036
    keep(engine, [
        incident(lat=centre.lat + up * four_km, lon=centre.lon + right * four_km)
        for up in (-1, 0, 1) for right in (-1, 0, 1) for _ in range(9)
    ])  # fmt: skip
    assert ask(engine, "incidents112.hot_spots").rows[0]["p"] == "<0,0001"


def test_points_of_sensitive_categories_and_outside_are_never_used(engine: Engine) -> None:
    keep(engine, [
        *at_points(40, PACET, category_raw="KDRT"), *at_points(29, PACET), incident(lat=-7.0, lon=112.5), incident(),
    ])  # fmt: skip
    answer = ask(engine, "incidents112.hot_spots")
    assert answer.missing.startswith("titik rawan tidak dihitung: 29 kejadian")
    assert "40 kejadian kategori sensitif atau belum dipetakan tidak dipakai." in answer.notes
    assert "1 titik di luar wilayah kabupaten tidak dipakai." in answer.notes
    assert "70 dari 71 kejadian 12 bulan terakhir punya titik (99 %)." in answer.notes


@pytest.mark.parametrize(("days", "used"), [(364, 40), (366, 39)])
def test_hot_spots_look_back_twelve_months(engine: Engine, days: int, used: int) -> None:
    keep(engine, [*at_points(39, PACET), *at_points(1, PACET, received=NOW - timedelta(days=days))])
    answer = ask(engine, "incidents112.hot_spots")
    assert any(note.startswith(f"{used} dari {used} kejadian") for note in answer.notes)


def at_points(n: int, code: str, **given: Any) -> list[Incident]:
    place = by_code()[code]
    return [incident(lat=place.lat, lon=place.lon, kecamatan_code=code, **given) for _ in range(n)]


def enter(engine: Engine, people: dict[str, int]) -> None:
    basis = "BPS, Kabupaten Mojokerto Dalam Angka"
    with writing(engine) as connection:
        keep_population(connection, [Inhabitants(c, 2025, n, basis) for c, n in people.items()], "analis", NOW)
