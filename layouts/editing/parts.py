"""The parts of the settings: who may use which, and their callbacks."""

from __future__ import annotations

from dash import Dash
from sqlalchemy import Engine

from dashboard.access.roles import Action
from layouts.editing import (
    accounts,
    api_tokens,
    chart_notes,
    days_off,
    duplicate_reports,
    inhabitants,
    level_values,
    maintenance,
    river_thresholds,
    words,
)
from layouts.editing.part import Part

PATH = "/pengaturan"
WHAT = "pengaturan"
PARTS: tuple[Part, ...] = (
    words.PART,
    inhabitants.PART,
    chart_notes.PART,
    duplicate_reports.PART,
    river_thresholds.PART,
    level_values.PART,
    maintenance.PART,
    days_off.PART,
    accounts.PART,
    api_tokens.PART,
)
ACTIONS: tuple[Action, ...] = tuple(part.action for part in PARTS)


def register(app: Dash, engine: Engine) -> None:
    """Every callback of the settings; each asks for the right itself, for hiding is for the eye."""
    for part in PARTS:
        part.register(app, engine)
