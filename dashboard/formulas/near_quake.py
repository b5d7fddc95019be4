"""Whether an earthquake concerns a place: near by its coordinates, or felt there from wherever."""

from __future__ import annotations

from dashboard.formulas.distance import Place, great_circle_km
from dashboard.formulas.felt_intensity import felt_in

NEAR_KM = 300


def is_near(epicentre: Place, home: Place, felt: str | None, home_name: str) -> bool:
    """Within 300 km of home, or what BMKG says people felt names it."""
    return great_circle_km(home, epicentre) <= NEAR_KM or felt_in(felt, home_name) is not None
