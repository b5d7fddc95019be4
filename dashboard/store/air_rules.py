"""How the readings of a source are judged and corrected, as its owner set it: kept where worker and web both see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Column, Connection, String, Table, func, select

from dashboard.formulas.completeness import REQUIRED_SHARE
from dashboard.store.air_due import mark_spans
from dashboard.store.database import metadata
from dashboard.store.stations import station_parameters
from dashboard.store.upsert import Merge, upsert

air_rules = Table(
    "air_rules",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("required_share", String(16), nullable=False),
    Column("humidity_correction", String(32), nullable=False),
    Column("reference", String(161), nullable=False),
)


@dataclass(frozen=True, slots=True)
class AirRules:
    """The share of hours a day needs, the name of the humidity correction ("" for none), the reference station."""

    required_share: Decimal = REQUIRED_SHARE
    humidity_correction: str = ""
    reference: str = ""


DEFAULT = AirRules()


def keep_rules(connection: Connection, rules: Mapping[str, AirRules], at: datetime) -> None:
    """Keep the rules of every source; where they changed, its days must be counted again."""
    known = rules_by_source(connection)
    changed = {source: rule for source, rule in rules.items() if known.get(source, DEFAULT) != rule}
    rows = [
        {"source": source, **asdict(rule), "required_share": str(rule.required_share)}
        for source, rule in changed.items()
    ]
    upsert(connection, air_rules, rows, Merge.REPLACE)
    c = station_parameters.c
    for source in changed:
        spans = connection.execute(
            select(c.station, func.min(c.first_at), func.max(c.newest_at)).where(c.source == source).group_by(c.station)
        )
        mark_spans(connection, source, {station: (first, last) for station, first, last in spans}, at)


def rules_by_source(connection: Connection) -> dict[str, AirRules]:
    """Source → its rules; a source without any has the default ones."""
    names = [field.name for field in fields(AirRules)]
    return {
        row.source: AirRules(**{**{n: getattr(row, n) for n in names}, "required_share": Decimal(row.required_share)})
        for row in connection.execute(select(air_rules))
    }
