"""BMKG's earthquake lists: the latest, those of M 5 and more, those that were felt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from datasources.bmkg.earthquake_items import earthquakes
from datasources.bmkg.records import Earthquake
from datasources.contract import Batch, Cursor, Refused, SourceUnavailable
from datasources.http import Address, BadAnswer, ask, remembered

LISTS = "https://data.bmkg.go.id/DataMKG/TEWS"
MAX_BYTES = 500_000


class Earthquakes(BaseModel):
    """Reads all lists of `addresses`; an event that stands in several of them comes once."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("earthquakes",)

    addresses: tuple[Address, ...] = Field(
        default=(f"{LISTS}/autogempa.json", f"{LISTS}/gempaterkini.json", f"{LISTS}/gempadirasakan.json"),
        min_length=1,
    )
    timeout: timedelta = timedelta(seconds=10)

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """One batch of what changed. A list that answers badly is refused while another answers well.

        Raises SourceUnavailable when no list answers well, and at the end when one could not be reached.
        """
        etags: dict[str, Any] = dict(cursor.get("etags", {}))
        found: list[Earthquake] = []
        refused: list[Refused] = []
        bad: list[Refused] = []
        silent: list[SourceUnavailable] = []
        for address in self.addresses:
            try:
                self._one(address, etags, found, refused)
            except BadAnswer as wrong:
                bad.append(Refused(address, str(wrong), _file(address)))
            except SourceUnavailable as wrong:
                silent.append(wrong)
        if bad and len(bad) + len(silent) == len(self.addresses):
            raise SourceUnavailable(bad[0].reason)
        if found or refused or bad:
            yield Batch(tuple(once(found)), (*refused, *bad), {"etags": etags})
        if silent:
            raise silent[0]

    def _one(self, address: str, etags: dict[str, Any], found: list[Earthquake], refused: list[Refused]) -> None:
        validators = remembered({"etags": etags}, address)
        answer = ask(address, etag_cursor=validators, timeout=self.timeout, max_bytes=MAX_BYTES)
        if answer is None:
            return
        try:
            good, wrong = earthquakes(answer.json(), _file(address), datetime.now(UTC))
        except ValueError as error:
            raise BadAnswer(f"{_file(address)}: {error}") from None
        etags[address] = answer.validators
        found += good
        refused += wrong


SAME_EVENT_DEGREES = 0.5
"""BMKG revises a position between its lists by a few hundredths; two events of one second lie far apart."""


def once(found: list[Earthquake]) -> list[Earthquake]:
    """Each event once: the same second within half a degree. What people felt decides, then the later list."""
    kept: list[Earthquake] = []
    for quake in found:
        twin = next((k for k in kept if _same(k, quake)), None)
        if twin is None:
            kept.append(quake)
        else:
            kept[kept.index(twin)] = _merged(twin, quake)
    return kept


def _same(one: Earthquake, other: Earthquake) -> bool:
    near = abs(one.lat - other.lat) <= SAME_EVENT_DEGREES and abs(one.lon - other.lon) <= SAME_EVENT_DEGREES
    return one.event_at == other.event_at and near


def _merged(one: Earthquake, other: Earthquake) -> Earthquake:
    better, lesser = (one, other) if one.felt and not other.felt else (other, one)
    return Earthquake(
        event_at=better.event_at, lat=better.lat, lon=better.lon, magnitude=better.magnitude,
        depth_km=better.depth_km, region=better.region, felt=better.felt or lesser.felt,
        potential=better.potential or lesser.potential,
    )  # fmt: skip


def _file(address: str) -> str:
    return address.rpartition("/")[2]
