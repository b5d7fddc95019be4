"""Alerts on people's own devices by web push: each device of each person on a rung is an end of its own."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.alerts.channel import NobodyThere, NotHandedOver, end_of, number_of
from dashboard.alerts.push_hosts import PushHosts
from dashboard.alerts.push_key import PushKey
from dashboard.alerts.push_service import PushService
from dashboard.alerts.who_hears import hears
from dashboard.settings import Settings
from dashboard.store import audit
from dashboard.store import push_subscriptions as store
from dashboard.store.alert_messages import Message
from dashboard.store.database import reading, writing
from dashboard.store.push_subscriptions import Subscription

ID = "perangkat"
GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class PushChannel:
    """All devices that people have turned this on for, as a channel."""

    engine: Engine
    service: PushService

    @property
    def id(self) -> str:
        """Its name beside those of channels.toml."""
        return ID

    def ends(self, connection: Connection, rung: str, owner: str) -> list[str]:
        """The devices of those who stand on that rung."""
        return [end_of(ID, n) for n, person in store.listeners(connection) if hears(person, rung, owner)]

    def deliver(self, message: Message) -> str:
        """Returns which service took it: its acceptance, not the person's. Raises NotHandedOver.

        A device of which the service says that it is gone is forgotten.
        """
        with reading(self.engine) as connection:
            known = store.subscription(connection, number_of(message.channel))
        if known is None:
            raise NobodyThere("perangkat sudah dilepas atau akunnya ditutup")
        status = self.service.post(known, message)
        if status in GONE:
            self._forget(known)
            raise NobodyThere(f"perangkat tidak berlangganan lagi ({status})")
        if not 200 <= status < 300:
            raise NotHandedOver(f"layanan push menolak ({status})")
        with writing(self.engine) as connection:
            store.note_accepted(connection, known.id, clock.now())
        return f"{status} dari {urlsplit(known.endpoint).hostname}"

    def _forget(self, known: Subscription) -> None:
        with writing(self.engine) as connection:
            if store.drop_subscription(connection, known.id):
                audit.write(connection, clock.now(), "pekerja", "perangkat tidak berlangganan lagi", known.device)


def to_devices(engine: Engine, settings: Settings) -> tuple[PushChannel, ...]:
    """The channel of devices; none where no key is configured."""
    key = key_of(settings)
    return () if key is None else (PushChannel(engine, PushService(key, hosts_of(settings))),)


def key_of(settings: Settings) -> PushKey | None:
    """Our key of web push, if there is one."""
    private = settings.VAPID_KEY.get_secret_value()
    return PushKey(private, settings.contact_for_push) if private else None


def hosts_of(settings: Settings) -> PushHosts:
    """Where push messages may go."""
    return PushHosts(tuple(settings.PUSH_HOSTS.split()))
