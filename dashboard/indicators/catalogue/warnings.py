"""BMKG's early warnings in force over the regency, kecamatan by kecamatan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from dashboard import clock
from dashboard.formulas.time_spans import hours_inside, together
from dashboard.indicators.catalogue.weather import BMKG, TO_CONFIRM
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.store.warning_spells import warning_spells
from dashboard.store.warnings_in_force import valid_warnings
from datasources.bmkg.records import Warning
from datasources.region import by_code, kecamatan

HEAVY = ("Severe", "Extreme")
WEEK = timedelta(days=7)


def active_warnings(connection: Connection, at: datetime) -> Finding:
    """BMKG alerts in force that touch one of the 18 kecamatan."""
    valid = [w for w in valid_warnings(connection, at) if w.kecamatan]
    touched = {code for w in valid for code in w.kecamatan}
    band = "Peringatan berat" if any(_status(w) is Status.KRITIS for w in valid) else (
        "Ada peringatan" if valid else "Tidak ada peringatan"
    )  # fmt: skip
    detail = {
        "rows": [_row(w, at) for w in valid],
        "kecamatan": {k.code: sum(k.code in w.kecamatan for w in valid) for k in kecamatan()},
        "kecamatan_words": {code: f"–{_until(_latest(valid, code), at)}" for code in sorted(touched)},
        "polygons": [{"ring": ring, "status": _status(w)} for w in valid for ring in w.polygons],
    }
    return Finding(
        Decimal(len(valid)), max((w.sent for w in valid), default=None), n=len(valid), band=band, detail=detail
    )


def _row(warning: Warning, at: datetime) -> dict[str, Any]:
    return {
        "label": warning.event,
        "value": ", ".join(by_code()[c].name for c in warning.kecamatan if c in by_code()),
        "codes": list(warning.kecamatan),
        "until": f"{_until(warning.expires, at)} WIB",
        "status": _status(warning),
    }


def _status(warning: Warning) -> Status:
    return Status.KRITIS if warning.severity in HEAVY else Status.WASPADA


def _latest(valid: Sequence[Warning], code: str) -> datetime:
    """Of parallel warnings the one that lasts longest says how long a kecamatan is warned."""
    return max(w.expires for w in valid if code in w.kecamatan)


def _until(moment: datetime, at: datetime) -> str:
    """'17.30', with the day when that is another one."""
    local = clock.wib(moment)
    return f"{local:%H.%M}" if local.date() == clock.wib(at).date() else f"{local:%d/%m %H.%M}"


def warned_week(connection: Connection, at: datetime) -> Finding:
    """Hours of the last 7 days under at least one warning for a kecamatan of ours; parallel ones count once."""
    start = at - WEEK
    spells = warning_spells(connection, start, at, at)
    hours = hours_inside(together(((s.start, s.end) for s in spells), start, at), start, at)
    per_kecamatan = {
        k.code: float(hours_inside(together(((s.start, s.end) for s in spells if k.code in s.kecamatan), start, at),
                                   start, at))
        for k in kecamatan()
    }  # fmt: skip
    newest = max((s.start for s in spells), default=None)
    return Finding(hours, newest, n=len(spells), detail={"kecamatan": per_kecamatan})


INDICATORS = (
    Indicator(
        id="weather.warned_week", title="Lama peringatan BMKG sepekan", unit="jam", topics=("warnings",),
        formula=warned_week, owner="BPBD", basis=BMKG, decimals=1, family="lingkungan",
        clock="7 hari terakhir; jam dengan sedikitnya satu peringatan berlaku di kabupaten",
    ),
    Indicator(
        id="weather.active_warnings", title="Peringatan dini cuaca", unit="peringatan", topics=("warnings",),
        formula=active_warnings, owner="BPBD", basis=BMKG, family="lingkungan",
        clock="Berlaku saat ini menurut poligon dan kode provinsi; tanpa batas wilayah terpasang cakupannya perkiraan",
        bands=(
            Band("Tidak ada peringatan", Status.NORMAL),
            Band("Ada peringatan", Status.WASPADA),
            Band("Peringatan berat", Status.KRITIS,
                 action=f"teruskan ke camat, siagakan regu, pantau sungai ({TO_CONFIRM})"),
        ),
    ),
)  # fmt: skip
