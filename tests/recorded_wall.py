"""Readings of every indicator on the wall, recorded from the demonstration, and the same on its worst day."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from dashboard import clock
from dashboard.formulas.freshness import Contract, FreshState, worst
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.indicator import Status
from dashboard.indicators.reading import Reading
from dashboard.store.database import to_ms
from dashboard.store.source_states import SourceState
from layouts.wall.document import ALARMS
from layouts.wall.scenes import SCENES
from tests.builders import freshness_of

SAMPLE = Path(__file__).parent / "samples" / "wall_readings.json"
ON_THE_WALL = sorted({ALARMS.indicator, *(place.indicator for scene in SCENES for place in scene.places)})
MOMENTS = ("since", "until_ms")


def record(readings: dict[str, Reading]) -> None:
    """Write the sample; from the store of a demonstration that has run for a while."""
    kept = {name: _plain(readings[name]) for name in ON_THE_WALL}
    SAMPLE.write_text(json.dumps(kept, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def _plain(r: Reading) -> dict[str, Any]:
    sources = [
        {"id": s.id, "title": s.title, "owner": s.owner, "attribution": s.attribution, "topics": s.topics,
         "stale_s": s.contract.stale_after.total_seconds(), "simulated": s.simulated}
        for s in r.sources
    ]  # fmt: skip
    return {
        "at": to_ms(r.at), "value": None if r.value is None else str(r.value), "status": r.status, "band": r.band,
        "n": r.n, "age_s": r.age_s, "missing": r.missing, "detail": r.detail, "simulated": r.simulated,
        "sources": sources,
    }  # fmt: skip


@cache
def _sample() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return found


def recorded(at: datetime | None = None) -> dict[str, Reading]:
    """Every indicator of the catalogue at `at`, now by default; what is on no wall has no value."""
    now = at or clock.now()
    return {name: _reading(name, now) for name in CATALOGUE}


def _reading(name: str, now: datetime) -> Reading:
    kept = _sample().get(name)
    if kept is None:
        return Reading(CATALOGUE[name], now, None, Status.UNKNOWN, "", None, None, now, "belum ada sumber",
                       worst([]), (), False)  # fmt: skip
    sources = tuple(_source(one, now) for one in kept["sources"])
    known = None if kept["age_s"] is None else now - timedelta(seconds=kept["age_s"])
    return Reading(
        CATALOGUE[name], now, None if kept["value"] is None else Decimal(kept["value"]), Status(kept["status"]),
        kept["band"], kept["n"], known, now, kept["missing"], worst([s.freshness(now) for s in sources]), sources,
        kept["simulated"], detail=_moved(kept["detail"], to_ms(now) - kept["at"]),
    )  # fmt: skip


def _source(kept: dict[str, Any], now: datetime) -> SourceState:
    return SourceState(
        id=kept["id"], title=kept["title"], owner=kept["owner"], topics=tuple(kept["topics"]),
        contract=Contract(timedelta(seconds=kept["stale_s"])), simulated=kept["simulated"],
        attribution=kept["attribution"], answered_at=now - timedelta(seconds=20), newest_data_at=now,
    )  # fmt: skip


def _moved(part: Any, by_ms: int) -> Any:
    """The same detail with its moments so much later."""
    if isinstance(part, dict):
        return {k: v + by_ms if k in MOMENTS and isinstance(v, int) else _moved(v, by_ms) for k, v in part.items()}
    return [_moved(one, by_ms) for one in part] if isinstance(part, list) else part


LISTED: dict[str, dict[str, Any]] = {
    "alerts.standing": {
        "counts": [
            {"mark": "kritis", "label": "kritis", "value": 12},
            {"mark": "waspada", "label": "waspada", "value": 34},
            {"mark": "unknown", "label": "tak terpantau", "value": 5},
        ],
        "rows": [
            {"label": f"Hujan 24 jam ke depan: sangat lebat di Dawarblandong dan {place} kecamatan lain",
             "value": "BPBD, belum diterima", "since": 0, "status": "kritis"}
            for place in range(12)
        ],
    },
    "directives.open": {
        "counts": [{"label": "arahan lewat", "value": 11}],
        "rows": [
            {"label": "Dinas Perumahan Rakyat: Periksa tanggul Kali Sadar di Mojosari dan laporkan hari ini",
             "value": "dikerjakan, lewat tenggat", "status": "waspada"}
            for _ in range(12)
        ],
    },
}  # fmt: skip
"""What the demonstration does not always have: more than fits."""


def critical(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """Every judged value raised, with the longest word its bands have; alerts that wait, and instructions overdue."""
    listed = {name: replace(readings[name], detail=detail) for name, detail in LISTED.items()}
    return {name: _raised(r) for name, r in {**readings, **listed}.items()}


def _raised(r: Reading) -> Reading:
    bands: Sequence[str] = [band.word for band in r.indicator.bands]
    if not bands or r.value is None:
        return r
    return replace(r, status=Status.KRITIS, band=max(bands, key=len))


def lost(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """Every source silent since half an hour ago."""
    return {
        name: replace(r, freshness=freshness_of(FreshState.LOST, r.at - timedelta(minutes=30))) if r.sources else r
        for name, r in readings.items()
    }


def promised(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """Every source in order, with a contract of an hour: none turns old while something else is looked at."""
    return {name: _patient(r) for name, r in readings.items()}


def _patient(r: Reading) -> Reading:
    sources = tuple(replace(source, contract=Contract(timedelta(hours=1))) for source in r.sources)
    return replace(r, sources=sources, freshness=worst([source.freshness(r.at) for source in sources]))


def unknown(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """No value at all, and the reason in words."""
    return {
        name: replace(r, value=None, band="", status=Status.UNKNOWN, detail={}, n=None,
                      missing="tidak ada kejadian dengan waktu tiba pada 28 hari terakhir")
        for name, r in readings.items()
    }  # fmt: skip
