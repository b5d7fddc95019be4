"""The Indonesian headings of 112 recaps: which column counts what, which is a total, and which is no count at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from datasources.calls112.recap_periods import Kind
from datasources.calls112.records import Subject

TOTAL = "total"
"""The label of a total over classes, categories, kecamatan or OPD; of calls it is "offered"."""
SKIPPED = "abaikan"

CALLS = {
    "offered": ("", "masuk", "panggilan masuk", "call masuk", "incoming", "inbound", "incoming call", "offered"),
    "answered": ("terjawab", "dijawab", "answered", "answer", "diangkat", "terangkat", "terlayani"),
    "abandoned": (
        "tidak terjawab", "tak terjawab", "tidak dijawab", "tidak terangkat", "tidak diangkat", "tidak terlayani",
        "terputus", "putus", "terputus di antrean", "drop", "dropped", "missed", "abandoned", "abandon", "unanswered",
        "antrean", "antrian", "dalam antrean", "dalam antrian",
    ),
    "timeout": ("timeout", "time out", "waktu tunggu habis"),
}  # fmt: skip
"""Label of "calls" → headings, without "jumlah" and "panggilan"."""

CLASSES = (
    ("normal", "darurat", "emergency", "valid", "laporan darurat", "laporan kejadian", "kejadian", "tertangani"),
    ("tidak darurat", "non darurat", "non-darurat", "nondarurat", "layanan gawat tidak darurat", "aduan", "pengaduan"),
    ("informasi", "info", "permintaan informasi", "konsultasi"),
    ("prank", "iseng", "hoaks", "hoax", "laporan palsu"),
    ("ghost", "hantu", "tanpa suara"),
    ("salah sambung", "percobaan", "tes", "test", "lupa sandi hp"),
    ("duplikat", "laporan ganda", "ganda"),
    ("luar wilayah", "luar daerah"),
    ("diblokir", "blokir", "diblokir 1x24 jam"),
    ("tidak valid", "lain-lain", "lainnya"),
)
"""Words for classes of answered calls; a row holds words for the same thing. The label stays the word of the source."""

PERIODS: Mapping[str, Kind] = {
    "bulan": "month", "bln": "month", "nama bulan": "month", "bulan/tahun": "month", "bulan & tahun": "month",
    "tanggal": "day", "tgl": "day", "tgl.": "day", "hari/tanggal": "day", "hari, tanggal": "day",
    "hari / tanggal": "day", "hari/tgl": "day",
    "tahun": "year", "thn": "year", "periode": "any", "waktu": "any", "bulan/tanggal": "any",
}  # fmt: skip
NOT_COUNTS = {
    "no", "no.", "nomor", "keterangan", "ket", "ket.", "catatan", "hari", "petugas", "paraf", "shift", "satuan",
}  # fmt: skip
SUBJECT_WORDS: tuple[tuple[Subject, re.Pattern[str]], ...] = (
    ("kecamatan", re.compile(r"\bkecamatan\b")),
    ("opd", re.compile(r"\bopd\b|\binstansi\b|perangkat daerah|\bdinas terkait\b")),
    ("classes", re.compile(r"klasifikasi|(kategori|jenis|kelas) (panggilan|telepon|call)")),
    ("categories", re.compile(r"\bkategori\b|(jenis|rekap|nama) (kejadian|laporan|kedaruratan)|\bkejadian\b")),
)  # fmt: skip

_AFFIXES = re.compile(r"^(jumlah|jml\.?|total)\s+|^(panggilan|telepon|telpon|call)\s+|\s+(calls?|panggilan)$")
_ASIDE = re.compile(r"\s*\([^)]*\)")
_BARE_CALLS = {"panggilan", "telepon", "telpon", "call", "calls"}
_TOTAL = re.compile(
    r"(sub|grand)?\s*-?\s*(total|jumlah|jml\.?)(\s+(total|jumlah|semua|seluruh(nya)?|keseluruhan|akhir))?\s*[.:]?"
    r"(\s*(tahun|thn)?\s*20\d\d)?"
)
_TOTAL_ROW = re.compile(r"(sub|grand)?\s*-?\s*(total|jumlah|jml)\b")
_AVERAGE = re.compile(r"\brata\W*rata\b|\brerata\b|\baverage\b|\bmean\b|\bmedian\b|waktu respon|response time|durasi")
_PERCENT = re.compile(r"%|\bpersen|\bpresentase|\bprosentase|\brasio\b")
_PERSONAL = re.compile(r"pelapor|alamat|\b(no|nomor)\.?\s*(hp|telp|telepon|wa)\b|\bnik\b|\bumur\b|\busia\b")
_CUMULATIVE = re.compile(r"\bs\s*[/.]\s*d\b|kumulatif|akumulasi|sampai dengan")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading counts. `is_total`: the sum of its neighbours; no subject: of the nearest ones."""

    subject: Subject | None = None
    label: str = ""
    is_total: bool = False


