"""Reads and checks sources.toml and builds the readers; a mistake refuses to start and says what would be right."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from importlib import import_module
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from datasources import option_mistakes, toml_file
from datasources.contract import Listener, Receiver, Source
from datasources.duty_options import DutyOptions
from datasources.outbound import Network, no_link_local
from datasources.quality_options import QualityOptions
from datasources.toml_file import Misconfigured

READERS = {
    "calls112.queue_log": "datasources.calls112.queue_log:QueueLog",
    "calls112.vendor_database": "datasources.calls112.vendor_database:VendorDatabase",
    "calls112.case_list": "datasources.calls112.case_list:CaseList",
    "calls112.recap_workbook": "datasources.calls112.recap_workbook:RecapWorkbook",
    "calls112.hourly_export": "datasources.calls112.hourly_export:HourlyExport",
    "calls112.cdr": "datasources.calls112.cdr:Cdr",
    "calls112.issabel": "datasources.calls112.issabel:Issabel",
    "calls112.ticket_api": "datasources.calls112.ticket_api:TicketApi",
    "calls112.webhook": "datasources.calls112.webhook:Webhook",
    "bmkg.forecast": "datasources.bmkg.forecast:Forecast",
    "bmkg.earthquakes": "datasources.bmkg.earthquakes:Earthquakes",
    "bmkg.warnings": "datasources.bmkg.warnings:Warnings",
    "air_quality.klh": "datasources.air_quality.klh:Klh",
    "air_quality.openaq": "datasources.air_quality.openaq:OpenAq",
    "air_quality.workbook": "datasources.air_quality.workbook:AirWorkbook",
    "sensors.mqtt": "datasources.sensors.mqtt:MqttSensors",
    "sensors.airgradient": "datasources.sensors.airgradient:AirGradient",
    "sensors.airgradient_local": "datasources.sensors.airgradient_local:AirGradientLocal",
    "sensors.sensor_community": "datasources.sensors.sensor_community:SensorCommunity",
    "sensors.ngsi_ld": "datasources.sensors.ngsi_ld:NgsiLd",
    "sensors.push": "datasources.sensors.push:SensorPush",
    "sensors.river_telemetry": "datasources.sensors.river_telemetry:RiverTelemetry",
    "sensors.river_sheet": "datasources.sensors.river_sheet:RiverSheet",
    "spbe.workbook": "datasources.spbe.workbook:SpbeWorkbook",
    "resources.water": "datasources.resources.water_workbook:WaterWorkbook",
    "resources.waste": "datasources.resources.waste_workbook:WasteWorkbook",
    "resources.green_space": "datasources.resources.green_space_workbook:GreenSpaceWorkbook",
    "resources.energy": "datasources.resources.energy_workbook:EnergyWorkbook",
    "resources.iklh": "datasources.resources.iklh_workbook:IklhWorkbook",
    "resources.masterplan": "datasources.resources.masterplan_workbook:MasterplanWorkbook",
    "spbe.published": "datasources.spbe.published:PublishedResults",
    "services.http_probe": "datasources.services.http_probe:HttpProbe",
    "services.check_log": "datasources.services.check_log:CheckLog",
    "complaints.export": "datasources.complaints.export:ComplaintExport",
    "complaints.api": "datasources.complaints.api:ComplaintApi",
    "delivery.requests": "datasources.delivery.request_table:RequestTable",
    "open_data.ckan": "datasources.open_data.ckan:Ckan",
}
"""Reader name in sources.toml → module:class."""

COUNTED_ONCE = ("calls", "call_classes")
"""Topics of which two sources would count the same thing twice."""

SHORTEST = timedelta(seconds=1)
"""A source that is asked without any rest leaves no processor to the others."""
EXAMPLE = "datasources/demo/sources.toml"


class _Common(BaseModel):
    """The keys every source has, whatever its reader."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    reader: str
    title: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    every: timedelta = Field(default=timedelta(minutes=5), ge=SHORTEST)
    stale_after: timedelta = Field(ge=SHORTEST)
    silent_after: timedelta | None = Field(default=None, ge=SHORTEST)
    licence: str = ""
    attribution: str = ""
    simulated: bool = False
    only: tuple[str, ...] = ()
    also_counted: bool = False
    quality: QualityOptions = QualityOptions()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    @field_validator("networks")
    @classmethod
    def _not_link_local(cls, networks: tuple[Network, ...]) -> tuple[Network, ...]:
        no_link_local(networks)
        return networks

    duty: DutyOptions | None = None


