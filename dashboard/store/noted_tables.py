"""Which tables are noted row by row before they change, and what of them is not worth a line.

No table that holds a code of a caller may stand here: codes are emptied after 72 hours, a noted row would keep them.
Nor does any table of single calls and incidents: their rows say themselves when they became known (rows_then).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Inspector, Table, event, inspect

from dashboard.store import (
    air_days,
    air_drift,
    air_hours,
    air_region,
    air_rolling,
    air_rules,
    assessment_plans,
    bmkg,
    energy,
    green_space,
    hazard_spans,
    masterplan_plan,
    masterplan_targets,
    reading_flags,
    services,
    stations,
    waste,
    water,
)
from dashboard.store.alerts import alerts
from dashboard.store.complaints import complaints
from dashboard.store.database import metadata
from dashboard.store.datasets import datasets
from dashboard.store.directives import directives
from dashboard.store.duty_deliveries import duty_deliveries
from dashboard.store.holiday_edits import holiday_edits
from dashboard.store.meanings import meanings
from dashboard.store.official_indices import official_indices
from dashboard.store.population import population
from dashboard.store.published_results import published_results
from dashboard.store.row_versions import begin
from dashboard.store.service_maintenance import service_maintenance
from dashboard.store.service_requests import service_requests
from dashboard.store.source_contracts import source_contracts
from dashboard.store.version_triggers import Shape, dropping, making
from dashboard.store.warning_terms import warning_terms

UNSAID = ("known_at", "read_at", "last_at", "check_at")
"""Stamps of a look that came to the same: alone they make no change."""
LAST_CONTACT = (
    "CASE WHEN m.{name} > {at} THEN COALESCE((SELECT max(h.answered_at) FROM {own}.source_history h "
    "WHERE h.source = m.source AND h.answered_at <= {at}), {at}) ELSE m.{name} END"
)
"""A stamp of today's contact with a source becomes that of the last contact by then."""
LAST_SAID = (
    "COALESCE((SELECT e.said FROM {own}.alert_events e WHERE e.alert = m.id AND e.at <= {at} "
    "ORDER BY e.at DESC, e.id DESC LIMIT 1), m.said)"
)
"""An alert words its value anew at every look; what people were told stands among its events."""
HOUR_MS, DAY_MS = 3_600_000, 86_400_000
MONTH_MS = 31 * DAY_MS
JUDGED_BY_MS = 600_000
"""By then a reading is judged, if the worker keeps up."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A table and the topics that rest on it.

    `moment` and `lasts_ms` (SQL) are for counts that change with every reading: a row is noted only when its time is
    over and its readings are judged, and of then only rows are shown whose time was over. `cells` says in SQL what
    stands of then in columns whose changes alone are not noted. Rows that were running are left out of then, or made
    from what was known where the table `is_counted_again`.
    """

    table: Table
    topics: tuple[str, ...]
    moment: str = ""
    lasts_ms: str = "0"
    cells: Mapping[str, str] = field(default_factory=dict)
    is_counted_again: bool = False

    @property
    def shape(self) -> Shape:
        """Its names, as the triggers need them."""
        columns = tuple(column.name for column in self.table.c)
        key = tuple(column.name for column in self.table.primary_key)
        return Shape(self.table.name, columns, key, self.said(columns, key), self.settled)

    def said(self, columns: Collection[str], key: Collection[str]) -> tuple[str, ...]:
        """The columns whose change is a change."""
        left_out = {*key, *UNSAID, *self.cells}
        return tuple(name for name in columns if name not in left_out) or tuple(columns)

    def over(self, row: str, by: str, grace_ms: int = 0) -> str:
        """The condition that the time of a row was over by a moment (ms); nothing where rows have none."""
        if not self.moment:
            return ""
        return f'{row}."{self.moment}" + {self.lasts_ms.format(row=row)} + {grace_ms} <= {by}'

    @property
    def settled(self) -> str:
        """The condition on which a change is noted."""
        return self.over("{row}", "{now}", JUDGED_BY_MS)


def _of(topic: str, *tables: Table) -> tuple[Noted, ...]:
    return tuple(Noted(table, (topic,)) for table in tables)


