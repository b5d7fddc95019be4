"""Delivery against a real SMTP server that refuses, delays, hangs up after DATA, or takes one of three."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import Engine, event

from dashboard.briefings.compose import Order
from dashboard.briefings.deliver import WAITS, Post, deliver_due, plan_approved
from dashboard.briefings.issue import Press, approve, issue
from dashboard.briefings.mail import MailServer
from dashboard.briefings.notification import Notifications, Nowhere
from dashboard.briefings.parcel import Attached
from dashboard.briefings.recipients import Recipient
from dashboard.briefings.rounds import Rounds
from dashboard.store import deliveries
from dashboard.store.database import reading, writing
from dashboard.store.deliveries import Delivery
from dashboard.store.editions import edition_line
from tests.editions import AS_OF, WEEK, edition, figure

STUB = edition(figure())
PRESS = Press(lambda connection, order: STUB, lambda edition: b"%PDF stub")
FILES = (Attached("laporan.pdf", "application/pdf", b"%PDF stub"),)
THREE = tuple(Recipient(name, "bupati", f"{name.lower()}@contoh.id") for name in ("Bupati", "Sekda", "Wabup"))


class Handler:
    """What the server does with each step; `taken` holds what it accepted."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.rcpt: dict[str, str] = {}
        self.mail = self.data = ""
        self.delay_s = 0.0
        self.drop = False

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]) -> str:
        if not self.mail:
            envelope.mail_from = address
        return self.mail or "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]) -> str:
        if address not in self.rcpt:
            envelope.rcpt_tos.append(address)
        return self.rcpt.get(address, "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.delay_s)
        if not self.data:
            self.taken.append(envelope)
        if self.drop:
            assert server.transport is not None
            server.transport.abort()
        return self.data or "250 diterima sebagai A1"


@pytest.fixture
def server() -> Iterator[tuple[Handler, MailServer]]:
    handler = Handler()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, MailServer(f"smtp://127.0.0.1:{port}", "pusatkomando@contoh.id", timeout_s=1.0)
    controller.stop(no_assert=True)


def test_everybody_gets_one_mail_with_the_pdf_and_accepted_is_what_is_said(engine: Engine, server: Any) -> None:
    handler, mail = server
    number = approved(engine)
    deliver(engine, mail)
    deliver(engine, mail, hours=5)
    assert [tuple(e.rcpt_tos) for e in handler.taken] == [(r.address,) for r in THREE]
    assert states(engine, number) == ["diterima server"] * 3
    assert answers(engine, number) == ["250 diterima sebagai A1"] * 3
    message = message_from_bytes(handler.taken[0].content, policy=policy.default)  # type: ignore[arg-type]
    assert message["Subject"] == "Laporan mingguan 47"
    assert [part.get_filename() for part in message.iter_attachments()] == ["laporan.pdf"]
    assert sent(engine, number) is not None


def test_one_of_three_is_accepted_one_refused_for_good_one_for_now(engine: Engine, server: Any) -> None:
    handler, mail = server
    handler.rcpt = {"sekda@contoh.id": "550 tidak ada kotak surat itu", "wabup@contoh.id": "451 coba lagi nanti"}
    number = approved(engine)
    deliver(engine, mail)
    assert states(engine, number) == ["diterima server", "ditolak", "menunggu"]
    assert "550 tidak ada kotak surat itu" in answers(engine, number)[1]
    assert sent(engine, number) is None
    handler.rcpt.pop("wabup@contoh.id")
    deliver(engine, mail)
    assert states(engine, number) == ["diterima server", "ditolak", "menunggu"], "not before its time"
    deliver(engine, mail, hours=1)
    assert states(engine, number) == ["diterima server", "ditolak", "diterima server"]
    assert sorted(e.rcpt_tos[0] for e in handler.taken) == ["bupati@contoh.id", "wabup@contoh.id"], "no double mail"


def test_a_line_that_breaks_after_data_is_uncertain_and_is_not_sent_again(engine: Engine, server: Any) -> None:
    handler, mail = server
    handler.drop = True
    number = approved(engine)
    deliver(engine, mail)
    handler.drop = False
    deliver(engine, mail, hours=24)
    assert states(engine, number) == ["tidak pasti"] * 3
    assert len(handler.taken) == 3, "no double mail"


def test_an_answer_that_comes_too_late_is_uncertain(engine: Engine, server: Any) -> None:
    handler, mail = server
    handler.delay_s = 1.6
    number = approved(engine, THREE[:1])
    deliver(engine, mail, THREE[:1])
    assert states(engine, number) == ["tidak pasti"]


def test_a_server_that_refuses_everybody_is_asked_nine_times_and_then_it_has_failed(
    engine: Engine, server: Any
) -> None:
    handler, mail = server
    handler.mail = "421 sedang penuh"
    number = approved(engine, THREE[:1])
    now = AS_OF
    for _ in range(len(WAITS) + 3):
        deliver_due(engine, post(mail, THREE[:1]), lambda: now)  # noqa: B023 - called at once
        now += timedelta(hours=5)
    found = roads(engine, number)[0]
    assert (found.state, found.tries, found.answer) == ("gagal", 9, "421 sedang penuh")


def test_a_server_that_is_not_there_is_tried_later(engine: Engine) -> None:
    number = approved(engine, THREE[:1])
    deliver(engine, MailServer("smtp://127.0.0.1:9", "a@contoh.id", timeout_s=1.0), THREE[:1])
    found = roads(engine, number)[0]
    assert (found.state, found.due_at) == ("menunggu", AS_OF + WAITS[0])
    assert "tidak dapat dihubungi" in found.answer


def test_a_worker_that_died_while_sending_leaves_an_uncertain_delivery(engine: Engine, server: Any) -> None:
    handler, mail = server
    number = approved(engine, THREE[:1])
    with writing(engine) as connection:
        assert deliveries.claim(connection, roads(engine, number)[0].id, AS_OF)
        assert not deliveries.claim(connection, roads(engine, number)[0].id, AS_OF)
    deliver(engine, mail, THREE[:1], hours=1)
    assert states(engine, number) == ["tidak pasti"]
    assert handler.taken == []


def test_an_edition_nobody_approved_is_not_sent(engine: Engine, server: Any) -> None:
    handler, mail = server
    issue(engine, PRESS, Order(WEEK, AS_OF), AS_OF, "pekerja")
    deliver(engine, mail)
    assert handler.taken == []


def test_a_person_may_send_again_and_that_is_a_second_mail(engine: Engine, server: Any) -> None:
    handler, mail = server
    number = approved(engine, THREE[:1])
    deliver(engine, mail, THREE[:1])
    with writing(engine) as connection:
        deliveries.plan(connection, number, [THREE[0].label], AS_OF, again=True)
    deliver(engine, mail, THREE[:1])
    ids = {message_from_bytes(e.content)["Message-ID"] for e in handler.taken}  # type: ignore[arg-type]
    assert len(handler.taken) == len(ids) == 2


@pytest.mark.parametrize(("address", "state"), [("json://127.0.0.1:9/", "menunggu"), ("bukan://apa", "ditolak")])
def test_a_notification_that_nobody_takes_waits_and_an_unknown_address_is_refused(
    engine: Engine, address: str, state: str
) -> None:
    whom = (Recipient("Grup", "bupati", address),)
    number = approved(engine, whom)
    deliver(engine, Nowhere(), whom)
    assert states(engine, number) == [state]
    assert address not in str(roads(engine, number)), "an address may hold a token and is not kept"


def test_without_a_mail_server_it_says_which_setting_is_missing(engine: Engine) -> None:
    number = approved(engine, THREE[:1])
    deliver(engine, Nowhere(), THREE[:1])
    assert answers(engine, number) == ["server surat belum disetel; isi SMTP_URL dan BRIEFING_FROM"]


def test_the_archive_is_read_after_each_edition_and_step_and_not_each_round(engine: Engine) -> None:
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda c, cursor, statement, *rest: asked.append(statement))
    rounds = Rounds(engine, (), PRESS, post(Nowhere()), now=lambda: AS_OF)

    def reads() -> int:
        asked.clear()
        rounds.approved()
        return sum("edition_steps AS approved" in statement for statement in asked)

    line = issue(engine, PRESS, Order(WEEK, AS_OF), AS_OF, "pekerja")
    assert line is not None
    assert [reads(), reads(), reads()] == [1, 0, 0]
    with writing(engine) as connection:
        approve(connection, line.id, AS_OF, "Bupati")
    assert [reads(), reads()] == [1, 0]
    assert states(engine, line.id) == ["menunggu"] * 3


