"""112 incidents from an application that answers with JSON: what changed since, page by page."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from datasources import http
from datasources.calls112.incident_classes import with_classes
from datasources.calls112.incident_json import JsonIncidents, told_at
from datasources.calls112.records import Incident
from datasources.contract import Batch, Cursor, Refused
from datasources.http_failures import host_of
from datasources.json_pages import Paging, with_query

MOST_REMEMBERED = 5_000
"""Tickets of the last question that are remembered by a code, so that only changed ones are given again."""
ACCEPTED = (*http.JSON, "application/vnd.api+json", "text/json")


def now() -> datetime:
    """This moment, UTC."""
    return datetime.now(UTC)


class TicketApi(JsonIncidents):
    """Asks `address` for the tickets changed since the newest change known, and `overlap` more.

    `updated` is the path of a ticket's time of change; without it the time of our last question counts. `since`
    and `until` name the parameters of the question, written as `time_format` in `zone` (or "unix"); an API that
    filters by the time of receipt needs an `overlap` of days. `basic` is "pengguna:sandi".
    """

    address: http.Address
    bearer: SecretStr | None = None
    basic: SecretStr | None = None
    query: dict[str, str] = {}
    since: str = ""
    until: str = ""
    time_format: str = Field(default="%Y-%m-%d %H:%M:%S", min_length=1)
    updated: str = ""
    history: timedelta = Field(default=timedelta(days=30), gt=timedelta(0))
    overlap: timedelta = Field(default=timedelta(minutes=5), ge=timedelta(minutes=5))
    timeout: timedelta = Field(default=timedelta(seconds=15), gt=timedelta(0))
    paging: Paging = Paging()

    @field_validator("bearer", "basic")
    @classmethod
    def _sendable(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        text = secret.get_secret_value() if secret else "x:"
        if not text.strip() or not text.isascii() or not text.isprintable():
            raise ValueError("isi rahasia tanpa baris baru dan tanpa huruf di luar ASCII")
        if info.field_name == "basic" and ":" not in text:
            raise ValueError("tulis sebagai pengguna:sandi")
        if info.field_name == "basic" and secret and info.data.get("bearer"):
            raise ValueError("pakai bearer atau basic, tidak keduanya")
        return secret

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """New and changed incidents; the cursor moves only with the last page. Raises SourceUnavailable."""
        question = _Question(self, cursor, now())
        if question.is_unchanged():
            return
        pages = self.paging.pages(question.address, question.answer)
        for number, tickets in enumerate(pages, start=self.paging.first):
            batch = question.batch(tickets, f"{host_of(self.address)}, halaman {number}")
            if batch.records or batch.refused:
                yield batch
        after = question.cursor_after()
        if after != cursor:
            yield Batch((), (), after)

    @property
    def authorization(self) -> str:
        """The header that says who asks; empty when they want to know nobody."""
        if self.bearer:
            return f"Bearer {self.bearer.get_secret_value()}"
        if self.basic:
            return "Basic " + base64.b64encode(self.basic.get_secret_value().encode()).decode()
        return ""


class _Question:
    """One question to the API, from its first page to the cursor that is true once all its pages are kept."""

    def __init__(self, options: TicketApi, before: Cursor, started: datetime) -> None:
        self._options, self._before, self._started = options, before, started
        newest = before.get("newest")
        self._newest = datetime.fromisoformat(newest) if newest else None
        since = self._newest - options.overlap if self._newest else started - options.history
        moments = {options.since: self._written(since), options.until: self._written(started)}
        asked = {**options.query, **{name: text for name, text in moments.items() if name}}
        self.address = with_query(options.address, asked)
        self._first: http.Answer | None = None
        self._pages = 0
        self._known = frozenset(before.get("told", ()))
        self._told: dict[str, None] = {}

    def is_unchanged(self) -> bool:
        """Whether their first page, which was the only one the last time, is as it was."""
        first = self._options.paging.start(self.address)
        self._first = self._ask(first, http.remembered(self._before, _code(first)))
        return self._first is None

    def answer(self, url: str) -> Any:
        """The JSON of the next page."""
        self._pages += 1
        answer = self._first if self._pages == 1 else self._ask(url, {})
        if answer is None:
            raise http.BadAnswer(f"{host_of(url)} menjawab 'tidak berubah' untuk halaman yang belum dibaca.")
        return answer.json()

    def batch(self, tickets: Sequence[Any], where: str) -> Batch:
        """The incidents of a page that were not told as they are now by the question before."""
        records: list[Incident] = []
        refused: list[Refused] = []
        for number, ticket in enumerate(tickets, start=1):
            place = f"{where}, tiket {number}"
            incident, notes = self._options.of_ticket(ticket, place)
            notes = (*notes, *self._changed(ticket, place))
            # Of what may be kept, never of the ticket itself: a number could be found again from its code.
            code = _code(repr((incident, [(note.raw, note.reason) for note in notes])))
            self._told[code] = None
            if code not in self._known:
                records.extend([incident] if incident else [])
                refused.extend(notes)
        return Batch(with_classes(records), tuple(refused), self._before)

    def cursor_after(self) -> Cursor:
        """Where the next question goes on."""
        newest = self._newest if self._options.updated else self._started
        after: dict[str, Any] = {"newest": newest.isoformat()} if newest else {}
        if self._told:
            after["told"] = sorted(list(self._told)[-MOST_REMEMBERED:])
        if self._first and self._first.validators and self._pages == 1:
            after["etags"] = {_code(self._options.paging.start(self.address)): self._first.validators}
        return after

    def _changed(self, ticket: Any, place: str) -> tuple[Refused, ...]:
        """Move the newest change on, never past now: a clock that runs ahead must not hide what comes after it."""
        path = self._options.updated
        if not path or not isinstance(ticket, dict):
            return ()
        try:
            moment = min(told_at(ticket, path, self._options.zone), self._started)
        except ValueError as wrong:
            return (Refused("", f"waktu perubahan {wrong}; tiket tetap dibaca", f"{place}, kolom {path}"),)
        self._newest = max(self._newest or moment, moment)
        return ()

    def _written(self, moment: datetime) -> str:
        if self._options.time_format == "unix":
            return str(int(moment.timestamp()))
        return moment.astimezone(self._options.zone).strftime(self._options.time_format)

    def _ask(self, url: str, validators: Mapping[str, str]) -> http.Answer | None:
        options = self._options
        return http.ask(
            url, etag_cursor=validators, timeout=options.timeout, authorization=options.authorization, accept=ACCEPTED
        )


def _code(text: str) -> str:
    """Short, the same for the same text, and without the secrets that an address may hold."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