AIR, HAZARDS = "air", "hazards"
"""What is judged and summed up of readings: no topics of sources, for these speak of both at once."""
_SPAN = f"CASE {{row}}.\"span\" WHEN 'hour' THEN {HOUR_MS} WHEN 'day' THEN {DAY_MS} ELSE {MONTH_MS} END"
NOTED: tuple[Noted, ...] = (
    *_of("water", water.water_values, water.water_limits),
    *_of("waste", waste.waste_months, waste.waste_flows, waste.waste_banks),
    *_of("green_space", green_space.green_areas, green_space.urban_areas),
    *_of("energy", energy.buildings, energy.energy_months, energy.solar_plants, energy.solar_months),
    *_of("iklh", official_indices),
    *_of(
        "masterplan",
        masterplan_plan.masterplan_documents, masterplan_plan.masterplan_goals, masterplan_plan.masterplan_strategies,
        masterplan_plan.masterplan_programmes, masterplan_plan.masterplan_actions, masterplan_plan.masterplan_budgets,
        masterplan_plan.office_holders, masterplan_targets.masterplan_indicators,
        masterplan_targets.masterplan_targets, masterplan_targets.masterplan_realisations,
    ),
    *_of("spbe_published", published_results),
    *_of("spbe_levels", assessment_plans.assessment_plans),
    Noted(complaints, ("complaints", "information_requests")),
    *_of("service_requests", service_requests),
    Noted(datasets, ("datasets",), cells={"read_at": LAST_CONTACT}),
    *(Noted(one, ("services", "service_checks")) for one in (services.services, service_maintenance)),
    *_of("warnings", bmkg.warnings, warning_terms),
    *_of("earthquakes", bmkg.earthquakes),
    *_of("forecast", bmkg.forecast),
    Noted(alerts, ("alerts",), cells={"said": LAST_SAID}),
    *_of("directives", directives),
    *_of("duties", source_contracts),
    Noted(duty_deliveries, ("duties",), cells={"last_at": LAST_CONTACT}),
    *_of("edits", meanings, population, holiday_edits),
    Noted(hazard_spans.hazard_spans, (HAZARDS,), "start", _SPAN, is_counted_again=True),
    Noted(stations.stations, (AIR,)),
    Noted(air_rules.air_rules, (AIR,)),
    Noted(air_drift.air_drift, (AIR,)),
    Noted(reading_flags.reading_flags, (AIR,), "observed_at"),
    Noted(air_hours.air_hours, (AIR,), "hour"),
    Noted(air_rolling.air_rolling, (AIR,), "hour"),
    Noted(air_days.air_days, (AIR,), "day", str(DAY_MS), is_counted_again=True),
    Noted(air_region.air_region_hours, (AIR,), "hour"),
    Noted(air_region.air_region_days, (AIR,), "day", str(DAY_MS), is_counted_again=True),
)  # fmt: skip
BY_NAME: Mapping[str, Noted] = {one.table.name: one for one in NOTED}
FORGOTTEN_SOONER = {"forecast": timedelta(days=60)}
"""Each run of the model replaces some seven thousand rows, twice a day."""


def tables_of(topics: Collection[str]) -> set[str]:
    """The noted tables that some topics rest on."""
    return {one.table.name for one in NOTED if not set(topics).isdisjoint(one.topics)}


def note_changes(connection: Connection, at: datetime) -> None:
    """Make the triggers of every noted table that the store has, of the columns it has; their log begins now.

    A migration that changes a noted table, or makes one, ends with this; one that drops a column begins with
    `unnote_changes`.
    """
    found = inspect(connection)
    shapes = [_shape(found, BY_NAME[name]) for name in found.get_table_names() if name in BY_NAME]
    for statement in making(connection.dialect.name, shapes):
        connection.exec_driver_sql(statement)
    begin(connection, [shape.table for shape in shapes], at)


def _shape(found: Inspector, one: Noted) -> Shape:
    columns = tuple(column["name"] for column in found.get_columns(one.table.name))
    key = tuple(found.get_pk_constraint(one.table.name)["constrained_columns"])
    return Shape(one.table.name, columns, key, one.said(columns, key), one.settled)


def unnote_changes(connection: Connection) -> None:
    """Take the triggers away; what was noted stays."""
    for statement in dropping(connection.dialect.name, list(BY_NAME)):
        connection.exec_driver_sql(statement)


def _make_triggers(_target: Any, connection: Connection, tables: Collection[Table], **_more: Any) -> None:
    """With the tables, for stores that are made without migrations."""
    shapes = [one.shape for one in NOTED if one.table in tables]
    if shapes:
        for statement in making(connection.dialect.name, shapes):
            connection.exec_driver_sql(statement)


event.listen(metadata, "after_create", _make_triggers)
