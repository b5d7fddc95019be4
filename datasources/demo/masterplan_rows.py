"""An example masterplan: every name says CONTOH, every figure is invented, nothing is a real programme of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from random import Random
from typing import Any

from datasources.demo.world import dice
from datasources.resources.masterplan_dimensions import SubDimension, sub_dimensions

Row = list[Any]
MARK, DOCUMENT, YEARS = "CONTOH", "CONTOH-MP", 5
NOTE = "CONTOH dan SIMULASI: semua program, indikator, target, angka dan nama pejabat di buku kerja ini dikarang."
OFFICES = (
    "DPMPTSP", "BKPSDM", "Bappeda", "Disparbud", "Disperindag", "DPUPR", "Diskop UM", "Dinsos", "Bapenda", "DPRKP2",
    "Dinkes", "Dishub", "Diskominfo", "Dispendik", "Satpol PP", "DLH", "DLH", "Setda",
)  # fmt: skip
"""Who answers for each of the eighteen sub-dimensions."""
LIVE = {
    "GOV.1": ("complaints.closed_in_time", "%", 85), "GOV.3": ("spbe.index", "dari 5", 4.2),
    "SOC.3": ("calls112.within_15_min", "%", 80), "ENV.2": ("waste.handled", "%", 70),
}  # fmt: skip
KINDS = ("output", "outcome", "output", "outcome", "impact")
UNITS = (("layanan", "naik"), ("%", "naik"), ("orang", "naik"), ("hari", "turun"), ("%", "rentang"))
QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))
PERIODS = ("TW1", "TW2", "TW3", "TW4", "tahunan")


@dataclass(frozen=True, slots=True)
class Example:
    """How large the example is; `today` decides which periods are over."""

    seed: str
    today: date
    programmes: int = 24
    indicators: int = 3

    @property
    def first_year(self) -> int:
        """The third of its five years is this one."""
        return self.today.year - 2

    def each(self) -> Iterator[tuple[str, SubDimension, str, Random]]:
        """(code, sub-dimension, OPD, chance) of each programme."""
        places = cycle(zip(sub_dimensions().values(), OFFICES, strict=True))
        for number, (of, opd) in enumerate(islice(places, self.programmes), 1):
            code = f"{of.dimension}-{number:03d}"
            yield code, of, opd, dice(self.seed, "masterplan", code)


def documents(of: Example) -> list[Row]:
    """One, for five years."""
    first, last = of.first_year, of.first_year + YEARS - 1
    title = f"{MARK} masterplan kota cerdas {first}–{last} (bukan dokumen nyata)"
    return [[DOCUMENT, title, "masterplan", None, first, last, date(first, 1, 2), date(first, 1, 2), date(last, 12, 31),
             "contoh", 120]]  # fmt: skip


def goals(of: Example) -> list[Row]:
    """One for each dimension."""
    names = {one.dimension: one.dimension_name for one in sub_dimensions().values()}
    return [[f"S-{code}", DOCUMENT, code, f"{MARK}: sasaran {name}"] for code, name in names.items()]


def strategies(of: Example) -> list[Row]:
    """One for each sub-dimension."""
    return [[f"ST-{s.code.replace('.', '')}", f"S-{s.dimension}", f"{MARK}: strategi {s.name}"]
            for s in sub_dimensions().values()]  # fmt: skip


def programmes(of: Example) -> list[Row]:
    """Every fourth is a quick win; a few are done, put off, or begin later."""
    rows = []
    for number, (code, sub, opd, chance) in enumerate(of.each()):
        first = of.first_year + (chance.randint(0, 1) if number % 3 else 0) + (3 if number % 23 == 11 else 0)
        course = "selesai" if number % 19 == 7 else "ditunda" if number % 29 == 13 else "berjalan"
        quick = number % 4 == 0
        last = min(of.first_year + YEARS - 1, first + (1 if quick else 4))
        words = ("ya", "pendek") if quick else ("tidak", "menengah")
        name = f"{MARK} {number + 1}: {sub.name}"
        rows.append([code, DOCUMENT, f"ST-{sub.code.replace('.', '')}", sub.name, name, *words, first, last, opd,
                     "Diskominfo; Bappeda", "APBD", None, course])  # fmt: skip
    return rows


def actions(of: Example) -> list[Row]:
    """Six for each, a day of the document each; what is over is mostly done, some is late, some nobody reported."""
    rows: list[Row] = []
    years = {row[0]: (row[7], row[8]) for row in programmes(of)}
    for code, _, opd, chance in of.each():
        first, last = years[code]
        for place in range(6):
            month, day = QUARTER_ENDS[chance.randrange(4)]
            due = date(min(first + place, last), month, day)
            progress, told = _reported(of, due, chance)
            bukti = f"https://contoh.invalid/{code}/{place + 1}" if progress else None
            what, output = f"{MARK}: kegiatan {place + 1}", f"{MARK}: keluaran {place + 1}"
            weight = chance.randint(1, 4)
            rows.append([f"{code}-A{place + 1}", code, what, output, due, opd, weight, progress, told, bukti])
    return rows


def _reported(of: Example, due: date, chance: Random) -> tuple[int | None, date | None]:
    luck = chance.random()
    if due >= of.today:
        return (chance.randint(0, 40), of.today - timedelta(days=20)) if due.year == of.today.year else (None, None)
    if luck < 0.03:
        return None, None
    return (chance.randint(30, 90) if luck < 0.10 else 100), min(due, of.today - timedelta(days=1))


def budgets(of: Example) -> list[Row]:
    """A year each; what is spent of the year that runs lies below its budget."""
    rows: list[Row] = []
    for code, _, _, chance in of.each():
        for year in range(of.first_year, of.first_year + YEARS):
            planned = chance.randint(4, 60) * 25_000_000
            share = chance.uniform(0.8, 1) if year < of.today.year else chance.uniform(0.3, 0.8)
            rows.append([code, year, planned, int(planned * share) if year <= of.today.year else None])
    return rows


def holders(of: Example) -> list[Row]:
    """The regent changed in the second year, and the plan went on."""
    changed = date(of.first_year + 1, 2, 20)
    rows: list[Row] = [
        ["Bupati", date(of.first_year - 3, 2, 26), f"{MARK} Bupati A", None, changed - timedelta(days=1)],
        ["Bupati", changed, f"{MARK} Bupati B", None, None],
    ]
    return rows + [[f"Kepala {opd}", changed, f"{MARK} Kepala {opd}", opd, None] for opd in dict.fromkeys(OFFICES)]
