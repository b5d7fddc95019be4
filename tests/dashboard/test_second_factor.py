"""A code from a telephone: when it is asked for, which codes are taken, and that none is taken twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import Engine, select

from dashboard.access import accounts, passwords, proving, second_factor, sign_in
from dashboard.editing.entry import EntryRefused
from dashboard.store import people
from dashboard.store.database import reading, writing
from dashboard.store.people import Person

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
PASSWORD, KEY = "kopi senja di trawas 17", "k" * 40
HASH = passwords.hashed(PASSWORD)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = timedelta(seconds=30)


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")],
)
def test_codes_are_those_of_rfc_6238_appendix_b(at: int, code: str) -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert second_factor.step_of(secret, code, datetime.fromtimestamp(at, UTC)) == at // 30


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "000000"])
def test_what_is_no_code_is_no_proof(code: str) -> None:
    assert second_factor.step_of(SECRET, code, NOW) is None


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_half_a_minute_off_is_forgiven(steps: int, taken: bool) -> None:
    assert (second_factor.step_of(SECRET, code_at(NOW + steps * STEP), NOW) is not None) is taken


def test_with_a_code_the_password_alone_opens_nothing(engine: Engine) -> None:
    person = somebody(engine)
    tried = sign_in.sign_in(engine, "sari", PASSWORD, NOW)
    assert (tried.key, tried.needs_code) == ("", person.id)
    assert sign_in.enter_code(engine, person.id, code_at(NOW), KEY, NOW).key


def test_no_code_is_taken_twice(engine: Engine) -> None:
    person = somebody(engine)
    assert sign_in.enter_code(engine, person.id, code_at(NOW), KEY, NOW).key
    assert sign_in.enter_code(engine, person.id, code_at(NOW), KEY, NOW).refused == sign_in.WRONG_CODE
    assert sign_in.enter_code(engine, person.id, code_at(NOW - STEP), KEY, NOW).refused == sign_in.WRONG_CODE


def test_wrong_codes_count_as_wrong_passwords(engine: Engine) -> None:
    person = somebody(engine)
    for _ in range(5):
        sign_in.enter_code(engine, person.id, "000000", KEY, NOW)
    assert "Terlalu banyak percobaan" in sign_in.enter_code(engine, person.id, code_at(NOW), KEY, NOW).refused
    assert "Terlalu banyak percobaan" in sign_in.sign_in(engine, "sari", PASSWORD, NOW).refused


def test_the_secret_is_sealed_in_the_store_and_another_key_does_not_open_it(engine: Engine) -> None:
    person = somebody(engine)
    with reading(engine) as connection:
        assert SECRET not in str(list(connection.execute(select(people.people))))
    assert sign_in.enter_code(engine, person.id, code_at(NOW), "l" * 40, NOW).refused == sign_in.WRONG_CODE


def test_a_code_is_put_up_only_when_the_telephone_has_proven_to_have_it(engine: Engine) -> None:
    person = somebody(engine, with_code=False)
    with writing(engine) as connection, pytest.raises(EntryRefused):
        accounts.own_code(connection, person, SECRET, "000000", KEY, NOW)
    with writing(engine) as connection:
        assert len(set(accounts.own_code(connection, person, SECRET, code_at(NOW), KEY, NOW))) == 10
    assert sign_in.sign_in(engine, "sari", PASSWORD, NOW).needs_code == person.id


def test_it_is_not_replaced_while_it_stands(engine: Engine) -> None:
    person = somebody(engine)
    with writing(engine) as connection, pytest.raises(EntryRefused, match="lepas dahulu"):
        accounts.own_code(connection, person, SECRET, code_at(NOW), KEY, NOW)


def test_it_is_taken_away_with_a_code(engine: Engine) -> None:
    person = somebody(engine)
    with pytest.raises(EntryRefused):
        proving.prove_code(engine, person, "000000", KEY, NOW)
    proving.prove_code(engine, person, code_at(NOW), KEY, NOW)
    with writing(engine) as connection:
        accounts.drop_own_code(connection, person, NOW)
    assert sign_in.sign_in(engine, "sari", PASSWORD, NOW).key


def code_at(at: datetime) -> str:
    return pyotp.TOTP(SECRET).at(at)


def somebody(engine: Engine, with_code: bool = True) -> Person:
    with writing(engine) as connection:
        number = people.add_person(connection, "sari", "Sari", "supervisor_112", None, HASH, NOW)
        if with_code:
            people.set_totp(connection, number, second_factor.sealed(SECRET, KEY))
        known = people.credentials_of(connection, number)
    assert known is not None
    return known.person
