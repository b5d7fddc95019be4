"""Alerts on people's devices against a push service that takes, refuses, hangs, answers twice and forgets a device."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import Engine, select

from dashboard.alerts.bundling import bundle
from dashboard.alerts.channel import EVERYBODY, Channel
from dashboard.alerts.evaluate import evaluate
from dashboard.alerts.push_channel import PushChannel
from dashboard.alerts.push_hosts import NotAPushService, PushHosts
from dashboard.alerts.push_key import PushKey, new_private
from dashboard.alerts.push_message import LONGEST_BODY, content_of, sealed
from dashboard.alerts.push_service import PushService
from dashboard.alerts.rule import WHOLE, AlertRule, Look
from dashboard.alerts.sending import send_due
from dashboard.alerts.telling import tell
from dashboard.formulas.alert_state import Severity, Timing
from dashboard.formulas.escalation import Step
from dashboard.indicators.catalogue.alerts import undelivered
from dashboard.store import audit, people
from dashboard.store import push_subscriptions as store
from dashboard.store.alert_messages import Message, newest_messages, put
from dashboard.store.database import reading, writing
from dashboard.store.push_subscriptions import Subscription, push_subscriptions
from tests.builders import NOW
from tests.dashboard.push_site import Browser, PushSite

MINUTE = timedelta(minutes=1)
KEY = PushKey(new_private(), "mailto:pusat@contoh.id")
TOPIC, PATIENCE_S = "t" * 32, 0.3
STEPS = (Step(timedelta(0), "petugas"), Step(15 * MINUTE, "kepala OPD"))


@contextmanager
def channel(engine: Engine, site: PushSite) -> Iterator[PushChannel]:
    """The channel of devices, which trusts this site."""
    site.public = KEY.public
    with site.listening() as address:
        yield PushChannel(engine, PushService(KEY, PushHosts((address,)), PATIENCE_S))


def device(engine: Engine, site: PushSite, name: str = "ani", role: str = "analis", opd: str | None = None) -> int:
    """Somebody with one device there; returns the number of the device."""
    with writing(engine) as connection:
        person = people.add_person(connection, name, name.title(), role, opd, None, NOW)
        keys = site.browser.keys
        endpoint = f"{site.address}/send/{name}"
        new = Subscription(person, endpoint, keys["p256dh"], keys["auth"], "Chrome di Windows", NOW)
        assert store.keep_subscription(connection, new)
        return store.subscriptions_of(connection, person)[0].id


def sent(engine: Engine, via: PushChannel, number: int, minutes: int = 20, severity: int = 2) -> Message:
    """One message to that device, and so many minutes of a postman; what became of it."""
    with writing(engine) as connection:
        put(connection, Message("k" * 32, "petugas", "BPBD", f"perangkat:{number}", "[KRITIS] Air naik",
                                "Cuaca dan air:\n- 24/11 08.00 WIB KRITIS, Air naik\n\nLihat: https://pusat/peringatan",
                                severity, NOW, topic=TOPIC))  # fmt: skip
    for minute in range(minutes):
        via.service._silent.clear()  # frozen clocks do not move the one by which a silent service is left alone
        with time_machine.travel(NOW + minute * MINUTE, tick=False):
            send_due(engine, [via], NOW + minute * MINUTE)
    with reading(engine) as connection:
        (message,) = newest_messages(connection)
    return message


def test_what_a_service_takes_only_that_browser_reads_and_our_key_has_signed(engine: Engine) -> None:
    site = PushSite([201])
    with channel(engine, site) as via:
        number = device(engine, site)
        message = sent(engine, via, number)
    assert (message.state, message.receipt) == ("diterima saluran", "201 dari 127.0.0.1")
    assert site.taken == [{
        "title": "[KRITIS] Air naik", "body": "Cuaca dan air:\n- 24/11 08.00 WIB KRITIS, Air naik",
        "path": "/peringatan", "tag": TOPIC, "key": "k" * 32, "severity": 2,
    }]  # fmt: skip
    (claims,) = site.claims
    assert (claims["aud"], claims["sub"]) == (site.address, "mailto:pusat@contoh.id")
    assert 0 < claims["exp"] - NOW.timestamp() <= 24 * 3600
    (headers,) = site.headers
    assert (headers["Urgency"], headers["TTL"], headers["Topic"]) == ("high", "86400", TOPIC)
    assert headers["Content-Encoding"] == "aes128gcm"
    with reading(engine) as connection:
        (kept,) = store.subscriptions_of(connection, 1)
    assert kept.accepted_at == NOW


@pytest.mark.parametrize(
    ("severity", "urgency", "ttl"), [(2, "high", "86400"), (1, "normal", "28800"), (0, "low", "7200")]
)
def test_what_is_less_severe_is_less_urgent_and_kept_for_less_long(
    engine: Engine, severity: int, urgency: str, ttl: str
) -> None:
    site = PushSite([201])
    with channel(engine, site) as via:
        sent(engine, via, device(engine, site), 1, severity)
    assert [(h["Urgency"], h["TTL"]) for h in site.headers] == [(urgency, ttl)]


@pytest.mark.parametrize(
    "moods", [[503, 201], [429, 500, 201], [302, 201], ["hang", 201], ["hang", "hang", 503, 201]],
    ids=["unavailable", "too often", "redirects", "hangs", "hangs twice"],
)  # fmt: skip
def test_what_was_not_confirmed_is_sent_again_and_a_device_shows_it_once(
    engine: Engine, moods: list[int | str]
) -> None:
    site, tries = PushSite(list(moods)), len(moods)
    with channel(engine, site) as via:
        message = sent(engine, via, device(engine, site))
    assert (message.state, message.attempts) == ("diterima saluran", tries)
    assert site.shown == {TOPIC: "k" * 32}
    assert {told["tag"] for told in site.taken} == {TOPIC}


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_its_service_no_longer_knows_is_forgotten_and_no_failure(engine: Engine, status: int) -> None:
    site = PushSite([status])
    with channel(engine, site) as via:
        number = device(engine, site)
        message = sent(engine, via, number)
    assert (message.state, message.attempts) == ("tanpa saluran", 1)
    assert message.error == f"perangkat tidak berlangganan lagi ({status})"
    with reading(engine) as connection:
        assert connection.execute(select(push_subscriptions)).all() == []
        assert undelivered(connection, NOW + timedelta(hours=1)).value == 0
        (line,) = audit.entries(connection)
    assert (line.who, line.what, line.about) == ("pekerja", "perangkat tidak berlangganan lagi", "Chrome di Windows")


@pytest.mark.parametrize("status", [400, 403, 413])
def test_a_service_that_refuses_is_a_failing_channel_and_so_an_alert(engine: Engine, status: int) -> None:
    site = PushSite([status])
    with channel(engine, site) as via:
        message = sent(engine, via, device(engine, site), 7)
    assert (message.state, message.error) == ("menunggu", f"layanan push menolak ({status})")
    with reading(engine) as connection:
        found = undelivered(connection, NOW + 7 * MINUTE)
    assert found.band == "Ada yang tidak terkirim"
    assert found.detail["rows"][0]["value"] == f"layanan push menolak ({status})"


def test_a_service_that_hangs_is_left_alone_for_a_while_so_that_other_channels_are_heard(engine: Engine) -> None:
    site, took = PushSite(["hang"]), list[str]()

    def phone(subject: str, body: str, key: str) -> str:
        took.append(subject)
        return ""

    with channel(engine, site) as via, time_machine.travel(NOW, tick=False):
        for n in range(5):
            number = device(engine, site, f"orang{n}")
            with writing(engine) as connection:
                put(connection, Message(f"{n}" * 32, "petugas", "BPBD", f"perangkat:{number}", "Air", "isi", 2, NOW))
        with writing(engine) as connection:
            put(connection, Message("t" * 32, "petugas", "BPBD", "telepon", "Air naik", "isi", 2, NOW))
        send_due(engine, [via, Channel("telepon", (EVERYBODY,), (EVERYBODY,), phone)], NOW)
    assert took == ["Air naik"]
    assert len(site.headers) == 1


def test_a_closed_account_and_a_removed_device_are_not_written_to(engine: Engine) -> None:
    site = PushSite([201])
    with channel(engine, site) as via:
        number = device(engine, site)
        with writing(engine) as connection:
            assert via.ends(connection, "petugas", "BPBD") == [f"perangkat:{number}"]
            people.disable(connection, 1, NOW)
            assert via.ends(connection, "petugas", "BPBD") == []
        assert sent(engine, via, number).error == "perangkat sudah dilepas atau akunnya ditutup"
    assert site.headers == []


@pytest.mark.parametrize(
    ("role", "opd", "rung", "owner", "is_told"),
    [
        ("analis", None, "petugas", "BPBD", True), ("supervisor_112", None, "petugas", "Diskominfo", True),
        ("analis", "DLH", "petugas", "BPBD", False), ("analis", "DLH", "petugas", "DLH", True),
        ("kepala_opd", "BPBD", "kepala OPD", "BPBD", True), ("kepala_opd", "DLH", "kepala OPD", "BPBD", False),
        ("kepala_opd", "bpbd", "kepala OPD", "DLH, BPBD (Pusdalops)", True),
        ("kepala_opd", None, "kepala OPD", "BPBD", False), ("kepala_opd", "BPBD", "petugas", "BPBD", False),
        ("koordinator", None, "sekda", "BPBD", True), ("koordinator", "Setda", "sekda", "BPBD", True),
        ("bupati", None, "bupati", "DLH", True), ("bupati", None, "petugas", "DLH", False),
        ("tak dikenal", None, "petugas", "DLH", False),
    ],
)  # fmt: skip
def test_who_stands_on_a_rung_is_told_and_nobody_else(
    engine: Engine, role: str, opd: str | None, rung: str, owner: str, is_told: bool
) -> None:
    site = PushSite([201])
    with channel(engine, site) as via:
        device(engine, site, "orang", role, opd)
        with reading(engine) as connection:
            assert bool(via.ends(connection, rung, owner)) is is_told


def test_each_device_gets_its_own_message_and_news_of_an_alert_carry_its_topic(engine: Engine) -> None:
    site = PushSite([201])
    with channel(engine, site) as via:
        first, second = device(engine, site), device(engine, site, "sari", "supervisor_112")
        head = device(engine, site, "dewi", "kepala_opd", "BPBD")
        for minute, seen in ((0, Severity.KRITIS), (16, Severity.KRITIS), (20, Severity.NONE)):
            look = {WHOLE: Look(seen, "Air naik")}
            rule = AlertRule("air", "Air", "cuaca dan air", "BPBD", "Buka pintu air.", lambda r, p, look=look: look,
                             Timing(), STEPS)  # fmt: skip
            at = NOW + minute * MINUTE
            with writing(engine) as connection:
                tell(connection, {"air": rule}, evaluate(connection, [rule], {}, [], at), at)
                bundle(connection, [via], at, "https://pusat")
            with time_machine.travel(at, tick=False):
                send_due(engine, [via], at)
    with reading(engine) as connection:
        told = newest_messages(connection)
    assert sorted(m.channel for m in told) == sorted(
        f"perangkat:{n}" for n in (first, first, second, second, head, head)
    )
    assert {m.state for m in told} == {"diterima saluran"}
    assert len({m.topic for m in told}) == 1
    assert len({m.key for m in told}) == 6


@pytest.mark.parametrize(
    ("endpoint", "is_known"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc:def", True), ("https://web.push.apple.com/QabC", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/gAAA", True),
        ("https://wns2-sg2p.notify.windows.com/w/?token=B%2fQ", True), ("https://fcm.googleapis.com:443/x", True),
        ("https://push.contoh.id/x", True), ("https://a.dorong.id/x", True), ("http://127.0.0.1:9123/x", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False), ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com.jahat.id/x", False), ("https://jahat.id/fcm.googleapis.com", False),
        ("https://fcm.googleapis.com@jahat.id/x", False), ("https://u:p@fcm.googleapis.com/x", False),
        ("https://jahat.id\\@fcm.googleapis.com/x", False), ("https://127.0.0.1/x", False),
        ("https://169.254.169.254/latest", False), ("http://127.0.0.1:9124/x", False),
        ("http://127.0.0.1:91234/x", False),
        ("http://localhost:9123/x", False), ("https://push.apple.com/x", False), ("file:///etc/passwd", False),
        ("//fcm.googleapis.com/x", False), ("https://fcm.googleapis.com/a b", False), ("https://[::1/x", False),
        ("https://fcm.googleapis.com:99999/x", False), ("https://ﬁcm.googleapis.com/x", False), ("", False),
    ],
)  # fmt: skip
def test_only_push_services_are_sent_to(endpoint: str, is_known: bool) -> None:
    hosts = PushHosts(("push.contoh.id", "*.dorong.id", "http://127.0.0.1:9123"))
    expected = nullcontext() if is_known else pytest.raises(NotAPushService, match="tidak dikenal")
    with expected:
        hosts.check(endpoint)


def test_a_known_name_that_leads_into_our_own_network_is_not_sent_to(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever owns the name service must not make us knock at our own door."""
    site = PushSite([201])
    with channel(engine, site):
        number = device(engine, site)
        port = site.address.rpartition(":")[2]
        with writing(engine) as connection:
            values = {"endpoint": f"http://push.localhost:{port}/x"}
            connection.execute(push_subscriptions.update().values(values))
        trusting = PushChannel(engine, PushService(KEY, PushHosts((f"http://push.localhost:{port}",)), PATIENCE_S))
        monkeypatch.setattr("socket.getaddrinfo", lambda *a, **k: [(2, 1, 6, "", ("127.0.0.1", int(port)))])
        message = sent(engine, trusting, number, 1)
    assert "127.0.0.1 bukan alamat publik" in message.error
    assert site.headers == []


def test_the_longest_message_fits_into_what_push_services_take() -> None:
    keys = Browser().keys
    long = Message("k" * 32, "petugas", "BPBD", "perangkat:1", "é" * 200, "\n".join(["“ü”" * 60] * 40), 2, NOW,
                   topic=TOPIC)  # fmt: skip
    content = content_of(long)
    assert len(str(content["body"])) <= LONGEST_BODY
    assert len(sealed(long, keys["p256dh"], keys["auth"])) <= 4096


def test_a_long_list_says_how_much_more_there_is() -> None:
    message = Message("k" * 32, "petugas", "BPBD", "p:1", "Air", "\n".join(f"- kabar {n}" for n in range(9)), 2, NOW)
    assert str(content_of(message)["body"]).splitlines()[-1] == "dan 3 baris lain"
