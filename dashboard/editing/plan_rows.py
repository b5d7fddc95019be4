"""Rows of the masterplan added, changed and ended by their owner: read and refused as the workbook's rows are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.editing import plan_cells
from dashboard.editing.entry import EntryRefused, NotYours, one_line, quoted
from dashboard.editing.masterplan import owned, owns, tell
from dashboard.editing.plan_sheets import NAMES, SHEETS, Name, Sheet, as_typed, key_of, rows_of, seen_as
from dashboard.indicators.standing_plan import BY_HAND, actions, in_force, indicators, programmes
from dashboard.store import masterplan_locks as locks
from dashboard.store import masterplan_plan
from dashboard.store.keep import keep
from dashboard.store.masterplan_changes import PlanChange
from dashboard.store.masterplan_words import ADDED, PARTS, TARGET, as_text
from dashboard.store.people import Person
from datasources.contract import Refused
from datasources.resources import masterplan_forms as plan
from datasources.resources import masterplan_indicator_forms as judged
from datasources.resources.form import Form
from datasources.resources.masterplan_entry import read_entry
from datasources.resources.masterplan_records import Programme
from datasources.resources.numbers import is_nothing


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed into a form: `cells` by field, `row` the key of the row that is changed, '' for a new one.

    `programme` is the code of the page, '' for a new programme; `seen` the mark of the row as it was shown.
    """

    sheet: object
    programme: object = ""
    row: object = ""
    cells: Mapping[str, object] = field(default_factory=dict)
    reason: object = None
    seen: object = None


def keep_row(connection: Connection, entry: Entry, by: Person, at: datetime) -> str:
    """Keep a row; returns the code of its programme. Raises EntryRefused, NotYours for another OPD's programme."""
    name = next((known for known in NAMES if known == entry.sheet), None)
    if name is None:
        raise EntryRefused(f"Lembar {quoted(str(entry.sheet))} tidak ada; pilih dari halaman program.")
    locks.lock_documents(connection)
    programme = owned(connection, str(entry.programme), by, at)[1] if entry.programme or name != "program" else None
    rows = rows_of(connection, name, programme.code, at) if programme else []
    old = _old(SHEETS[name], entry, rows)
    why = plan_cells.reason(entry.reason, needed=old is not None or name == TARGET)
    record = _read(connection, name, programme, old, rows, entry, by, at)
    if name == "program" and not owns(by, record):
        raise NotYours(f"Program {record.code} milik {record.opd}; OPD pemiliknya yang mengubahnya.")
    if old is None:
        found = _add(connection, name, programme, record, by, why, at)
    else:
        found = _differing(SHEETS[name], old, record, by, why, at)
    tell(connection, found, by, at)
    return programme.code if programme else record.code


def _old(sheet: Sheet, entry: Entry, rows: Sequence[Any]) -> Any:
    """The row that is changed, as it was shown; None for a new one."""
    if not entry.row:
        return None
    old = next((one for one in rows if key_of(sheet, one) == entry.row), None)
    if old is None:
        raise EntryRefused(f"Baris {quoted(str(entry.row))} tidak ada pada program ini; pilih dari daftar.")
    if seen_as(sheet, old) != entry.seen:
        raise EntryRefused("Baris ini sudah diubah sejak Anda membukanya; muat ulang halaman, lalu isi sekali lagi.")
    return old


def _read(
    connection: Connection, name: Name, programme: Programme | None, old: Any, rows: Sequence[Any], entry: Entry,
    by: Person, at: datetime,
) -> Any:  # fmt: skip
    sheet = SHEETS[name]
    fixed = sheet.form.key if old is not None else ()
    cells = {
        "programme": programme.code if programme else "", "set_by": by.title,
        **(as_typed(sheet, old) if old is not None else {}),
        **{one: _cell(entry.cells.get(one)) for one in sheet.entered if one not in fixed and one in entry.cells},
        "reason": one_line(entry.reason),
    }  # fmt: skip
    record, refused = read_entry(sheet.form, cells, _known(connection, name, programme, old, at))
    if record is None:
        raise EntryRefused(" ".join(_sentence(one) for one in refused))
    if old is None:
        _new_key(connection, name, record, rows, at)
    return record


