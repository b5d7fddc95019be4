"""Data sets of a CKAN catalogue (package_search), all pages of it: one picture each time it differs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from datasources import http
from datasources.contract import Batch, Cursor, Refused, SourceUnavailable
from datasources.http_failures import host_of
from datasources.json_pages import with_query
from datasources.json_paths import at
from datasources.open_data import metadata
from datasources.open_data.records import Dataset
from datasources.privacy import mask

LONGEST, LARGEST_PAGE = 200, 20_000_000
MOST_DATASETS = 20_000


class Ckan(BaseModel):
    """`address` is that of the catalogue, such as https://data.mojokertokab.go.id. `metadata`: MS-Ind column = key."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("datasets",)

    address: http.Address
    organizations: tuple[str, ...] = ()
    rows: int = Field(default=100, ge=1, le=1000)
    metadata: dict[str, str] = {}
    frequency_key: str = ""
    timeout: timedelta = Field(default=timedelta(seconds=30), gt=timedelta(0))

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """The whole catalogue as one batch; what it no longer lists is gone. Raises SourceUnavailable."""
        now = datetime.now(UTC)
        records: dict[str, Dataset] = {}
        refused: list[Refused] = []
        for place, item in enumerate(self._packages(), start=1):
            where = f"{host_of(self.address)}, dataset {place}"
            try:
                made = self._dataset(item, now)
                records[made.name] = made
            except ValueError as wrong:
                refused.append(Refused("", str(wrong), where))
        said = [replace(r, read_at=datetime.min.replace(tzinfo=UTC)) for _, r in sorted(records.items())]
        digest = hashlib.sha256(repr((said, refused)).encode()).hexdigest()
        if cursor.get("sha256") != digest:
            yield Batch(tuple(records.values()), tuple(refused), {"sha256": digest})

    def _packages(self) -> Iterator[Any]:
        """Every package, page by page. An answer that ends early is none: half a catalogue would look like loss."""
        start, count = 0, 1
        while start < count:
            asked = {"rows": str(self.rows), "start": str(start), "sort": "name asc"}
            if self.organizations:
                asked["fq"] = " OR ".join(f"organization:{name}" for name in self.organizations)
            url = with_query(self.address.rstrip("/") + "/api/3/action/package_search", asked)
            answer = http.ask(url, timeout=self.timeout, max_bytes=LARGEST_PAGE)
            result = at(answer.json(), "result", None) if answer else None
            items, count = at(result, "results", None), at(result, "count", None)
            if not isinstance(items, list) or not isinstance(count, int):
                raise SourceUnavailable(
                    f"{host_of(url)}: jawaban package_search tanpa result.results dan result.count."
                )
            if (not items and start < count) or count > MOST_DATASETS:
                raise SourceUnavailable(f"{host_of(url)}: katalog terputus pada dataset {start} dari {count}.")
            yield from items
            start += len(items)

    def _dataset(self, item: Any, now: datetime) -> Dataset:
        name = at(item, "name", None)
        if not isinstance(name, str) or not name:
            raise ValueError("dataset tanpa nama; katalog harus memberi kunci name")
        said = _said(item)
        resources = _tables(item, "resources")
        keys = (metadata.folded(self.frequency_key),) if self.frequency_key else metadata.FREQUENCY_KEYS
        word, days = metadata.frequency(said, keys)
        wanted = {**metadata.MS_IND, **{column: (metadata.folded(key),) for column, key in self.metadata.items()}}
        return Dataset(
            name=name[:LONGEST],
            title=_text(item.get("title") or name),
            producer=_text(at(item, "organization.title", "") or said.get("produsen_data", "")),
            modified_at=_modified(item, resources, name),
            frequency=_text(word)[:64],
            period_days=days,
            resources=len(resources),
            formats=tuple(sorted({_text(r.get("format") or "").upper()[:16] for r in resources if r.get("format")})),
            licence=_text(item.get("license_title") or item.get("license_id") or "")[:96],
            asked=len(wanted),
            missing=metadata.missing(said, wanted),
            read_at=now,
        )


def _said(item: dict[str, Any]) -> dict[str, str]:
    """Extras and plain keys alike, by folded key."""
    extras = {str(e.get("key")): e.get("value") for e in _tables(item, "extras")}
    return {metadata.folded(str(key)): str(value) for key, value in {**item, **extras}.items()
            if isinstance(value, str | int | float | bool)}  # fmt: skip


def _tables(item: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The tables in the list of that name; none where it is no list."""
    listed = item.get(key)
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _text(value: Any) -> str:
    return mask(" ".join(str(value or "").split()))[:LONGEST]


def _modified(item: dict[str, Any], resources: list[dict[str, Any]], name: str) -> datetime:
    """When its newest resource changed; CKAN writes UTC without saying so."""
    found = [r.get("last_modified") or r.get("created") for r in resources]
    written = max((str(moment) for moment in found if moment), default=str(item.get("metadata_modified") or ""))
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise ValueError(f"dataset {mask(name)}: tanggal perubahan '{mask(written)}' bukan tanggal") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
