"""Green open space by kecamatan against 20 % public and 10 % private of its urban area, and by kind."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.exploring.resources.periods import until
from dashboard.formulas.green_space import BASIS, GreenSpace
from dashboard.indicators.urban_green import UrbanGreen, urban_green
from datasources.region import kecamatan

NO_INVENTORY = "inventaris RTH belum diisi; lihat templat rth"
COLUMNS = (
    Column("place", "Kecamatan", "text"),
    Column("urban", "Kawasan perkotaan", unit="ha", decimals=1),
    Column("public", "RTH publik", unit="ha", decimals=1),
    Column("private", "RTH privat", unit="ha", decimals=1),
    Column("public_share", "Publik", unit="%", decimals=1),
    Column("private_share", "Privat", unit="%", decimals=1),
    Column("public_short", "Kurang publik", unit="poin", decimals=1),
    Column("private_short", "Kurang privat", unit="poin", decimals=1),
    Column("needed", "Lahan publik yang kurang", unit="ha", decimals=1),
    Column("why", "Keterangan", "text"),
)


def by_kecamatan(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """The whole first, then each kecamatan that has an urban area or green space."""
    found = urban_green(connection, until(filters, at))
    if found is None:
        return nothing(NO_INVENTORY)
    seen = {a.kecamatan_code for a in found.areas} | set(found.urban)
    places = [k for k in kecamatan() if k.code in seen and filters.kecamatan in (None, k.code)]
    rows = [] if filters.kecamatan else [_row("Semua yang diketahui", None, found)]
    rows += [_row(k.name, k.code, found) for k in places]
    said = [
        f"Inventaris {found.year}. Kelebihan RTH privat tidak menutup kekurangan RTH publik.",
        f"Luas kawasan perkotaan diketahui untuk {len(found.urban)} dari {len(kecamatan())} kecamatan.",
    ]
    if found.left_out:
        said.append(f"{found.left_out} RTH tidak dihitung: luas kawasan perkotaan kecamatannya belum diisi.")
    return Answer(COLUMNS, rows, n=found.places, data_time=found.data_time, notes=said)


def _row(name: str, code: str | None, found: UrbanGreen) -> dict[str, Any]:
    share = found.share(code)
    row = {"place": name, "urban": found.urban_ha(code)}
    if not isinstance(share, GreenSpace):
        return row | {"why": share.missing}
    urban = found.urban_ha(code) or Decimal(0)
    return row | {
        "public": found.hectares("publik", code),
        "private": found.hectares("privat", code),
        "public_share": share.public * 100,
        "private_share": share.private * 100,
        "public_short": share.public_short,
        "private_short": share.private_short,
        "needed": share.public_short / 100 * Fraction(urban),
        "status": "waspada" if share.public_short or share.private_short else None,
    }


def by_kind(connection: Connection, filters: Filters, at: datetime) -> Answer:
    """Hectares by kind and owner, the largest first."""
    found = urban_green(connection, until(filters, at))
    if found is None:
        return nothing(NO_INVENTORY)
    areas = [a for a in found.areas if filters.kecamatan in (None, a.kecamatan_code)]
    if not areas:
        return nothing("tidak ada RTH tercatat di kecamatan ini")
    pairs = dict.fromkeys((a.kind, a.ownership) for a in areas)
    rows = [
        {
            "kind": f"{kind.capitalize()} ({ownership})",
            "area": sum((a.area_ha for a in areas if (a.kind, a.ownership) == (kind, ownership)), Decimal(0)),
            "places": sum(a.places for a in areas if (a.kind, a.ownership) == (kind, ownership)),
        }
        for kind, ownership in pairs
    ]
    rows.sort(key=lambda row: -Decimal(str(row["area"])))
    columns = (
        Column("kind", "Jenis", "text", role="label"),
        Column("area", "Luas", unit="ha", decimals=1, role="value"),
        Column("places", "Tempat", unit="tempat", role="note"),
    )
    return Answer(
        columns, rows, n=sum(a.places for a in areas), data_time=found.data_time, notes=(f"Inventaris {found.year}.",)
    )


QUESTIONS = (
    Question(
        id="green_space.kecamatan", title="RTH terhadap kawasan perkotaan", family="lingkungan",
        topics=("green_space",), form="table", ask=by_kecamatan, basis=BASIS.words,
        clock="Inventaris terbaru sampai akhir masa ini; 20 % publik dan 10 % privat dari kawasan perkotaan",
    ),
    Question(
        id="green_space.kinds", title="RTH menurut jenis", family="lingkungan", topics=("green_space",), form="bars",
        ask=by_kind, clock="Inventaris terbaru sampai akhir masa ini", basis=BASIS.words,
    ),
)  # fmt: skip
