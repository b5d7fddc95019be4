"""A ticket for every call: what the ticket is classed as says what the call was, whatever reader brought it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from pydantic import SecretStr

from datasources.calls112.case_list import CaseList
from datasources.calls112.incident_classes import with_classes
from datasources.calls112.records import CallClass, Incident
from datasources.calls112.ticket_api import TicketApi
from datasources.calls112.vendor_database import VendorDatabase
from datasources.calls112.webhook import Webhook
from datasources.contract import Batch, Record
from datasources.privacy import caller_hash
from tests.datasources import test_webhook
from tests.datasources.loopback import Loopback
from tests.datasources.ticket_site import Asking, frozen, site, ticket
from tests.vendor_table import Vendor, vendor

__all__ = ["frozen", "site", "vendor"]
NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
KEY = SecretStr("kunci-uji-yang-cukup-panjang")
NUMBER = "081234567890"
COLUMNS = {"id": "No", "received": "Masuk", "class": "Jenis", "first_call": "Panggilan", "caller": "Telepon"}
WITHOUT = {key: name for key, name in COLUMNS.items() if key != "class"}
RECEIVED = datetime(2026, 11, 20, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_prank_ticket_says_what_its_call_was(tmp_path: Path) -> None:
    incident, written_down = cases(tmp_path, f"T-1;20/11/2026 12:00;Prank;17.2;{NUMBER}")
    assert isinstance(incident, Incident)
    assert incident.class_raw == "Prank"
    assert written_down == CallClass("17.2", RECEIVED, "Prank", caller_hash(NUMBER, KEY))


def test_without_the_id_of_a_call_the_ticket_stands_for_it(tmp_path: Path) -> None:
    _, written_down = cases(tmp_path, "T-1;20/11/2026 12:00;Ghost call;;")
    assert written_down == CallClass("T-1", RECEIVED, "Ghost call", None)


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_class_says_nothing(tmp_path: Path, blank: str) -> None:
    (incident,) = cases(tmp_path, f"T-1;20/11/2026 12:00;{blank};;")
    assert isinstance(incident, Incident)


def test_a_refused_row_has_no_class_either(tmp_path: Path) -> None:
    assert cases(tmp_path, "T-1;kemarin;Prank;;") == ()


def test_classes_stand_after_all_incidents_so_that_a_batch_is_kept_in_two_strokes() -> None:
    told = with_classes([Incident(str(n), NOW, "", class_raw="Prank") for n in range(3)])
    assert [record.topic for record in told] == ["incidents"] * 3 + ["call_classes"] * 3


def test_a_list_without_classes_promises_none(tmp_path: Path) -> None:
    assert CaseList(path=tmp_path, columns=COLUMNS, caller_key=KEY).topics == ("incidents", "call_classes")
    assert CaseList(path=tmp_path, columns=WITHOUT, caller_key=KEY).topics == ("incidents",)
    assert [r.topic for r in cases(tmp_path, f"T-1;20/11/2026 12:00;Prank;17.2;{NUMBER}", columns=WITHOUT)] == [
        "incidents"
    ]


def test_a_vendor_table_tells_of_classes_again_when_they_are_corrected(vendor: Vendor) -> None:
    vendor.add(5, kejadian="Prank")
    columns = {"id": "id", "received": "tanggal_terima", "class": "kejadian"}
    reader = VendorDatabase(url=SecretStr(vendor.url), table=vendor.table, columns=columns, caller_key=KEY)
    (first,) = reader.fetch({})
    assert classes(first.records) == [("5", "Prank")]
    vendor.run(f"UPDATE {vendor.table} SET kejadian = 'Normal'")
    (again,) = reader.fetch(first.cursor)
    assert classes(again.records) == [("5", "Normal")]
    assert reader.topics == ("incidents", "call_classes")


def test_tickets_tell_of_classes_and_unchanged_ones_do_not_again(site: Loopback) -> None:
    site.json("/tickets", {"data": [ticket("T-1"), ticket("T-2", jenis="prank", panggilan=[])]})
    asking = Asking(site, paging={"parameter": ""}, updated="diubah")
    assert asking.reader.topics == ("incidents", "call_classes")
    (told, last) = asking.reader.fetch({})
    assert classes(told.records) == [("1763794800.21", "darurat"), ("T-2", "prank")]
    site.json("/tickets", {"data": [ticket("T-1"), ticket("T-2", jenis="normal", panggilan=[])]})
    told = next(asking.reader.fetch(json.loads(json.dumps(last.cursor))))
    assert classes(told.records) == [("T-2", "normal")]


def test_of_two_classes_in_one_message_the_later_one_is_last() -> None:
    columns = {**test_webhook.COLUMNS, "class": "tiket.jenis"}
    events = [
        test_webhook.event("T-1", at="2026-11-23 11:40", jenis="normal"),
        test_webhook.event("T-1", at="2026-11-23 11:31", jenis="prank"),
    ]
    batch = test_webhook.told(events, columns=columns)
    assert classes(batch.records) == [("T-1", "prank"), ("T-1", "normal")]


@pytest.mark.parametrize("reader", [CaseList, VendorDatabase, TicketApi, Webhook])
def test_what_a_reader_tells_of_depends_on_its_columns(reader: Any) -> None:
    told = [reader.model_construct(columns=columns).topics for columns in (COLUMNS, WITHOUT)]
    assert told == [("incidents", "call_classes"), ("incidents",)]


def cases(folder: Path, row: str, **options: Any) -> tuple[Record, ...]:
    path = folder / "kasus.csv"
    path.write_text(f"No;Masuk;Jenis;Panggilan;Telepon\n{row}\n", encoding="utf-8")
    batches: list[Batch] = list(CaseList(**{"path": path, "columns": COLUMNS, "caller_key": KEY, **options}).fetch({}))
    return batches[0].records


def classes(records: Sequence[Record]) -> list[tuple[str, str]]:
    return [(record.call_id, record.class_raw) for record in records if isinstance(record, CallClass)]
