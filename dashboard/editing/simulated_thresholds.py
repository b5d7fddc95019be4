"""Siaga thresholds of the simulated posts, entered once: the demonstration shows what an officer's entry does."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.clock import day_start
from dashboard.editing.entry import EDITS
from dashboard.store import changes
from dashboard.store.river_thresholds import Threshold, keep_thresholds, standing_thresholds
from datasources.demo.rivers import MQTT_STEPS, POSTS

BASIS = "SIMULASI: ambang karangan dunia tiruan, bukan ambang pos mana pun"
BY = "Dunia simulasi"
ACTIONS = {
    "Siaga III": "Piket memantau tiap 30 menit dan mengabari camat serta kepala desa",
    "Siaga hijau": "Piket memantau tiap jam dan mencatat di buku jaga",
    "Siaga II": "Siagakan perahu dan karung pasir; camat membuka posko",
    "Siaga kuning": "Siagakan personel dan peralatan; tutup jalan inspeksi",
    "Siaga I": "Evakuasi warga bantaran, sirene dan pengeras suara, posko penuh",
    "Siaga merah": "Evakuasi warga bantaran; koordinasi buka pintu dengan PJT I",
}


def enter_once(connection: Connection, at: datetime) -> int:
    """Enter them where nothing was entered yet, withdrawn entries aside; returns for how many posts."""
    if standing_thresholds(connection):
        return 0
    posts = [(p.sensor.id, "discharge" if p.discharge else "river_level", p.steps) for p in POSTS if p.steps]
    posts += [(station, "river_level", steps) for station, steps in MQTT_STEPS.items()]
    since = day_start(at) - timedelta(days=365)
    for station, parameter, steps in posts:
        entered = [Threshold(w, Decimal(value), Decimal(back), "BPBD", ACTIONS[w]) for w, value, back in steps]
        keep_thresholds(connection, station, parameter, since, entered, BASIS, BY, at)
    changes.announce(connection, [EDITS], at)
    return len(posts)
