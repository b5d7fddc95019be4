"""An application's tickets on loopback, and a reader that asks for them as the runner does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from datasources.calls112 import ticket_api
from datasources.calls112.records import Incident
from datasources.calls112.ticket_api import TicketApi
from datasources.contract import Refused
from tests.datasources.loopback import Loopback, serving

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
KEY = SecretStr("kunci-uji-yang-cukup-panjang")
COLUMNS = {
    "id": "nomor", "received": "waktu.masuk", "arrived": "waktu.tiba", "category": "kategori.nama", "opd": "opd.0.nama",
    "kecamatan": "lokasi.kecamatan", "lat": "lokasi.lat", "lon": "lokasi.lng", "status": "status",
    "caller": "pelapor.telepon", "first_call": "panggilan.0", "n_calls": "jumlah_panggilan", "class": "jenis",
}  # fmt: skip
NAME, NUMBER = "Sulastri Handayani", "081234567890"


@pytest.fixture
def site() -> Iterator[Loopback]:
    with serving() as loopback:
        yield loopback


@pytest.fixture(autouse=True)
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticket_api, "now", lambda: NOW)


class Asking:
    """Fetches as the runner does, with the cursor kept as JSON."""

    def __init__(self, site: Loopback, **options: Any) -> None:
        base = {"address": site.url("/tickets"), "columns": COLUMNS, "caller_key": KEY}
        self.reader = TicketApi.model_validate({**base, **options})
        self.cursor: dict[str, Any] = {}
        self.given: list[Incident] = []
        self.refused: list[Refused] = []
        self.batches = 0

    def fetch(self) -> list[Incident]:
        before = len(self.given)
        for batch in self.reader.fetch(self.cursor):
            self.given.extend(r for r in batch.records if isinstance(r, Incident))
            self.refused.extend(batch.refused)
            self.cursor = json.loads(json.dumps(batch.cursor))
            self.batches += 1
        return self.given[before:]


def ticket(number: str | None, **change: Any) -> dict[str, Any]:
    return {
        "nomor": number,
        "waktu": {"masuk": "2026-11-22 14:05", "tiba": "2026-11-22 14:17:00"},
        "kategori": {"nama": "Kebakaran"},
        "opd": [{"nama": "Damkar"}, {"nama": "Dinkes"}],
        "lokasi": {"kecamatan": "Pacet", "lat": -7.6727, "lng": "112.543", "alamat": "Jalan Mawar 3"},
        "status": "diproses",
        "pelapor": {"nama": NAME, "telepon": NUMBER},
        "panggilan": ["1763794800.21"],
        "jumlah_panggilan": 2,
        "jenis": "darurat",
        "diubah": "2026-11-22 14:20:00",
        **change,
    }
