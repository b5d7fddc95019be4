"""What a cell of a recap says when it should be a count: a whole number, nothing, or a sentence for its writer."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Literal

from datasources.indonesian_dates import MONTHS
from datasources.privacy import MASK, mask
from datasources.spreadsheet import Cell

Dash = Literal["kosong", "nol"]
"""What "-" means in a file: "kosong" (not counted, so no record) or "nol"."""

MOST = 1_000_000_000
"""Above it stands a telephone number or a sum over nothing sensible; no centre counts so many calls."""
LONGEST_SHOWN = 30

_PLAIN = re.compile(r"\d+(?:[.,]0{1,2})?")
_POINTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,0+)?")
_SPACED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+")
_COMMAED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_DASH = re.compile(r"[-‐‑–—−]+")
_NOTHING = re.compile(r"n/?a|tad|null|\.+|#n/a", re.IGNORECASE)
_HARMLESS = {"bulan", "tahun", "jumlah", "total", "sub", "s", "d", "triwulan", "semester", "i", "ii", "iii", "iv"}
_NIL = re.compile(r"nihil|nol", re.IGNORECASE)


class BadCount(ValueError):
    """A cell that is no count; the message is the Indonesian reason with what would be right."""


def count(cell: Cell, dash: Dash, *, among_fractions: bool = False) -> int | None:
    """The whole number of a cell, None when nothing was counted. Raises BadCount.

    A text "86.161" is a number with a point for thousands. A number 86.161 is a fraction in Excel: typed with a point
    where a comma is the custom, or the other way round; it is refused. `among_fractions` says that the same column
    holds such a fraction: then 86 may have been "86.000" and is refused too.
    """
    if cell is None:
        return None
    if isinstance(cell, float):
        raise BadCount(_fraction(cell))
    if isinstance(cell, int) and not isinstance(cell, bool):
        if among_fractions and 0 < cell < 1000:
            raise BadCount(
                f"kolom ini memuat bilangan pecahan, maka {cell} mungkin ditulis {cell}.000; "
                "tulis semua angkanya tanpa titik atau koma"
            )
        return _possible(cell)
    if isinstance(cell, str):
        return _from_text(" ".join(cell.split()), dash)
    raise BadCount(f"'{shown(cell)}' bukan jumlah; tulis bilangan bulat tanpa satuan")


def looks_counted(cell: Cell) -> bool:
    """Whether somebody wrote a number here: to tell a row of counts from a signature or a footnote."""
    if isinstance(cell, str):
        return any(p.fullmatch(" ".join(cell.split())) for p in (_PLAIN, _POINTED, _SPACED, _COMMAED))
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def shown(cell: Cell | timedelta) -> str:
    """The cell as it may be kept: numbers, dates, months; other words without a digit may be a name."""
    if isinstance(cell, float):
        return repr(cell).replace(".", ",")
    text = "" if cell is None else mask(str(cell))
    if isinstance(cell, str) and not re.search(r"[\d#%]", text) and not _plain_words(text):
        return MASK
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def _plain_words(text: str) -> bool:
    return all(word in MONTHS or word in _HARMLESS for word in re.findall(r"[^\W\d_]+", text.lower()))


def _from_text(text: str, dash: Dash) -> int | None:
    if _DASH.fullmatch(text):
        return 0 if dash == "nol" else None
    if not text or _NOTHING.fullmatch(text):
        return None
    if _NIL.fullmatch(text):
        return 0
    if _POINTED.fullmatch(text):
        return _possible(int(text.partition(",")[0].replace(".", "")))
    if _SPACED.fullmatch(text):
        return _possible(int(text.replace(" ", "")))
    if _PLAIN.fullmatch(text):
        return _possible(int(re.split(r"[.,]", text)[0]))
    if _COMMAED.fullmatch(text):
        raise BadCount(
            f"'{text}' tidak pasti: koma adalah tanda desimal; bila maksudnya {text.replace(',', '')}, "
            f"tulis {text.replace(',', '.')} atau {text.replace(',', '')}"
        )
    raise BadCount(f"'{shown(text)}' bukan jumlah; tulis bilangan bulat tanpa satuan, '-' bila tidak dihitung")


def _fraction(number: float) -> str:
    thousandfold = round(number * 1000, 6)
    if number > 0 and thousandfold.is_integer():
        meant = f"bila maksudnya {int(thousandfold)}, tulis {int(thousandfold)} tanpa titik atau koma"
    else:
        meant = "tulis bilangan bulat"
    return f"angka ini tersimpan sebagai pecahan {shown(number)}, padahal jumlah panggilan selalu bulat; {meant}"


def _possible(number: int) -> int:
    if not 0 <= number <= MOST:
        raise BadCount(f"'{mask(str(number))}' tidak mungkin; tulis bilangan bulat mulai dari 0")
    return number
