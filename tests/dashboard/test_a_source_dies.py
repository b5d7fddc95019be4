"""A source dies during an alert and comes back, for every reader: unknown and never resolved, told once each way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import stamina
import time_machine
from sqlalchemy import Engine

from dashboard.alerts.bundling import bundle
from dashboard.alerts.channel import EVERYBODY, Channel
from dashboard.alerts.evaluate import evaluate
from dashboard.alerts.looks import band_of
from dashboard.alerts.rule import AlertRule
from dashboard.alerts.sending import send_due
from dashboard.alerts.telling import tell
from dashboard.formulas.alert_state import Event, Severity, State, Timing
from dashboard.formulas.escalation import Step
from dashboard.indicators.catalogue.alerts import standing
from dashboard.indicators.indicator import Band, Indicator, Status
from dashboard.indicators.read import judged_readings, source_states
from dashboard.ingestion.run import answered, run_once
from dashboard.store import alerts, ingestion_log, measurements
from dashboard.store.database import open_database, reading, writing
from dashboard.store.measurements import Measurement
from datasources import registry
from datasources.contract import Source
from datasources.registry import READERS, ConfiguredSource
from tests.builders import NOW
from tests.builders import indicator as an_indicator

FILE = Path(__file__).parent / "every_reader.toml"
BLOCKS = re.split(r"(?m)^(?=\[sources\.)", FILE.read_text(encoding="utf-8"))[1:]
BY_READER = {re.findall(r'reader = "([^"]+)"', block)[0]: block for block in BLOCKS}
COMMON = 'title = "Sumber uji"\nowner = "BPBD"\nstale_after = "10m"\nreader ='
MINUTE = timedelta(minutes=1)
BANDS = (Band("Aman", Status.NORMAL, high=Decimal(80)), Band("Awas", Status.KRITIS, Decimal(80)))
RULE = AlertRule("uji", "Uji", "uji", "BPBD", "Periksa.", band_of("uji"), Timing(), (Step(timedelta(0), "petugas"),))


def test_every_reader_of_the_registry_is_among_them() -> None:
    assert set(BY_READER) == set(READERS)


@pytest.fixture(autouse=True)
def one_attempt() -> Iterator[None]:
    stamina.set_testing(True, attempts=1)
    yield
    stamina.set_testing(False)


@dataclass
class Room:
    """One source, one indicator that depends on it, one rule, and a telephone that remembers."""

    engine: Engine
    source: ConfiguredSource
    told: list[str] = field(default_factory=list)

    @property
    def about(self) -> Indicator:
        return an_indicator(id="uji", title="Uji", unit="cm", bands=BANDS, better="down", decimals=0,
                            topics=self.source.topics)  # fmt: skip

    def look(self, minute: int) -> list[Event]:
        """A round of the rules, the messages, and the postman."""
        at = NOW + minute * MINUTE
        channel = Channel("a", (EVERYBODY,), (EVERYBODY,), self._take)
        with time_machine.travel(at, tick=False), writing(self.engine) as connection:
            states = source_states(connection, [self.source])
            (seen,) = judged_readings(connection, [self.about], states, at)
            happened = evaluate(connection, [RULE], {"uji": seen}, states, at)
            tell(connection, {RULE.id: RULE}, happened, at)
            bundle(connection, [channel], at, "https://pusat")
        with time_machine.travel(at, tick=False):
            send_due(self.engine, [channel], at)
        return [line.event for line in happened]

    def _take(self, subject: str, body: str, key: str) -> str:
        self.told.append(body.splitlines()[1].partition("KRITIS, ")[2])
        return ""

    def measured(self, value: int, minute: int) -> None:
        at = NOW + minute * MINUTE
        line = Measurement("uji", Decimal(value), "cm", "Awas", "kritis", 1, at, at, "", {}, False)
        with writing(self.engine) as connection:
            measurements.append(connection, [line])

    def heard(self, minute: int) -> None:
        with time_machine.travel(NOW + minute * MINUTE, tick=False):
            answered(self.engine, self.source)

    def dies(self, minute: int) -> None:
        """A place that is asked says that it is gone, by its own reader; one that sends falls silent."""
        if isinstance(self.source.reader, Source):
            with time_machine.travel(NOW + minute * MINUTE, tick=False):
                assert run_once(self.engine, self.source).error

    def alert(self) -> alerts.Kept:
        with reading(self.engine) as connection:
            (kept,) = alerts.standing(connection)
        return kept


@pytest.fixture(params=READERS)
def room(request: pytest.FixtureRequest, sqlite_store_url: str, tmp_path: Path) -> Iterator[Room]:
    """On SQLite alone: that both databases keep alerts alike is told in test_alerts."""
    engine = open_database(sqlite_store_url)
    file = tmp_path / "sources.toml"
    file.write_text(BY_READER[request.param].replace("reader =", COMMON, 1), encoding="utf-8")
    keys = {"GONE": str(tmp_path / "hilang"), "CALLER_HASH_KEY": "c" * 40, "VAR": str(tmp_path)}
    (source,) = registry.load(file, keys)
    with writing(engine) as connection:
        ingestion_log.register(connection, [source.id])
    yield Room(engine, source)
    engine.dispose()


def test_a_source_that_dies_hides_its_alert_and_its_return_goes_on_with_it(room: Room) -> None:
    room.heard(0)
    room.measured(130, 0)
    assert room.look(0) == [Event.RAISED]
    room.dies(5)
    assert room.look(9) == []
    assert room.look(21) == [Event.HIDDEN]
    assert [room.look(minute) for minute in (30, 300, 3000)] == [[], [], []]
    assert (room.alert().alert.state, room.alert().alert.severity) == (State.UNKNOWN, Severity.KRITIS)
    with reading(room.engine) as connection:
        shown = standing(connection, NOW)
    assert shown.detail["rows"][0]["label"] == "Uji: 130 cm, awas (data terputus)"
    assert {c["label"]: c["value"] for c in shown.detail["counts"]} == {"kritis": 1, "waspada": 0, "tak terpantau": 1}
    room.heard(3001)
    assert room.look(3001) == [Event.SEEN_AGAIN]
    assert [room.look(minute) for minute in (3002, 3005)] == [[], []]
    assert (room.alert().alert.state, room.alert().alert.severity) == (State.ACTIVE, Severity.KRITIS)
    assert room.told == ["Uji: 130 cm, awas", "data terputus: Uji: 130 cm, awas", "data kembali: Uji: 130 cm, awas"]
