"""Who may sign in, how often one may guess, and what each role may do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from sqlalchemy import Engine, select

from dashboard.access import passwords, sign_in
from dashboard.access.passwords import PasswordRefused
from dashboard.access.roles import MAY, Action, Role, may
from dashboard.store import audit, people, sessions
from dashboard.store.database import reading, writing
from dashboard.store.people import Person

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
PASSWORD = "kopi senja di trawas 17"
HASH = passwords.hashed(PASSWORD)


def test_the_right_password_opens_a_session_of_that_person(engine: Engine) -> None:
    person = somebody(engine)
    tried = sign_in.sign_in(engine, "Sari ", PASSWORD, NOW)
    assert tried.refused == ""
    assert sign_in.person_of(engine, tried.key, NOW) == Person(person, "sari", "Sari, supervisor", "supervisor_112")


@pytest.mark.parametrize(("name", "password"), [("sari", "salah sekali 99"), ("siapa", PASSWORD), ("sari", "")])
def test_wrong_name_and_wrong_password_answer_alike(engine: Engine, name: str, password: str) -> None:
    somebody(engine)
    assert sign_in.sign_in(engine, name, password, NOW) == sign_in.SignedIn(refused="Nama atau sandi tidak cocok.")


def test_a_disabled_account_is_refused_and_its_session_ends_at_once(engine: Engine) -> None:
    person = somebody(engine)
    key = sign_in.sign_in(engine, "sari", PASSWORD, NOW).key
    with writing(engine) as connection:
        people.disable(connection, person, NOW)
    assert sign_in.person_of(engine, key, NOW) is None
    assert sign_in.sign_in(engine, "sari", PASSWORD, NOW).refused == "Nama atau sandi tidak cocok."


def test_after_five_failures_even_the_right_password_waits(engine: Engine) -> None:
    somebody(engine)
    for _ in range(5):
        sign_in.sign_in(engine, "sari", "salah sekali 99", NOW)
    assert (
        sign_in.sign_in(engine, "sari", PASSWORD, NOW).refused == "Terlalu banyak percobaan. Coba lagi dalam 1 menit."
    )
    assert sign_in.sign_in(engine, "sari", PASSWORD, NOW + timedelta(seconds=31)).key


def test_each_further_failure_doubles_the_pause_up_to_an_hour(engine: Engine) -> None:
    somebody(engine)
    now = NOW
    pauses = []
    for _ in range(14):
        sign_in.sign_in(engine, "sari", "salah sekali 99", now)
        with reading(engine) as connection:
            known = people.credentials(connection, "sari")
        assert known is not None
        pauses.append((known.locked_until - now).total_seconds() if known.locked_until else 0)
        now = known.locked_until or now
    assert pauses == [0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]


@pytest.mark.parametrize(
    ("later", "still"),
    [(timedelta(hours=11), True), (timedelta(hours=13), False)],
    ids=["a shift later", "after twelve idle hours"],
)
def test_a_session_ends_when_nobody_uses_it(engine: Engine, later: timedelta, still: bool) -> None:
    somebody(engine)
    key = sign_in.sign_in(engine, "sari", PASSWORD, NOW).key
    assert (sign_in.person_of(engine, key, NOW + later) is not None) is still


def test_a_session_ends_after_a_week_however_often_it_is_used(engine: Engine) -> None:
    somebody(engine)
    key = sign_in.sign_in(engine, "sari", PASSWORD, NOW).key
    seen = [sign_in.person_of(engine, key, NOW + timedelta(hours=h)) is not None for h in range(0, 24 * 8, 6)]
    assert seen == [True] * 28 + [False] * 4


def test_who_signs_out_is_out(engine: Engine) -> None:
    somebody(engine)
    key = sign_in.sign_in(engine, "sari", PASSWORD, NOW).key
    person = sign_in.person_of(engine, key, NOW)
    assert person is not None
    sign_in.sign_out(engine, key, person, NOW)
    assert sign_in.person_of(engine, key, NOW) is None


def test_a_new_password_ends_the_sessions_of_the_old_one(engine: Engine) -> None:
    number = somebody(engine)
    key = sign_in.sign_in(engine, "sari", PASSWORD, NOW).key
    with writing(engine) as connection:
        people.set_password(connection, number, passwords.hashed("jeruk bali lima keranjang"))
    assert sign_in.person_of(engine, key, NOW) is None


def test_the_store_holds_neither_password_nor_session_key(engine: Engine) -> None:
    somebody(engine)
    key = sign_in.sign_in(engine, "sari", PASSWORD, NOW).key
    with reading(engine) as connection:
        kept = [*connection.execute(select(people.people)), *connection.execute(select(sessions.sessions))]
    assert key not in str(kept)
    assert PASSWORD not in str(kept)


def test_the_audit_log_tells_entering_leaving_and_refusals_without_forged_lines(engine: Engine) -> None:
    somebody(engine)
    sign_in.sign_in(engine, "sari", "salah sekali 99", NOW)
    sign_in.sign_in(engine, "siapa\n2026 admin masuk", "x", NOW)
    sign_in.sign_in(engine, "sari", PASSWORD, NOW)
    with reading(engine) as connection:
        told = [(e.who, e.what, e.outcome) for e in audit.entries(connection)]
    assert told == [("sari", "masuk", "berhasil"), ("?", "masuk", "ditolak"), ("sari", "masuk", "ditolak")]


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("pendek 1", "Sandi terlalu pendek (8 huruf); pakai sedikitnya 12, misalnya empat kata."),
        ("password123456", "Sandi ini terlalu mudah ditebak; pakai beberapa kata yang tidak berhubungan."),
        ("Mojokerto2026!!", "Sandi ini terlalu mudah ditebak; pakai beberapa kata yang tidak berhubungan."),
        ("aaaaaaaaaaaaaaaa", "Sandi ini terlalu mudah ditebak; pakai beberapa kata yang tidak berhubungan."),
        ("supersari1234567", "Sandi ini terlalu mudah ditebak; pakai beberapa kata yang tidak berhubungan."),
        ("x" * 257, "Sandi terlalu panjang (257 huruf); paling banyak 256."),
    ],
)
def test_a_weak_password_is_refused_in_words(password: str, said: str) -> None:
    with pytest.raises(PasswordRefused) as refusal:
        passwords.hashed(password, name="supersari")
    assert str(refusal.value) == said


def test_every_role_has_its_line_and_every_action_somebody_who_may() -> None:
    assert set(MAY) == set(get_args(Action))
    assert set().union(*MAY.values()) == set(get_args(Role))


@pytest.mark.parametrize("action", [a for a in get_args(Action) if a != "view"])
def test_a_guest_may_look_and_nothing_else(action: Action) -> None:
    assert may(None, "view")
    assert not may(None, action)


def test_a_role_nobody_knows_may_nothing() -> None:
    assert not may(Person(1, "x", "X", "administrator"), "view")


def somebody(engine: Engine) -> int:
    with writing(engine) as connection:
        return people.add_person(connection, "sari", "Sari, supervisor", "supervisor_112", None, HASH, NOW)
