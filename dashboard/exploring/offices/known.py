"""All that the store knows of the agencies, read once for every line of the scoreboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from dashboard.exploring.offices.assessed import Assessed, assessed
from dashboard.indicators.catalogue import CATALOGUE
from dashboard.indicators.read import judged_readings
from dashboard.indicators.reading import Reading
from dashboard.indicators.reporting_duties import Owed, owed
from dashboard.indicators.service_board import BoardRow, board
from dashboard.office_names import offices_in
from dashboard.store import alerts, source_contracts
from dashboard.store.alerts import Kept
from dashboard.store.datasets import listed
from dashboard.store.directives import Directive, directives_of
from dashboard.store.source_states import SourceState
from datasources.open_data.records import Dataset


@dataclass(frozen=True, slots=True)
class Known:
    """What agencies answer for; each part names its owner or owners."""

    readings: Sequence[Reading]
    alerts: Sequence[Kept]
    directives: Sequence[Directive]
    sources: Sequence[SourceState]
    duties: Sequence[Owed]
    services: Sequence[BoardRow]
    datasets: Sequence[Dataset]
    assessed: Sequence[Assessed]

    @property
    def offices(self) -> list[str]:
        """Every agency that owns any of it, by name."""
        owners = [
            *(r.indicator.owner for r in self.readings), *(kept.owner for kept in self.alerts),
            *(d.opd for d in self.directives), *(s.owner for s in self.sources),
            *(row.service.owner for row in self.services), *(d.producer for d in self.datasets),
            *(one.owner for one in self.assessed),
        ]  # fmt: skip
        return sorted({name for owner in owners for name in offices_in(owner)}, key=str.casefold)


def known(connection: Connection, at: datetime) -> Known:
    """All of it as it stands at `at`."""
    states = source_contracts.states(connection)
    shown = [i for i in CATALOGUE.values() if not i.internal]
    return Known(
        readings=judged_readings(connection, shown, states, at),
        alerts=[kept for kept in alerts.standing(connection) if kept.alert.is_told],
        directives=directives_of(connection),
        sources=states,
        duties=owed(connection, at),
        services=board(connection, at),
        datasets=listed(connection),
        assessed=assessed(connection),
    )
