"""The scoreboard of agencies: by name, with what each figure rests on; duties from their deliveries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from sqlalchemy import Engine

from dashboard import clock
from dashboard.exploring.filters import Filters, last_days, parsed
from dashboard.exploring.offices.words import share
from dashboard.exploring.question import Answer
from dashboard.exploring.questions import QUESTIONS
from dashboard.formulas.duty_calendar import Standing
from dashboard.indicators.reporting_duties import owed
from dashboard.store import ingestion_log
from dashboard.store.database import reading, writing
from dashboard.store.duty_deliveries import note_delivery
from dashboard.store.source_contracts import keep_contracts
from datasources import registry
from datasources.contract import Batch, Refused
from datasources.duty_options import DutyOptions
from datasources.registry import ConfiguredSource
from tests.builders import NOW

DAY = timedelta(days=1)
SAMPAH = """
[sources.sampah]
reader = "resources.waste"
title = "Laporan sampah"
owner = "DLH"
path = "{folder}/sampah.xlsx"
stale_after = "1d"
simulated = true

[sources.sampah.duty]
period = "bulan"
due_days = 10
since = 2026-09-01
records = ["waste_months"]
template = "sampah"

[sources.antrean]
reader = "calls112.queue_log"
title = "Antrean"
owner = "Diskominfo, DLH"
path = "{folder}/queue_log"
stale_after = "1d"
"""


@dataclass(frozen=True)
class Month:
    """A row of a monthly sheet: its data are true at the end of the month."""

    topic: ClassVar[str] = "waste_months"
    month: date

    @property
    def data_time(self) -> datetime:
        return datetime(2099, 1, 1, tzinfo=UTC)


@pytest.fixture
def sources(engine: Engine, tmp_path: Path) -> tuple[ConfiguredSource, ...]:
    file = tmp_path / "sources.toml"
    file.write_text(SAMPAH.format(folder=tmp_path), encoding="utf-8")
    made = registry.load(file, {"CALLER_HASH_KEY": "c" * 40})
    with writing(engine) as connection:
        ingestion_log.register(connection, [s.id for s in made])
        keep_contracts(connection, made, NOW - 60 * DAY)
    return made


def delivered(engine: Engine, duty: DutyOptions, on: date, *months: date, refused: int = 0) -> None:
    batch = Batch(tuple(Month(m) for m in months), tuple(Refused("", "x", str(n)) for n in range(refused)))
    with writing(engine) as connection:
        note_delivery(connection, "sampah", duty, batch, datetime(on.year, on.month, on.day, 5, tzinfo=UTC))


def ask(engine: Engine, name: str, office: str | None = None) -> Answer:
    with reading(engine) as connection:
        return QUESTIONS[name].ask(connection, replace(last_days(7, date(2026, 11, 23)), office=office), NOW)


def test_each_period_stands_by_the_day_its_whole_data_came(
    engine: Engine, sources: tuple[ConfiguredSource, ...]
) -> None:
    duty = sources[0].duty
    assert duty is not None
    delivered(engine, duty, date(2026, 9, 10), date(2026, 8, 1))
    delivered(engine, duty, date(2026, 10, 12), date(2026, 8, 1), date(2026, 9, 1), refused=2)
    with reading(engine) as connection:
        found = {one.period.title: one for one in owed(connection, NOW)}
    assert {title: one.standing for title, one in found.items()} == {
        "Agustus 2026": Standing.IN_TIME, "September 2026": Standing.LATE, "Oktober 2026": Standing.OVERDUE,
        "November 2026": Standing.RUNNING,
    }  # fmt: skip
    assert found["Oktober 2026"].days == -13
    assert found["September 2026"].delivery is not None
    assert (found["September 2026"].delivery.rows, found["September 2026"].delivery.refused) == (1, 2)


def test_what_comes_before_a_period_is_over_does_not_complete_it(
    engine: Engine, sources: tuple[ConfiguredSource, ...]
) -> None:
    duty = sources[0].duty
    assert duty is not None
    delivered(engine, duty, date(2026, 10, 20), date(2026, 10, 1))
    assert "belum, lewat tenggat 13 hari" in [row["state"] for row in ask(engine, "opd.duties").rows]
    delivered(engine, duty, date(2026, 11, 5), date(2026, 10, 1))
    rows = ask(engine, "opd.duties").rows
    assert [row["state"] for row in rows if row["period"] == "Oktober 2026"] == ["tepat waktu"]


def test_other_sheets_of_the_workbook_do_not_stand_for_the_one_that_is_owed(
    engine: Engine, sources: tuple[ConfiguredSource, ...]
) -> None:
    delivered(engine, DutyOptions(period="bulan", due_days=10, records=("waste_banks",)), date(2026, 11, 5),
              date(2026, 10, 1))  # fmt: skip
    assert all(row["came"] is None for row in ask(engine, "opd.duties").rows)


def test_the_board_is_by_name_and_says_what_its_shares_rest_on(
    engine: Engine, sources: tuple[ConfiguredSource, ...]
) -> None:
    found = ask(engine, "opd.scoreboard")
    names = [row["office"] for row in found.rows]
    assert names == sorted(names, key=str.casefold)
    assert {"DLH", "Diskominfo"} <= set(names)
    board = {row["office"]: row for row in found.rows}
    assert board["DLH"]["in_time"] == "0 dari 3"
    assert (board["DLH"]["fresh"], board["Diskominfo"]["fresh"]) == ("0 dari 2", "0 dari 1")
    assert board["DLH"]["href"] == "/opd?opd=DLH"
    assert "bukan peringkat" in found.notes[0]
    assert [row["office"] for row in ask(engine, "opd.scoreboard", "DLH").rows] == ["DLH"]
    assert "belum memiliki apa pun" in ask(engine, "opd.scoreboard", "Dinas Antariksa").missing


def test_the_page_of_one_agency_tells_of_its_own(engine: Engine, sources: tuple[ConfiguredSource, ...]) -> None:
    titles = {row["title"] for row in ask(engine, "opd.indicators", "DLH").rows}
    assert "ISPU resmi" in titles
    assert not titles & {row["title"] for row in ask(engine, "opd.indicators", "BPBD").rows}
    assert ask(engine, "opd.duties", "BPBD").missing == "BPBD belum memiliki kewajiban data"
    assert ask(engine, "opd.indicators").missing == "pilih satu OPD dari papan OPD"


@pytest.mark.parametrize(
    ("k", "n", "decimals", "words"),
    [
        (0, 0, 0, "–"),
        (2, 3, 0, "2 dari 3"),
        (10, 12, 0, "83 % (55–95), n 12"),
        (9999, 10000, 1, "99,9 % (99,9–100,0), n 10.000"),
        (12, 12, 0, "100 % (76–100), n 12"),
    ],
)
def test_a_share_of_few_is_not_a_percentage_and_not_all_is_not_a_hundred(
    k: int, n: int, decimals: int, words: str
) -> None:
    assert share(k, n, decimals) == words


def test_an_agency_travels_in_the_address_of_a_download() -> None:
    filters = replace(last_days(7, clock.wib(NOW).date()), office="Satpol PP/Damkar")
    assert parsed(str(filters)) == filters
    assert parsed("2026-09-01~2026-11-24~35.16.01~s/a") == Filters(
        date(2026, 9, 1), date(2026, 11, 24), "35.16.01", station="s/a"
    )
    with pytest.raises(ValueError, match="OPD lebih dari 64 huruf"):
        parsed(f"2026-09-01~2026-11-24~~~{'x' * 65}")


def test_what_came_before_the_agreement_is_shown_and_not_judged(
    engine: Engine, sources: tuple[ConfiguredSource, ...]
) -> None:
    delivered(engine, DutyOptions(period="bulan", due_days=10), date(2026, 8, 20), date(2026, 7, 1))
    with reading(engine) as connection:
        before = [one for one in owed(connection, NOW) if one.standing is Standing.BEFORE]
    assert [(one.period.title, one.is_judged) for one in before] == [("Juli 2026", False)]


def test_a_kind_of_row_that_nobody_knows_is_said(
    engine: Engine, sources: tuple[ConfiguredSource, ...], caplog: pytest.LogCaptureFixture
) -> None:
    duty = DutyOptions(period="bulan", due_days=10, records=("waste_month",))
    with writing(engine) as connection:
        keep_contracts(connection, [replace(sources[0], duty=duty)], NOW)
    assert "source sampah: its duty names ['waste_month']" in caplog.text
