"""What a ministry published of this regency: indices over the years with the break between instruments, and groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection

from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Column, Question, nothing
from dashboard.formulas.written_number import written
from dashboard.indicators.assessment_state import newest_state, state_of
from dashboard.instruments import level_sums
from dashboard.store import assessments
from dashboard.store.published_results import results
from datasources.spbe.instrument import Instrument
from datasources.spbe.instrument_files import instruments
from datasources.spbe.records import PublishedResult

PUBLISHED, ENTERED = "spbe_published", "spbe_levels"
NO_RESULT = "belum ada hasil yang diterbitkan; pasang sumber spbe.published"
OLDER = "SPBE-2018"
BREAK = (
    "Garis terputus dengan sengaja: skala, bobot, ambang, dan arti predikat berbeda, sehingga angka {before} dan "
    "{after} tidak dapat dibandingkan. Beda angkanya bukan bukti bahwa layanan membaik atau memburuk."
)
COLUMNS = (
    Column("year", "Tahun", "text", role="x"),
    Column("instrument", "Instrumen", "text", role="group"),
    Column("index", "Indeks", unit="dari 5", decimals=2, role="y"),
    Column("predicate", "Predikat", "text", role="label"),
    Column("source", "Sumber", "text", role="note"),
)


def title_of(instrument: str) -> str:
    """What an instrument is called; its id where it is not one of ours."""
    found = instruments().get(instrument)
    return found.title if found else {OLDER: "SPBE 2018 (35 indikator)"}.get(instrument, instrument)


def breaks(used: Sequence[str]) -> list[str]:
    """A sentence for each change of instrument among those in the order of their years."""
    changed = [(a, b) for a, b in pairwise(used) if a != b]
    return [BREAK.format(before=title_of(a), after=title_of(b)) for a, b in dict.fromkeys(changed)]


def published_history(connection: Connection, _filters: Filters, _at: datetime) -> Answer:
    """Every published result; years without one are named, not drawn over."""
    known = results(connection)
    if not known:
        return nothing(NO_RESULT)
    rows = [
        {"year": str(r.year), "instrument": r.instrument, "index": r.index, "predicate": r.predicate,
         "source": f"{r.source} (keyakinan {r.confidence})"}
        for r in known
    ]  # fmt: skip
    have = {r.year for r in known}
    absent = [str(y) for y in range(min(have), max(have)) if y not in have]
    notes = ["Fakta terbitan, dibulatkan dua desimal oleh kementerian; bukan isian dan bukan simulasi."]
    if absent:
        notes.append(
            f"Tahun {', '.join(absent)}: hasil Kabupaten Mojokerto tidak ditemukan; tidak diisi dengan perkiraan."
        )
    successor = [i.id for i in instruments().values() if i.first_year > max(have)]
    notes += breaks([*(r.instrument for r in known), *successor])
    return Answer(COLUMNS, rows, n=len(rows), data_time=known[-1].data_time, notes=notes)


def entered_history(connection: Connection, _filters: Filters, at: datetime) -> Answer:
    """The indices that follow from entered values, each year on its furthest stages."""
    states = [
        state_of(connection, instrument, year, at)
        for instrument in instruments().values()
        for year in assessments.years(connection, instrument.id, at)
    ]
    if not states:
        return nothing("belum ada nilai indikator yang diisi")
    rows = [
        {"year": str(s.year), "instrument": s.instrument.id, "index": s.found.index, "predicate": s.found.predicate,
         "source": s.stage_words()}
        for s in sorted(states, key=lambda s: (s.instrument.first_year, s.year))
    ]  # fmt: skip
    columns = (*COLUMNS[:-1], Column("source", "Tahap", "text", role="note"))
    open_years = [f"{s.instrument.title} {s.year}: {len(s.found.missing)} indikator" for s in states if s.found.missing]
    notes = ["Dihitung dari nilai per indikator yang diisi; terpisah dari hasil yang diterbitkan."]
    notes += [f"Belum lengkap, tanpa indeks: {'; '.join(open_years)}."] if open_years else []
    newest = max(s.assessed_at for s in states)
    return Answer(
        columns, rows, n=len(rows), data_time=newest, notes=notes + breaks([str(r["instrument"]) for r in rows])
    )


def published_groups(connection: Connection, _filters: Filters, _at: datetime) -> Answer:
    """The newest published group values, and the sums of levels that must stand behind them."""
    known = [r for r in results(connection) if r.groups and r.instrument in instruments()]
    if not known:
        return nothing(NO_RESULT)
    newest, instrument = known[-1], instruments()[known[-1].instrument]
    rows = [_group_row(instrument, newest, number) for number in newest.groups]
    columns = (
        Column("group", instrument.upper_name.capitalize(), "text", role="label"),
        Column("value", "Nilai terbit", unit="dari 5", decimals=2, role="value"),
        Column("sums", "Jumlah level", "text", role="note"),
        Column("room", "Masih dapat naik", "text"),
    )
    notes = [f"Hasil {newest.year}: {written(newest.index, 2)} ({newest.predicate}). Sumber: {newest.source}.",
             *_missing_levels(connection, instrument)]  # fmt: skip
    return Answer(columns, rows, n=len(rows), data_time=newest.data_time, notes=notes)


def _group_row(instrument: Instrument, newest: PublishedResult, number: int) -> dict[str, object]:
    """Level sums of one group over all readings: '45 dari 50', or '47 + 29 atau 48 + 28 dari 80'."""
    readings = level_sums(instrument, newest.groups, newest.index)
    highest = int(instrument.values.highest)
    of_group = [{c: s for c, s in r.sums.items() if c.group == number} for r in readings]
    top = sum(highest * len(c.members) for c in (of_group[0] if of_group else {}))
    sums = dict.fromkeys(" + ".join(map(str, r.values())) for r in of_group)
    points = sorted({sum(c.weight * (highest * len(c.members) - s) for c, s in r.items()) for r in of_group})
    levels = sorted({top - sum(r.values()) for r in of_group})
    room = f"{' atau '.join(map(str, levels))} level, {' atau '.join(written(p, 2) for p in points)} poin bobot"
    return {
        "group": instrument.upper_groups[number].name,
        "value": newest.groups[number],
        "sums": f"{' atau '.join(sums)} dari {top}" if sums else "tidak dapat diuraikan",
        "room": room if sums else None,
    }


def _missing_levels(connection: Connection, instrument: Instrument) -> list[str]:
    """Which levels nobody has entered; the levels of single indicators are never guessed from sums."""
    state = newest_state(connection, instrument)
    n = len(instrument.indicators)
    if state is None:
        return [f"Level ke-{n} indikator tidak diterbitkan dan belum diisi; yang pasti hanya jumlah levelnya."]
    if state.found.missing:
        listed = ", ".join(map(str, state.found.missing))
        return [f"Belum diisi untuk {state.year}: indikator {listed}; yang pasti hanya jumlah levelnya."]
    return [f"Rincian per indikator {state.year} berasal dari isian, bukan dari terbitan."]


QUESTIONS = (
    Question(
        id="spbe.published_history", title="Indeks yang diterbitkan", family="spbe", topics=(PUBLISHED,),
        form="index_history", clock="Hasil evaluasi tahunan KemenPANRB untuk Kabupaten Mojokerto",
        ask=published_history, basis="Laporan evaluasi KemenPANRB", by_kecamatan=False, by_period=False,
    ),
    Question(
        id="spbe.published_groups", title="Yang mengikuti dari nilai terbitan", family="spbe", topics=(PUBLISHED,),
        form="scales", clock="Nilai domain tahun terbaru yang diterbitkan; jumlah level dihitung mundur secara eksak",
        ask=published_groups, basis="PermenPANRB 59/2020", by_kecamatan=False, by_period=False,
    ),
    Question(
        id="spbe.entered_history", title="Indeks dari nilai yang diisi", family="spbe", topics=(ENTERED,),
        form="index_history", clock="Nilai per indikator pada tahap terjauh setiap tahun", ask=entered_history,
        by_kecamatan=False, by_period=False, as_known=True,
    ),
)  # fmt: skip
