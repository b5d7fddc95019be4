"""OpenAQ v3: hourly means of chosen locations, page by page, within the number of questions their service allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from datasources.air_quality.openaq_hours import Sensor, hours_of, sensors_of
from datasources.contract import Batch, Cursor, SourceUnavailable
from datasources.http import Address, BadAnswer, ask

PAGE, MOST_PAGES = 1000, 20
SPARE = 2
"""Questions left over in the service's window: another program may use the same key."""
OVERLAP = timedelta(hours=6)
"""Hours that are asked again: providers correct and complete the newest ones."""


class _Spent(Exception):
    """The service will answer no more questions for now; what is left is asked in the next round."""


class OpenAq(BaseModel):
    """Reads the hours of every known parameter at `locations`, the first time `back` in time."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("sensors",)

    api_key: SecretStr
    locations: tuple[int, ...] = Field(min_length=1)
    address: Address = "https://api.openaq.org/v3"
    back: timedelta = Field(default=timedelta(days=7), gt=timedelta(0), le=timedelta(days=366))
    timeout: timedelta = timedelta(seconds=20)

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """A batch for each page of a sensor; sensors that the rate limit left out come first in the next round.

        Raises SourceUnavailable.
        """
        known: dict[str, str] = dict(cursor.get("until", {}))
        window, is_told = _Window(self), False
        try:
            sensors = [sensor for location in self.locations for sensor in _sensors(window, location)]
            turn = int(cursor.get("next", 0)) % max(1, len(sensors))
            for place in (*range(turn, len(sensors)), *range(turn)):
                for batch, until in self._hours(window, sensors[place], known.get(str(sensors[place].id))):
                    known[str(sensors[place].id)] = until
                    is_told = True
                    yield Batch(batch.records, batch.refused, {"until": dict(known), "next": place + 1})
        except _Spent:
            if not is_told:
                raise SourceUnavailable("Jatah pertanyaan OpenAQ habis sebelum satu jam pun terbaca.") from None

    def _hours(self, window: _Window, sensor: Sensor, until: str | None) -> Iterator[tuple[Batch, str]]:
        now = datetime.now(UTC)
        start = now - self.back if until is None else datetime.fromisoformat(until) - OVERLAP
        if sensor.last is not None and sensor.last < start:
            return
        for page in range(1, MOST_PAGES + 1):
            asked = {"datetime_from": start.isoformat(), "limit": str(PAGE), "page": str(page)}
            results = window.results(f"/sensors/{sensor.id}/hours", asked)
            batch = hours_of(sensor, results, now)
            newest = max((record.data_time for record in batch.records), default=None)
            if newest is not None:
                until = max(until or "", newest.isoformat())
            yield batch, until or start.isoformat()
            if len(results) < PAGE:
                return


class _Window:
    """The questions of one round: it stops before the service has to refuse one."""

    def __init__(self, reader: OpenAq) -> None:
        self._reader = reader
        self._left: int | None = None

    def results(self, path: str, params: Mapping[str, str]) -> list[Any]:
        """The results of one page. Raises _Spent instead of asking when the window of the service is used up."""
        if self._left is not None and self._left <= SPARE:
            raise _Spent
        reader = self._reader
        key = {"X-API-Key": reader.api_key.get_secret_value()}
        answer = ask(reader.address.rstrip("/") + path, params=params, headers=key, timeout=reader.timeout)
        if answer is None:
            raise BadAnswer("OpenAQ menjawab 304 tanpa ditanya apa yang berubah.")
        left = answer.headers.get("x-ratelimit-remaining", "")
        self._left = int(left) if left.isdecimal() else None
        data = answer.json(Decimal)
        results = data.get("results") if isinstance(data, dict) else None
        if not isinstance(results, list):
            raise BadAnswer(f"Jawaban {answer.host} tidak berbentuk OpenAQ v3: tidak ada 'results'.")
        return results


def _sensors(window: _Window, location: int) -> list[Sensor]:
    place = window.results(f"/locations/{location}", {})
    if not place:
        return []
    try:
        return sensors_of(place[0], window.results(f"/locations/{location}/sensors", {}))
    except (AttributeError, ArithmeticError, KeyError, TypeError, ValueError):
        raise BadAnswer(f"Jawaban OpenAQ untuk lokasi {location} tidak berbentuk OpenAQ v3.") from None
