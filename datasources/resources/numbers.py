"""Numbers as offices and laboratories write them: '1.234,5', '<0,016', '24 x 10^7'. Nothing is guessed."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from datasources.privacy import mask
from datasources.spreadsheet import Cell

LONGEST_SHOWN = 30
MOST_DIGITS = 15
"""What a double keeps; a number of more digits was not measured."""

_WHOLE = re.compile(r"\d+")
_GROUPED = re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_COMMA = re.compile(r"\d+,\d+")
_POINT = re.compile(r"\d+\.\d+")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_POWER = re.compile(r"(?P<mantissa>[\d.,]+) ?(?:[x×*·] ?10 ?(?:\^ ?)?|[eE])(?P<exponent>[+-]?\d{1,2}|[⁻⁰¹²³⁴-⁹]{1,3})")
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_LESS = re.compile(r"(?:<|≤|kurang dari)\s*")
_NOTHING = re.compile(r"[-–—.]*|n/?a|null|tad|tidak diukur|#n/a", re.IGNORECASE)


class BadCell(ValueError):
    """A cell that cannot be; the message is the Indonesian reason, with the value and what would be right."""


def shown(cell: object) -> str:
    """The cell as its writer knows it, short and without personal data."""
    text = "" if cell is None else mask(str(cell))
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def written(value: Decimal) -> str:
    """A number inside a sentence, as its reader types it: decimal comma, no points."""
    return f"{value:f}".replace(".", ",")


def is_nothing(cell: Cell) -> bool:
    """An empty cell, a dash, 'n/a', 'tidak diukur': not measured, so no record."""
    return cell is None or (isinstance(cell, str) and _NOTHING.fullmatch(cell.strip()) is not None)


def number(cell: Cell) -> Decimal:
    """A number that is not negative. Raises BadCell.

    A text "1.234" may be a thousand or one and a bit: it is refused. A number of Excel is what it is.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _checked(Decimal(str(cell)), cell)
    if not isinstance(cell, str):
        raise BadCell(f"'{shown(cell)}' bukan angka; tulis angka seperti 12,5")
    text = " ".join(cell.split())
    if _AMBIGUOUS.fullmatch(text):
        whole, fraction = text.split(".")
        raise BadCell(f"'{text}' dapat berarti {whole}{fraction} atau {whole},{fraction}; tulis salah satunya itu")
    return _checked(_plain(text, cell), cell)


def laboratory(cell: Cell) -> tuple[Decimal, bool]:
    """The value of a laboratory, and whether it is a detection limit not reached ("<0,016"). Raises BadCell."""
    if not isinstance(cell, str):
        return number(cell), False
    text = " ".join(cell.split())
    less = _LESS.match(text)
    bare = text[less.end() :] if less else text
    if less and not bare:
        raise BadCell(f"'{shown(cell)}' tanpa batas deteksi; tulis seperti <0,016")
    power = _POWER.fullmatch(bare)
    if power is None:
        return number(bare), less is not None
    exponent = int(power["exponent"].translate(_RAISED))
    return _checked(_plain(power["mantissa"], cell).scaleb(exponent), cell), less is not None


def _plain(text: str, cell: Cell) -> Decimal:
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _COMMA.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if _WHOLE.fullmatch(text) or _POINT.fullmatch(text):
        return Decimal(text)
    raise BadCell(f"'{shown(cell)}' bukan angka; tulis angka seperti 12,5 tanpa satuan")


def _checked(value: Decimal, cell: Cell) -> Decimal:
    try:
        digits = len(value.normalize().as_tuple().digits)
    except InvalidOperation:
        raise BadCell(f"'{shown(cell)}' bukan angka yang dapat diukur; tulis angka seperti 12,5") from None
    if not value.is_finite() or value < 0:
        raise BadCell(f"'{shown(cell)}' tidak mungkin; tulis angka mulai dari 0")
    if digits > MOST_DIGITS:
        raise BadCell(f"'{shown(cell)}' lebih dari {MOST_DIGITS} angka; bulatkan")
    return value
