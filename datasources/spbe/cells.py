"""What a cell of an assessment workbook may hold, and the sentence its writer gets when it may not."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from datasources import evidence
from datasources.indonesian_dates import WIB, to_utc
from datasources.privacy import mask
from datasources.spbe.instrument import Instrument

STAGES = ("draf", "diverifikasi", "dikirim", "dokumen", "interviu", "visitasi", "final")
ALSO = {"mandiri": "draf"}
"""Words of earlier workbooks."""
LONGEST_SHOWN = 30
LONGEST_EXPLANATION = 200


class BadCell(Exception):
    """A cell that cannot be; the message is the Indonesian reason."""


def shown(cell: Any) -> str:
    """The cell as its writer knows it, short and without personal data."""
    text = "" if cell is None else mask(str(cell))
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def indicator_number(instrument: Instrument, cell: Any) -> int:
    """The number of an indicator of the instrument. Raises BadCell."""
    number = _whole(cell)
    if number is None or number not in instrument.indicators:
        raise BadCell(f"indikator '{shown(cell)}' tidak ada; tulis nomor 1 sampai {max(instrument.indicators)}")
    return number


def value(instrument: Instrument, cell: Any) -> Decimal:
    """A whole level, or a value with as many decimals as the instrument has. Raises BadCell."""
    rule, number = instrument.values, _decimal(cell)
    fits = number is not None and rule.lowest <= number <= rule.highest
    whole = _whole(cell) is not None
    if number is not None and fits and (whole if rule.whole else number == round(number, rule.decimals)):
        return number
    if rule.whole:
        raise BadCell(f"level '{shown(cell)}' tidak mungkin; tulis bilangan bulat {rule.lowest} sampai {rule.highest}")
    low, high = (f"{edge:.{rule.decimals}f}".replace(".", ",") for edge in (rule.lowest, rule.highest))
    most = f"dengan paling banyak {rule.decimals} angka di belakang koma"
    raise BadCell(f"nilai '{shown(cell)}' tidak mungkin; tulis {low} sampai {high} {most}")


def year(instrument: Instrument, cell: Any, this_year: int) -> int:
    """A year the instrument is in force, up to this year. Raises BadCell."""
    number = _whole(cell)
    last = min(this_year, instrument.last_year or this_year)
    if number is None or not instrument.first_year <= number <= last:
        span = f"tahun {instrument.first_year}" + (f" sampai {last}" if last > instrument.first_year else "")
        raise BadCell(f"tahun '{shown(cell)}' tidak mungkin untuk {instrument.title}; tulis {span}")
    return number


def stage(cell: Any) -> str:
    """One of STAGES, however it is capitalised. Raises BadCell."""
    word = cell.strip().lower() if isinstance(cell, str) else ""
    word = ALSO.get(word, word)
    if word not in STAGES:
        raise BadCell(f"tahap '{shown(cell)}' tidak dikenal; tulis salah satu dari {', '.join(STAGES)}")
    return word


def assessed_at(instrument: Instrument, cell: Any, today: date) -> datetime | None:
    """The assessment day (00.00 WIB) as UTC; None for an empty cell. Raises BadCell."""
    first = date(instrument.first_year, 1, 1)
    try:
        moment = to_utc(cell)
    except (ValueError, OverflowError):
        raise BadCell(f"tanggal '{shown(cell)}' tidak terbaca; tulis seperti 31/12/{today.year - 1}") from None
    if moment is not None and not first <= moment.astimezone(WIB).date() <= today:
        raise BadCell(f"tanggal '{shown(cell)}' tidak mungkin; tulis tanggal {first:%d/%m/%Y} sampai {today:%d/%m/%Y}")
    return moment


def explanation(cell: Any) -> str:
    """What its writer says of the value, in one line and without telephone numbers and quoted names."""
    return "" if cell is None else mask(" ".join(str(cell).split()))[:LONGEST_EXPLANATION]


def evidence_links(cell: Any) -> tuple[str, ...]:
    """The links of a cell; empty for an empty one. Raises BadCell."""
    try:
        return () if cell is None else evidence.links(str(cell))
    except evidence.BadLink as bad:
        raise BadCell(str(bad)) from None


def _whole(cell: Any) -> int | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return cell
    if isinstance(cell, str) and re.fullmatch(r"[0-9]{1,4}", cell.strip()):
        return int(cell)
    return None


def _decimal(cell: Any) -> Decimal | None:
    """A number as it is written, '2,5' or 2.5; None for what is none."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None
    text = str(cell).strip().replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,12})?", text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
