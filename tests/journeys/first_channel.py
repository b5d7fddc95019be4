"""From what a source publishes to an alert, to the first channel that accepts it, and to the alarm on an open wall."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session
from playwright.sync_api import Page
from sqlalchemy import Engine, delete

from dashboard.clock import now
from dashboard.store import alert_messages, alert_notices, alerts, bmkg, changes, warning_terms
from dashboard.store.alert_messages import newest_messages
from dashboard.store.database import open_database, reading, writing
from tests.dashboard.moody_servers import Gateway, MailBox
from tests.datasources.loopback import Loopback, serving
from tests.journeys.conftest import System, prepared_system
from tests.journeys.warned import RSS, WARNINGS, all_is_well, warn

RULE, WORDS = "weather.active_warnings", "Peringatan dini cuaca"
CHANNELS = '[channels.gerbang]\naddress = "{gateway}"\n[channels.surel]\naddress = "{mail}"\n'
LOOK_EVERY_S = 0.05
PATIENCE_S = 60.0
COUNT = '.strip [data-count="waspada"] b'
"""The alarm on the wall, whatever scene is shown: the count on the strip."""
WATCH = """count => {
  window.alarms = [];
  const note = () => window.alarms.push([Date.now(), !!document.querySelector(count)]);
  window.watching?.disconnect();
  window.watching = new MutationObserver(() => requestAnimationFrame(note));
  for (const strip of document.querySelectorAll(".strip"))
    window.watching.observe(strip, { childList: true, subtree: true, characterData: true });
}"""
FIRST = "since => (window.alarms.find(([at, raised]) => at >= since && raised) || [0])[0]"
IS_CALM = "count => !document.querySelector(count)"


@dataclass
class TimedGateway(Gateway):
    """A gateway that notes when each message came."""

    came: list[float] = field(default_factory=list)

    def take(self, key: str, title: str) -> tuple[str, str]:
        if WORDS in title:
            self.came.append(time.time())
        return super().take(key, title)


class TimedMailBox(MailBox):
    """A mail server that notes when each message came."""

    def __init__(self, moods: list[str]) -> None:
        super().__init__(moods)
        self.came: list[float] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.came.append(time.time())
        return await super().handle_DATA(server, session, envelope)


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds since BMKG published a warning that crosses a band: until the alert stood in the store, a channel had
    accepted it, the other channel too, and a frame of the wall with it was painted.
    """

    alert: float
    first: float
    both: float
    wall: float


@dataclass(frozen=True, slots=True)
class Alarm:
    """A running system whose only rule that moves has no waiting, and the two channels that hear of it."""

    system: System
    engine: Engine
    bmkg: Loopback
    gateway: TimedGateway
    mail: TimedMailBox

    def measured(self, wall: Page, number: int) -> Waits:
        """Raise it once, from calm to both channels and the wall."""
        wall.evaluate(WATCH, COUNT)
        heard, mailed, start = len(self.gateway.came), len(self.mail.came), time.time()
        warn(self.bmkg, number)
        alert = _until(lambda: self._stands())
        _until(lambda: len(self.gateway.came) > heard and len(self.mail.came) > mailed)
        wall.wait_for_function(FIRST, arg=start * 1000, timeout=PATIENCE_S * 1000)
        painted = wall.evaluate(FIRST, start * 1000) / 1000
        came = sorted((self.gateway.came[heard], self.mail.came[mailed]))
        return Waits(alert - start, came[0] - start, came[1] - start, painted - start)

    def accepted(self) -> dict[str, str]:
        """Channel → state of the messages of this alert."""
        with reading(self.engine) as connection:
            return {m.channel: m.state for m in newest_messages(connection) if WORDS in m.subject}

    def forget(self, wall: Page) -> None:
        """Back to calm at once, without the ten minutes that the rule waits: warning, alert and messages never were."""
        all_is_well(self.bmkg)
        with writing(self.engine) as connection:
            for table in (bmkg.warnings, warning_terms.warning_terms, alerts.alerts, alerts.alert_events,
                          alert_notices.alert_notices, alert_messages.alert_messages):  # fmt: skip
                connection.execute(delete(table))
            changes.announce(connection, ["warnings", "alerts"], now())
        wall.wait_for_function(IS_CALM, arg=COUNT, timeout=PATIENCE_S * 1000)

    def _stands(self) -> bool:
        with reading(self.engine) as connection:
            return any(kept.rule == RULE and kept.alert.is_told for kept in alerts.standing(connection))


@contextmanager
def alarm(folder: Path, database_url: str) -> Iterator[Alarm]:
    """The real web and worker, with a gateway and a mail server on loopback."""
    gateway, mail = TimedGateway(["take"]), TimedMailBox(["take"])
    with serving() as site, gateway.listening() as first, mail.listening() as second:
        all_is_well(site)
        (folder / "channels.toml").write_text(CHANNELS.format(gateway=first, mail=second), encoding="utf-8")
        sources = WARNINGS.format(address=site.url(RSS))
        system = prepared_system(folder, database_url, "10m", sources, CHANNELS=str(folder / "channels.toml"))
        engine = open_database(database_url)
        try:
            yield Alarm(system, engine, site, gateway, mail)
        finally:
            engine.dispose()
            for name in list(system.processes):
                system.stop(name)


def _until(true: Callable[[], bool]) -> float:
    """The moment at which it was first seen to be true."""
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, f"not within {PATIENCE_S:.0f} s"
        time.sleep(LOOK_EVERY_S)
    return time.time()
