"""Green open space: the public share of the urban area, with the private share beside it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.formulas.green_space import BASIS, PRIVATE, PUBLIC
from dashboard.formulas.not_computable import NotComputable
from dashboard.formulas.written_number import written
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.indicators.percent import percent
from dashboard.indicators.urban_green import urban_green

BUY = "usulkan lahan RTH publik di kawasan perkotaan (usulan, perlu konfirmasi DPRKP2)"
BANDS = (
    Band("Di bawah 20 %", Status.WASPADA, None, PUBLIC, action=BUY),
    Band("Memenuhi 20 %", Status.NORMAL, PUBLIC, None),
)


def public_share(connection: Connection, at: datetime) -> Finding:
    """Public green space over the urban area of the kecamatan where both are known."""
    found = urban_green(connection, at)
    if found is None:
        return Finding(None, None, missing="inventaris RTH belum diisi; lihat templat rth")
    share = found.share()
    if isinstance(share, NotComputable):
        return Finding(None, found.data_time, n=0, missing=share.missing)
    rows = [
        {
            "label": f"Kawasan perkotaan {len(found.urban)} kecamatan",
            "value": f"{written(found.urban_ha() or 0, 1)} ha",
        },
        {"label": f"Privat, target {PRIVATE} %", "value": f"{written(share.private * 100, 1)} %"},
        {"label": "Kurang publik + privat", "value": f"{written(share.short, 1)} poin"},
    ]
    if found.left_out:
        rows.append({"label": "RTH tanpa luas kawasan, tidak dihitung", "value": f"{found.left_out} tempat"})
    return Finding(
        percent(share.public), found.data_time, n=found.places - found.left_out,
        detail={"tahun": found.year, "rows": rows},
    )  # fmt: skip


INDICATORS = (
    Indicator(
        id="green_space.public_share", title="RTH publik kawasan perkotaan", unit="%", topics=("green_space",),
        formula=public_share, clock="Inventaris tahun terbaru ÷ luas kawasan perkotaan, bukan luas kabupaten",
        owner="DPRKP2", basis=BASIS.words, decimals=1, better="up", target=PUBLIC,
        target_basis=f"{BASIS.words}: 20 % publik dan 10 % privat", bands=BANDS, scale=(Decimal(0), Decimal(40)),
        family="lingkungan",
    ),
)  # fmt: skip
