"""The newest year of an instrument indicator by indicator, group by group, and what other indices give it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection

from dashboard.assessment_stages import STAGE_TITLES
from dashboard.exploring.filters import Filters
from dashboard.exploring.question import Answer, Ask, Column, Form, Question, nothing
from dashboard.formulas.maturity_index import is_disputed, neighbours
from dashboard.formulas.written_number import written
from dashboard.indicators.assessment_state import AssessmentState, newest_state
from dashboard.instruments import scheme_of
from datasources.spbe.instrument import External, Instrument
from datasources.spbe.instrument_files import instruments

TOPICS = ("spbe_levels",)
MATRIX_COLUMNS = (
    Column("code", "Kode", "text", role="code"),
    Column("no", "No"),
    Column("name", "Indikator", "text", role="label"),
    Column("aspect", "Aspek", "text", role="group"),
    Column("weight", "Bobot", unit="%", decimals=2),
    Column("value", "Nilai", decimals=2, role="value"),
    Column("word", "Tingkat", "text"),
    Column("target", "Sasaran (lokal)", decimals=2, role="high"),
    Column("stage", "Tahap", "text", role="note"),
    Column("owner", "Pemilik", "text"),
    Column("effort", "Upaya per level", decimals=2),
    Column("blocked", "Tahun ini", "text"),
)


def _asked(instrument: Instrument, answer: Callable[[AssessmentState], Answer]) -> Ask:
    def ask(connection: Connection, _filters: Filters, at: datetime) -> Answer:
        state = newest_state(connection, instrument, at)
        if state is None:
            return nothing(f"{len(instrument.indicators)} indikator {instrument.title} belum diisi")
        return answer(state)

    return ask


def matrix(state: AssessmentState) -> Answer:
    """Every indicator, also those that nobody has filled in."""
    rows = [_matrix_row(state, number) for number in state.instrument.indicators]
    notes = [f"Tahun {state.year}: {state.stage_words()}.", *_index_words(state)]
    owned = sum(row["owner"] is not None for row in rows)
    if owned < len(rows):
        notes.append(
            f"{len(rows) - owned} indikator belum punya OPD pemilik; tanpa pemilik tidak ada OPD yang dapat mengisi."
        )
    return Answer(MATRIX_COLUMNS, rows, n=len(state.values), data_time=state.assessed_at, notes=notes)


def _matrix_row(state: AssessmentState, number: int) -> dict[str, object]:
    indicator, plan = state.instrument.indicators[number], state.plan(number)
    value = state.values.get(number)
    return {
        "code": f"{state.instrument.id}/{state.year}/{number}",
        "no": number,
        "name": indicator.short_name,
        "aspect": state.instrument.aspects[indicator.aspect].name,
        "weight": indicator.weight,
        "value": value,
        "word": state.instrument.level_word(number, value) if value is not None else "",
        "target": plan.target,
        "stage": STAGE_TITLES[state.stage(number)],
        "owner": plan.owner,
        "effort": plan.effort,
        "blocked": "tidak mungkin" if plan.blocked else None,
    }


def _index_words(state: AssessmentState) -> Iterator[str]:
    """The index with both neighbours, and a word where rounding decides."""
    index, scheme = state.found.index, scheme_of(state.instrument)
    if index is None:
        listed = ", ".join(map(str, state.found.missing))
        yield f"Indeks belum ada: indikator {listed} belum diisi. Yang kosong tidak dihitung nol."
        return
    near = neighbours(index, scheme.bands, scheme.on)
    ahead = f"kurang {written(near.missing, 2)} poin ke {near.above}, " if near.missing is not None else ""
    reserve = f"{written(near.reserve, 2)} poin di atas batas bawahnya"
    yield f"Indeks {written(index, 4)} ({state.found.predicate}); {ahead}{reserve}."
    if is_disputed(index, scheme.bands):
        yield "Predikat bergantung pada pembulatan: indeks sebelum dan sesudah dibulatkan berbeda predikatnya."


def groups(state: AssessmentState) -> Answer:
    """Domains and aspects with the predicate their value would carry."""
    of = state.instrument
    columns = (
        Column("group", "Kelompok", "text", role="label"),
        Column("value", "Nilai", unit="dari 5", decimals=2, role="value"),
        Column("weight", "Bobot", unit="%", decimals=1, role="note"),
        Column("filled", "Terisi", "text"),
    )
    rows = []
    for number, domain in of.domains.items():
        rows.append(_group_row(state, domain.name, domain.weight, "upper", number))
        rows += [
            _group_row(state, f"– {a.name}", a.weight, "aspect", k) for k, a in of.aspects.items() if a.domain == number
        ]
    if not of.domains:
        rows = [_group_row(state, a.name, a.weight, "aspect", number) for number, a in of.aspects.items()]
    notes = [f"Tahun {state.year}; rata-rata tertimbang tanpa pembulatan antara."]
    return Answer(columns, rows, n=len(state.values), data_time=state.assessed_at, notes=notes)


def _group_row(state: AssessmentState, name: str, weight: object, kind: str, number: int) -> dict[str, object]:
    members = state.instrument.members("upper" if kind == "upper" else "aspect", number)
    found = state.found.upper if kind == "upper" else state.found.aspects
    filled = sum(n in state.values for n in members)
    return {"group": name, "value": found[number], "weight": weight, "filled": f"{filled} dari {len(members)}"}


def externals(instrument: Instrument) -> Answer:
    """Which indicators take their value from an index of another ministry, and how its classes map to levels."""
    columns = (
        Column("indicator", "Indikator", "text", role="label"),
        Column("keeper", "Penyelenggara", "text"),
        Column("index", "Indeks luar", "text"),
        Column("classes", "Nilai indeks → nilai indikator", "text"),
        Column("source", "Sumber", "text"),
    )
    rows = [
        {"indicator": f"{e.indicator} {instrument.indicators[e.indicator].short_name}", "keeper": e.keeper,
         "index": e.index, "classes": _classes(e), "source": instrument.sources[e.source]}
        for e in instrument.externals.values()
    ]  # fmt: skip
    rule = instrument.values
    why = instrument.sources[rule.unscored_source]
    notes = [f"Indeks luar yang belum ada dihitung {written(rule.unscored)} ({why}); di dasbor ini tetap belum ada."]
    return Answer(columns, rows, n=len(rows), notes=notes)


def _classes(external: External) -> str:
    """'< 1,8 → 1; 1,8 → 2; …': from which value of the other index each value holds."""
    if not external.edges:
        return "pemetaan belum diketahui"
    sign = "≥" if external.edge == "upper class" else ">"
    pairs = list(pairwise(external.edges))
    first = (
        f"sampai {written(pairs[0][1])} → 1"
        if external.edge == "lower class"
        else f"di bawah {written(pairs[0][1])} → 1"
    )
    return "; ".join([first, *(f"{sign} {written(low)} → {value}" for value, (low, _) in enumerate(pairs[1:], 2))])


def _of_instrument(instrument: Instrument) -> Iterator[Question]:
    key, title, n = instrument.key, instrument.title, len(instrument.indicators)
    parts = "Domain dan aspek" if instrument.domains else "Aspek"
    yield _question(
        f"{key}.matrix", f"Indikator {title} ({n})", TOPICS, "level_matrix", _asked(instrument, matrix), instrument,
        "Nilai pada tahap terjauh, sasaran, dan OPD pemilik; pilih satu sel untuk buktinya",
    )  # fmt: skip
    yield _question(
        f"{key}.groups", f"{parts} {title}", TOPICS, "scales", _asked(instrument, groups), instrument,
        "Rata-rata tertimbang nilai indikator, skala 1 sampai 5", as_known=True,
    )  # fmt: skip
    if instrument.externals:
        yield _question(
            f"{key}.externals", f"Nilai {title} dari indeks lain", (), "table", lambda *_: externals(instrument),
            instrument, "Menurut instrumen",
        )  # fmt: skip


def _question(
    name: str,
    title: str,
    topics: tuple[str, ...],
    form: Form,
    ask: Ask,
    instrument: Instrument,
    clock: str,
    as_known: bool = False,
) -> Question:
    return Question(
        id=name, title=title, family="spbe" if topics else "sistem", topics=topics, form=form, clock=clock, ask=ask,
        basis=instrument.legal_basis, by_kecamatan=False, by_period=False, as_known=as_known,
    )  # fmt: skip


QUESTIONS = tuple(question for instrument in instruments().values() for question in _of_instrument(instrument))
