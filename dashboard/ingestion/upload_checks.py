"""What may be uploaded: a small workbook or CSV that is what it says it is and unpacks to no more than it should."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath

from datasources.sheet_extent import too_far

LARGEST = 5 * 2**20
"""Bytes; the largest workbook of an OPD that is known has 400 kB."""
LARGEST_UNPACKED, MOST_MEMBERS, MOST_CELLS = 100 * 2**20, 500, 1_000_000
_XLSX_PARTS = ("[Content_Types].xml", "xl/workbook.xml")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DECLARES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
HEAD = 65_536
"""Bytes of a part among which a declaration would stand; calamine follows none anyway."""


class UploadRefused(ValueError):
    """The file cannot be taken; the message is one Indonesian sentence."""


def checked_name(name: object, content: bytes) -> str:
    """A harmless name for a file that may be read. Raises UploadRefused."""
    bare = PureWindowsPath(PurePosixPath(str(name or "")).name).name
    safe = re.sub(r"[^\w.\- ]", "_", bare).lstrip(". ")[-80:]
    if not content:
        raise UploadRefused("Berkas itu kosong.")
    if len(content) > LARGEST:
        raise UploadRefused(f"Berkas lebih besar dari {LARGEST // 2**20} MiB; buang lembar yang tidak perlu.")
    ending = PurePosixPath(safe).suffix.lower()
    if ending == ".xlsx":
        _is_workbook(content)
    elif ending == ".csv":
        _is_csv(content)
    else:
        raise UploadRefused(f"Berkas berakhiran '{ending or 'tanpa akhiran'}'; yang diterima .xlsx dan .csv.")
    return safe


def _is_csv(content: bytes) -> None:
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if content.startswith((_ZIP, _OLE)) or (b"\0" in content and not utf16):
        raise UploadRefused("Berkas itu bukan CSV; simpan ulang sebagai CSV atau unggah sebagai .xlsx.")


def _is_workbook(content: bytes) -> None:
    if not content.startswith(_ZIP):
        raise UploadRefused("Berkas itu bukan buku kerja .xlsx; buka di Excel lalu simpan sebagai 'Excel Workbook'.")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _members(archive)
        if too_far(content, MOST_CELLS):
            raise UploadRefused("Buku kerja berisi sel jauh di luar tabel; hapus baris dan kolom di luar tabel itu.")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise UploadRefused("Buku kerja rusak atau bersandi; simpan ulang tanpa sandi sebagai .xlsx.") from None


def _members(archive: zipfile.ZipFile) -> None:
    """Sizes are as the archive states them; zipfile stops reading a member at its stated size."""
    members = archive.infolist()
    names = {member.filename for member in members}
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise UploadRefused("Buku kerja terlalu besar setelah dibuka; buang gambar dan lembar yang tidak perlu.")
    if not names.issuperset(_XLSX_PARTS):
        raise UploadRefused("Berkas itu bukan buku kerja .xlsx; buka di Excel lalu simpan sebagai 'Excel Workbook'.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UploadRefused("Buku kerja berisi makro; simpan sebagai .xlsx tanpa makro.")
    for member in members:
        if member.filename.lower().endswith((".xml", ".rels")):
            with archive.open(member) as part:
                if _DECLARES.search(part.read(HEAD)):
                    raise UploadRefused("Buku kerja berisi deklarasi XML yang tidak dipakai Excel; simpan ulang.")
