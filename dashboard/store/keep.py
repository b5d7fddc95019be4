"""Which table keeps which kind of record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from dashboard.store import (
    bmkg,
    calls112,
    energy,
    green_space,
    masterplan_plan,
    masterplan_targets,
    observations,
    waste,
    water,
)
from dashboard.store.agent_spells import keep_agent_spells
from dashboard.store.assessments import keep_values
from dashboard.store.call_classes import keep_call_classes
from dashboard.store.complaints import keep_complaints
from dashboard.store.datasets import keep_datasets
from dashboard.store.hazard_recount import RECOUNTS
from dashboard.store.official_indices import keep_official_indices
from dashboard.store.outbound_calls import keep_outbound_calls
from dashboard.store.published_results import keep_results
from dashboard.store.recaps import keep_recaps
from dashboard.store.service_checks import keep_checks
from dashboard.store.service_requests import keep_requests
from dashboard.store.services import keep_services
from datasources.contract import Record

KEEPERS: dict[str, Callable[[Connection, str, Any, datetime], None]] = {
    "calls": calls112.keep_calls,
    "incidents": calls112.keep_incidents,
    "call_classes": keep_call_classes,
    "outbound_calls": keep_outbound_calls,
    "agent_spells": keep_agent_spells,
    "recaps": keep_recaps,
    "observations": observations.keep_observations,
    "forecast": bmkg.keep_forecast,
    "earthquakes": bmkg.keep_earthquakes,
    "warnings": bmkg.keep_warnings,
    "spbe_levels": keep_values,
    "spbe_published": keep_results,
    "water_values": water.keep_water_values,
    "water_limits": water.keep_water_limits,
    "waste_months": waste.keep_waste_months,
    "waste_flows": waste.keep_waste_flows,
    "waste_banks": waste.keep_waste_banks,
    "green_areas": green_space.keep_green_areas,
    "urban_areas": green_space.keep_urban_areas,
    "buildings": energy.keep_buildings,
    "energy_months": energy.keep_energy_months,
    "solar_plants": energy.keep_solar_plants,
    "solar_months": energy.keep_solar_months,
    "official_indices": keep_official_indices,
    "masterplan_documents": masterplan_plan.keep_documents,
    "masterplan_goals": masterplan_plan.keep_goals,
    "masterplan_strategies": masterplan_plan.keep_strategies,
    "masterplan_programmes": masterplan_plan.keep_programmes,
    "masterplan_actions": masterplan_plan.keep_actions,
    "masterplan_budgets": masterplan_plan.keep_budgets,
    "masterplan_indicators": masterplan_targets.keep_indicators,
    "masterplan_targets": masterplan_targets.keep_targets,
    "masterplan_realisations": masterplan_targets.keep_realisations,
    "office_holders": masterplan_plan.keep_holders,
    "services": keep_services,
    "service_checks": keep_checks,
    "complaints": keep_complaints,
    "information_requests": keep_complaints,
    "service_requests": keep_requests,
    "datasets": keep_datasets,
}


def keep(connection: Connection, source: str, records: Iterable[Record], known_at: datetime) -> None:
    """Keep a batch, each record in its table, and sum up again what it touched."""
    for topic, group in groupby(records, key=lambda r: r.topic):
        kept = list(group)
        KEEPERS[topic](connection, source, kept, known_at)
        if topic in RECOUNTS:
            RECOUNTS[topic](connection, kept)