def test_a_round_that_failed_reads_the_archive_again(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = Rounds(engine, (), PRESS, post(Nowhere()), now=lambda: AS_OF)
    line = issue(engine, PRESS, Order(WEEK, AS_OF), AS_OF, "pekerja")
    assert line is not None
    with writing(engine) as connection:
        approve(connection, line.id, AS_OF, "Bupati")
    with monkeypatch.context() as broken:
        broken.setattr(deliveries, "plan", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rounds.approved()
    rounds.approved()
    assert states(engine, line.id) == ["menunggu"] * 3


def post(mail: Any, recipients: tuple[Recipient, ...] = THREE) -> Post:
    return Post(
        recipients, mail, Notifications(), lambda connection, line: ("Laporan mingguan 47", "Isi\n.titik", FILES)
    )


def approved(engine: Engine, recipients: tuple[Recipient, ...] = THREE) -> int:
    line = issue(engine, PRESS, Order(WEEK, AS_OF), AS_OF, "pekerja")
    assert line is not None
    with writing(engine) as connection:
        approve(connection, line.id, AS_OF, "Bupati")
    plan_approved(engine, post(Nowhere(), recipients), AS_OF)
    return line.id


def deliver(engine: Engine, mail: Any, recipients: tuple[Recipient, ...] = THREE, hours: float = 0) -> None:
    now = AS_OF + timedelta(hours=hours)
    plan_approved(engine, post(mail, recipients), now)
    deliver_due(engine, post(mail, recipients), lambda: now)


def roads(engine: Engine, number: int) -> list[Delivery]:
    with reading(engine) as connection:
        return deliveries.of_edition(connection, number)


def states(engine: Engine, number: int) -> list[str]:
    return [d.state for d in roads(engine, number)]


def answers(engine: Engine, number: int) -> list[str]:
    return [d.answer for d in roads(engine, number)]


def sent(engine: Engine, number: int) -> datetime | None:
    with reading(engine) as connection:
        line = edition_line(connection, number)
    assert line is not None
    return line.sent_at
