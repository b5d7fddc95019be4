"""Asking somebody else's database: it cannot be written to, and it cannot keep us waiting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine, text
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
