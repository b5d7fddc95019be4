"""What the owner of a source owes and when, as agreed in [sources.<id>.duty]."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Rhythm = Literal["minggu", "bulan", "triwulan", "semester", "tahun"]


class DutyOptions(BaseModel):
    """`due_days` after a period its data are due. Periods due before `since` are not judged; without it, those due
    before the source was first set up. `records` are those kinds of rows that count, all where empty. `template`
    is the name of the workbook to fill in, as `manage.py source template` writes it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    period: Rhythm
    due_days: int = Field(ge=0, le=366)
    since: date | None = None
    records: tuple[str, ...] = ()
    template: str = ""
