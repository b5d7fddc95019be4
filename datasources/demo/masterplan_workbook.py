"""Writes the example masterplan into the workbook that officers get as a template, with a few cells that cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from datasources.demo import masterplan_rows as plan
from datasources.demo.masterplan_rows import KINDS, LIVE, MARK, NOTE, PERIODS, QUARTER_ENDS, UNITS, YEARS, Example, Row
from datasources.demo.world import dice

SLIPS = 3
"""Cells of the example that no reader can take."""


def write_workbook(path: Path, of: Example, slips: bool = True) -> None:
    """Write it. Raises OSError as writing does."""
    from openpyxl import load_workbook

    from datasources.resources.masterplan_workbook import write_template

    write_template(path, of.today.year)
    book = load_workbook(path)
    for name, rows in sheets_of(of, slips).items():
        sheet = book[name]
        for number, row in enumerate(rows, 2):
            for column, cell in enumerate(row, 1):
                sheet.cell(number, column).value = cell
    book.create_sheet(MARK)["A1"] = NOTE
    book.save(path)


def sheets_of(of: Example, slips: bool = True) -> Mapping[str, Sequence[Row]]:
    """The rows of each sheet."""
    return {
        "Dokumen": plan.documents(of),
        "Sasaran": plan.goals(of),
        "Strategi": plan.strategies(of),
        "Program": plan.programmes(of),
        "Rencana aksi": plan.actions(of),
        "Indikator": indicators(of),
        "Target": targets(of) + (_slips(of) if slips else []),
        "Realisasi": realisations(of),
        "Anggaran": plan.budgets(of),
        "Pejabat": plan.holders(of),
    }


def indicators(of: Example) -> list[Row]:
    """The first of some programmes is told by this application itself."""
    return [
        [code, programme, name, KINDS[place % len(KINDS)], unit, direction, f"{MARK}: rumus", live]
        for programme, place, code, name, unit, direction, live, _ in _each(of)
    ]


def _each(of: Example) -> Iterator[tuple[str, int, str, str, str, str, str | None, Random]]:
    seen: set[str] = set()
    for programme, sub, _, chance in of.each():
        for place in range(of.indicators):
            unit, direction = UNITS[place % len(UNITS)]
            live = None
            if place == 0 and sub.code in LIVE and sub.code not in seen:
                live, unit, direction = LIVE[sub.code][0], LIVE[sub.code][1], "naik"
                seen.add(sub.code)
            name = f"{MARK}: indikator {place + 1} ({sub.name})"
            yield programme, place, f"{programme}-I{place + 1}", name, unit, direction, live, chance


def targets(of: Example) -> list[Row]:
    """By year and quarter; a few are 0, which no achievement can be computed from."""
    set_by, basis = "Bappeda", f"{MARK}, lampiran target"
    return [
        [code, year, cells["tahunan"], *(cells[name] for name in PERIODS[:4]), set_by, basis, None]
        for code, year, cells, _ in _aims(of)
    ]


def _aims(of: Example) -> Iterator[tuple[str, int, dict[str, Any], Random]]:
    for number, (_, place, code, _, unit, direction, live, chance) in enumerate(_each(of)):
        start = chance.randint(20, 60)
        for year in range(of.first_year, of.first_year + YEARS):
            grown = start + 6 * (year - of.first_year)
            if live is not None:
                whole: Any = next(aim for name, _, aim in LIVE.values() if name == live)
                yield code, year, dict.fromkeys(PERIODS, whole), chance
            elif direction == "rentang":
                yield code, year, dict.fromkeys(PERIODS, f"{start}–{start + 15}"), chance
            elif number % 37 == 20:
                yield code, year, dict.fromkeys(PERIODS, 0), chance
            elif direction == "turun":
                down = max(2, 40 - 5 * (year - of.first_year) - place)
                yield code, year, dict.fromkeys(PERIODS, down), chance
            elif unit == "%":
                yield (
                    code,
                    year,
                    {name: grown - 3 + k for k, name in enumerate(PERIODS[:4])} | {"tahunan": grown},
                    chance,
                )
            else:
                parts = {name: round(grown * 10 * (k + 1) / 4) for k, name in enumerate(PERIODS[:4])}
                yield code, year, parts | {"tahunan": grown * 10}, chance


def realisations(of: Example) -> list[Row]:
    """Of the periods that are over, one in ten was never reported; what this application tells itself nobody writes."""
    fed = {code for _, _, code, *_, live, _ in _each(of) if live}
    rows: list[Row] = []
    for code, year, cells, _ in _aims(of):
        chance = dice(of.seed, "realisasi", code, year)
        for name in PERIODS:
            day = date(year, *QUARTER_ENDS[PERIODS.index(name) if name != "tahunan" else 3])
            if code in fed or day >= of.today or chance.random() < 0.1:
                continue
            low, _, high = str(cells[name]).partition("–")
            middle = (int(low) + int(high or low)) / 2
            value = round(middle * chance.uniform(0.75, 1.2), 1)
            told = min(day + timedelta(days=chance.randint(3, 30)), of.today - timedelta(days=1))
            rows.append([code, year, name, value, told, "OPD pelaksana", "Bappeda" if chance.random() < 0.6 else None,
                         f"https://contoh.invalid/{code}/{year}/{name}", None])  # fmt: skip
    return rows


def _slips(of: Example) -> list[Row]:
    """A word for a number, a programme that is not there, and a range where a number belongs."""
    year, (code, *_) = of.first_year + YEARS, next(of.each())
    tail = ["Bappeda", f"{MARK}, lampiran target", None]
    first = f"{code}-I1"
    return [
        [f"{code}-I2", year, "empat puluh", None, None, None, None, *tail],
        ["XYZ-999-I1", year, 40, None, None, None, None, *tail],
        [first if of.indicators < 2 else f"{code}-I2", year + 1, "40–60", None, None, None, None, *tail],
    ]
