"""What a cell of the SPBE workbook may hold, and the sentence its writer gets when it may not."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from datasources.indonesian_dates import WIB, to_utc
from datasources.privacy import mask
from datasources.spbe.indicators import indicators

FIRST_YEAR = 2021
"""PermenPANRB 59/2020 is in force from 1 January 2021."""
STAGES = ("mandiri", "dokumen", "interviu", "visitasi", "final")
LONGEST_SHOWN = 30


class BadCell(Exception):
    """A cell that cannot be; the message is the Indonesian reason."""


def shown(cell: Any) -> str:
    """The cell as its writer knows it, short and without personal data."""
    text = "" if cell is None else mask(str(cell))
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def indicator_number(cell: Any) -> int:
    """1..47. Raises BadCell."""
    number = _whole(cell)
    if number not in indicators():
        raise BadCell(f"indikator '{shown(cell)}' tidak ada; tulis nomor 1 sampai 47")
    return number


def level(cell: Any) -> int:
    """1..5. Raises BadCell."""
    number = _whole(cell)
    if number is None or not 1 <= number <= 5:
        raise BadCell(f"level '{shown(cell)}' tidak mungkin; tulis bilangan bulat 1 sampai 5")
    return number


def year(cell: Any, this_year: int) -> int:
    """From 2021 to this year. Raises BadCell."""
    number = _whole(cell)
    if number is None or not FIRST_YEAR <= number <= this_year:
        raise BadCell(f"tahun '{shown(cell)}' tidak mungkin; tulis tahun {FIRST_YEAR} sampai {this_year}")
    return number


def stage(cell: Any) -> str:
    """One of STAGES, however it is capitalised. Raises BadCell."""
    word = cell.strip().lower() if isinstance(cell, str) else ""
    if word not in STAGES:
        raise BadCell(f"tahap '{shown(cell)}' tidak dikenal; tulis salah satu dari {', '.join(STAGES)}")
    return word


def assessed_at(cell: Any, today: date) -> datetime | None:
    """The assessment day (00.00 WIB) as UTC; None for an empty cell. Raises BadCell."""
    try:
        moment = to_utc(cell)
    except (ValueError, OverflowError):
        raise BadCell(f"tanggal '{shown(cell)}' tidak terbaca; tulis seperti 31/12/{today.year - 1}") from None
    if moment is not None and not date(FIRST_YEAR, 1, 1) <= moment.astimezone(WIB).date() <= today:
        raise BadCell(f"tanggal '{shown(cell)}' tidak mungkin; tulis tanggal 01/01/2021 sampai {today:%d/%m/%Y}")
    return moment


def _whole(cell: Any) -> int | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return cell
    if isinstance(cell, str) and re.fullmatch(r"[0-9]{1,4}", cell.strip()):
        return int(cell)
    return None
