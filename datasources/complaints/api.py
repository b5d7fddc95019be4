"""Complaints from an application that answers with JSON, page by page; a page that did not change is not told again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import Field, SecretStr

from datasources import http
from datasources.complaints.complaint_row import ComplaintColumns
from datasources.complaints.records import Complaint
from datasources.contract import Batch, Cursor, Refused
from datasources.http_failures import host_of
from datasources.indonesian_dates import WIB
from datasources.json_pages import Paging, with_query
from datasources.json_paths import as_moment, at

DAYS = ("received", "verified", "answered", "closed", "reopened")


class ComplaintApi(ComplaintColumns):
    """`columns`: ours = a dotted path within one complaint. Nothing else of it is looked at.

    `since` names the parameter for the first day asked for, `history` ago.
    """

    address: http.Address
    bearer: SecretStr | None = None
    query: dict[str, str] = {}
    since: str = ""
    history: timedelta = Field(default=timedelta(days=400), gt=timedelta(0))
    timeout: timedelta = Field(default=timedelta(seconds=20), gt=timedelta(0))
    paging: Paging = Paging()

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """Every page whose complaints differ from the last time. Raises SourceUnavailable."""
        now = datetime.now(UTC)
        told: dict[str, str] = dict(cursor.get("pages", {}))
        pages = self.paging.pages(self._asked(now), self._answer)
        for number, items in enumerate(pages, start=self.paging.first):
            records, refused = self._page(items, f"{host_of(self.address)}, halaman {number}", now)
            # Of what may be kept, never of the answer itself: a name could be found again from its code.
            code = hashlib.blake2b(repr((records, refused)).encode(), digest_size=12).hexdigest()
            if (records or refused) and told.get(str(number)) != code:
                told = {**told, str(number): code}
                yield Batch(tuple(records), tuple(refused), {"pages": told})

    def _asked(self, now: datetime) -> str:
        first = (now - self.history).astimezone(WIB).date().isoformat()
        return with_query(self.address, {**self.query, **({self.since: first} if self.since else {})})

    def _answer(self, url: str) -> Any:
        authorization = f"Bearer {self.bearer.get_secret_value()}" if self.bearer else ""
        answer = http.ask(url, timeout=self.timeout, authorization=authorization)
        if answer is None:
            raise http.BadAnswer(f"{host_of(url)} menjawab 'tidak berubah' tanpa ditanya.")
        return answer.json()

    def _page(self, items: list[Any], where: str, now: datetime) -> tuple[list[Complaint], list[Refused]]:
        records: list[Complaint] = []
        refused: list[Refused] = []
        for number, item in enumerate(items, start=1):
            there = f"{where}, pengaduan {number}"
            if not isinstance(item, dict):
                refused.append(Refused("", 'pengaduan harus objek JSON seperti {"id": …}', there))
                continue
            row = {key: _cell(key, at(item, path, None)) for key, path in self.columns.items()}
            made, notes = self.complaint(row, lambda key, there=there: f"{there}, kolom {self.columns[key]}", now)  # type: ignore[misc]
            records.extend([made] if made else [])
            refused.extend(notes)
        return records, refused


def _cell(key: str, value: Any) -> Any:
    if isinstance(value, dict | list):
        return None
    return as_moment(value) if key in DAYS else value
