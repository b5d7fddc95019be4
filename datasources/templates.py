"""The workbooks that OPD fill in, by name; each is written from what its reader looks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from datasources.air_quality import template as air
from datasources.calls112 import recap_template
from datasources.delivery import template as delivery
from datasources.resources import (
    energy_workbook,
    green_space_workbook,
    iklh_workbook,
    masterplan_workbook,
    waste_workbook,
    water_workbook,
)
from datasources.spbe import template as spbe

TEMPLATES: Mapping[str, Callable[[Path, int], object]] = {
    "spbe": spbe.write_template,
    "rekap112": recap_template.write_template,
    "udara": air.write_template,
    "air": water_workbook.write_template,
    "sampah": waste_workbook.write_template,
    "rth": green_space_workbook.write_template,
    "energi": energy_workbook.write_template,
    "iklh": iklh_workbook.write_template,
    "masterplan": masterplan_workbook.write_template,
    "layanan": delivery.write_template,
}
"""Name → (file, year) → a workbook with headings, examples and rules."""
