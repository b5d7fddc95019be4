"""BMKG's early warnings: the RSS list of nowcasts, and the CAP document of each alert of our province."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from pydantic import BaseModel, ConfigDict, field_validator

from datasources.bmkg.cap import parsed_xml, province_of, warning
from datasources.contract import Batch, Cursor, Refused, SourceUnavailable
from datasources.http import XML, Address, BadAnswer, ask, remembered
from datasources.region import PROVINCE_CODE
from datasources.region.boundaries import BoundariesError, load

MAX_BYTES = 2_000_000
MOST_ITEMS = 500
REMEMBER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list."""

    link: str
    identifier: str

    @property
    def file(self) -> str:
        """CJI20260924002_alert.xml; its first three letters stand for the province."""
        return urlsplit(self.link).path.rpartition("/")[2]


class Warnings(BaseModel):
    """Follows the list. CAP documents are taken from the list's own host or from `cap_host` only.

    `prefixes` are the letters with which the files of our province begin; empty takes every province. An
    identifier with our province code is taken under any letters. `boundaries` is a GeoJSON of the 18 kecamatan by which
    the polygons are then judged.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("warnings",)

    address: Address = "https://www.bmkg.go.id/alerts/nowcast/id/rss.xml"
    cap_host: str = ""
    prefixes: tuple[str, ...] = ("CJI",)
    boundaries: Path | None = None
    timeout: timedelta = timedelta(seconds=10)

    @field_validator("boundaries")
    @classmethod
    def _can_be_used(cls, file: Path | None) -> Path | None:
        try:
            if file is not None:
                load(file)
        except BoundariesError as wrong:
            raise ValueError(str(wrong)) from None
        return file

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """A batch for each alert that is not in the cursor yet; one that cannot be fetched or read is refused.

        Raises SourceUnavailable when the list cannot be asked, and at the end when an alert could not be reached.
        """
        answer = ask(
            self.address, etag_cursor=remembered(cursor, "rss"), timeout=self.timeout, max_bytes=MAX_BYTES, accept=XML
        )
        if answer is None:
            return
        items = [i for i in self._listed(answer.body) if self._is_ours(i)]
        now = datetime.now(UTC)
        seen = _still_remembered(cursor.get("seen", {}), {i.link for i in items}, now)
        kept: dict[str, Any] = {**cursor, "seen": seen}
        silent: list[SourceUnavailable] = []
        missed = False
        for item in (i for i in items if i.link not in seen):
            try:
                batch = self._one(item)
            except BadAnswer as wrong:
                batch, missed = Batch((), (Refused(item.link, str(wrong), item.file),)), True
            except SourceUnavailable as wrong:
                silent.append(wrong)
                continue
            else:
                seen[item.link] = {"id": item.identifier, "at": now.isoformat()}
            yield Batch(batch.records, batch.refused, {**kept, "seen": dict(seen)})
        if silent:
            raise silent[0]
        # "Unchanged" may be believed only once nothing on the list is left to fetch.
        if not missed and answer.validators != remembered(cursor, "rss"):
            yield Batch((), (), {"seen": seen, "etags": {"rss": answer.validators}})

    def _listed(self, body: bytes) -> list[Item]:
        try:
            channel = parsed_xml(body).find("channel")
        except ValueError as wrong:
            raise BadAnswer(f"Daftar peringatan dini BMKG {wrong}.") from None
        if channel is None:
            raise BadAnswer("Daftar peringatan dini BMKG bukan RSS: tidak ada 'channel'.")
        items = {}
        for element in channel.findall("item")[:MOST_ITEMS]:
            link = (element.findtext("link") or "").strip()
            guid = (element.findtext("guid") or "").strip()
            items[link] = Item(urljoin(self.address, link), guid)
        return list(items.values())

    def _is_ours(self, item: Item) -> bool:
        by_letters = not self.prefixes or item.file.startswith(self.prefixes)
        return by_letters or province_of(item.identifier) == PROVINCE_CODE

    def _one(self, item: Item) -> Batch:
        host = urlsplit(item.link).netloc
        if host not in (urlsplit(self.address).netloc, self.cap_host or None):
            return Batch((), (Refused(item.link, f"tautan menunjuk ke host lain ({host}); tidak diikuti", item.file),))
        answer = ask(item.link, timeout=self.timeout, max_bytes=MAX_BYTES, accept=XML)
        assert answer is not None  # noqa: S101 - no validators were sent, so no 304
        try:
            return Batch((warning(answer.body, load(self.boundaries) if self.boundaries else None),))
        except ValueError as wrong:
            return Batch((), (Refused(item.link, str(wrong), item.file),))


def _still_remembered(seen: dict[str, Any], listed: set[str], now: datetime) -> dict[str, Any]:
    """Without the links of more than a week ago, unless they still stand on the list."""
    oldest = (now - REMEMBER).isoformat()
    return {link: note for link, note in seen.items() if link in listed or note["at"] >= oldest}
