"""A short day of sensors: the broker dies twice, and nothing that our client acknowledged is lost.

What a broker acknowledges to a sensor before it has written it down is the broker's promise, not ours: Mosquitto does
so, and killed in those moments it forgets. What it still has it sends us again.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.mqtt_day import FAULTS, MOSQUITTO, a_day
from tests.conftest import missing_service

REASONS = {
    "rusak": "pesan bukan JSON yang sah",
    "satuan": "satuan 'ppm' untuk pm25 tidak dikenal",
    "depan": "masih di depan",
    "mustahil": "tidak mungkin",
    "tanpa_stasiun": "'station' kosong",
}


@pytest.mark.mqtt
def test_nothing_we_acknowledged_is_lost_and_each_bad_message_has_its_reason(tmp_path: Path, sqlite_url: str) -> None:
    if MOSQUITTO is None:
        missing_service("mosquitto")
    with a_day(sqlite_url, tmp_path, sensors=25, minutes=40) as day:
        assert day.kills == 2
        assert day.duplicates > 0
        assert set(day.bad) == set(FAULTS)
        assert day.acknowledged - day.kept() == set()
        assert day.good - day.kept() <= day.at_the_broker, "only what the broker alone had when it was killed hard"
        assert len(day.good - day.kept()) * 100 <= len(day.good), "and of that it has written down nearly all"
        assert day.kept() - day.good == set()
        reasons = day.quarantined()
        assert len(reasons) == sum(day.bad.values())
        for fault, count in day.bad.items():
            assert sum(REASONS[fault] in reason for reason in reasons) == count