@dataclass(frozen=True, slots=True)
class ConfiguredSource:
    """One source that runs here."""

    id: str
    reader_name: str
    title: str
    owner: str
    every: timedelta
    stale_after: timedelta
    silent_after: timedelta | None
    licence: str
    attribution: str
    simulated: bool
    reader: Source | Listener | Receiver
    only: tuple[str, ...] = ()
    also_counted: bool = False
    quality: QualityOptions = field(default_factory=QualityOptions)
    networks: tuple[Network, ...] = ()
    """Private networks in which this source, and no other, may be asked by name."""
    duty: DutyOptions | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """What it tells of and what of that is wanted."""
        return tuple(t for t in self.reader.topics if t in self.only) if self.only else self.reader.topics


def load(file: Path, environment: Mapping[str, str]) -> tuple[ConfiguredSource, ...]:
    """The sources of `file`. "${NAME}" in a text is replaced from `environment`. Raises Misconfigured."""
    tables = toml_file.tables(file, EXAMPLE)
    sources = tables.get("sources")
    if set(tables) - {"sources"} or not isinstance(sources, dict) or not sources:
        extra = ", ".join(sorted(set(tables) - {"sources"})) or "kosong"
        raise Misconfigured(f"{file}: isi hanya tabel [sources.<id>], sedikitnya satu; ditemukan: {extra}.")
    built = tuple(_build(file, name, table, environment) for name, table in sources.items())
    _each_call_once(file, built)
    return built


def _each_call_once(file: Path, sources: tuple[ConfiguredSource, ...]) -> None:
    """A CDR beside the queue log of the same exchange would count every call twice."""
    for topic in COUNTED_ONCE:
        telling = [s for s in sources if topic in s.topics]
        if len(telling) > 1 and not all(s.also_counted for s in telling):
            names = " dan ".join(s.id for s in telling)
            raise Misconfigured(
                f"{file}: sumber {names} sama-sama mengirim '{topic}', sehingga setiap panggilan terhitung dua kali. "
                'Batasi yang satu dengan only = ["…topik lainnya…"], atau tulis also_counted = true pada semuanya '
                "bila yang dihitung memang panggilan yang berbeda."
            )


def with_path(source: ConfiguredSource, path: Path) -> ConfiguredSource:
    """The same source reading another file. Raises Misconfigured when its reader reads no file."""
    reader: Any = source.reader
    if "path" not in type(reader).model_fields:
        raise Misconfigured(f"Sumber {source.id} ({source.reader_name}) tidak membaca berkas; --file tidak berlaku.")
    return replace(source, reader=reader.model_copy(update={"path": path}))


def _build(file: Path, name: str, table: Any, environment: Mapping[str, str]) -> ConfiguredSource:
    where = f"{file}, [sources.{name}]"
    if not re.fullmatch(r"[a-z0-9_]{1,64}", name) or not isinstance(table, dict):
        raise Misconfigured(f"{where}: id '{name}' harus huruf kecil, angka atau garis bawah, dan berupa tabel.")
    filled = {key: toml_file.expanded(where, key, value, environment) for key, value in table.items()}
    common = _checked(where, _Common, filled, table)
    reader_class = _reader_class(where, common.reader)
    own = {k: v for k, v in filled.items() if k not in _Common.model_fields}
    defaults = {
        key: toml_file.expanded(where, key, field.default, environment)
        for key, field in reader_class.model_fields.items()
        if key not in own and isinstance(field.default, str) and "${" in field.default
    }
    reader = _checked(where, reader_class, {**defaults, **own}, table)
    if unknown := [topic for topic in common.only if topic not in reader.topics]:
        raise Misconfigured(
            f"{where}: kunci only menyebut '{', '.join(unknown)}'; {common.reader} mengirim {', '.join(reader.topics)}."
        )
    kept = {k: getattr(common, k) for k in _Common.model_fields if k != "reader"}
    return ConfiguredSource(id=name, reader_name=common.reader, reader=reader, **kept)


def _reader_class(where: str, reader: str) -> Any:
    if reader not in READERS:
        near = difflib.get_close_matches(reader, READERS, n=1)
        hint = f"Maksud Anda '{near[0]}'?" if near else "Yang ada: " + ", ".join(sorted(READERS)) + "."
        raise Misconfigured(f"{where}: kunci reader = '{reader}' tidak dikenal. {hint}")
    module, _, class_name = READERS[reader].partition(":")
    return getattr(import_module(module), class_name)


def _checked(where: str, model: Any, table: Mapping[str, Any], written: Mapping[str, Any]) -> Any:
    try:
        return model.model_validate(table)
    except ValidationError as wrong:
        found = [option_mistakes.sentence(model, _Common.model_fields, dict(e), written) for e in wrong.errors()]
        raise Misconfigured("\n".join(f"{where}: {each}" for each in found)) from None
