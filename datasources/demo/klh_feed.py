"""The station list of the KLH network, in the shape its mobile application gets: every value a string or null."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import NamedTuple

from datasources.demo.air import pm10_share, pm25_24h
from datasources.demo.world import HOUR, WIB_HOURS, as_utc, hour_of

PUBLISHED_AFTER_S = 60
INDEX = tuple(Decimal(i) for i in (0, 50, 100, 200, 300, 500))
BANDS = {
    "pm10": tuple(Decimal(b) for b in ("0", "50", "150", "350", "420", "500")),
    "pm25": tuple(Decimal(b) for b in ("0", "15.5", "55.4", "150.4", "250.4", "500")),
}
"""ug/m3 at the indices above: Permen LHK P.14/2020."""
MARKUP = {"pm10": "PM<sub>10</sub>", "pm25": "PM<sub>2.5</sub>"}
GASES = {"so2": ("21.4", "20"), "co": ("610.5", "8"), "o3": ("11.9", "5"), "no2": ("18.6", "12")}
"""Mean in ug/m3 and the other index the feed carries; gases hardly move in the real feed either."""
CATEGORIES = (
    (50, "BAIK", "#00FF00", "green"), (100, "SEDANG", "#0000FF", "blue"), (200, "TIDAK SEHAT", "#FFFF00", "yellow"),
    (300, "SANGAT TIDAK SEHAT", "#FF0000", "red"), (10**6, "BERBAHAYA", "#000000", "black"),
)  # fmt: skip


class Station(NamedTuple):
    """One station of the network."""

    id: str
    name: str
    city: str
    address: str
    lat: str
    lon: str
    share: float


STATIONS = (
    Station("KABUPATEN_MOJOKERTO", "Kabupaten Mojokerto Mojosari", "Kabupaten Mojokerto", "Mojosari,\r\nJawa Timur",
            "-7.508500099182129", "112.56099700927734", 1.0),
    Station("KOTA_MOJOKERTO", "Magersari", "Kota Mojokerto", "Magersari, Jawa Timur", "-7.4712", "112.4410", 0.55),
    Station("KABUPATEN_JOMBANG", "Kepanjen", "Kabupaten Jombang", "Jombang, Jawa Timur", "-7.5460", "112.2330", 0.9),
    Station("SURABAYA_TANDES", "Surabaya Tandes", "Kota Surabaya", "Tandes, Jawa Timur", "-7.2590", "112.6790", 1.4),
)  # fmt: skip


def feed(seed: str, now: float) -> dict[str, object]:
    """The whole answer at this Unix second: the hour that ended a minute ago at the latest."""
    end = hour_of(now - PUBLISHED_AFTER_S)
    rows = [_row(seed, station, end) for station in STATIONS]
    return {"rows": rows, "status": "1", "total": len(rows)}


def sub_index(parameter: str, mean: Decimal) -> int:
    """The index of a 24-hour mean in ug/m3, rounded half up."""
    bands = list(zip(pairwise(BANDS[parameter]), pairwise(INDEX), strict=True))
    (low, high), (i_low, i_high) = next((b for b in bands if mean <= b[0][1]), bands[-1])
    return int(((i_high - i_low) * (mean - low) / (high - low) + i_low).to_integral_value(ROUND_HALF_UP))


def _row(seed: str, station: Station, end: int) -> dict[str, object]:
    fine = pm25_24h(seed, station.id, end) * station.share
    means = {"pm10": _two(fine * pm10_share(seed, station.id, end // 24)), "pm25": _two(fine)}
    index = {name: sub_index(name, mean) for name, mean in means.items()}
    critical = max(index, key=lambda name: index[name])
    local = as_utc((end + WIB_HOURS) * HOUR)
    number, word, color, text = next((n, *c[1:]) for n, c in enumerate(CATEGORIES, 1) if index[critical] <= c[0])
    return {
        "id_stasiun": station.id, "waktu": f"{local:%Y-%m-%d %H:%M:%S}", "lat": station.lat, "lon": station.lon,
        **{f"a_{name}": str(mean) for name, mean in means.items()},
        **{f"a_{name}": mean for name, (mean, _) in GASES.items()}, "a_hc": None,
        **{f"c_{name}": str(_class(value)) for name, value in index.items()},
        **{f"c_{name}": "1" for name in GASES}, "c_hc": None,
        **{f"t_{name}": str(value) for name, value in index.items()},
        **{f"t_{name}": other for name, (_, other) in GASES.items()}, "t_hc": None,
        "nama": station.name, "alamat": station.address, "kota": station.city, "provinsi": "Jawa Timur",
        "param": MARKUP[critical], "stasiun_uji": "0", "stasiun_show": "1", "p3e": "Jawa", "time_offset": "0",
        "time_z": "WIB", "is_maintenance": "0", "auto_validation": "1", "tipe": "0", "kelurahan": "", "kecamatan": "",
        "val": str(index[critical]), "cat": word,
        "kategori": {"nilai_uid": str(number), "nilai": word, "color": color, "color_text": text},
        "waktu_text": f"{local:%d-%B-%Y %H:%M:%S}", "tipe_text": "KLH/BPLH",
    }  # fmt: skip


def _class(index: int) -> int:
    return next(number for number, category in enumerate(CATEGORIES, 1) if index <= category[0])


def _two(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal("0.01"))
