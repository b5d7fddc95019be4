"""The measured indicators of SPBE and Pemdi, and what the migration carries over from before."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Finding
from dashboard.settings import ROOT
from dashboard.store.assessments import history, keep_values
from dashboard.store.database import open_database, reading, to_ms, writing
from dashboard.store.published_results import keep_results
from datasources.demo.spbe_workbook import levels
from datasources.spbe.published import PublishedResults
from datasources.spbe.records import AssessedValue

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)


def test_the_index_its_gap_and_its_domains_of_the_newest_year(engine: Engine) -> None:
    with writing(engine) as connection:
        for year in (2023, 2024):
            keep_values(connection, "buku", entered(year), NOW)
        index, gap = measured(connection, "spbe.index"), measured(connection, "spbe.gap_to_next")
        third = measured(connection, "spbe.domain3")
    assert (index.value, index.band, index.n) == (Decimal("4.16"), "Sangat Baik", 47)
    assert [point["x"] for point in index.detail["series"]] == ["2023", "2024"]
    assert (gap.value, gap.detail["predikat_berikut"], gap.detail["cadangan"]) == (4, "Memuaskan", 66.0)
    assert third.value is not None
    assert round(third.value, 2) == Decimal("2.82")


def test_one_instruments_series_never_holds_the_others_values(engine: Engine) -> None:
    with writing(engine) as connection:
        keep_values(connection, "buku", entered(2024), NOW)
        pemdi = [AssessedValue("PEMDI-2026", 2026, n, Decimal("1.30")) for n in range(1, 21)]
        keep_values(connection, "buku", pemdi, NOW)
        spbe, digital = measured(connection, "spbe.index"), measured(connection, "pemdi.index")
    assert [point["x"] for point in spbe.detail["series"]] == ["2024"]
    assert [point["x"] for point in digital.detail["series"]] == ["2026"]
    assert (digital.value, digital.band) == (Decimal("1.3"), "Kurang")


def test_a_missing_indicator_is_named_and_no_index_is_given(engine: Engine) -> None:
    with writing(engine) as connection:
        keep_values(connection, "buku", entered(2024)[:-1], NOW)
        found = measured(connection, "spbe.index")
    assert (found.value, found.n, found.missing) == (None, 46, "1 dari 47 indikator tahun 2024 belum diisi: 47")


def test_nothing_entered_and_nothing_published_is_missing_not_zero(engine: Engine) -> None:
    with reading(engine) as connection:
        for name in ("spbe.index", "pemdi.gap_to_next", "spbe.domain1", "pemdi.aspect7", "spbe.published"):
            found = measured(connection, name)
            assert found.value is None
            assert "belum" in found.missing


def test_the_published_index_is_the_newest_fact(engine: Engine) -> None:
    with writing(engine) as connection:
        for batch in PublishedResults().fetch({}):
            keep_results(connection, "terbit", batch.records, NOW)  # type: ignore[arg-type]
        found = measured(connection, "spbe.published")
    assert (found.value, found.band, found.data_time) == (
        Decimal("4.16"),
        "Sangat Baik",
        datetime(2024, 12, 31, tzinfo=UTC),
    )
    assert "KemenPANRB" in found.detail["sumber"]


def test_levels_kept_before_are_carried_over_with_their_stage(database_url: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "dashboard" / "store" / "migrations"))
    config.attributes["url"] = database_url
    command.upgrade(config, "0008-1")
    engine = open_database(database_url)
    row = ("INSERT INTO spbe_levels (instrument, year, stage, indicator, source, level, known_at) "
           "VALUES ('SPBE-2020', 2024, :stage, 1, 'buku', :level, :at)")  # fmt: skip
    with writing(engine) as connection:
        for stage, level in (("final", 4), ("mandiri", 3)):
            connection.execute(text(row), {"stage": stage, "level": level, "at": to_ms(NOW)})
    command.upgrade(config, "0008")
    with writing(engine) as connection:
        found = [(e.stage, e.value, e.source, e.known_at) for e in history(connection, "SPBE-2020")]
        keep_values(connection, "buku", [AssessedValue("SPBE-2020", 2024, 1, Decimal(5), "final")], NOW)
        assert len(history(connection, "SPBE-2020")) == 3
    engine.dispose()
    assert found == [("draf", Decimal(3), "buku", NOW), ("final", Decimal(4), "buku", NOW)]


def measured(connection: Connection, name: str) -> Finding:
    return CATALOGUE[name].formula(connection, NOW)


def entered(year: int) -> list[AssessedValue]:
    return [AssessedValue("SPBE-2020", year, n, Decimal(v), "final") for n, v in levels("s", year).items()]
