"""BMKG's three-day forecast, one village (adm4) for each kecamatan. Source to be named: "Sumber data: BMKG"."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from datasources.bmkg.forecast_items import forecast_slots
from datasources.contract import Batch, Cursor, Refused, SourceUnavailable
from datasources.http import Address, BadAnswer, ask, remembered
from datasources.region import kecamatan

MAX_BYTES = 500_000
GIVE_UP_AFTER = 3
"""Villages in a row that could not be reached: asking on would only hold up the retry."""

Adm4 = Annotated[str, StringConstraints(pattern=r"^\d\d\.\d\d\.\d\d\.\d{4}$")]


class Forecast(BaseModel):
    """Asks for each village of `adm4` (default: one for each of the 18 kecamatan). BMKG allows 60 calls a minute."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("forecast",)

    address: Address = "https://api.bmkg.go.id/publik/prakiraan-cuaca"
    adm4: Annotated[tuple[Adm4, ...], Field(min_length=1)] | None = None
    timeout: timedelta = timedelta(seconds=10)
    spacing: timedelta = timedelta(0)

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """One batch for each village whose forecast changed; a village that answers badly is refused.

        Raises SourceUnavailable when no village answers well, and at the end when some could not be reached.
        """
        etags: dict[str, Any] = dict(cursor.get("etags", {}))
        course = _Course()
        for adm4 in self._paced():
            try:
                batch = self._one(adm4, etags)
            except BadAnswer as wrong:
                course.bad(adm4, wrong)
            except SourceUnavailable as wrong:
                course.unreached(wrong)
            else:
                course.well()
                yield from [batch] if batch else []
            if course.in_a_row == GIVE_UP_AFTER:
                break
            yield from (Batch((), (r,), {"etags": dict(etags)}) for r in course.released())
        course.judge()

    def _paced(self) -> Iterator[str]:
        for number, adm4 in enumerate(self.adm4 or [k.adm4 for k in kecamatan()]):
            if number and self.spacing:
                time.sleep(self.spacing.total_seconds())
            yield adm4

    def _one(self, adm4: str, etags: dict[str, Any]) -> Batch | None:
        answer = ask(
            f"{self.address}?adm4={adm4}",
            etag_cursor=remembered({"etags": etags}, adm4),
            timeout=self.timeout,
            max_bytes=MAX_BYTES,
        )
        if answer is None:
            return None
        try:
            slots, refused = forecast_slots(answer.json(), adm4)
        except ValueError as wrong:
            raise BadAnswer(str(wrong)) from None
        etags[adm4] = answer.validators
        return Batch(tuple(slots), tuple(refused), {"etags": dict(etags)})


class _Course:
    """How the round goes. Refusals wait for the first good answer: if all are bad, the host is, not the villages."""

    def __init__(self) -> None:
        self.good = self.in_a_row = 0
        self._held: list[Refused] = []
        self._silent: list[SourceUnavailable] = []

    def well(self) -> None:
        self.good += 1
        self.in_a_row = 0

    def bad(self, adm4: str, wrong: BadAnswer) -> None:
        self.in_a_row = 0
        self._held.append(Refused(f"adm4={adm4}", str(wrong), f"prakiraan {adm4}"))

    def unreached(self, wrong: SourceUnavailable) -> None:
        self.in_a_row += 1
        self._silent.append(wrong)

    def released(self) -> list[Refused]:
        if not self.good:
            return []
        held, self._held = self._held, []
        return held

    def judge(self) -> None:
        if self._silent:
            raise SourceUnavailable(
                f"Prakiraan sedikitnya {len(self._silent)} wilayah tidak terjawab. {self._silent[-1]}"
            )
        if not self.good:
            raise SourceUnavailable(
                f"Tidak satu pun dari {len(self._held)} wilayah terjawab baik. {self._held[-1].reason}"
            )
