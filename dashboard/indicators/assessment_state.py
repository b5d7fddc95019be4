"""Where the assessment of a year stands: the value and stage of each indicator, its plan, and the index they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.assessment_stages import STAGE_TITLES, STAGES, Stage
from dashboard.formulas.maturity_index import MaturityIndex, maturity_index
from dashboard.instruments import scheme_of
from dashboard.store import assessments
from dashboard.store.assessment_plans import IndicatorPlan, plans_of
from dashboard.store.assessments import Entry
from datasources.spbe.instrument import Instrument


@dataclass(frozen=True, slots=True)
class AssessmentState:
    """One instrument in one year."""

    instrument: Instrument
    year: int
    standing: Mapping[int, Entry]
    plans: Mapping[int, IndicatorPlan]
    found: MaturityIndex
    assessed_at: datetime

    @property
    def values(self) -> dict[int, Decimal]:
        """Indicator → value that holds now."""
        return {number: entry.value for number, entry in self.standing.items()}

    def plan(self, number: int) -> IndicatorPlan:
        """The plan of an indicator; an empty one where nobody has planned."""
        return self.plans.get(number, IndicatorPlan(number))

    def stage(self, number: int) -> Stage:
        """The stage an indicator has reached."""
        entry = self.standing.get(number)
        return entry.stage if entry else "kosong"

    def stage_counts(self) -> dict[Stage, int]:
        """How many indicators stand at each stage, in the order of the stages."""
        stages = [self.stage(number) for number in self.instrument.indicators]
        return {stage: stages.count(stage) for stage in STAGES if stage in stages}

    def stage_words(self) -> str:
        """'40 final, 7 draf OPD': an index is only as final as its values."""
        return ", ".join(f"{n} {STAGE_TITLES[stage]}" for stage, n in self.stage_counts().items())


def state_of(connection: Connection, instrument: Instrument, year: int, at: datetime | None = None) -> AssessmentState:
    """The state of a year, empty when nothing is known of it; values as known at a moment, the plan as it is now."""
    standing = assessments.standing(assessments.history(connection, instrument.id, year, at=at))
    known = {n: e for n, e in standing.items() if n in instrument.indicators}
    found = maturity_index(scheme_of(instrument), {n: e.value for n, e in known.items()})
    assessed = assessments.newest_at(connection, instrument.id, year, at)
    plans = plans_of(connection, instrument.id, year)
    return AssessmentState(instrument, year, known, plans, found, assessed or datetime(year, 1, 1, tzinfo=UTC))


def newest_state(connection: Connection, instrument: Instrument, at: datetime | None = None) -> AssessmentState | None:
    """The state of the newest year of which anything is known, or was known at a moment."""
    years = assessments.years(connection, instrument.id, at)
    return state_of(connection, instrument, years[-1], at) if years else None
