"""River posts by HTTP, CSV and Excel: any names, units and zones by configuration; gaps stay gaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from datasources.contract import Batch, SourceUnavailable
from datasources.sensors.river_sheet import RiverSheet
from datasources.sensors.river_telemetry import RiverTelemetry
from datasources.sensors.telemetry_row import TelemetryRow
from tests.datasources.loopback import Loopback, serving

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
ROW = TelemetryRow(
    station="pos.kode", name="pos.nama", time="waktu",
    values={"tma": "river_level:cm", "debit": "discharge:m3/s", "ch": "rain:mm"},
)  # fmt: skip
FLAT = TelemetryRow(station="kode", time="tanggal", clock="jam", values={"tma": "river_level:m"})


@pytest.fixture
def site() -> Iterator[Loopback]:
    with serving() as loopback:
        yield loopback


def entry(**given: Any) -> dict[str, Any]:
    return {"pos": {"kode": "P1", "nama": "Kali Uji"}, "waktu": "2026-11-23 11:50:00", "tma": 161, **given}


def test_a_reading_has_the_unit_and_the_moment_of_the_store(site: Loopback) -> None:
    site.json("/t", {"data": {"pos": [entry(debit="12,5", ch=0)]}})
    (batch,) = fetched(site)
    told = {r.parameter: (r.value, r.unit) for r in batch.records}  # type: ignore[attr-defined]
    assert told == {
        "river_level": (Decimal("1.61"), "m"), "discharge": (Decimal("12.5"), "m3/s"), "rain": (Decimal(0), "mm"),
    }  # fmt: skip
    first: Any = batch.records[0]
    assert (first.station, first.station_name) == ("P1", "Kali Uji")
    assert first.observed_at == datetime(2026, 11, 23, 4, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2026-11-23 11:50:00", datetime(2026, 11, 23, 4, 50, tzinfo=UTC)),
        ("2026-11-23T04:50:00Z", datetime(2026, 11, 23, 4, 50, tzinfo=UTC)),
        ("2026-11-23T12:50:00+08:00", datetime(2026, 11, 23, 4, 50, tzinfo=UTC)),
        ("23/11/2026 11.50", datetime(2026, 11, 23, 4, 50, tzinfo=UTC)),
        ("23 November 2026 11:50 WIB", datetime(2026, 11, 23, 4, 50, tzinfo=UTC)),
        (1795409400, datetime(2026, 11, 23, 4, 50, tzinfo=UTC)),
        (1795409400000, datetime(2026, 11, 23, 4, 50, tzinfo=UTC)),
        ("1795409400", datetime(2026, 11, 23, 4, 50, tzinfo=UTC)),
    ],
)
def test_times_are_read_as_loggers_write_them(told: Any, expected: datetime) -> None:
    (found,), refused = FLAT.read({"kode": "P1", "tanggal": told, "tma": 1}, "x", NOW)
    assert (found.observed_at, refused) == (expected, [])


@pytest.mark.parametrize("missing", [None, "", "-", "null", -9999, "-9999", "-999", -9999.0])
def test_what_was_not_measured_is_a_gap_and_no_zero(missing: Any) -> None:
    assert FLAT.read({"kode": "P1", "tanggal": "2026-11-23 11:50", "tma": missing}, "x", NOW) == ([], [])


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"tma": "tinggi"}, "nilai 'tinggi' bukan bilangan; seharusnya seperti 1,25"),
        ({"tma": 9000}, "river_level 9000 cm tidak mungkin; seharusnya -10 sampai 50 m"),
        ({"waktu": "2026-11-23 13:00"}, "masih di depan; jam alat atau zona waktunya salah"),
        ({"waktu": None}, "waktu kosong"),
        ({"waktu": "kemarin"}, "'kemarin' bukan tanggal"),
        ({"pos": {"kode": " "}}, "pos.kode '' kosong"),
    ],
)
def test_what_cannot_be_is_refused_and_the_rest_goes_on(given: dict[str, Any], sentence: str) -> None:
    flat = {"pos.kode": "P1", "waktu": "2026-11-23 11:50", "tma": 100, "debit": 5}
    given = {"pos.kode": given["pos"]["kode"]} if "pos" in given else given
    good, (refused,) = ROW.read({**flat, **given}, "data.pos, bacaan 1", NOW)
    assert sentence in refused.reason
    assert refused.place.startswith("data.pos, bacaan 1")
    assert [r.parameter for r in good] == (["discharge"] if "tma" in given else [])


def test_an_unchanged_answer_is_read_once(site: Loopback) -> None:
    site.json("/t", {"data": {"pos": [entry()]}})
    (batch,) = fetched(site)
    assert fetched(site, batch.cursor) == []
    site.json("/t", {"data": {"pos": [entry(tma=170)]}})
    assert len(fetched(site, batch.cursor)) == 1


@pytest.mark.parametrize("content", [{"data": []}, {"data": {"pos": {}}}, [1], "x"])
def test_an_answer_without_the_list_is_an_unavailable_source(site: Loopback, content: Any) -> None:
    site.json("/t", content)
    with pytest.raises(SourceUnavailable, match="periksa kunci rows_at"):
        fetched(site)


def test_an_entry_that_is_no_object_is_refused(site: Loopback) -> None:
    site.json("/t", {"data": {"pos": ["rusak", entry()]}})
    (batch,) = fetched(site)
    assert (len(batch.records), [r.place for r in batch.refused]) == (1, ["data.pos, bacaan 1"])


def test_a_csv_of_an_opd_is_read_whole_and_only_when_it_changed(tmp_path: Path) -> None:
    file = tmp_path / "pos.csv"
    file.write_text("Data pos\nkode;tanggal;jam;tma\nP1;23/11/2026;11:40;1,60\nP1;23/11/2026;11:50;rusak\n")
    reader = RiverSheet(path=file, row=FLAT)
    (batch,) = reader.fetch({})
    assert [(r.value, r.observed_at) for r in batch.records] == [  # type: ignore[attr-defined]
        (Decimal("1.60"), datetime(2026, 11, 23, 4, 40, tzinfo=UTC))
    ]
    assert batch.refused[0].place == "pos.csv, baris 4, tma"
    assert list(reader.fetch(batch.cursor)) == []


def test_a_workbook_with_real_dates_is_read(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["kode", "tanggal", "jam", "tma"])  # type: ignore[union-attr]
    book.active.append(["P1", date(2026, 11, 23), time(11, 40), 1.6])  # type: ignore[union-attr]
    book.save(tmp_path / "pos.xlsx")
    (batch,) = RiverSheet(path=tmp_path, pattern="*.xlsx", row=FLAT).fetch({})
    (found,) = batch.records
    assert found.data_time == datetime(2026, 11, 23, 4, 40, tzinfo=UTC)


def test_a_unit_that_nobody_knows_refuses_to_start() -> None:
    with pytest.raises(ValueError, match="satuan 'kaki' untuk river_level tidak dikenal"):
        TelemetryRow(station="a", time="b", values={"c": "river_level:kaki"})


CELLS = (
    st.none() | st.text("0123456789-:./, TZnulabc", max_size=24) | st.integers() | st.floats() | st.booleans()
    | st.datetimes() | st.times()
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["kode", "tanggal", "jam", "tma", "x"]), CELLS))
def test_any_row_gives_readings_or_sentences(row: dict[str, Any]) -> None:
    good, refused = FLAT.read(row, "x", NOW)
    assert all(r.value.is_finite() for r in good)
    assert all(r.reason for r in refused)


def fetched(site: Loopback, cursor: Any = None) -> list[Batch]:
    reader = RiverTelemetry(address=site.url("/t"), rows_at="data.pos", row=ROW)
    return list(reader.fetch(cursor or {}))
