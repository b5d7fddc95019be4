"""Energy of government buildings: how many waste it, and how much of it the sun gives."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.formulas.energy_intensity import BASIS, CAUTION, WORDS
from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.solar_yield import BASIS as SOLAR_BASIS
from dashboard.formulas.written_number import written
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.indicators.percent import percent
from dashboard.indicators.rated_buildings import rated_buildings
from dashboard.indicators.renewables import renewables
from datasources.resources.record_days import month_end

OWNER = "Setda"
AUDIT = "minta audit energi gedung boros dari OPD penghuninya (usulan, perlu konfirmasi Setda)"
BANDS = (
    Band("Tidak ada gedung boros", Status.NORMAL, None, Decimal("0.01")),
    Band("Ada gedung boros", Status.WASPADA, Decimal("0.01"), None, action=AUDIT),
)


def wasteful_share(connection: Connection, at: datetime) -> Finding:
    """Buildings of class boros among those that can have a class."""
    buildings, newest = rated_buildings(connection, at)
    if newest is None:
        return Finding(None, None, missing="belum ada pemakaian listrik gedung dalam 18 bulan terakhir")
    words = Counter(b.word for b in buildings if isinstance(b.word, str))
    why = Counter(b.word.missing for b in buildings if isinstance(b.word, NotComputable))
    n = words.total()
    rows = [{"label": word.capitalize(), "value": f"{words[word]} gedung"} for word in WORDS]
    rows += [{"label": f"Tanpa kelas: {reason}", "value": f"{count} gedung"} for reason, count in why.most_common()]
    if not n:
        return Finding(
            None, month_end(newest), n=0, missing="tidak ada gedung yang dapat diberi kelas", detail={"rows": rows}
        )
    share = Decimal(100 * words["boros"]) / n
    return Finding(share, month_end(newest), n=n, detail={"gedung": len(buildings), "rows": rows})


def renewable_share(connection: Connection, at: datetime) -> Finding:
    """Solar power used on the spot over all that government buildings use."""
    found = renewables(connection, at)
    if found is None:
        return Finding(None, None, missing="belum ada produksi PLTS dalam 18 bulan terakhir")
    rows = [
        {"label": "Daya terpasang", "value": f"{written(found.kwp, 1)} kWp di {len(found.plants)} tempat"},
        {"label": "Dipakai sendiri", "value": f"{written(found.own_kwh, 0)} kWh"},
        {"label": "Dari jaringan", "value": f"{written(found.imported_kwh, 0)} kWh"},
    ]
    if isinstance(found.share, NotComputable):
        return Finding(None, month_end(found.newest), n=0, missing=found.share.missing, detail={"rows": rows})
    return Finding(percent(found.share), month_end(found.newest), n=found.months, detail={"rows": rows})


INDICATORS = (
    Indicator(
        id="energy.wasteful_share", title="Gedung pemerintah boros listrik", unit="%", topics=("energy",),
        formula=wasteful_share, clock="IKE rata-rata 12 bulan terakhir; gedung dengan luas dan sedikitnya 9 bulan",
        owner=OWNER, basis=f"{BASIS.words}; {CAUTION}", better="down", bands=BANDS,
        scale=(Decimal(0), Decimal(100)), family="lingkungan", in_briefing=False,
    ),
    Indicator(
        id="energy.renewable_share", title="Listrik surya gedung pemerintah", unit="%", topics=("energy",),
        formula=renewable_share, clock="PLTS yang dipakai sendiri ÷ seluruh pemakaian, bulan yang keduanya diketahui",
        owner=OWNER, basis=SOLAR_BASIS.words, decimals=1, better="up", family="lingkungan", in_briefing=False,
    ),
)  # fmt: skip
