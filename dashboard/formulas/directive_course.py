"""The course of an instruction (arahan) from the giver to the OPD and back: who may take which step from where."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where an instruction stands; the words are shown."""

    GIVEN = "menunggu diterima OPD"
    ACCEPTED = "dikerjakan"
    TIME_ASKED = "minta tambahan waktu"
    REPORTED_DONE = "dilaporkan selesai"
    DONE = "selesai"
    WITHDRAWN = "dibatalkan"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self not in (Stage.DONE, Stage.WITHDRAWN)


class Turn(StrEnum):
    """What somebody does; the words are written in the history."""

    GIVE = "memberi arahan"
    ACCEPT = "menerima"
    PROGRESS = "melaporkan kemajuan"
    ASK_TIME = "meminta tambahan waktu"
    GRANT_TIME = "memberi tambahan waktu"
    REFUSE_TIME = "menolak tambahan waktu"
    REPORT_DONE = "melaporkan selesai"
    CONFIRM = "menyatakan selesai"
    RETURN = "mengembalikan"
    WITHDRAW = "membatalkan"


GIVER, OPD = "pemberi", "OPD"

COURSE: dict[tuple[Stage, Turn], tuple[str, Stage]] = {
    (Stage.GIVEN, Turn.ACCEPT): (OPD, Stage.ACCEPTED),
    (Stage.GIVEN, Turn.ASK_TIME): (OPD, Stage.TIME_ASKED),
    (Stage.ACCEPTED, Turn.PROGRESS): (OPD, Stage.ACCEPTED),
    (Stage.ACCEPTED, Turn.ASK_TIME): (OPD, Stage.TIME_ASKED),
    (Stage.ACCEPTED, Turn.REPORT_DONE): (OPD, Stage.REPORTED_DONE),
    (Stage.TIME_ASKED, Turn.PROGRESS): (OPD, Stage.TIME_ASKED),
    (Stage.TIME_ASKED, Turn.REPORT_DONE): (OPD, Stage.REPORTED_DONE),
    (Stage.TIME_ASKED, Turn.GRANT_TIME): (GIVER, Stage.ACCEPTED),
    (Stage.TIME_ASKED, Turn.REFUSE_TIME): (GIVER, Stage.ACCEPTED),
    (Stage.REPORTED_DONE, Turn.CONFIRM): (GIVER, Stage.DONE),
    (Stage.REPORTED_DONE, Turn.RETURN): (GIVER, Stage.ACCEPTED),
    (Stage.GIVEN, Turn.WITHDRAW): (GIVER, Stage.WITHDRAWN),
    (Stage.ACCEPTED, Turn.WITHDRAW): (GIVER, Stage.WITHDRAWN),
    (Stage.TIME_ASKED, Turn.WITHDRAW): (GIVER, Stage.WITHDRAWN),
    (Stage.REPORTED_DONE, Turn.WITHDRAW): (GIVER, Stage.WITHDRAWN),
}
"""(stage, turn) → who may, and where it leads. Only the giver ends an instruction; only the OPD reports on it."""


class OutOfTurn(ValueError):
    """This cannot be done from where the instruction stands, or not by this side."""


class NotTheirTurn(OutOfTurn):
    """The step is there, and another side takes it."""


def after(stage: Stage, turn: Turn, sides: frozenset[str]) -> Stage:
    """Where `turn` leads from `stage`; `sides` are those the person stands for. Raises OutOfTurn or
    NotTheirTurn."""
    step = COURSE.get((stage, turn))
    if step is None:
        raise OutOfTurn(f"Arahan yang '{stage}' tidak dapat {turn.value}; muat ulang halaman.")
    side, leads_to = step
    if side not in sides:
        raise NotTheirTurn(f"Hanya {side} yang dapat {turn.value}.")
    return leads_to


def turns(stage: Stage, sides: frozenset[str]) -> list[Turn]:
    """What this person can do now, in the order of the course."""
    return [turn for (at, turn), (side, _) in COURSE.items() if at is stage and side in sides]
