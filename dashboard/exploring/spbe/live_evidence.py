"""What live measurements can say as evidence for an indicator: value and age now, or that nothing is measured yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Ask, Column, Question, nothing
from dashboard.formulas.written_number import written
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.store.measurements import Measurement, as_of
from datasources.spbe.instrument import Instrument
from datasources.spbe.instrument_files import instruments

COLUMNS = (
    Column("indicator", "Indikator", "text", role="label"),
    Column("theme", "Yang dapat ditunjukkan data langsung", "text"),
    Column("measured", "Ukuran", "text"),
    Column("value", "Sekarang", "text"),
    Column("at", "Data per", "moment"),
)
NOT_YET = "belum ada ukuran langsung"


def _asked(instrument: Instrument) -> Ask:
    def ask(connection: Connection, _filters: Filters, at: datetime) -> Answer:
        ids = [m for live in instrument.lives.values() for m in live.measured if m in CATALOGUE]
        known = as_of(connection, at, list(dict.fromkeys(ids))) if ids else {}
        rows = [row for number in instrument.lives for row in _rows(instrument, number, known)]
        if not rows:
            return nothing("instrumen ini tidak menyebut ukuran langsung")
        moments = [m.data_time for m in known.values() if m.data_time]
        covered = sum(
            instrument.indicators[n].weight
            for n, live in instrument.lives.items()
            if any(m in known for m in live.measured)
        )
        notes = [
            f"Bukti pendukung untuk {written(covered, 2)} % bobot {instrument.title}; nilai tetap dari asesor.",
            "Angka langsung tidak mengubah nilai indikator mana pun.",
        ]
        return Answer(COLUMNS, rows, n=len(known), data_time=max(moments, default=None), notes=notes)

    return ask


def _rows(instrument: Instrument, number: int, known: dict[str, Measurement]) -> list[dict[str, object]]:
    live, indicator = instrument.lives[number], instrument.indicators[number]
    first = {"indicator": f"{number} {indicator.short_name}", "theme": live.theme}
    measured = [m for m in live.measured if m in CATALOGUE]
    if not measured:
        return [{**first, "measured": None, "value": NOT_YET, "at": None}]
    return [{**first, "measured": CATALOGUE[m].title, **_now(m, known.get(m))} for m in measured]


def _now(name: str, found: Measurement | None) -> dict[str, object]:
    if found is None or found.value is None:
        return {"value": found.missing if found and found.missing else "belum terukur", "at": None}
    indicator = CATALOGUE[name]
    simulated = " · SIMULASI" if found.simulated else ""
    value = f"{written(found.value, indicator.decimals)} {indicator.unit}".strip()
    return {"value": f"{value}{simulated}", "at": found.data_time}


def _topics(instrument: Instrument) -> tuple[str, ...]:
    measured = (m for live in instrument.lives.values() for m in live.measured if m in CATALOGUE)
    return tuple(dict.fromkeys(topic for m in measured for topic in CATALOGUE[m].topics))


QUESTIONS = tuple(
    Question(
        id=f"{instrument.key}.live", title=f"Bukti dari data langsung untuk {instrument.title}", family="spbe",
        topics=_topics(instrument), form="table", clock="Ukuran yang berjalan di dasbor ini",
        ask=_asked(instrument), by_kecamatan=False, by_period=False, as_known=True,
    )
    for instrument in instruments().values()
    if instrument.lives
)  # fmt: skip
