"""Accounts, one-time links and keys for machines: who may what to whom, what is kept, and what is logged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import DatabaseError

from dashboard.access import accounts, one_time, passwords, sign_in, tokens
from dashboard.access.passwords import PasswordRefused
from dashboard.editing.entry import EntryRefused
from dashboard.store import api_tokens, audit, one_time_links, people
from dashboard.store.audit import Wanted, audit_log
from dashboard.store.database import reading, writing
from dashboard.store.people import Person

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
PASSWORD, OTHER = "kopi senja di trawas 17", "jeruk bali lima keranjang"
HASH = passwords.hashed(PASSWORD)


@pytest.fixture
def ani(engine: Engine) -> Person:
    with writing(engine) as connection:
        number = people.add_person(connection, "ani", "Ani", "analis", None, HASH, NOW)
    return Person(number, "ani", "Ani", "analis")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("a", "", "analis", ""), "Nama akun 'a' tidak dapat dipakai"),
        (("sari w", "", "analis", ""), "Nama akun 'sari w' tidak dapat dipakai"),
        (("sari", "", "tamu", ""), "Peran 'tamu' tidak ada"),
        (("sari", "", "kepala_opd", " "), "Kepala OPD memerlukan OPD"),
        (("ANI", "", "analis", ""), "Akun 'ani' sudah ada."),
    ],
)
def test_an_account_that_cannot_be_is_refused_in_words(
    engine: Engine, ani: Person, typed: tuple[str, ...], said: str
) -> None:
    with writing(engine) as connection, pytest.raises(EntryRefused, match=said.replace("'", ".")):
        accounts.create(connection, *typed, by="ani", at=NOW)


def test_a_new_person_sets_the_password_by_a_link_that_opens_once(engine: Engine, ani: Person) -> None:
    key = link(engine, ani, "sari")
    assert one_time.whose(engine, key, NOW).name == "sari"  # type: ignore[union-attr]
    with pytest.raises(PasswordRefused):
        one_time.set_password(engine, key, "pendek", NOW)
    assert one_time.set_password(engine, key, OTHER, NOW).name == "sari"  # type: ignore[union-attr]
    assert one_time.set_password(engine, key, OTHER, NOW) is None
    assert sign_in.sign_in(engine, "sari", OTHER, NOW).key


def test_a_link_ends_by_itself_by_a_newer_one_and_with_the_account(engine: Engine, ani: Person) -> None:
    first = link(engine, ani, "sari")
    assert one_time.whose(engine, first, NOW + timedelta(hours=73)) is None
    with writing(engine) as connection:
        known = people.credentials(connection, "sari")
        assert known is not None
        second = accounts.link_for(connection, known.person.id, ani, NOW).removeprefix(one_time.PATH)
    assert (one_time.whose(engine, first, NOW), one_time.whose(engine, second, NOW)) == (None, known.person)
    with writing(engine) as connection:
        accounts.close(connection, known.person.id, ani, NOW)
    assert one_time.whose(engine, second, NOW) is None


def test_the_first_link_is_there_until_somebody_has_a_password(engine: Engine) -> None:
    path = one_time.first_link(engine, NOW)
    assert path is not None
    again = one_time.first_link(engine, NOW)
    assert again is not None
    assert one_time.whose(engine, path.removeprefix(one_time.PATH), NOW) is None
    key = again.removeprefix(one_time.PATH)
    assert one_time.whose(engine, key, NOW + timedelta(minutes=61)) is None
    assert one_time.set_password(engine, key, OTHER, NOW).role == "analis"  # type: ignore[union-attr]
    assert one_time.first_link(engine, NOW) is None


def test_another_role_counts_from_the_next_request_on_and_old_and_new_are_logged(engine: Engine, ani: Person) -> None:
    sari = somebody(engine, "sari", "supervisor_112")
    key = sign_in.sign_in(engine, "sari", PASSWORD, NOW).key
    with writing(engine) as connection:
        accounts.change_role(connection, sari.id, "Sari", "kepala_opd", "Dinkes", ani, NOW)
    assert sign_in.person_of(engine, key, NOW) == Person(sari.id, "sari", "Sari", "kepala_opd", "Dinkes")
    assert told(engine)[0] == ("ani", "peran diganti", "sari: supervisor_112 → kepala_opd Dinkes")


def test_nobody_closes_or_changes_the_own_account(engine: Engine, ani: Person) -> None:
    for deed in (lambda c: accounts.close(c, ani.id, ani, NOW),
                 lambda c: accounts.change_role(c, ani.id, "Ani", "bupati", "", ani, NOW)):  # fmt: skip
        with writing(engine) as connection, pytest.raises(EntryRefused):
            deed(connection)


def test_a_changed_password_ends_the_sessions_elsewhere(engine: Engine, ani: Person) -> None:
    here, there = (sign_in.sign_in(engine, "ani", PASSWORD, NOW).key for _ in range(2))
    with writing(engine) as connection:
        accounts.own_password(connection, ani, OTHER, sign_in.hash_of(here), NOW)
    assert [sign_in.person_of(engine, key, NOW) is not None for key in (here, there)] == [True, False]


def test_a_key_for_machines_reaches_its_scope_until_it_ends_or_is_revoked(engine: Engine, ani: Person) -> None:
    key = token(engine, ani, ["indikator"])
    asked = [tokens.speaking_for(engine, key, scope, "/x", NOW) for scope in ("indikator", "laporan", None)]
    assert [person and person.name for person in asked] == ["ani", None, None]
    assert tokens.speaking_for(engine, key, "indikator", "/x", NOW + timedelta(days=31)) is None
    assert tokens.speaking_for(engine, f"{key}x", "indikator", "/x", NOW) is None
    with writing(engine) as connection:
        tokens.revoke(connection, 1, ani, NOW)
    assert tokens.speaking_for(engine, key, "indikator", "/x", NOW) is None


def test_a_key_ends_with_the_account_of_who_made_it(engine: Engine, ani: Person) -> None:
    key = token(engine, ani, ["indikator"])
    with writing(engine) as connection:
        people.disable(connection, ani.id, NOW)
    assert tokens.speaking_for(engine, key, "indikator", "/x", NOW) is None


def test_the_use_of_a_key_is_logged_once_an_hour_and_a_scope_too_far_each_time(engine: Engine, ani: Person) -> None:
    key = token(engine, ani, ["indikator"])
    for minutes in (0, 5, 59, 60, 90):
        tokens.speaking_for(engine, key, "indikator", "/api/v1/indicators", NOW + timedelta(minutes=minutes))
    tokens.speaking_for(engine, key, "laporan", "/laporan/1.pdf", NOW)
    assert [line for line in told(engine) if line[1] == "token dipakai"] == [
        ("ani", "token dipakai", "nomor 1, Portal: /laporan/1.pdf"),
        *[("ani", "token dipakai", "nomor 1, Portal: /api/v1/indicators")] * 2,
    ]


def test_neither_keys_nor_links_are_kept_in_clear(engine: Engine, ani: Person) -> None:
    key, path = token(engine, ani, ["laporan"]), link(engine, ani, "sari")
    with reading(engine) as connection:
        kept = str([*connection.execute(select(api_tokens.api_tokens)),
                    *connection.execute(select(one_time_links.one_time_links)), *told(engine)])  # fmt: skip
    assert key not in kept
    assert path not in kept


def test_the_database_refuses_to_change_the_audit_log(engine: Engine, ani: Person) -> None:
    token(engine, ani, ["laporan"])
    for statement in (update(audit_log).values(who="orang lain"), delete(audit_log)):
        with pytest.raises(DatabaseError, match="append-only"), writing(engine) as connection:
            connection.execute(statement)
    assert told(engine)[0][0] == "ani"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(who="ani"), ["token dibuat"]),
        (Wanted(what="masuk"), ["masuk"]),
        (Wanted(outcome="ditolak"), ["masuk"]),
        (Wanted(words="PORTAL"), ["token dibuat"]),
        (Wanted(words="100%"), []),
        (Wanted(start=NOW), ["masuk", "token dibuat"]),
        (Wanted(end=NOW), []),
    ],
)
def test_the_audit_log_is_narrowed(engine: Engine, ani: Person, wanted: Wanted, found: list[str]) -> None:
    token(engine, ani, ["laporan"])
    sign_in.sign_in(engine, "siapa", "x", NOW)
    with reading(engine) as connection:
        assert [e.what for e in audit.entries(connection, wanted=wanted)] == found
        assert audit.count(connection, wanted) == len(found)


def link(engine: Engine, by: Person, name: str) -> str:
    with writing(engine) as connection:
        number = accounts.create(connection, name, "", "supervisor_112", "", by.name, NOW)
        return accounts.link_for(connection, number, by, NOW).removeprefix(one_time.PATH)


def token(engine: Engine, by: Person, scopes: list[str]) -> str:
    with writing(engine) as connection:
        return tokens.create(connection, "Portal", scopes, "30 hari", by, NOW)


def somebody(engine: Engine, name: str, role: str) -> Person:
    with writing(engine) as connection:
        number = people.add_person(connection, name, name.title(), role, None, HASH, NOW)
    return Person(number, name, name.title(), role)


def told(engine: Engine) -> list[tuple[str, str, str]]:
    with reading(engine) as connection:
        return [(e.who, e.what, e.about) for e in audit.entries(connection)]
