"""Asking somebody else's database: it cannot be written to, and it cannot keep us waiting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from datasources import sql
from datasources.contract import SourceUnavailable
from tests.conftest import POSTGRES, missing_service
from tests.vendor_table import MARIADB, Vendor, vendor

__all__ = ["vendor"]


def test_only_the_mapped_columns_are_asked_for(vendor: Vendor) -> None:
    vendor.add(5)
    with sql.reading(SecretStr(vendor.url), timedelta(seconds=5)) as connection:
        statement = sql.selection(connection, vendor.table, {"id": "id", "received": "tanggal_terima"})
    assert "pelapor" not in str(statement).lower()


def test_the_connection_cannot_write(vendor: Vendor) -> None:
    with (
        pytest.raises(SourceUnavailable, match="tidak dapat ditanya"),
        sql.reading(SecretStr(vendor.url), timedelta(seconds=5)) as connection,
    ):
        connection.execute(text(f"DELETE FROM {vendor.table}"))


@pytest.mark.parametrize(
    ("url", "statement"),
    [
        pytest.param(MARIADB, "SELECT SLEEP(5) FROM (SELECT 1) t WHERE SLEEP(5) = 0", marks=pytest.mark.mariadb),
        pytest.param(POSTGRES, "SELECT pg_sleep(5)", marks=pytest.mark.postgres),
    ],
)
def test_a_statement_that_takes_too_long_is_ended(url: str, statement: str) -> None:
    probe = create_engine(url, connect_args={"connect_timeout": 3}, poolclass=NullPool)
    try:
        probe.connect().close()
    except OperationalError:
        missing_service(url.partition(":")[0])
    with (
        pytest.raises(SourceUnavailable, match="tidak dapat ditanya"),
        sql.reading(SecretStr(url), timedelta(seconds=1)) as connection,
    ):
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("basis data vendor", "alamat basis data tidak sah; tulis mariadb+pymysql://pengguna:sandi@server/nama"),
        ("mariadb+pymysql://u:rahasia@h:x/d", "alamat basis data tidak sah; tulis mariadb+pymysql://pengguna:sandi@"),
        ("oracle://u:rahasia@h/d", "jenis basis data 'oracle' tidak dikenal; yang ada: mariadb+pymysql, mysql+pymysql"),
        ("sqlite://", "alamat sqlite harus menyebut berkas: sqlite:////folder/berkas.db"),
    ],
)
def test_an_address_that_cannot_be_is_said_without_its_password(url: str, sentence: str) -> None:
    with pytest.raises(ValueError) as wrong:
        sql.checked_url(SecretStr(url))
    assert sentence in str(wrong.value)
    assert "rahasia" not in str(wrong.value)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("postgresql+psycopg://petugas:rahasia@127.0.0.1:1/cc112", "127.0.0.1:1/cc112"),
        ("mariadb+pymysql://petugas:rahasia@127.0.0.1:1/cc112", "127.0.0.1:1/cc112"),
        ("mariadb+pymysql://petugas:rahasia@tidak-ada.invalid/cc112", "tidak-ada.invalid/cc112"),
        ("sqlite:////tiada/cc112.db", "/tiada/cc112.db"),
    ],
)
def test_a_database_that_is_away_is_named_without_its_password(url: str, place: str) -> None:
    with pytest.raises(SourceUnavailable) as away, sql.reading(SecretStr(url), timedelta(seconds=1)) as connection:
        connection.execute(text("SELECT 1"))
    assert str(away.value).startswith(f"Basis data {place} tidak dapat ditanya: ")
    assert "rahasia" not in str(away.value)
    assert "\n" not in str(away.value)


@pytest.mark.mariadb
def test_a_refused_password_is_said_and_not_repeated() -> None:
    server = make_url(MARIADB).set(username="petugas_tiada", password="rahasia")
    with (
        pytest.raises(SourceUnavailable, match="tidak dapat ditanya: Access denied") as refused,
        sql.reading(SecretStr(server.render_as_string(hide_password=False)), timedelta(seconds=1)),
    ):
        pytest.fail("the server let a stranger in")
    assert "rahasia" not in str(refused.value)
