"""What every OPD owes: the periods of each duty with their day, and how each stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.formulas.duty_calendar import Period, Standing, periods_due, standing
from dashboard.store.duty_deliveries import Delivery, deliveries
from dashboard.store.source_contracts import SourceContract, contracts

EARLIER_SHOWN = 3
JUDGED = (Standing.IN_TIME, Standing.LATE, Standing.OVERDUE)


@dataclass(frozen=True, slots=True)
class Owed:
    """One period of one duty. `days` until its day; negative when that is over."""

    contract: SourceContract
    period: Period
    due: date
    standing: Standing
    delivery: Delivery | None
    days: int

    @property
    def is_judged(self) -> bool:
        """Whether it counts for or against its OPD: delivered, or past its day."""
        return self.standing in JUDGED


def owed(connection: Connection, at: datetime) -> list[Owed]:
    """Every period that is owed since its duty was agreed, up to the running one; the earliest day first.

    The last periods that were delivered before the agreement stand among them and are not judged.
    """
    known = {(d.source, d.period, d.first): d for d in deliveries(connection)}
    found = [
        one for contract in contracts(connection) if contract.period for one in _of(contract, known, wib(at).date())
    ]
    return sorted(found, key=lambda one: (one.due, one.contract.title))


def _of(contract: SourceContract, known: dict[tuple[str, str, date], Delivery], today: date) -> Iterable[Owed]:
    since = contract.since or wib(contract.known_at).date()
    earlier = [
        d for d in known.values() if (d.source, d.period) == (contract.source, contract.period) and d.complete_at
    ]
    for old in sorted(earlier, key=lambda d: d.first)[-EARLIER_SHOWN:]:
        period = Period(old.first, contract.period)
        if (due := period.due(contract.due_days)) < since:
            yield Owed(contract, period, due, Standing.BEFORE, old, (due - today).days)
    for period in periods_due(contract.period, contract.due_days, since, today):
        delivery = known.get((contract.source, contract.period, period.first))
        complete = delivery.complete_at if delivery else None
        due = period.due(contract.due_days)
        stands = standing(period, contract.due_days, wib(complete).date() if complete else None, today)
        yield Owed(contract, period, due, stands, delivery, (due - today).days)
