"""Reads and checks sources.toml and builds the readers; a mistake refuses to start and says what would be right."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from datasources.contract import Listener, Source

READERS = {
    "calls112.queue_log": "datasources.calls112.queue_log:QueueLog",
    "calls112.vendor_database": "datasources.calls112.vendor_database:VendorDatabase",
    "calls112.case_list": "datasources.calls112.case_list:CaseList",
    "bmkg.forecast": "datasources.bmkg.forecast:Forecast",
    "bmkg.earthquakes": "datasources.bmkg.earthquakes:Earthquakes",
    "bmkg.warnings": "datasources.bmkg.warnings:Warnings",
    "air_quality.klh": "datasources.air_quality.klh:Klh",
    "sensors.mqtt": "datasources.sensors.mqtt:MqttSensors",
    "spbe.workbook": "datasources.spbe.workbook:SpbeWorkbook",
}
"""Reader name in sources.toml → module:class."""

_DURATION = re.compile(r"^(\d+)\s*(s|m|h|d)$")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_VARIABLE = re.compile(r"\$\{(\w+)\}")


class RegistryError(Exception):
    """sources.toml holds a mistake; the message names file, table, key, value and what would be right."""


class _Common(BaseModel):
    """The keys every source has, whatever its reader."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    reader: str
    title: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    every: timedelta = timedelta(minutes=5)
    stale_after: timedelta
    silent_after: timedelta | None = None
    licence: str = ""
    attribution: str = ""
    simulated: bool = False


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
    reader: Source | Listener

    @property
    def topics(self) -> tuple[str, ...]:
        """What it tells of."""
        return self.reader.topics


def load(file: Path, environment: Mapping[str, str]) -> tuple[ConfiguredSource, ...]:
    """The sources of `file`. "${NAME}" in a text is replaced from `environment`. Raises RegistryError."""
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise RegistryError(
            f"{file}: tidak dapat dibaca ({error.strerror}). Contoh isinya: datasources/demo/sources.toml."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise RegistryError(f"{file}: bukan TOML yang sah: {error}.") from None
    sources = tables.get("sources")
    if set(tables) - {"sources"} or not isinstance(sources, dict) or not sources:
        extra = ", ".join(sorted(set(tables) - {"sources"})) or "kosong"
        raise RegistryError(f"{file}: isi hanya tabel [sources.<id>], sedikitnya satu; ditemukan: {extra}.")
    return tuple(_build(file, name, table, environment) for name, table in sources.items())


def with_path(source: ConfiguredSource, path: Path) -> ConfiguredSource:
    """The same source reading another file. Raises RegistryError when its reader reads no file."""
    reader: Any = source.reader
    if "path" not in type(reader).model_fields:
        raise RegistryError(f"Sumber {source.id} ({source.reader_name}) tidak membaca berkas; --file tidak berlaku.")
    return replace(source, reader=reader.model_copy(update={"path": path}))


def _build(file: Path, name: str, table: Any, environment: Mapping[str, str]) -> ConfiguredSource:
    where = f"{file}, [sources.{name}]"
    if not re.fullmatch(r"[a-z0-9_]{1,64}", name) or not isinstance(table, dict):
        raise RegistryError(f"{where}: id '{name}' harus huruf kecil, angka atau garis bawah, dan berupa tabel.")
    table = {key: _expanded(where, key, value, environment) for key, value in table.items()}
    common = _checked(where, _Common, table)
    reader_class = _reader_class(where, common.reader)
    own = {k: v for k, v in table.items() if k not in _Common.model_fields}
    defaults = {
        key: _expanded(where, key, field.default, environment)
        for key, field in reader_class.model_fields.items()
        if key not in own and isinstance(field.default, str) and "${" in field.default
    }
    reader = _checked(where, reader_class, {**defaults, **own})
    kept = {k: getattr(common, k) for k in _Common.model_fields if k != "reader"}
    return ConfiguredSource(id=name, reader_name=common.reader, reader=reader, **kept)


def _reader_class(where: str, reader: str) -> Any:
    if reader not in READERS:
        near = difflib.get_close_matches(reader, READERS, n=1)
        hint = f"Maksud Anda '{near[0]}'?" if near else "Yang ada: " + ", ".join(sorted(READERS)) + "."
        raise RegistryError(f"{where}: kunci reader = '{reader}' tidak dikenal. {hint}")
    module, _, class_name = READERS[reader].partition(":")
    return getattr(import_module(module), class_name)


def _expanded(where: str, key: str, value: Any, environment: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {k: _expanded(where, f"{key}.{k}", v, environment) for k, v in value.items()}
    if isinstance(value, list):
        return [_expanded(where, key, v, environment) for v in value]
    if not isinstance(value, str):
        return value
    if match := _DURATION.match(value):
        return timedelta(seconds=int(match[1]) * _SECONDS[match[2]])
    for variable in _VARIABLE.findall(value):
        if variable not in environment:
            raise RegistryError(f"{where}: kunci {key} memakai ${{{variable}}}, tetapi setelan {variable} belum diisi.")
        value = value.replace(f"${{{variable}}}", environment[variable])
    return value


def _checked(where: str, model: Any, table: Mapping[str, Any]) -> Any:
    try:
        return model.model_validate(table)
    except ValidationError as wrong:
        raise RegistryError("\n".join(_sentence(where, model, dict(e)) for e in wrong.errors())) from None


def _sentence(where: str, model: Any, error: Mapping[str, Any]) -> str:
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] == "missing":
        return f"{where}: kunci {key} belum ada. Tambahkan, misalnya {key} = {_example(model, key)}."
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(key, [*model.model_fields, *_Common.model_fields], n=1)
        hint = f" Maksud Anda '{near[0]}'?" if near else f" Yang boleh: {', '.join(sorted(model.model_fields))}."
        return f"{where}: kunci {key} tidak dikenal.{hint}"
    secret = "Secret" in str(model.model_fields[str(error["loc"][0])].annotation)
    value = "(rahasia)" if secret else repr(error["input"])
    return f"{where}: kunci {key} = {value} tidak dapat dipakai; isi misalnya {_example(model, key)}. ({error['msg']})"


def _example(model: Any, key: str) -> str:
    field = model.model_fields.get(key.split(".")[0])
    kind = str(field.annotation) if field else ""
    examples = {"timedelta": '"5m" (angka diikuti s, m, h atau d)', "Path": '"/var/log/berkas"', "bool": "true",
                "int": "8883", "dict": '{ nama = "kolom" }', "tuple": '["nilai"]'}  # fmt: skip
    return next((text for word, text in examples.items() if word in kind), f'"{key} Anda"')
