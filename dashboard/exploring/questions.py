"""Every question, by its id; a wrong name fails at import."""

from __future__ import annotations

from itertools import chain

from dashboard.exploring.air import (
    beside_weather,
    calendar,
    exceedance,
    official_and_now,
    quality,
    station_hours,
    station_list,
)
from dashboard.exploring.alerts import happened as alerts_happened
from dashboard.exploring.alerts import load as alerts_load
from dashboard.exploring.calls112 import (
    agencies,
    answering,
    answering_weeks,
    call_classes,
    call_funnel,
    daily_calls,
    desk_call_backs,
    desk_need,
    desk_queue,
    hot_spot_grid,
    incident_categories,
    incident_days,
    incident_hours,
    kecamatan_rates,
    life_cycle_stages,
    open_incidents,
    own_cases,
    periods_compared,
    rare_categories,
    repeat_callers,
    repeated_reports,
    staffing_need,
    time_until,
    volume,
    weather_beside_volume,
    weekly_calls,
    within_15_minutes,
)
from dashboard.exploring.hazards import quakes, timeline, warned
from dashboard.exploring.levels import rule_levels
from dashboard.exploring.masterplan import changed as plan_changed
from dashboard.exploring.masterplan import dimensions as plan_dimensions
from dashboard.exploring.masterplan import documents as plan_documents
from dashboard.exploring.masterplan import indicators as plan_indicators
from dashboard.exploring.masterplan import programmes as plan_programmes
from dashboard.exploring.offices import duties as office_duties
from dashboard.exploring.offices import own as office_own
from dashboard.exploring.offices import scoreboard
from dashboard.exploring.question import Question
from dashboard.exploring.resources import (
    building_ranking,
    corrections,
    green_progress,
    iklh_years,
    solar_roofs,
    waste_banks,
    waste_flow,
    waste_places,
    water_parameters,
    water_stations,
    water_trend,
)
from dashboard.exploring.services import (
    availability,
    complaint_offices,
    incidents,
    information_offices,
    open_data,
    requests_by_service,
)
from dashboard.exploring.sources import findings
from dashboard.exploring.spbe import indicator_values, live_evidence, published

_ALL: tuple[tuple[Question, ...], ...] = (
    volume.QUESTIONS,
    daily_calls.QUESTIONS,
    weekly_calls.QUESTIONS,
    periods_compared.QUESTIONS,
    call_funnel.QUESTIONS,
    answering.QUESTIONS,
    answering_weeks.QUESTIONS,
    call_classes.QUESTIONS,
    repeat_callers.QUESTIONS,
    staffing_need.QUESTIONS,
    desk_queue.QUESTIONS,
    desk_call_backs.QUESTIONS,
    desk_need.QUESTIONS,
    within_15_minutes.QUESTIONS,
    life_cycle_stages.QUESTIONS,
    time_until.QUESTIONS,
    open_incidents.QUESTIONS,
    agencies.QUESTIONS,
    own_cases.QUESTIONS,
    incident_categories.QUESTIONS,
    incident_days.QUESTIONS,
    incident_hours.QUESTIONS,
    rare_categories.QUESTIONS,
    repeated_reports.QUESTIONS,
    kecamatan_rates.QUESTIONS,
    hot_spot_grid.QUESTIONS,
    weather_beside_volume.QUESTIONS,
    official_and_now.QUESTIONS,
    calendar.QUESTIONS,
    exceedance.QUESTIONS,
    beside_weather.QUESTIONS,
    station_list.QUESTIONS,
    station_hours.QUESTIONS,
    quality.QUESTIONS,
    timeline.QUESTIONS,
    warned.QUESTIONS,
    quakes.QUESTIONS,
    published.QUESTIONS,
    indicator_values.QUESTIONS,
    live_evidence.QUESTIONS,
    rule_levels.QUESTIONS,
    plan_documents.QUESTIONS,
    plan_dimensions.QUESTIONS,
    plan_programmes.QUESTIONS,
    plan_indicators.QUESTIONS,
    plan_changed.QUESTIONS,
    findings.QUESTIONS,
    alerts_happened.QUESTIONS,
    alerts_load.QUESTIONS,
    water_stations.QUESTIONS,
    water_trend.QUESTIONS,
    water_parameters.QUESTIONS,
    iklh_years.QUESTIONS,
    waste_flow.QUESTIONS,
    waste_places.QUESTIONS,
    waste_banks.QUESTIONS,
    green_progress.QUESTIONS,
    building_ranking.QUESTIONS,
    solar_roofs.QUESTIONS,
    corrections.QUESTIONS,
    availability.QUESTIONS,
    incidents.QUESTIONS,
    complaint_offices.QUESTIONS,
    information_offices.QUESTIONS,
    requests_by_service.QUESTIONS,
    open_data.QUESTIONS,
    scoreboard.QUESTIONS,
    office_own.QUESTIONS,
    office_duties.QUESTIONS,
)

QUESTIONS: dict[str, Question] = {q.id: q for q in chain.from_iterable(_ALL)}

if len(QUESTIONS) != sum(len(group) for group in _ALL):
    raise ValueError("two questions carry the same id")
