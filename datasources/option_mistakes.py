"""What is wrong with an option of sources.toml, and what would be right, in one Indonesian sentence."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from datasources.addresses import without_secrets

LENGTH = "harus lama waktu: angka diikuti s, m, h atau d, dalam tanda kutip"
KINDS = {
    "string": "harus teks dalam tanda kutip",
    "bool": "harus true atau false, tanpa tanda kutip",
    "int": "harus bilangan bulat, tanpa tanda kutip",
    "float": "harus angka, tanpa tanda kutip",
    "decimal": "harus angka, tanpa tanda kutip",
    "finite": "harus angka yang berhingga",
    "list": 'harus daftar dalam kurung siku, seperti ["a", "b"]',
    "tuple": 'harus daftar dalam kurung siku, seperti ["a", "b"]',
    "set": 'harus daftar dalam kurung siku, seperti ["a", "b"]',
    "frozen": 'harus daftar dalam kurung siku, seperti ["a", "b"]',
    "dict": 'harus tabel, seperti { kunci = "nilai" }',
    "model": 'harus tabel, seperti { kunci = "nilai" }',
    "path": "harus letak berkas, teks dalam tanda kutip",
    "time": LENGTH,
    "url": "harus alamat seperti https://host/berkas",
    "zoneinfo": "harus nama zona waktu seperti Asia/Jakarta",
}
"""First word of pydantic's name of a mistake → what the value must be."""
LIMITS = {
    "greater_than": ("harus lebih dari {}", "gt"),
    "greater_than_equal": ("paling sedikit {}", "ge"),
    "less_than": ("harus kurang dari {}", "lt"),
    "less_than_equal": ("paling banyak {}", "le"),
    "string_too_short": ("paling sedikit {} huruf", "min_length"),
    "string_too_long": ("paling banyak {} huruf", "max_length"),
    "too_short": ("paling sedikit {} isi", "min_length"),
    "too_long": ("paling banyak {} isi", "max_length"),
}
"""pydantic's name of a mistake → what must hold, and where its context keeps the limit."""
EXAMPLES = {
    "timedelta": '"5m" (angka diikuti s, m, h atau d)',
    "Path": '"/var/log/berkas"',
    "bool": "true",
    "int": "8883",
    "dict": '{ nama = "kolom" }',
    "tuple": '["nilai"]',
    "ZoneInfo": '"Asia/Jakarta"',
}
"""Word in the type of an option → an example of it."""
_UNITS = {"day": "hari", "hour": "jam", "minute": "menit", "second": "detik", "and": "dan"}
_ENGLISH = re.compile(r"\b(day|hour|minute|second|and)s?\b")


def sentence(model: type[BaseModel], common: Collection[str], error: Mapping[str, Any], written: Any) -> str:
    """The sentence for one of pydantic's errors about `written`, the table as it stands in the file.

    `common` are the keys that every source has. A secret, also one that came from a setting, is never repeated.
    """
    loc = tuple(error["loc"])
    key = ".".join(map(str, loc)) or "(tabel)"
    if error["type"] == "missing":
        return f"kunci {key} belum ada. Tambahkan, misalnya {loc[-1]} = {_example(model, loc)}."
    if error["type"] == "extra_forbidden":
        allowed = _keys(model, loc[:-1])
        near = difflib.get_close_matches(str(loc[-1]), [*allowed, *(common if len(loc) == 1 else ())], n=1)
        hint = f"Maksud Anda '{near[0]}'?" if near else f"Yang boleh: {', '.join(sorted(allowed))}."
        return f"kunci {key} tidak dikenal. {hint}"
    value = (
        "(rahasia)" if "Secret" in str(_annotation(model, loc[:1])) else repr(_shown(_at(written, loc, error["input"])))
    )
    return f"kunci {key} = {value} tidak dapat dipakai; isi misalnya {_example(model, loc)}. ({_reason(error)})"


def _reason(error: Mapping[str, Any]) -> str:
    name, context = str(error["type"]), error.get("ctx", {})
    if name in LIMITS:
        words, limit = LIMITS[name]
        return words.format(_measured(context[limit]))
    if name == "value_error":  # a check of ours, in Indonesian already
        return str(context["error"])
    if name in ("literal_error", "enum"):
        return f"pilihannya: {str(context['expected']).replace(' or ', ' atau ')}"
    if name == "string_pattern_mismatch":
        is_address = str(context["pattern"]).startswith("^https?:")
        return (
            "harus alamat seperti https://host/berkas, tanpa sandi dan tanpa spasi" if is_address else "bentuknya lain"
        )
    return KINDS.get(name.partition("_")[0], "jenis isinya lain")


def _measured(limit: Any) -> str:
    """A limit in Indonesian; pydantic writes lengths of time in English words."""
    if isinstance(limit, int):
        return f"{limit:,}".replace(",", ".")
    return _ENGLISH.sub(lambda word: _UNITS[word[1]], str(limit))


def _at(written: Any, loc: tuple[Any, ...], otherwise: Any) -> Any:
    """What the file itself says there: "${TOKEN}" rather than the token."""
    for step in loc:
        try:
            written = written[step]
        except (KeyError, IndexError, TypeError):
            return otherwise
    return written


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        return without_secrets(value)
    if isinstance(value, dict):
        return {key: _shown(item) for key, item in value.items()}
    return [_shown(item) for item in value] if isinstance(value, list) else value


def _annotation(model: Any, loc: tuple[Any, ...]) -> Any:
    """The type of the option at `loc`, through tables within tables."""
    for step in loc:
        if isinstance(model, type) and issubclass(model, BaseModel) and step in model.model_fields:
            model = model.model_fields[step].annotation
        else:
            return next(iter(get_args(model)[-1:]), str)
    return model


def _keys(model: Any, loc: tuple[Any, ...]) -> list[str]:
    return list(getattr(_annotation(model, loc), "model_fields", ()))


def _example(model: Any, loc: tuple[Any, ...]) -> str:
    asked = _annotation(model, loc)
    if get_origin(asked) is Literal:
        return f'"{get_args(asked)[0]}"'
    if isinstance(asked, type) and issubclass(asked, BaseModel):
        return '{ kunci = "nilai" }'
    name = next((str(step) for step in reversed(loc) if isinstance(step, str)), "nilai")
    return next((text for word, text in EXAMPLES.items() if word in str(asked)), f'"{name} Anda"')
