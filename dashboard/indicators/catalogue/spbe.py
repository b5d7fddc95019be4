"""SPBE and Pemdi: index, groups and gap of the newest assessed year of each instrument, and what was published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.formulas.maturity_index import neighbours
from dashboard.indicators.assessment_state import AssessmentState, newest_state, state_of
from dashboard.indicators.indicator import Band, Finding, Indicator, Status
from dashboard.indicators.percent import decimal
from dashboard.instruments import scheme_of
from dashboard.store import assessments
from dashboard.store.published_results import results
from datasources.spbe.instrument import Instrument
from datasources.spbe.instrument_files import instruments

OWNER = "Diskominfo"
TOPIC, PUBLISHED = "spbe_levels", "spbe_published"
YEAR = "Tahun penilaian terbaru yang diisi; tiap indikator pada tahap terjauhnya"
MOST_LISTED = 10

Judge = Callable[[AssessmentState, Connection], Finding]


def bands_of(instrument: Instrument) -> tuple[Band, ...]:
    """The predicates as bands; none of them asks for attention by itself."""
    starts = [(band.word, band.start) for band in instrument.predicates]
    return tuple(
        Band(word, Status.NORMAL, start, starts[i - 1][1] if i else None) for i, (word, start) in enumerate(starts)
    )


def _measured(instrument: Instrument, judge: Judge) -> Callable[[Connection, datetime], Finding]:
    def measured(connection: Connection, at: datetime) -> Finding:
        state = newest_state(connection, instrument)
        if state is None:
            n = len(instrument.indicators)
            return Finding(None, None, missing=f"{n} indikator {instrument.title} belum diisi; lihat buku kerja SPBE")
        return judge(state, connection)

    return measured


def _incomplete(state: AssessmentState) -> Finding:
    missing, n = state.found.missing, len(state.instrument.indicators)
    numbers = ", ".join(map(str, missing[:MOST_LISTED])) + (" …" if len(missing) > MOST_LISTED else "")
    sentence = f"{len(missing)} dari {n} indikator tahun {state.year} belum diisi: {numbers}"
    return Finding(None, state.assessed_at, n=n - len(missing), missing=sentence)


def _index(state: AssessmentState, connection: Connection) -> Finding:
    """The unrounded index; the same instrument's earlier years in the detail, never another instrument's."""
    if state.found.index is None:
        return _incomplete(state)
    years = assessments.years(connection, state.instrument.id)
    found = {year: state_of(connection, state.instrument, year).found.index for year in years}
    series = [{"x": str(year), "value": float(index)} for year, index in found.items() if index is not None]
    detail = {"tahun": state.year, "series": series, "predikat_diperdebatkan": state.found.disputed,
              "tahap": state.stage_words()}  # fmt: skip
    value = decimal(state.found.index)
    return Finding(value, state.assessed_at, n=len(state.values), band=state.found.predicate, detail=detail)


def _gap(state: AssessmentState, _: Connection) -> Finding:
    """Weight points to the next predicate; one level up of an indicator adds its weight in percent."""
    if state.found.index is None:
        return _incomplete(state)
    scheme = scheme_of(state.instrument)
    near = neighbours(state.found.index, scheme.bands, scheme.on)
    detail = {"tahun": state.year, "predikat_berikut": near.above, "cadangan": float(near.reserve)}
    return Finding(decimal(near.missing) or Decimal(0), state.assessed_at, n=len(state.values), detail=detail)


def _group(number: int) -> Judge:
    def judge(state: AssessmentState, _: Connection) -> Finding:
        value = decimal(state.found.upper[number])
        if value is None:
            return _incomplete(state)
        n = len(state.instrument.members("upper", number))
        return Finding(value, state.assessed_at, n=n, detail={"tahun": state.year})

    return judge


def _of_instrument(instrument: Instrument) -> Iterator[Indicator]:
    rule, key = instrument.values, instrument.key
    shared = {
        "topics": (TOPIC,), "owner": OWNER, "basis": instrument.legal_basis, "decimals": 2, "family": "spbe",
    }  # fmt: skip
    scale = {"unit": "dari 5", "better": "up", "scale": (rule.lowest, rule.highest), "bands": bands_of(instrument)}
    yield Indicator(
        id=f"{key}.index", title=f"Indeks {instrument.title}", formula=_measured(instrument, _index),
        clock=f"{YEAR}; sasaran lokal" if rule.target_local else YEAR,
        target=rule.target, target_basis=rule.target_basis, **scale, **shared,  # type: ignore[arg-type]
    )  # fmt: skip
    yield Indicator(
        id=f"{key}.gap_to_next", title=f"{instrument.title}: kurang ke predikat berikut", unit="poin",
        formula=_measured(instrument, _gap), clock=f"{YEAR}; poin bobot, 1 poin = 0,01 indeks", better="down",
        in_briefing=False,
        **shared,  # type: ignore[arg-type]
    )  # fmt: skip
    for number, group in instrument.upper_groups.items():
        yield Indicator(
            id=f"{key}.{'domain' if instrument.domains else 'aspect'}{number}", title=group.name, clock=YEAR,
            formula=_measured(instrument, _group(number)), in_briefing=False,
            **scale, **shared,  # type: ignore[arg-type]
        )  # fmt: skip


def _published(connection: Connection, _: datetime) -> Finding:
    """The newest published index, of whatever instrument: a fact, with where it stands."""
    known = results(connection)
    if not known:
        return Finding(None, None, missing="belum ada hasil yang diterbitkan")
    newest = known[-1]
    detail = {"tahun": newest.year, "instrumen": newest.instrument, "sumber": newest.source}
    groups = len(newest.groups) or None
    return Finding(newest.index, newest.data_time, n=groups, band=newest.predicate, detail=detail)


_PUBLISHED_BANDS = tuple(
    {b.word: Band(b.word, Status.NORMAL) for i in instruments().values() for b in bands_of(i)}.values()
)

INDICATORS = (
    *(indicator for instrument in instruments().values() for indicator in _of_instrument(instrument)),
    Indicator(
        id="spbe.published", title="Indeks SPBE yang diterbitkan", unit="dari 5", topics=(PUBLISHED,),
        formula=_published, clock="Tahun terbaru yang diterbitkan KemenPANRB; dibulatkan dua desimal oleh kementerian",
        owner=OWNER, basis="Laporan evaluasi KemenPANRB", decimals=2, better="up",
        scale=(Decimal(1), Decimal(5)), bands=_PUBLISHED_BANDS, family="spbe",
    ),
)  # fmt: skip
