"""The settings parts of services: in the list, each with its own right, and with callbacks that do not collide."""

from __future__ import annotations

from dash import Dash
from sqlalchemy import create_engine

from dashboard.editing.maintenance import EVERY_SERVICE
from layouts.editing import days_off, maintenance
from layouts.editing.parts import PARTS, register


def test_both_parts_stand_in_the_settings_with_a_right_of_their_own() -> None:
    actions = {part.name: part.action for part in PARTS}
    assert actions["pemeliharaan"] == "maintenance.write"
    assert actions["hari-libur"] == "holidays.write"


def test_all_parts_register_beside_each_other() -> None:
    app = Dash("uji", pages_folder="")
    register(app, create_engine("sqlite://"))
    outputs = " ".join(app.callback_map)
    assert "maintenance-list" in outputs
    assert "day-off-list" in outputs


def test_the_forms_are_structure_and_name_all_services() -> None:
    shown = str(maintenance.fields("")) + str(days_off.fields(""))
    assert EVERY_SERVICE in shown
    assert "Tetap hari kerja" in shown
