"""A context broker that speaks NGSI-LD: entities of air, water and weather, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from datasources.contract import Batch, Cursor
from datasources.http import Address, BadAnswer, ask
from datasources.observation import Averaging
from datasources.sensors.listed import read_all
from datasources.sensors.ngsi_entities import FIELDS, Reading

PAGE, MOST_PAGES = 100, 50
ACCEPTED = ("application/ld+json", "application/json")
Model = Literal["AirQualityObserved", "WaterQualityObserved", "WeatherObserved"]


class NgsiLd(BaseModel):
    """Asks {address}/ngsi-ld/v1/entities for each of `types`. `zone` is that of times that carry none.

    `token` is sent as Authorization: Bearer, `tenant` as NGSILD-Tenant.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("sensors",)

    address: Address
    types: tuple[Model, ...] = Field(default=("AirQualityObserved",), min_length=1)
    zone: Literal["", "UTC", "Asia/Jakarta"] = ""
    averaging: Averaging = "PT1H"
    token: SecretStr | None = None
    tenant: str = ""
    timeout: timedelta = timedelta(seconds=15)

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """A batch for each page. Raises SourceUnavailable."""
        reading = Reading(self.zone, self.averaging)
        for kind in self.types:
            for page in range(MOST_PAGES):
                entities = self._page(kind, page)
                if entities:
                    yield read_all(entities, reading.said, FIELDS, f"{kind}, halaman {page + 1}", datetime.now(UTC))
                if len(entities) < PAGE:
                    break

    def _page(self, kind: str, page: int) -> list[object]:
        params = {"type": kind, "limit": str(PAGE), "offset": str(page * PAGE)}
        headers = {"NGSILD-Tenant": self.tenant} if self.tenant else {}
        bearer = "" if self.token is None else f"Bearer {self.token.get_secret_value()}"
        answer = ask(f"{self.address.rstrip('/')}/ngsi-ld/v1/entities", params=params, headers=headers,
                     authorization=bearer, accept=ACCEPTED, timeout=self.timeout)  # fmt: skip
        entities = [] if answer is None else answer.json(Decimal)
        if not isinstance(entities, list):
            raise BadAnswer(f"Jawaban {self.address} bukan daftar entitas NGSI-LD.")
        return entities
