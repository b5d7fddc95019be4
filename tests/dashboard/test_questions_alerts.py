"""What the page of alerts tells: episodes, messages, and the load since the system watches."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from dashboard.alerts.accepting import accept_alert
from dashboard.editing import silences as editing
from dashboard.editing.entry import EntryRefused
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer
from dashboard.exploring.questions import QUESTIONS
from dashboard.formulas.alert_state import Alert, Event, Severity, State
from dashboard.indicators.catalogue.alerts import standing
from dashboard.store import alerts, measurements, silences
from dashboard.store.alert_messages import Message, put
from dashboard.store.alerts import Happening, Kept
from dashboard.store.database import reading, writing
from dashboard.store.measurements import Measurement
from dashboard.store.people import Person
from tests.builders import NOW

SARI = Person(1, "sari", "Sari", "analis")
HOUR = timedelta(hours=1)


def ask(engine: Engine, name: str) -> Answer:
    with reading(engine) as connection:
        return QUESTIONS[name].ask(connection, Filters(date(2026, 11, 1), date(2026, 11, 30)), NOW + HOUR)


def raised(engine: Engine, state: State = State.ACTIVE, **more: object) -> int:
    alert = Alert(state, Severity.KRITIS, NOW, NOW, raised_at=NOW, **more)  # type: ignore[arg-type]
    kept = Kept(0, "calls112.state", "", alert, "Keadaan 112: di luar kebiasaan", "panggilan 112", "Diskominfo", False)
    with writing(engine) as connection:
        number = alerts.begin(connection, kept)
        alerts.write_down(connection, [Happening(number, NOW, Event.RAISED, state, Severity.KRITIS, kept.said)])
    return number


def watched(engine: Engine) -> None:
    line = Measurement("x", Decimal(1), "", "", "normal", 1, None, NOW - 23 * HOUR, "", {}, False)
    with writing(engine) as connection:
        measurements.append(connection, [line])


def test_nothing_happened_is_said_in_words(engine: Engine) -> None:
    assert ask(engine, "alerts.episodes").missing == "tidak ada peringatan dalam masa ini"
    assert ask(engine, "alerts.messages").missing == "tidak ada pesan dalam masa ini"
    assert ask(engine, "alerts.load").missing == "dalam masa ini belum ada yang diawasi"


def test_an_episode_tells_who_took_it_on(engine: Engine) -> None:
    number = raised(engine, waits_since=NOW)
    with writing(engine) as connection:
        accept_alert(connection, number, SARI, "regu berangkat", timedelta(minutes=30), NOW)
    (row,) = ask(engine, "alerts.episodes").rows
    assert (row["state"], row["taken"], row["ended"]) == ("diterima", "Sari: regu berangkat", None)


def test_the_load_counts_from_when_the_system_began_to_watch(engine: Engine) -> None:
    watched(engine)
    raised(engine)
    found = ask(engine, "alerts.load")
    rows = {row["what"]: row["value"] for row in found.rows}
    assert rows["Peringatan per hari"] == "1,0"
    assert rows["Sepuluh tersering"] == "Keadaan 112 (1); 100,0 % dari semua"
    assert found.notes[0].startswith("Dihitung sejak 22/11/2026 15.05 WIB")


def test_messages_tell_what_became_of_them(engine: Engine) -> None:
    with writing(engine) as connection:
        put(connection, Message("k", "petugas", "BPBD", "", "[KRITIS] Air naik", "isi", 2, NOW, "tanpa saluran"))
    (row,) = ask(engine, "alerts.messages").rows
    assert (row["channel"], row["state"]) == ("belum dipasang", "tanpa saluran")


def test_the_panel_says_who_owns_what_stands_and_that_nobody_has_it(engine: Engine) -> None:
    raised(engine, waits_since=NOW)
    raised(engine, State.UNKNOWN, beneath=State.ACKNOWLEDGED, is_accepted=True)
    with reading(engine) as connection:
        found = standing(connection, NOW)
    assert (found.value, found.band) == (2, "Kritis, belum diterima")
    assert [row["value"] for row in found.detail["rows"]] == [
        "Diskominfo, belum diterima", "Diskominfo, tidak diketahui (diterima)",
    ]  # fmt: skip
    assert found.detail["rows"][1]["label"].endswith("(data terputus)")


def test_a_silence_has_a_rule_a_length_and_a_reason(engine: Engine) -> None:
    rules = {"air": "Air"}
    with writing(engine) as connection:
        for rule, span, reason, said in [
            ("gas", "1 jam", "uji coba", "Aturan 'gas' tidak ada"),
            ("air", "1 tahun", "uji coba", "Lama '1 tahun' tidak ada"),
            ("air", "1 jam", "uji", "Alasan 'uji' 3 huruf"),
        ]:
            with pytest.raises(EntryRefused, match=said):
                editing.silence(connection, rules, rule, span, reason, SARI, NOW)
        editing.silence(connection, rules, "air", "1 jam", "uji pintu air", SARI, NOW)
        (kept,) = silences.silences_at(connection, NOW)
        assert (kept.covers("air"), kept.covers("gas")) == (True, False)
        editing.end(connection, kept.id, SARI, NOW + timedelta(minutes=1))
        assert silences.silences_to_come(connection, NOW + timedelta(minutes=2)) == []
        assert silences.silences_at(connection, NOW) == [kept]


def test_the_strip_of_the_wall_counts_alerts_by_severity_and_those_that_nobody_can_see(engine: Engine) -> None:
    raised(engine)
    raised(engine, State.UNKNOWN, beneath=State.ACTIVE)
    with writing(engine) as connection:
        alert = Alert(State.ACTIVE, Severity.WASPADA, NOW, NOW, raised_at=NOW)
        alerts.begin(
            connection, Kept(0, "sumber.putus", "x", alert, "Sumber", "sumber data", "DLH", False, on_wall=False)
        )
        counts = {count["label"]: count["value"] for count in standing(connection, NOW).detail["counts"]}
    assert counts == {"kritis": 2, "waspada": 0, "tak terpantau": 1}
