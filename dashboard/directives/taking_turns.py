"""Giving an instruction, and every turn it takes afterwards: checked, kept with its history, logged and announced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from dashboard.clock import WIB, wib
from dashboard.editing.entry import EntryRefused, NotYours, one_line, quoted, signed, whole_number
from dashboard.formulas.directive_course import GIVER, OPD, NotTheirTurn, OutOfTurn, Stage, Turn, after
from dashboard.formulas.same_opd import same_opd
from dashboard.formulas.written_number import written
from dashboard.indicators.reading import Reading
from dashboard.store import changes, directives
from dashboard.store.directives import Directive, TurnTaken
from dashboard.store.people import Person

TOPIC = "directives"
SHORTEST, LONGEST = 10, 300
LONGEST_EVIDENCE = 500
FURTHEST = timedelta(days=366)
NEEDS_WORDS = (Turn.PROGRESS, Turn.ASK_TIME, Turn.REFUSE_TIME, Turn.REPORT_DONE, Turn.RETURN, Turn.WITHDRAW)
NEEDS_EVIDENCE = (Turn.REPORT_DONE,)
_SAFE_LINK = re.compile(r"(https?://[^\s/@]+(/\S*)?|/(?![/\\])\S*)")


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed: the due day as '2026-12-01'."""

    what: str | None
    done_means: str | None
    opd: str | None
    due_day: str | None


def give(connection: Connection, draft: Draft, panel: Reading, by: Person, at: datetime) -> int:
    """Keep a new instruction tied to a panel as it stands now; returns its number. Raises EntryRefused."""
    new = Directive(
        id=0, what=_text("Arahan", draft.what), done_means=_text("Selesai berarti", draft.done_means),
        indicator=panel.indicator.id, as_it_stood=as_it_stands(panel), seen_at=panel.at, opd=_opd(draft.opd),
        due_at=_due(draft.due_day, at), asked_due_at=None, given_by=by.title, giver=by.id, given_at=at,
        stage=Stage.GIVEN, since=at,
    )  # fmt: skip
    number = directives.add_directive(connection, new)
    line = TurnTaken(number, at, Turn.GIVE, Stage.GIVEN, by.title, new.what, "", new.due_at)
    directives.add_turn(connection, line)
    _sign(connection, by, at, number, Turn.GIVE)
    return number


def take(
    connection: Connection, number: object, turn: Turn, by: Person, at: datetime, words: object = "",
    evidence: object = "", due_day: object = "",
) -> Stage:  # fmt: skip
    """One turn of one instruction; returns where it stands then. Raises EntryRefused."""
    known = whole_number(number)
    found = None if known is None else directives.directive(connection, known, locked=True)
    if found is None:
        raise EntryRefused(f"Arahan nomor {quoted(str(number))} tidak ada; muat ulang halaman.")
    try:
        stage = after(found.stage, turn, sides(found, by))
    except NotTheirTurn as theirs:
        raise NotYours(str(theirs)) from None
    except OutOfTurn as out:
        raise EntryRefused(str(out)) from None
    said = _text(turn.value.capitalize(), words) if turn in NEEDS_WORDS else one_line(words)[:LONGEST]
    link = _link(evidence, needed=turn in NEEDS_EVIDENCE)
    asked = _later(due_day, found.due_at, at) if turn is Turn.ASK_TIME else None
    due = found.asked_due_at if turn is Turn.GRANT_TIME and found.asked_due_at else found.due_at
    keep = asked or (found.asked_due_at if stage is Stage.TIME_ASKED else None)
    directives.move_directive(connection, found.id, stage, at, due, keep)
    directives.add_turn(connection, TurnTaken(found.id, at, turn, stage, by.title, said, link, asked or due))
    _sign(connection, by, at, found.id, turn)
    return stage


def sides(found: Directive, by: Person) -> frozenset[str]:
    """Which sides a person stands for: the giver (or the regent, whoever gave it), the head of the OPD."""
    is_giver = by.id == found.giver or by.role == "bupati"
    is_head = by.role == "kepala_opd" and same_opd(by.opd, found.opd)
    return frozenset({GIVER} if is_giver else ()) | frozenset({OPD} if is_head else ())


def as_it_stands(panel: Reading) -> str:
    """The panel in words, with its value, word, and how fresh it was."""
    about = panel.indicator
    value = "tidak diketahui" if panel.value is None else f"{written(panel.value, about.decimals)} {about.unit}"
    word = f", {panel.band.lower()}" if panel.band else ""
    mark = " (SIMULASI)" if panel.simulated else ""
    return f"{about.title}: {value}{word}, data {panel.freshness.state.value}{mark}"[:256]


def _sign(connection: Connection, by: Person, at: datetime, number: int, turn: Turn) -> None:
    signed(connection, by, at, "arahan", f"nomor {number}: {turn.value}")
    changes.announce(connection, [TOPIC], at)


def _text(field: str, typed: object) -> str:
    clean = one_line(typed)
    if not SHORTEST <= len(clean) <= LONGEST:
        raise EntryRefused(
            f"{field} {quoted(clean)} {len(clean)} huruf; yang benar {SHORTEST} sampai {LONGEST} huruf, satu kalimat."
        )
    return clean


def _opd(typed: str | None) -> str:
    clean = one_line(typed)
    if not 2 <= len(clean) <= 64:
        raise EntryRefused(f"OPD {quoted(clean)} tidak dikenal; pilih dari daftar.")
    return clean


def _link(typed: object, needed: bool) -> str:
    """Only http, https, or a path of our own: another scheme could run a script at whoever follows it."""
    clean = one_line(typed)
    if not clean and not needed:
        return ""
    if len(clean) > LONGEST_EVIDENCE or not _SAFE_LINK.fullmatch(clean):
        raise EntryRefused(
            f"Tautan bukti {quoted(clean)} tidak dapat dipakai; tulis alamat seperti https://drive.contoh.go.id/berkas."
        )
    return clean


def _due(typed: object, at: datetime) -> datetime:
    """The end of the day in WIB."""
    clean = one_line(typed)
    try:
        day = date.fromisoformat(clean)
    except ValueError:
        raise EntryRefused(f"Tenggat {quoted(clean)} bukan tanggal; yang benar seperti 2026-12-01.") from None
    today = wib(at).date()
    if not today <= day <= today + FURTHEST:
        raise EntryRefused(f"Tenggat {quoted(clean)} harus dari {today} sampai {today + FURTHEST}.")
    return datetime.combine(day + timedelta(days=1), time.min, WIB)


def _later(typed: object, due: datetime, at: datetime) -> datetime:
    asked = _due(typed, at)
    if asked <= due:
        raise EntryRefused(f"Tenggat baru {quoted(one_line(typed))} tidak sesudah tenggat sekarang.")
    return asked
