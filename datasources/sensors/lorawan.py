"""What network servers of LoRaWAN say: ChirpStack v4 and The Things Stack v3. Only an uplink measures anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datasources.sensors.said import Said, station_of

CHIRPSTACK_EVENTS = {
    "join": "devAddr", "status": "margin", "ack": "acknowledged", "txack": "txInfo", "log": "level",
    "location": "location", "integration": "integrationName",
}  # fmt: skip
"""Event → a key that only it has, when the topic does not name it. A join has an address and no payload."""
TTN_OTHERS = (
    "join_accept", "downlink_ack", "downlink_nack", "downlink_sent", "downlink_failed", "downlink_queued",
    "downlink_queue_invalidated", "location_solved", "service_data", "uplink_normalized",
)  # fmt: skip


def chirpstack(message: Mapping[str, Any]) -> Said | None:
    """An `up` event; None for every other event. Raises ValueError for an uplink that says nothing we can use."""
    device, values = message.get("deviceInfo"), message.get("object")
    if not isinstance(device, dict):
        raise ValueError("pesan tanpa 'deviceInfo'; seharusnya kejadian up ChirpStack v4")
    if "rxInfo" not in message and "data" not in message and any(k in message for k in CHIRPSTACK_EVENTS.values()):
        return None
    if not isinstance(values, dict):
        raise ValueError("pesan tanpa 'object'; pasang codec pada device profile di ChirpStack")
    return Said(station_of(device.get("devEui"), "devEui"), str(device.get("deviceName") or ""), values,
                message.get("time"))  # fmt: skip


def ttn(message: Mapping[str, Any]) -> Said | None:
    """An uplink; None for joins, downlinks and the like. Its time is the server's: clocks of devices are often wrong.

    Raises ValueError for an uplink that says nothing we can use.
    """
    device, uplink = message.get("end_device_ids"), message.get("uplink_message")
    if not isinstance(device, dict):
        raise ValueError("pesan tanpa 'end_device_ids'; seharusnya pesan The Things Stack v3")
    if not isinstance(uplink, dict):
        if any(kind in message for kind in TTN_OTHERS):
            return None
        raise ValueError("pesan tanpa 'uplink_message'; seharusnya uplink The Things Stack v3")
    values = uplink.get("decoded_payload")
    if not isinstance(values, dict):
        raise ValueError("uplink tanpa 'decoded_payload'; pasang payload formatter di The Things Stack")
    station = station_of(device.get("dev_eui") or device.get("device_id"), "dev_eui")
    where = (uplink.get("locations") or {}).get("user") or {}
    return Said(station, str(device.get("device_id") or ""), values,
                uplink.get("received_at") or message.get("received_at"),
                where.get("latitude"), where.get("longitude"))  # fmt: skip
