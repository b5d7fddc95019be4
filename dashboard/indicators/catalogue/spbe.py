"""SPBE: the index of the newest assessed year, its four domains, and what is missing to the next predicate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.formulas import spbe_index as formula
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.indicators.percent import decimal
from dashboard.store import spbe as store

OWNER = "Diskominfo"
SCALE = (Decimal(1), Decimal(5))
_STARTS = [(word, start) for word, start in formula.PREDICATES]
BANDS = tuple(
    Band(word, Status.NORMAL, start, _STARTS[i - 1][1] if i else None) for i, (word, start) in enumerate(_STARTS)
)


def _newest_year(connection: Connection) -> tuple[int, dict[int, int], datetime] | None:
    years = store.levels_by_year(connection, formula.INSTRUMENT)
    if not years:
        return None
    year = max(years)
    assessed = store.newest_assessment_at(connection, formula.INSTRUMENT, year)
    return year, years[year], assessed or datetime(year, 1, 1, tzinfo=UTC)


def _of_index(judge: Callable[[formula.SpbeIndex, int, datetime, Connection], Finding]) -> Callable:
    def measured(connection: Connection, at: datetime) -> Finding:
        newest = _newest_year(connection)
        if newest is None:
            return Finding(None, None, missing="level 47 indikator belum diisi; lihat buku kerja SPBE")
        year, levels, assessed = newest
        return judge(formula.spbe_index(levels), year, assessed, connection)

    return measured


def _incomplete(found: formula.SpbeIndex, year: int, assessed: datetime) -> Finding:
    numbers = ", ".join(map(str, found.missing[:10])) + (" …" if len(found.missing) > 10 else "")
    missing = f"{len(found.missing)} dari 47 indikator tahun {year} belum diisi: {numbers}"
    return Finding(None, assessed, n=47 - len(found.missing), missing=missing)


def _index(found: formula.SpbeIndex, year: int, assessed: datetime, connection: Connection) -> Finding:
    """The unrounded index; earlier years in the detail."""
    if found.index is None:
        return _incomplete(found, year, assessed)
    years = store.levels_by_year(connection, formula.INSTRUMENT)
    series = [
        {"x": str(y), "value": float(i)} for y in sorted(years) if (i := formula.spbe_index(years[y]).index) is not None
    ]
    detail = {"tahun": year, "series": series, "predikat_diperdebatkan": found.predicate_disputed}
    return Finding(found.index, assessed, n=47, band=found.predicate, detail=detail)


def _gap(found: formula.SpbeIndex, year: int, assessed: datetime, _connection: Connection) -> Finding:
    """Weight points to the next predicate; one level up of an indicator adds its weight in percent."""
    if found.index is None:
        return _incomplete(found, year, assessed)
    following = formula.to_next_predicate(found.index)
    if following is None:
        return Finding(Decimal(0), assessed, n=47, detail={"tahun": year, "predikat_berikut": None})
    return Finding(following.points, assessed, n=47, detail={"tahun": year, "predikat_berikut": following.predicate})


def _domain(number: int) -> Callable:
    def judge(found: formula.SpbeIndex, year: int, assessed: datetime, _connection: Connection) -> Finding:
        value = decimal(found.domains[number])
        if value is None:
            return _incomplete(found, year, assessed)
        return Finding(
            value,
            assessed,
            n=sum(i.domain == number for i in formula.INDICATORS.values()),
            detail={"tahun": year},
        )

    return _of_index(judge)


YEAR = "Tahun penilaian terbaru yang diisi; tahap terjauh"

INDICATORS = (
    Indicator(
        id="spbe.index", title="Indeks SPBE", unit="dari 5", topics=("spbe_levels",), formula=_of_index(_index),
        clock=YEAR, owner=OWNER, basis=formula.LEGAL_BASIS, decimals=2, better="up", target=Decimal("4.2"),
        target_basis="batas predikat Memuaskan", scale=SCALE, bands=BANDS, family="spbe",
    ),
    Indicator(
        id="spbe.gap_to_next", title="Kekurangan ke predikat berikut", unit="poin bobot", topics=("spbe_levels",),
        formula=_of_index(_gap), clock=f"{YEAR}; 1 poin = 0,01 indeks", owner=OWNER, basis=formula.LEGAL_BASIS,
        decimals=2, better="down", family="spbe",
    ),
    *(
        Indicator(
            id=f"spbe.domain{number}", title=name, unit="dari 5", topics=("spbe_levels",), formula=_domain(number),
            clock=YEAR, owner=OWNER, basis=formula.LEGAL_BASIS, decimals=2, better="up", scale=SCALE, bands=BANDS,
            family="spbe",
        )
        for number, name in formula.DOMAIN_NAMES.items()
    ),
)  # fmt: skip
