"""One message to the push service of one browser (RFC 8030): sealed, signed, and only to where push services are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from urllib.parse import urlsplit

import httpx
from http_ece import ECEException

from dashboard import clock
from dashboard.alerts.channel import NotHandedOver
from dashboard.alerts.push_hosts import NotAPushService, PushHosts
from dashboard.alerts.push_key import PushKey
from dashboard.alerts.push_message import sealed
from dashboard.formulas.alert_state import Severity
from dashboard.store.alert_messages import Message
from dashboard.store.push_subscriptions import Subscription
from datasources.judged_connection import Judge
from datasources.outbound import Forbidden

TIMEOUT_S = 5.0
QUIET_FOR_S = 30.0
"""A service that just did not answer is left alone so long: its many devices must not hold up the other channels."""
URGENCY: Mapping[int, str] = {Severity.KRITIS: "high", Severity.WASPADA: "normal"}
HOLDS: Mapping[int, timedelta] = {Severity.KRITIS: timedelta(hours=24), Severity.WASPADA: timedelta(hours=8)}
"""How long a push service keeps a message for a device that is off (TTL)."""
LESS_URGENT, LESS_LONG = "low", timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class PushService:
    """`_silent`: host → until when it is not asked, on the monotonic clock."""

    key: PushKey
    hosts: PushHosts
    timeout_s: float = TIMEOUT_S
    _silent: dict[str, float] = field(default_factory=dict)

    def post(self, to: Subscription, message: Message) -> int:
        """The status of the answer, whose body nobody reads; redirects are not followed. Raises NotHandedOver."""
        host = urlsplit(to.endpoint).hostname or ""
        if monotonic() < self._silent.get(host, 0):
            raise NotHandedOver("layanan push baru saja tidak menjawab")
        try:
            self.hosts.check(to.endpoint)
            body = sealed(message, to.p256dh, to.auth)
        except NotAPushService as refused:
            raise NotHandedOver(str(refused)) from None
        except (ValueError, ECEException):
            raise NotHandedOver("kunci perangkat itu rusak") from None
        try:
            return self._posted(to.endpoint, body, self._headers(to.endpoint, message))
        except Forbidden as forbidden:
            raise NotHandedOver(f"{host}: {forbidden}") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            self._silent[host] = monotonic() + QUIET_FOR_S
            raise NotHandedOver(f"layanan push tidak menjawab ({type(error).__name__})") from None

    def _posted(self, endpoint: str, body: bytes, headers: Mapping[str, str]) -> int:
        judged = {"trace": Judge(endpoint)}
        with (
            httpx.Client(timeout=self.timeout_s, follow_redirects=False) as client,
            client.stream("POST", endpoint, content=body, headers=headers, extensions=judged) as answer,
        ):
            return answer.status_code

    def _headers(self, endpoint: str, message: Message) -> dict[str, str]:
        headers = {
            "Authorization": self.key.proof(endpoint, clock.now()),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(HOLDS.get(message.severity, LESS_LONG).total_seconds())),
            "Urgency": URGENCY.get(message.severity, LESS_URGENT),
        }
        return {**headers, "Topic": message.topic} if message.topic else headers
