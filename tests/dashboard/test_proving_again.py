"""Whoever sits down at an open session guesses no faster than at the door: passwords, codes, recovery codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import Engine, select

from dashboard.access import accounts, passwords, proving, second_factor, sign_in
from dashboard.access.attempts import failed
from dashboard.access.recovery_codes import new_codes
from dashboard.editing.entry import EntryRefused
from dashboard.store import audit, people, recovery_codes
from dashboard.store.database import reading, writing
from dashboard.store.people import Credentials, Person

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
PASSWORD, KEY = "kopi senja di trawas 17", "k" * 40
HASH = passwords.hashed(PASSWORD)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SECOND = timedelta(seconds=1)
WAITS = [0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
"""Seconds after the first, second, … wrong attempt in a row."""


def wrong_password(engine: Engine, person: Person, at: datetime) -> None:
    with pytest.raises(EntryRefused):
        proving.prove_password(engine, person, "salah", at)


def wrong_code(engine: Engine, person: Person, at: datetime) -> None:
    with pytest.raises(EntryRefused):
        proving.prove_code(engine, person, "000000", KEY, at)


def wrong_recovery_code(engine: Engine, person: Person, at: datetime) -> None:
    with pytest.raises(EntryRefused):
        proving.prove_code(engine, person, "BCDF-2345-GHJK-6789", KEY, at)


def wrong_at_the_door(engine: Engine, person: Person, at: datetime) -> None:
    assert sign_in.sign_in(engine, person.name, "salah", at).refused


def wrong_code_at_the_door(engine: Engine, person: Person, at: datetime) -> None:
    assert sign_in.enter_code(engine, person.id, "000000", KEY, at).refused


Wrong = Callable[[Engine, Person, datetime], None]
EVERY_WAY = [wrong_password, wrong_code, wrong_recovery_code, wrong_at_the_door, wrong_code_at_the_door]


@pytest.mark.parametrize("wrong", EVERY_WAY)
def test_each_wrong_attempt_after_the_free_ones_doubles_the_wait(engine: Engine, wrong: Wrong) -> None:
    person, at, waited = somebody(engine), NOW, []
    for _ in WAITS:
        wrong(engine, person, at)
        until = known(engine).locked_until or at
        waited.append(int((until - at).total_seconds()))
        at = until
    assert waited == WAITS


def test_all_ways_count_together_and_close_every_way(engine: Engine) -> None:
    person = somebody(engine)
    for wrong in EVERY_WAY:
        wrong(engine, person, NOW)
    almost = NOW + 30 * SECOND - SECOND
    for right in (lambda: proving.prove_password(engine, person, PASSWORD, almost),
                  lambda: proving.prove_code(engine, person, code_at(almost), KEY, almost)):  # fmt: skip
        with pytest.raises(EntryRefused, match=r"Terlalu banyak percobaan.*1 menit"):
            right()
    assert "Terlalu banyak" in sign_in.sign_in(engine, "sari", PASSWORD, almost).refused
    assert known(engine).failures == 5
    proving.prove_password(engine, person, PASSWORD, NOW + 30 * SECOND)


def test_what_was_heard_too_early_does_not_count(engine: Engine) -> None:
    person = somebody(engine)
    for _ in range(9):
        wrong_password(engine, person, NOW)
    assert known(engine).failures == 5
    assert told(engine) == ["sandi diganti"] * 5


def test_a_right_code_and_a_new_password_begin_the_count_anew(engine: Engine) -> None:
    person = somebody(engine)
    wrong_password(engine, person, NOW)
    proving.prove_code(engine, person, code_at(NOW), KEY, NOW)
    assert known(engine).failures == 0
    wrong_code(engine, person, NOW)
    with writing(engine) as connection:
        accounts.own_password(connection, person, "jeruk bali lima keranjang", "", NOW)
    assert known(engine).failures == 0


def test_two_wrong_attempts_at_once_are_two(engine: Engine) -> None:
    person = somebody(engine)
    before = known(engine)
    for _ in range(2):  # both have read the same account before either was counted
        failed(engine, person.name, before, NOW)
    assert known(engine).failures == 2


def test_a_recovery_code_stands_in_for_the_telephone_once(engine: Engine) -> None:
    person = somebody(engine)
    codes = made(engine, person)
    assert sign_in.enter_code(engine, person.id, codes[0].lower().replace("-", " "), KEY, NOW).key
    assert sign_in.enter_code(engine, person.id, codes[0], KEY, NOW).refused == sign_in.WRONG_CODE
    proving.prove_code(engine, person, codes[1], KEY, NOW)
    assert left(engine, person) == 8
    with reading(engine) as connection:
        lines = [e.about for e in audit.entries(connection) if e.what.startswith("kode pemulihan")]
    assert lines == ["sari: sisa 8", "sari: sisa 9", "sari: 10"]


def test_recovery_codes_are_ten_of_seventy_seven_bits_and_kept_as_hashes(engine: Engine) -> None:
    person = somebody(engine)
    codes = made(engine, person)
    assert all(re.fullmatch(r"([2-9B-DF-HJ-NP-TV-XZ]{4}-){3}[2-9B-DF-HJ-NP-TV-XZ]{4}", code) for code in codes)
    assert len(set(codes)) == 10
    with reading(engine) as connection:
        kept = str([*connection.execute(select(recovery_codes.recovery_codes)), *audit.entries(connection)])
    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]


def test_new_recovery_codes_end_the_old_ones_and_all_end_with_the_telephone(engine: Engine) -> None:
    person = somebody(engine)
    old, new = made(engine, person), made(engine, person)
    assert sign_in.enter_code(engine, person.id, old[0], KEY, NOW).refused == sign_in.WRONG_CODE
    with writing(engine) as connection:
        people.set_totp(connection, person.id, None)
    assert left(engine, person) == 0
    with writing(engine) as connection:
        people.set_totp(connection, person.id, second_factor.sealed(SECRET, KEY))
    assert sign_in.enter_code(engine, person.id, new[0], KEY, NOW).refused == sign_in.WRONG_CODE


def test_the_recovery_code_of_another_opens_nothing(engine: Engine) -> None:
    person = somebody(engine)
    with writing(engine) as connection:
        other = people.add_person(connection, "budi", "Budi", "bupati", None, HASH, NOW)
        theirs = new_codes(connection, Person(other, "budi", "Budi", "bupati"), NOW)
    assert sign_in.enter_code(engine, person.id, theirs[0], KEY, NOW).refused == sign_in.WRONG_CODE


def code_at(at: datetime) -> str:
    return pyotp.TOTP(SECRET).at(at)


def somebody(engine: Engine) -> Person:
    with writing(engine) as connection:
        number = people.add_person(connection, "sari", "Sari", "supervisor_112", None, HASH, NOW)
        people.set_totp(connection, number, second_factor.sealed(SECRET, KEY))
    return Person(number, "sari", "Sari", "supervisor_112")


def made(engine: Engine, person: Person) -> list[str]:
    with writing(engine) as connection:
        return new_codes(connection, person, NOW)


def left(engine: Engine, person: Person) -> int:
    with reading(engine) as connection:
        return recovery_codes.codes_left(connection, person.id)


def known(engine: Engine) -> Credentials:
    with reading(engine) as connection:
        found = people.credentials(connection, "sari")
    assert found is not None
    return found


def told(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return [e.what for e in audit.entries(connection)]
