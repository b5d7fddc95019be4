"""Instruments from their files: `<name>.toml` with the rules and `<name>.csv` with the indicators; checked as read."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from datasources.spbe.instrument import (
    AssessedIndicator,
    External,
    Group,
    Instrument,
    Live,
    PredicateBand,
    Requirement,
    ValueRule,
)

FOLDER = Path(__file__).parent / "instruments"


class InstrumentError(Exception):
    """A file of an instrument holds a mistake; the message names file, place, value and what would be right."""


@cache
def instruments() -> dict[str, Instrument]:
    """Every instrument of the folder by its id, the oldest first. Raises InstrumentError."""
    return load_all(FOLDER)


def instrument_of(year: int) -> Instrument | None:
    """The instrument with which a year is assessed; None before the first."""
    return next((i for i in instruments().values() if i.in_force(year)), None)


def load_all(folder: Path) -> dict[str, Instrument]:
    """The instruments of a folder: two files each and no code. Raises InstrumentError."""
    found = sorted((load(file) for file in folder.glob("*.toml")), key=lambda i: (i.first_year, i.id))
    for name in ("id", "key", "sheet"):
        values = [getattr(instrument, name) for instrument in found]
        if len(set(values)) < len(values):
            raise InstrumentError(f"{folder}: {name} harus berbeda untuk setiap instrumen; ditemukan {values}.")
    return {instrument.id: instrument for instrument in found}


def load(file: Path) -> Instrument:
    """One instrument from its TOML and the CSV beside it. Raises InstrumentError."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        with file.with_suffix(".csv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        made = _instrument(table, rows)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InstrumentError(f"{file}: tidak terbaca ({error}).") from None
    except KeyError as error:
        raise InstrumentError(f"{file}: kunci {error} tidak ada; lihat spbe-2020.toml.") from None
    except (TypeError, ValueError, InvalidOperation) as error:
        raise InstrumentError(f"{file}: nilai tidak sah ({error}); lihat spbe-2020.toml.") from None
    for mistake in _mistakes(made):
        raise InstrumentError(f"{file}: {mistake}.")
    return made


def _instrument(table: Mapping[str, Any], rows: list[dict[str, str]]) -> Instrument:
    values, predicate = table["values"], table["predicate"]
    decimals = {k: Decimal(values[k]) for k in ("lowest", "highest", "plan_step", "unscored", "target")}
    on = predicate["on"]
    if on not in ("unrounded", "rounded"):
        raise ValueError(f"predicate.on = '{on}'; yang benar unrounded atau rounded")
    bands = [PredicateBand(**{**b, "start": Decimal(b["start"])}) for b in predicate["bands"]]
    return Instrument(
        **{k: table[k] for k in ("id", "key", "title", "lead", "legal_basis", "sheet", "first_year")},
        last_year=table.get("last_year"),
        values=ValueRule(**{**values, **decimals}),
        predicate_on=on,
        predicate_source=predicate["source"],
        predicates=tuple(sorted(bands, key=lambda b: -b.start)),
        domains=_groups(table.get("domains", [])),
        aspects=_groups(table["aspects"]),
        indicators={i.number: i for i in map(_indicator, rows)},
        words={name: tuple(words) for name, words in table.get("words", {}).items()},
        externals={e["indicator"]: _external(e) for e in table.get("external", [])},
        lives={e["indicator"]: Live(**{**e, "measured": tuple(e["measured"])}) for e in table.get("live", [])},
        requirements=tuple(map(_requirement, table.get("requires", []))),
        sources=table["sources"],
    )


def _groups(entries: Iterable[Mapping[str, Any]]) -> dict[int, Group]:
    return {e["number"]: Group(**{**e, "weight": Decimal(e["weight"])}) for e in entries}


def _indicator(row: Mapping[str, str]) -> AssessedIndicator:
    origin = tuple((row.get("origin") or "").split())
    return AssessedIndicator(
        int(row["no"]), row["name"], int(row["aspect"]), Decimal(row["weight"]), row["words"], row["source"], origin
    )


def _external(entry: Mapping[str, Any]) -> External:
    step = {"plan_step": Decimal(entry["plan_step"])} if "plan_step" in entry else {}
    return External(**{**entry, "edges": tuple(map(Decimal, entry.get("edges", []))), **step})


def _requirement(entry: Mapping[str, Any]) -> Requirement:
    return Requirement(**{**entry, "value": Decimal(entry["value"]), "at": Decimal(entry["at"])})


def _mistakes(made: Instrument) -> Iterable[str]:
    """What a checked instrument must not be: weights that do not add up, groups and sources that are not there."""
    if total := sum(i.weight for i in made.indicators.values()) - 100:
        yield f"bobot indikator berjumlah {100 + total}; yang benar 100"
    for lost in {i.aspect for i in made.indicators.values()} - set(made.aspects):
        yield f"aspek {lost} dipakai indikator tetapi tidak ada"
    for number, aspect in made.aspects.items():
        if made.domains and aspect.domain not in made.domains:
            yield f"aspek {number} menyebut domain {aspect.domain} yang tidak ada"
        yield from _weight_mistake(made, f"aspek {number}", aspect.weight, made.members("aspect", number))
    for number, domain in made.domains.items():
        yield from _weight_mistake(made, f"domain {number}", domain.weight, made.members("upper", number))
    tied = {n for r in made.requirements for n in (r.indicator, r.needs)}
    for lost in {*made.externals, *made.lives, *tied} - set(made.indicators):
        yield f"indikator {lost} disebut tetapi tidak ada di berkas CSV"
    if made.predicates[-1].start > made.values.lowest:
        yield f"predikat terendah mulai di {made.predicates[-1].start}; yang benar paling tinggi {made.values.lowest}"
    room = made.values.highest - made.values.lowest
    for wrong in {made.step_of(n) for n in made.indicators if not 0 < made.step_of(n) <= room}:
        yield f"plan_step {wrong} tidak mungkin; yang benar lebih dari 0 dan paling tinggi {room}"
    for code in sorted(_codes(made) - set(made.sources)):
        yield f"sumber '{code}' tidak dijelaskan dalam [sources]"


def _weight_mistake(made: Instrument, name: str, weight: Decimal, members: tuple[int, ...]) -> Iterable[str]:
    total = sum((made.indicators[n].weight for n in members), Decimal(0))
    if total != weight:
        yield f"bobot {name} tertulis {weight}, jumlah indikatornya {total}"


def _codes(made: Instrument) -> set[str]:
    grouped = (*made.domains.values(), *made.aspects.values())
    codes = {g.source for g in grouped} | {i.source for i in made.indicators.values()}
    codes |= {p.source for p in made.predicates} | {e.source for e in made.externals.values()}
    codes |= {r.source for r in made.requirements}
    return codes | {made.predicate_source, made.values.unscored_source}
