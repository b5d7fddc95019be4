"""Rows of published results checked: whether the index and the predicate follow from the printed group values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from dashboard.formulas.maturity_index import PredicateOn, predicate, weighted_mean
from dashboard.formulas.written_number import written
from dashboard.instruments import level_sums, scheme_of
from datasources.spbe.instrument import Instrument
from datasources.spreadsheet import Cell

_GROUP = re.compile(r"(?:nilai[ _]?)?(?:domain|aspek|nd|na|d)[ _]?(\d)")
INDEX, PREDICATE = ("indeks", "index", "indeks spbe", "indeks_spbe"), ("predikat", "predicate")
NAMES, YEARS = ("instansi", "nama", "nama_instansi", "nama instansi", "daerah"), ("tahun", "year")
_HALF = Fraction(1, 200)


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that does not fit, and why."""

    row: int
    name: str
    reason: str


def differences(
    instrument: Instrument, rows: Iterable[tuple[int, Mapping[str, Cell]]], on: PredicateOn
) -> Iterator[Difference | None]:
    """For each row what does not fit, None when all does. `on` says which index carries the predicate."""
    for number, row in rows:
        folded = {name.casefold().strip(): cell for name, cell in row.items()}
        name = " ".join(str(_first(folded, names)) for names in (NAMES, YEARS) if _first(folded, names) is not None)
        try:
            reason = _reason(instrument, folded, on)
        except (ValueError, InvalidOperation) as wrong:
            reason = str(wrong)
        yield Difference(number, name, reason) if reason else None


def _first(row: Mapping[str, Cell], names: tuple[str, ...]) -> Cell:
    return next((row[name] for name in names if row.get(name) is not None), None)


def _reason(instrument: Instrument, row: Mapping[str, Cell], on: PredicateOn) -> str:
    groups = {int(m[1]): _number(name, cell) for name, cell in row.items() if (m := _GROUP.fullmatch(name))}
    if set(groups) != set(instrument.upper_groups):
        name, last = instrument.upper_name, max(instrument.upper_groups)
        raise ValueError(f"perlu kolom {name}1 sampai {name}{last}")
    index = _number("indeks", _first(row, INDEX))
    possible = _possible(instrument, groups)
    if not possible:
        return f"tidak ada level bilangan bulat yang memberi nilai {instrument.upper_name} ini"
    fitting = [span for span in possible if _prints(span, index)]
    if not fitting:
        low, high = min(p[0] for p in possible), max(p[1] for p in possible)
        span = written(low, 4) if low == high else f"{written(low, 4)} sampai {written(high, 4)}"
        return f"indeks tertulis {written(index, 2)}, dari nilai {instrument.upper_name} keluar {span}"
    return _predicate_reason(instrument, str(_first(row, PREDICATE) or "").strip(), fitting, on)


def _prints(span: tuple[Fraction, Fraction], index: Decimal) -> bool:
    """Whether an unrounded index of the span is printed so, halves upward."""
    return span[0] < Fraction(index) + _HALF and span[1] >= Fraction(index) - _HALF


def _possible(instrument: Instrument, groups: Mapping[int, Decimal]) -> list[tuple[Fraction, Fraction]]:
    """The unrounded indices behind the printed groups, as spans: points where levels are whole."""
    if instrument.values.whole:
        return [(s.index, s.index) for s in level_sums(instrument, groups, unscored=True)]
    mean = weighted_mean({n: g.weight for n, g in instrument.upper_groups.items()}, groups)
    return [] if mean is None else [(mean - _HALF, mean + _HALF)]


def _predicate_reason(
    instrument: Instrument, word: str, possible: list[tuple[Fraction, Fraction]], on: PredicateOn
) -> str:
    if not word:
        return ""
    bands = scheme_of(instrument).bands
    words = {w.casefold(): w for w, _ in bands}
    if word.casefold() not in words:
        return f"predikat '{word}' tidak dikenal; yang ada {', '.join(words.values())}"
    other: PredicateOn = "rounded" if on == "unrounded" else "unrounded"
    said = {way: {predicate(max(edge, Fraction(0)), bands, way) for p in possible for edge in p} for way in (on, other)}
    if words[word.casefold()] in said[on]:
        return ""
    rounding = {"rounded": "sesudah dibulatkan", "unrounded": "sebelum dibulatkan"}
    hint = f"; cocok bila dinilai {rounding[other]}" if words[word.casefold()] in said[other] else ""
    return f"predikat tertulis {word}, dari indeks {rounding[on]} keluar {' atau '.join(sorted(said[on]))}{hint}"


def _number(name: str, cell: Cell) -> Decimal:
    text = "" if cell is None else str(cell).strip().replace(",", ".")
    if not re.fullmatch(r"\d(\.\d{1,4})?", text):
        raise ValueError(f"{name} '{text}' bukan angka 0 sampai 5; tulis seperti 4,16")
    return Decimal(text)
