"""Values of assessed indicators entered by people: checked, moved one stage at a time, and appended with their name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.assessment_stages import MOVES, STAGE_TITLES, Stage
from dashboard.editing.entry import EntryRefused, names_a_person, one_line, quoted, signed
from dashboard.store import assessments
from dashboard.store.assessment_plans import plans_of
from dashboard.store.assessments import Entry
from dashboard.store.people import Person
from datasources import evidence
from datasources.spbe import cells
from datasources.spbe.instrument import Instrument
from datasources.spbe.instrument_files import instruments

LONGEST_EXPLANATION = 400


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed for one indicator, and the stage its writer saw: a later change by another must not be lost."""

    instrument: str
    year: int
    indicator: int
    seen: str | None
    to: str | None
    value: str | None
    explanation: str | None = None
    evidence: str | None = None


def instrument_named(name: object) -> Instrument:
    """The instrument of that id. Raises EntryRefused."""
    found = instruments().get(name) if isinstance(name, str) else None
    if found is None:
        raise EntryRefused(f"Instrumen {quoted(str(name))} tidak ada; yang benar {', '.join(instruments())}.")
    return found


def standing_entry(connection: Connection, instrument: str, year: int, indicator: int) -> Entry | None:
    """The line of an indicator that holds now."""
    return assessments.standing(assessments.history(connection, instrument, year, indicator)).get(indicator)


def checked(connection: Connection, draft: Draft, by: Person, at: datetime) -> Entry:
    """The line that was meant. Raises EntryRefused; whether `by` may move it is asked where the request arrives."""
    instrument = instrument_named(draft.instrument)
    if draft.indicator not in instrument.indicators or not instrument.in_force(draft.year):
        raise EntryRefused(f"Indikator {draft.indicator} tahun {draft.year} tidak ada dalam {instrument.title}.")
    now = standing_entry(connection, instrument.id, draft.year, draft.indicator)
    stage: Stage = now.stage if now else "kosong"
    if draft.seen != stage:
        raise EntryRefused(
            f"Indikator {draft.indicator} sementara itu sudah di tahap '{STAGE_TITLES[stage]}'; muat ulang halaman."
        )
    to = next((known for origin, known in MOVES if origin == stage and known == draft.to), None)
    if to is None:
        raise EntryRefused(
            f"Dari tahap '{STAGE_TITLES[stage]}' tidak dapat ke {quoted(draft.to or '')}; muat ulang halaman."
        )
    plan = plans_of(connection, instrument.id, draft.year).get(draft.indicator)
    return Entry(
        instrument=instrument.id,
        year=draft.year,
        indicator=draft.indicator,
        stage=to,
        value=_value(instrument, draft.value),
        explanation=_explanation(draft.explanation),
        evidence=_evidence(draft.evidence),
        owner=plan.owner if plan else None,
        by=by.title,
        source=None,
        assessed_at=at,
        known_at=at,
    )


def keep(connection: Connection, entry: Entry, by: Person, at: datetime) -> None:
    """Append it; the log says what moved where, never the explanation."""
    assessments.append(connection, [entry])
    about = f"{entry.instrument} {entry.year} indikator {entry.indicator}: {entry.stage}, {entry.value:f}"
    signed(connection, by, at, "penilaian", about)


def _value(instrument: Instrument, typed: str | None) -> Decimal:
    try:
        return cells.value(instrument, one_line(typed))
    except cells.BadCell as bad:
        sentence = str(bad)
        raise EntryRefused(f"{sentence[:1].upper()}{sentence[1:]}.") from None


def _explanation(typed: str | None) -> str:
    clean = one_line(typed)
    if len(clean) > LONGEST_EXPLANATION:
        raise EntryRefused(f"Penjelasan {len(clean)} huruf; paling banyak {LONGEST_EXPLANATION}.")
    if names_a_person(clean):
        raise EntryRefused("Penjelasan memuat nomor telepon atau NIK; tulis tanpa nomor orang.")
    return clean


def _evidence(typed: str | None) -> tuple[str, ...]:
    try:
        return evidence.links(typed or "")
    except evidence.BadLink as bad:
        sentence = str(bad)
        raise EntryRefused(f"{sentence[:1].upper()}{sentence[1:]}.") from None
