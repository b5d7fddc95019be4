"""One CAP 1.2 alert of BMKG → a warning. Parsed without entities or DTD."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, cast

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from datasources.bmkg.coverage import Ring, kecamatan_touched, near_us, ring, written
from datasources.bmkg.records import Warning
from datasources.region import PROVINCE_CODE
from datasources.region.boundaries import Shapes

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CAP = {"cap": "urn:oasis:names:tc:emergency:cap:1.2"}
MESSAGE_TYPES = ("Alert", "Update", "Cancel")
IDENTIFIER_LENGTH, EVENT_LENGTH, WORD_LENGTH, HEADLINE_LENGTH = 96, 128, 16, 512


def parsed_xml(body: bytes) -> Element:
    """The root element. Raises ValueError with an Indonesian sentence for broken or unsafe XML."""
    try:
        root: Element = fromstring(body.lstrip(), forbid_dtd=True)
    except ParseError as error:
        raise ValueError(f"bukan XML yang sah (baris {error.position[0]})") from None
    except DefusedXmlException:
        raise ValueError("XML memuat DTD atau entitas, yang tidak diterima") from None
    return root


def province_of(identifier: str) -> str:
    """'35' of 2.49.0.1.360.0.YYYY.MM.DD.HH.35.nnn; '' when the identifier is not of that form."""
    parts = identifier.strip().split(".")
    return parts[-2] if len(parts) == 12 and parts[:6] == ["2", "49", "0", "1", "360", "0"] else ""


def warning(body: bytes, borders: Shapes | None = None) -> Warning:
    """The alert in `body`. Raises ValueError with an Indonesian sentence for anything that is no real alert.

    Its polygons say which kecamatan it touches, its identifier of which province it speaks: that of another province
    touches none of ours. Names in its text are never looked at; some kecamatan elsewhere are called like ours.
    """
    alert = parsed_xml(body)
    if alert.tag != f"{{{CAP['cap']}}}alert":
        raise ValueError("dokumen bukan peringatan CAP 1.2")
    status, kind = _text(alert, "status"), _text(alert, "msgType")
    if status != "Actual":
        raise ValueError(f"status {status or 'kosong'} bukan peringatan nyata")
    if kind not in MESSAGE_TYPES:
        raise ValueError(f"msgType '{kind}' bukan Alert, Update atau Cancel")
    identifier = _text(alert, "identifier")
    if not identifier or len(identifier) > IDENTIFIER_LENGTH or " " in identifier:
        raise ValueError(f"identifier '{identifier[:IDENTIFIER_LENGTH]}' kosong, terlalu panjang atau berspasi")
    info = _info(alert)
    sent = _moment(alert, "sent")
    effective, expires = _validity(info, sent, kind)
    rings = near_us(_rings(info, kind)) if province_of(identifier) in ("", PROVINCE_CODE) else []
    return Warning(
        identifier=identifier,
        sent=sent,
        message_type=cast(Literal["Alert", "Update", "Cancel"], kind),
        references=_references(_text(alert, "references")),
        event=_text(info, "event")[:EVENT_LENGTH],
        severity=_text(info, "severity")[:WORD_LENGTH] or "Unknown",
        urgency=_text(info, "urgency")[:WORD_LENGTH] or "Unknown",
        certainty=_text(info, "certainty")[:WORD_LENGTH] or "Unknown",
        effective=effective,
        expires=expires,
        headline=_text(info, "headline")[:HEADLINE_LENGTH],
        description=_text(info, "description"),
        kecamatan=kecamatan_touched(rings, borders),
        polygons=tuple(written(corners) for corners in rings),
    )


def _info(alert: Element) -> Element | None:
    """The Indonesian block, else the first; a Cancel may have none."""
    blocks = alert.findall("cap:info", CAP)
    return next((b for b in blocks if _text(b, "language").startswith("id")), blocks[0] if blocks else None)


def _validity(info: Element | None, sent: datetime, kind: str) -> tuple[datetime, datetime]:
    if kind == "Cancel" and (info is None or not _text(info, "expires")):
        return sent, sent
    if info is None:
        raise ValueError("peringatan tanpa blok info")
    effective = _moment(info, "effective") if _text(info, "effective") else sent
    expires = _moment(info, "expires")
    if expires <= effective and kind != "Cancel":
        raise ValueError(f"expires {expires.isoformat()} tidak sesudah effective {effective.isoformat()}")
    return effective, expires


def _rings(info: Element | None, kind: str) -> list[Ring]:
    found = [] if info is None else info.iterfind("cap:area/cap:polygon", CAP)
    rings = [ring(polygon.text or "") for polygon in found]
    if not rings and kind != "Cancel":
        raise ValueError("peringatan tanpa poligon; kecamatan yang terkena tidak dapat ditentukan")
    return rings


def _references(text: str) -> tuple[str, ...]:
    """Identifiers out of 'sender,identifier,sent' triples."""
    triples = [reference.split(",") for reference in text.split()]
    if any(len(triple) != 3 for triple in triples):
        raise ValueError(f"references '{text[:200]}' seharusnya 'pengirim,identifier,waktu'")
    return tuple(triple[1] for triple in triples)


def _text(element: Element | None, name: str) -> str:
    found = None if element is None else element.find(f"cap:{name}", CAP)
    text = "" if found is None else found.text or ""
    return "\n".join(line.strip() for line in text.strip().splitlines())


def _moment(element: Element, name: str) -> datetime:
    text = _text(element, name)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(f"{name} '{text}' bukan waktu berzona; seharusnya seperti 2026-09-24T15:07:00+07:00")
    return moment.astimezone(UTC)
