"""Sensors and network servers that send to us over HTTP: The Things Stack, ChirpStack, Sensor.Community, NGSI-LD."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from datasources import json_text
from datasources.contract import LARGEST_MESSAGE, Batch, NotAccepted
from datasources.sensors import ngsi_entities, sensor_community_push
from datasources.sensors.listed import Understand, read_all
from datasources.sensors.payloads import READ, Format
from datasources.sensors.said import Fields
from datasources.sensors.units import CANONICAL, checked

SHORTEST_TOKEN = 32


class SensorPush(BaseModel):
    """A sender shows `token` in the header `token_header` ("Bearer …" or bare). `fields` as for MQTT; Sensor.Community
    and NGSI-LD bring names and units of their own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    topics: ClassVar[tuple[str, ...]] = ("sensors",)

    token: SecretStr
    format: Format | Literal["ngsi_ld"] = "ttn"
    fields: dict[str, str] = Field(
        default={key: f"{key}:{CANONICAL[key]}" for key in ("pm25", "pm10", "temperature", "humidity")}, min_length=1
    )
    zone: Literal["", "UTC", "Asia/Jakarta"] = ""
    token_header: str = Field(default="Authorization", min_length=1)
    max_bytes: int = Field(default=LARGEST_MESSAGE, gt=0, le=LARGEST_MESSAGE)

    @field_validator("token")
    @classmethod
    def _is_long(cls, token: SecretStr) -> SecretStr:
        if len(token.get_secret_value()) < SHORTEST_TOKEN:
            raise ValueError(f"terlalu pendek; isi sedikitnya {SHORTEST_TOKEN} karakter acak")
        return token

    @field_validator("fields")
    @classmethod
    def _are_measured(cls, fields: dict[str, str]) -> dict[str, str]:
        for text in fields.values():
            checked(*text.partition(":")[::2])
        return fields

    def receive(self, headers: Mapping[str, str], body: bytes) -> Batch:
        """The readings of one message. Raises NotAccepted: 413 too large, 401 without the token, 400 not JSON."""
        if len(body) > self.max_bytes:
            raise NotAccepted(413, f"Pesan lebih besar dari {self.max_bytes} bita; kirim lebih sedikit sekaligus.")
        self._verify({name.casefold(): value for name, value in headers.items()})
        try:
            message = json_text.loads(body, Decimal)
        except (ValueError, RecursionError):
            raise NotAccepted(400, "Isi pesan bukan JSON yang sah.") from None
        understand, fields = self._understood()
        return read_all(_items(message), understand, fields, "pesan", datetime.now(UTC))

    def idempotency_key(self, headers: Mapping[str, str]) -> str:
        """None of these senders names its messages; station and time make a repeat harmless."""
        return ""

    def _verify(self, headers: Mapping[str, str]) -> None:
        given = headers.get(self.token_header.casefold(), "").removeprefix("Bearer ").strip()
        if not hmac.compare_digest(given.encode(), self.token.get_secret_value().encode()):
            raise NotAccepted(401, f"Kunci di {self.token_header} tidak ada atau tidak cocok.")

    def _understood(self) -> tuple[Understand, Fields]:
        if self.format == "ngsi_ld":
            return ngsi_entities.Reading(self.zone).said, ngsi_entities.FIELDS
        if self.format == "sensor_community":
            return READ[self.format], sensor_community_push.FIELDS
        return READ[self.format], {key: checked(*text.split(":", 1)) for key, text in self.fields.items()}


def _items(message: Any) -> list[Any]:
    """One message, a list of them, or the entities of an NGSI-LD notification."""
    if isinstance(message, dict) and message.get("type") == "Notification" and isinstance(message.get("data"), list):
        message = message["data"]
    return message if isinstance(message, list) else [message]
