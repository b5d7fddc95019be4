"""The migrations make exactly the tables of the program, on both databases, and twice is once."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, func, select, text

from dashboard.settings import ROOT
from dashboard.store.air_hours import hours_between
from dashboard.store.bmkg import earthquakes_near
from dashboard.store.class_hours import class_days
from dashboard.store.database import EPOCH, metadata, open_database, reading
from dashboard.store.noted_tables import BY_NAME, NOTED, unnote_changes
from dashboard.store.observations import observations
from dashboard.store.recount import recount_all
from dashboard.store.row_versions import began
from dashboard.store.staffed_hours import staffed_days
from dashboard.store.stations import all_stations, heard
from dashboard.store.version_triggers import making
from dashboard.store.warning_terms import terms_between
from tests.keys import KEYS


def migrations_of(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "dashboard" / "store" / "migrations"))
    config.attributes["url"] = url
    return config


def test_migrating_twice_makes_exactly_our_tables(database_url: str, tmp_path: Path) -> None:
    environment = {**os.environ, **KEYS, "DATABASE_URL": database_url, "VAR": str(tmp_path)}
    for _ in range(2):
        subprocess.run([sys.executable, "manage.py", "migrate"], cwd=ROOT, env=environment, check=True)
    engine = open_database(database_url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()
    assert [d for d in differences if "alembic_version" not in str(d)] == []


def test_readings_from_before_air_was_counted_are_counted_then(database_url: str) -> None:
    config = migrations_of(database_url)
    command.upgrade(config, "0002")
    engine = open_database(database_url)
    columns = [c.name for c in observations.c]
    rows = [
        {**dict.fromkeys(columns, ""), "source": "s", "station": "a", "parameter": "pm25", "averaging": "PT1H",
         "observed_at": hour * 3_600_000, "value": 10.0 + hour % 7, "unit": "ug/m3", "quality": "valid",
         "received_at": 0, "station_name": "Pacet", "known_at": 0}
        for hour in range(1, 25)
    ]  # fmt: skip
    names = ", ".join(columns)
    with engine.begin() as connection:
        connection.execute(
            text(f"INSERT INTO observations ({names}) VALUES ({', '.join(':' + name for name in columns)})"), rows
        )
    command.upgrade(config, "0005")
    recount_all(engine)
    with reading(engine) as connection:
        assert [s.title for s in all_stations(connection)] == ["Pacet"]
        assert [str(h.value) for h in heard(connection)] == ["13"]
        assert len(hours_between(connection, "pm25", EPOCH, EPOCH + timedelta(days=2))) == 24
    engine.dispose()


def test_warnings_earthquakes_and_logins_from_before_are_decided_then(database_url: str) -> None:
    config = migrations_of(database_url)
    command.upgrade(config, "0013")
    engine = open_database(database_url)
    warned = (
        "INSERT INTO warnings (identifier, source, sent, message_type, \"references\", event, severity, urgency, "
        "certainty, effective, expires, headline, description, kecamatan, known_at) VALUES (:id, 'bmkg', "
        ":sent, :kind, :refs, '', '', '', '', :sent, 9000000, '', '', :places, 0)"
    )  # fmt: skip
    shaken = (
        "INSERT INTO earthquakes (event_at, twin, source, lat, lon, magnitude, depth_km, region, known_at) "
        "VALUES (:at, 0, 'bmkg', :lat, 112.5, 5, 10, '', 0)"
    )
    with engine.begin() as connection:
        connection.execute(text(warned), [
            {"id": "a", "sent": 1000, "kind": "Alert", "refs": "", "places": "35.16.01 35.16.03"},
            {"id": "b", "sent": 5000, "kind": "Cancel", "refs": "a", "places": "35.16.01"},
        ])  # fmt: skip
        connection.execute(text(shaken), [{"at": 1000, "lat": -7.5}, {"at": 2000, "lat": 3.0}])
        connection.execute(text("INSERT INTO agent_spells (source, agent_code, queue, kind, start, \"end\", known_at) "
                                "VALUES ('antrean', 'a', '112', 'login', 0, 3600000, 0)"))  # fmt: skip
    command.upgrade(config, "head")
    recount_all(engine)
    with reading(engine) as connection:
        terms = terms_between(connection, EPOCH, EPOCH + timedelta(hours=9), EPOCH + timedelta(days=1))
        assert (terms.start.tolist(), terms.end.tolist(), terms.places.tolist()) == ([1000], [5000], [0b1010])
        assert [q.lat for q in earthquakes_near(connection, EPOCH, EPOCH + timedelta(hours=9))] == [-7.5]
        assert connection.execute(select(func.count()).select_from(staffed_days)).scalar_one() == 1
    engine.dispose()


def test_a_migrated_store_notes_changes_as_a_new_one_does(database_url: str) -> None:
    config = migrations_of(database_url)
    command.upgrade(config, "head")
    engine = open_database(database_url)
    with engine.begin() as connection:
        migrated, since = triggers(connection), began(connection)
        unnote_changes(connection)
        assert not triggers(connection).keys() & migrated.keys()
        for statement in making(connection.dialect.name, [one.shape for one in NOTED]):
            connection.exec_driver_sql(statement)
        assert triggers(connection) == migrated
    engine.dispose()
    command.downgrade(config, "0021")
    assert len(migrated) == 3 * len(NOTED)
    assert since.keys() == BY_NAME.keys()


def triggers(connection: Connection) -> dict[str, str]:
    """Name → definition of the triggers that note changes; columns in the order of their names."""
    asked = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'note_%'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE c.relnamespace = current_schema()::regnamespace AND tgname LIKE 'note_%'"
    )
    return {name: "".join(sorted(sql)) for name, sql in connection.execute(text(asked.replace(":", "\\:"))).all()}


def test_classes_counted_by_the_hour_are_added_up_by_the_wib_day(database_url: str) -> None:
    config = migrations_of(database_url)
    command.upgrade(config, "0022")
    engine = open_database(database_url)
    told = [("ghost", 17, 2), ("ghost", 18, 3), ("prank", 18, 1), ("ghost", 41, 5)]  # 17.00 UTC: midnight WIB
    with engine.begin() as connection:
        for word, hour, n in told:
            connection.execute(
                text("INSERT INTO class_hours (source, hour, class_raw, n) VALUES ('a', :at, :word, :n)"),
                {"at": hour * 3_600_000, "word": word, "n": n},
            )
    command.upgrade(config, "head")
    with reading(engine) as connection:
        days = connection.execute(select(class_days.c.day, class_days.c.class_raw, class_days.c.n)).all()
    engine.dispose()
    first, second = EPOCH + timedelta(hours=17), EPOCH + timedelta(hours=41)
    assert sorted(map(tuple, days)) == [(first, "ghost", 5), (first, "prank", 1), (second, "ghost", 5)]
