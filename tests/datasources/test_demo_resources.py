"""The workbooks of the simulated OPD, read by the real readers with the demonstration's own configuration."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from datasources.demo.resource_workbooks import write_workbooks
from datasources.demo.world import SEED
from datasources.resources import cells
from tests.datasources.demo_regency import fetched, sources

TODAY = date(2026, 11, 23)
EXPECTED = {
    "air_sungai": ({"water_values"}, 4),
    "sampah": ({"waste_months", "waste_flows", "waste_banks"}, 4),
    "rth": ({"green_areas", "urban_areas"}, 1),
    "energi_gedung": ({"buildings", "energy_months", "solar_plants", "solar_months"}, 2),
    "iklh": ({"official_indices"}, 0),
}
"""Source → the tables it fills, and how many cells of it cannot be."""


@pytest.fixture(autouse=True)
def _frozen_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "today", lambda: TODAY)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Written once: five workbooks take seconds."""
    var = tmp_path_factory.mktemp("var")
    (var / "demo").mkdir()
    write_workbooks(var / "demo", SEED, TODAY)
    return var


@pytest.mark.parametrize("source", EXPECTED)
def test_each_fills_its_tables_and_a_few_cells_land_in_quarantine(folder: Path, source: str) -> None:
    batch = fetched(folder, source)
    topics, mistakes = EXPECTED[source]
    assert {record.topic for record in batch.records} == topics
    assert len(batch.refused) == mistakes
    assert all("baris" in refused.place and "kolom" in refused.place for refused in batch.refused)
    assert max(record.data_time for record in batch.records).date() <= TODAY


def test_all_of_them_are_simulated_and_written_only_where_there_is_none(folder: Path) -> None:
    assert all(sources(folder)[name].simulated for name in EXPECTED)
    mine = folder / "demo" / "iklh.xlsx"
    mine.write_bytes(b"mine")
    write_workbooks(folder / "demo", SEED, TODAY)
    assert mine.read_bytes() == b"mine"
    mine.unlink()
    write_workbooks(folder / "demo", SEED, TODAY)
