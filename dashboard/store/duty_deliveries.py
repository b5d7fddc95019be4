"""Which periods of a reporting duty were delivered, and when: noted as the batches of its source are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BigInteger, Column, Connection, Date, String, Table, select

from dashboard.clock import wib
from dashboard.formulas.duty_calendar import period_of
from dashboard.store.database import UtcTime, metadata
from dashboard.store.upsert import Merge, upsert
from datasources.contract import Batch, Record
from datasources.duty_options import DutyOptions

duty_deliveries = Table(
    "duty_deliveries",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("period", String(16), primary_key=True),
    Column("first", Date, primary_key=True),
    Column("complete_at", UtcTime),
    Column("last_at", UtcTime, nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("refused", BigInteger, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """The data of one period. `complete_at` is when they first came after its last day; `rows` and `refused` are of the
    last delivery, the refused ones of its whole file.
    """

    source: str
    period: str
    first: date
    complete_at: datetime | None
    last_at: datetime
    rows: int
    refused: int


def note_delivery(connection: Connection, source: str, duty: DutyOptions, batch: Batch, at: datetime) -> None:
    """Note what a kept batch says of the periods of a duty. What comes before a period is over does not complete it."""
    counted = Counter(
        period_of(duty.period, _day(r)) for r in batch.records if not duty.records or r.topic in duty.records
    )
    if not counted:
        return
    today, known = wib(at).date(), {d.first: d for d in deliveries(connection, [source]) if d.period == duty.period}
    rows = []
    for period, n in counted.items():
        before = known.get(period.first)
        complete = before.complete_at if before and before.complete_at else at if today > period.last else None
        rows.append({"source": source, "period": duty.period, "first": period.first, "complete_at": complete,
                     "last_at": at, "rows": n, "refused": len(batch.refused)})  # fmt: skip
    upsert(connection, duty_deliveries, rows, Merge.REPLACE)


def _day(record: Record) -> date:
    """The day a record is of: a month speaks for itself, because its data are true at its end."""
    month = getattr(record, "month", None)
    return month if isinstance(month, date) else wib(record.data_time).date()


def deliveries(connection: Connection, sources: Iterable[str] | None = None) -> list[Delivery]:
    """Of these sources (all by default), oldest period first."""
    c = duty_deliveries.c
    asked = select(duty_deliveries).order_by(c.source, c.first)
    rows = connection.execute(asked if sources is None else asked.where(c.source.in_(list(sources)))).mappings()
    return [Delivery(**row) for row in rows]
