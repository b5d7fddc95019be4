"""Options of the MQTT reader that cannot serve, said before anything is listened to."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from pydantic import ValidationError

from datasources.contract import SourceUnavailable
from datasources.sensors.mqtt import MqttSensors

HOST = "127.0.0.1"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"x": "co:ppm"}, "satuan 'ppm' untuk co tidak dikenal; yang dapat: ug/m3, mg/m3"),
        ({"x": "debu:ug/m3"}, "parameter 'debu' tidak dikenal"),
        ({"x": "pm25"}, "seharusnya 'parameter:satuan'"),
    ],
)
def test_a_wrong_unit_is_refused_before_listening(fields: dict[str, str], sentence: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        MqttSensors(host=HOST, subscribe=("x",), fields=fields)
    assert sentence in str(wrong.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "Berkas sertifikat {file} tidak ditemukan; periksa kunci ca_file."),
        ("bukan sertifikat", "Berkas {file} (ca_file) bukan sertifikat PEM; minta yang benar."),
        ("folder", "Berkas sertifikat {file} tidak dapat dibaca (Is a directory); periksa hak bacanya."),
    ],
)
def test_a_certificate_file_that_cannot_serve_is_said(tmp_path: Path, content: str | None, sentence: str) -> None:
    file = tmp_path / "ca.pem"
    if content == "folder":
        file.mkdir()
    elif content is not None:
        file.write_text(content)
    with pytest.raises(SourceUnavailable) as wrong:
        MqttSensors(host=HOST, subscribe=("x",), tls=True, ca_file=file).listen(lambda batch: None, Event())
    assert str(wrong.value) == sentence.format(file=file)
