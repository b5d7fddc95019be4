"""Indicators of an assessment by the agency that is named for them, with the stage each has reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from dashboard.assessment_stages import STAGE_TITLES, STAGES, Stage
from dashboard.indicators.assessment_state import newest_state
from datasources.spbe.instrument_files import instruments


@dataclass(frozen=True, slots=True)
class Assessed:
    """One indicator of the newest year of an instrument."""

    owner: str
    title: str
    stage: Stage

    @property
    def is_verified(self) -> bool:
        """Whether somebody other than the agency has looked at it."""
        return STAGES.index(self.stage) >= STAGES.index("diverifikasi")

    @property
    def words(self) -> str:
        """The stage as it is shown."""
        return STAGE_TITLES[self.stage]


def assessed(connection: Connection) -> list[Assessed]:
    """Those for which an agency is named, by hand or in the plan."""
    return [one for instrument in instruments().values() for one in _of(connection, instrument)]


def _of(connection: Connection, instrument: object) -> Iterator[Assessed]:
    state = newest_state(connection, instrument)  # type: ignore[arg-type]
    if state is None:
        return
    for number, indicator in state.instrument.indicators.items():
        entry = state.standing.get(number)
        owner = (entry.owner if entry else None) or state.plan(number).owner
        if owner:
            yield Assessed(owner, f"{state.instrument.title} {state.year}: {indicator.name}", state.stage(number))