Verdict = Meaning | Literal["skipped", "cumulative", "unknown"]


def folded(text: object) -> str:
    """A heading as it is compared: no case, single spaces, no line breaks."""
    return " ".join(str(text).split()).casefold()


def mapping_problem(value: str) -> str | None:
    """Why a value of the `columns` option cannot be used; None when it can."""
    subject, _, label = value.partition(".")
    if value == SKIPPED or (subject in get_args(Subject) and label):
        calls = [*CALLS, TOTAL]
        return (
            f"label calls '{label}' tidak ada; pakai {', '.join(calls)}"
            if subject == "calls" and label not in calls
            else None
        )
    return (
        f"'{value}' bukan arti kolom; tulis seperti 'calls.offered', 'classes.prank', 'classes.total' atau '{SKIPPED}'"
    )


def meaning(path: tuple[str, ...], subject: Subject | None, columns: Mapping[str, str]) -> Verdict:
    """What the heading `path` (group headings first) says; `subject` is what the whole sheet counts, if it is known."""
    words = tuple(folded(part) for part in path)
    own, group, whole = words[-1], words[-2] if len(words) > 1 else "", " ".join(words)
    told = columns.get(whole) or columns.get(own)
    if told:
        return _told(told)
    if _PERCENT.search(whole) or _AVERAGE.search(whole) or own in NOT_COUNTS or own in PERIODS:
        return "skipped"
    if _CUMULATIVE.search(whole):
        return "cumulative"
    if _TOTAL.fullmatch(own):
        # "Prank" over "Jumlah | %": the sum is the count of prank itself.
        above = known(group) if _bare(group) and subject in (None, "calls") else None
        return above or Meaning(is_total=True)
    if subject not in (None, "calls"):
        if subject == "classes" and (found := known(own)) is not None:
            return found
        return Meaning(subject, " ".join(path[-1].split()), is_total=is_total(own))
    return known(own) or known(whole) or _of_group(group, path[-1])


def known(text: str) -> Meaning | None:
    """The calls or class that a folded heading names by the built-in words; None when it names neither."""
    bare = _bare(text)
    parts = [_one(part) for part in re.split(r"\s*/\s*|\s+(?:dan|atau|&)\s+", bare)] if bare else []
    if (whole := _one(bare)) is not None:
        return whole
    first = parts[0] if parts else None
    if first is None or any(p is None or p.subject != first.subject for p in parts):
        return None
    if first.subject == "calls":
        return first if all(p == first for p in parts) else None
    return first if len({_row_of(p.label) for p in parts if p}) == 1 else Meaning("classes", bare)


def subject_of(text: str) -> Subject | None:
    """What a title, a sheet's name or a corner heading says is counted."""
    return next((subject for subject, words in SUBJECT_WORDS if words.search(folded(text))), None)


def is_total(text: str) -> bool:
    """Whether the label of a row (or of a column of months) announces a sum."""
    return _TOTAL_ROW.match(folded(text)) is not None


def names_a_person(text: str) -> bool:
    """Whether a heading belongs to a list of cases with their callers rather than to a recap."""
    return _PERSONAL.search(folded(text)) is not None


def is_average_or_share(text: str) -> bool:
    """Whether a label announces an average or a percentage, which are no counts."""
    return bool(_AVERAGE.search(folded(text)) or _PERCENT.search(folded(text)))


def is_cumulative(text: str) -> bool:
    """Whether a label says that it counts from the beginning of the year."""
    return _CUMULATIVE.search(folded(text)) is not None


def _told(value: str) -> Verdict:
    subject, _, label = value.partition(".")
    if value == SKIPPED:
        return "skipped"
    found: Subject = next(s for s in get_args(Subject) if s == subject)
    return Meaning(found, is_total=True) if label == TOTAL else Meaning(found, label)


def _bare(text: str) -> str:
    text = _ASIDE.sub("", text)
    while (shorter := _AFFIXES.sub("", text).strip()) != text:
        text = shorter
    return "" if text in _BARE_CALLS else text


def _one(bare: str) -> Meaning | None:
    for label, headings in CALLS.items():
        if bare in headings:
            return Meaning("calls", label)
    return Meaning("classes", bare) if _row_of(bare) is not None else None


def _row_of(bare: str) -> int | None:
    return next((row for row, words in enumerate(CLASSES) if bare in words), None)


def _of_group(group: str, own: str) -> Verdict:
    subject = subject_of(group) if group else None
    return Meaning(subject, " ".join(own.split())) if subject else "unknown"
