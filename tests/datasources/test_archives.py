"""Workbooks that are weapons: bombs, false sizes, paths that lead out, entities, other archives."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from datasources import spreadsheet
from datasources.bmkg.cap import warning
from datasources.contract import SourceUnavailable
from tests.datasources.test_bmkg_warnings import cap

SHEET = "xl/worksheets/sheet1.xml"


def book() -> bytes:
    made = Workbook()
    assert made.active
    made.active.append(["a", "b"])
    made.active.append([1, '=HYPERLINK("http://jahat")'])
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def changed(change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more.items():
            new.writestr(name, content)
    return out.getvalue()


def in_sheet(old: bytes, new: bytes) -> bytes:
    return changed(lambda name, content: content.replace(old, new) if name == SHEET else content)


def lying(content: bytes, claimed: int = 1000) -> bytes:
    """The same archive, of which the sheet says that it is small."""
    data = bytearray(content)
    for mark, size_at, length_at, name_at in ((b"PK\x01\x02", 24, 28, 46), (b"PK\x03\x04", 22, 26, 30)):
        at = data.find(mark)
        while at != -1:
            length = struct.unpack_from("<H", data, at + length_at)[0]
            if data[at + name_at : at + name_at + length] == SHEET.encode():
                struct.pack_into("<I", data, at + size_at, claimed)
            at = data.find(mark, at + 1)
    return bytes(data)


BOMB = in_sheet(b"<sheetData>", b"<sheetData>" + b" " * 40_000_000)
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
) + b"]>"  # fmt: skip


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (BOMB, "berisi sel jauh di luar tabel"),
        (lying(BOMB), "rusak atau bukan buku kerja Excel"),
        (in_sheet(b'r="B2"', b'r="XFD1048576"'), "berisi sel jauh di luar tabel"),
        (book()[:-30], "rusak atau bukan buku kerja Excel"),
        (b"PK\x03\x04" + b"\x00" * 500, "rusak atau bukan buku kerja Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 5000, "rusak atau bukan buku kerja Excel"),
    ],
    ids=["bomb", "false size", "far cell", "cut", "no zip", "no ole"],
)
def test_a_weapon_is_refused_in_words(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert sentence in refusal(tmp_path, content)


def refusal(folder: Path, content: bytes) -> str:
    (folder / "buku.xlsx").write_bytes(content)
    with pytest.raises(SourceUnavailable) as refused:
        spreadsheet.table(folder / "buku.xlsx")
    return str(refused.value)


def test_another_kind_of_archive_is_no_workbook(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as ods:
        ods.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        ods.writestr("content.xml", '<table:table-row table:number-rows-repeated="1048576"/>')
    assert "rusak atau bukan buku kerja Excel" in refusal(tmp_path, out.getvalue())


def test_members_with_paths_are_never_written_anywhere(tmp_path: Path) -> None:
    names = ("../../luar.txt", "/etc/luar.txt", "C:\\luar.txt", "xl/../../luar.txt")
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "buku.xlsx").write_bytes(changed(lambda _, content: content, **dict.fromkeys(names, b"x")))
    assert spreadsheet.table(folder / "buku.xlsx")[0] == ["a", "b"]
    assert [f.name for f in tmp_path.rglob("*") if f.is_file()] == ["buku.xlsx"]


def test_a_formula_is_text_or_nothing_and_never_asked_for(tmp_path: Path) -> None:
    (tmp_path / "buku.xlsx").write_bytes(book())
    assert spreadsheet.table(tmp_path / "buku.xlsx")[1][0] == 1


def test_entities_of_a_workbook_do_not_grow(tmp_path: Path) -> None:
    (tmp_path / "buku.xlsx").write_bytes(changed(
        lambda name, content: ENTITIES + content.partition(b"?>")[2].replace(b"<v>1</v>", b"<v>&j;</v>")
        if name == SHEET else content
    ))  # fmt: skip
    try:
        rows = spreadsheet.table(tmp_path / "buku.xlsx")
    except SourceUnavailable:
        return
    assert len(repr(rows)) < 1000


@pytest.mark.parametrize(
    "body",
    [
        ENTITIES + b"<alert>&j;</alert>",
        b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://jahat.example/a.dtd"><alert/>',
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><alert>&f;</alert>',
        b"<a>" * 100_000 + b"</a>" * 100_000,
        cap().strip().replace(b"</info>", b"<x>" * 50_000 + b"</x>" * 50_000 + b"</info>"),
        b"<alert " + b" ".join(b'a%d="1"' % n for n in range(50_000)) + b"/>",
        cap(polygon="-7.5,112.5 " * 200_000).strip(),
    ],
    ids=["billion laughs", "foreign dtd", "file", "nested", "nested inside", "attributes", "endless polygon"],
)
def test_a_cap_bomb_is_refused_or_read_and_never_grows(body: bytes) -> None:
    try:
        read = warning(body)
    except ValueError:
        return
    assert len(repr(read)) < 10 * len(body)