def _cell(typed: object) -> str:
    """What came from the browser as one line; a number as its digits."""
    return str(typed) if isinstance(typed, int | float) and not isinstance(typed, bool) else one_line(typed)


def _known(
    connection: Connection, name: Name, programme: Programme | None, old: Any, at: datetime
) -> list[tuple[Form, Sequence[Any]]]:
    """The standing rows that a row of the sheet names, or that name it."""
    if name == "program":
        there = in_force(masterplan_plan.documents(connection), wib(at).date())
        return [(plan.DOCUMENTS, [*there.values()]), (plan.STRATEGIES, masterplan_plan.strategies(connection))]
    code = programme.code if programme else ""
    if name == "target":
        return [(judged.INDICATORS, rows_of(connection, "indikator", code, at))]
    known: list[tuple[Form, Sequence[Any]]] = [(plan.PROGRAMMES, [programme])]
    if name == "indikator" and old is not None:
        aims = [one for one in rows_of(connection, "target", code, at) if one.indicator == old.code]
        known.append((judged.TARGETS, aims))
    return known


def _new_key(connection: Connection, name: Name, record: Any, rows: Sequence[Any], at: datetime) -> None:
    """Refuse a key that another row has, of whatever programme: codes are never used twice."""
    sheet = SHEETS[name]
    taken = _EVERY[name](connection, at) if name in _EVERY else rows
    if any(key_of(sheet, one) == key_of(sheet, record) for one in taken):
        of = next(one for one in sheet.form.fields if one.name == sheet.form.key[-1])
        said = quoted(str(getattr(record, of.name)))
        raise EntryRefused(f"{of.heading} {said}: sudah diisi di baris lain; ubah baris itu, atau tulis yang lain.")


_EVERY: dict[Name, Callable[[Connection, datetime], Sequence[Any]]] = {
    "program": programmes, "aksi": actions, "indikator": indicators,
}  # fmt: skip


def _sentence(refused: Refused) -> str:
    heading = refused.place.rpartition("kolom ")[2]
    unsaid = not is_nothing(refused.raw) and refused.raw not in refused.reason
    raw = f" {quoted(refused.raw)}" if unsaid else ""
    return f"{heading}{raw}: {refused.reason}."


def _add(
    connection: Connection, name: Name, programme: Programme | None, record: Any, by: Person, why: str, at: datetime
) -> list[PlanChange]:
    """Keep a new row by the road of a file's rows, under a file of its own: no other file's silence withdraws it."""
    sheet = SHEETS[name]
    source = locks.source_of(connection, record.document if programme is None else programme)
    key = "|".join(str(getattr(record, one)) for one in sheet.form.key)
    keep(connection, source, [replace(record, file=f"{BY_HAND}: {key}")], at)
    if name in ("target", "anggaran"):
        return _differing(sheet, None, record, by, why, at)
    return [PlanChange(at, sheet.subject, record.code, 0, ADDED, None, as_text(_title(record)), by.title, why)]


def _title(record: Any) -> str:
    return str(getattr(record, "name", "") or record.activity)


def _differing(sheet: Sheet, old: Any, record: Any, by: Person, why: str, at: datetime) -> list[PlanChange]:
    """Each cell that became another, old → new. Raises EntryRefused when none did."""
    code = getattr(record, sheet.form.key[0])
    year = record.year if "year" in sheet.form.key else 0
    found = [
        PlanChange(at, sheet.subject, code, year, PARTS.get(name, name), before, after, by.title, why)
        for name in sheet.judged
        if (before := None if old is None else as_text(getattr(old, name))) != (after := as_text(getattr(record, name)))
    ]
    if not found:
        raise EntryRefused("Tidak ada yang diubah; isian sama dengan yang berlaku.")
    return found
