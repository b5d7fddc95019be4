"""Colours of the three themes: siang (bright room), kendali (dark control room), cetak (paper).

Normal is grey. A saturated colour means that something asks for attention, and never says so alone.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Theme:
    """Colour tokens. `steps` is one hue from little to much, `tracks` the greys of a bullet, each with its ink."""

    name: str
    ground: str
    panel: str
    strip: str
    line: str
    ink: str
    dim: str
    critical: str
    warning: str
    info: str
    on_info: str
    stale: str
    accent: str
    band: str
    hatch: str
    tracks: tuple[str, ...]
    steps: tuple[str, ...]
    on_steps: tuple[str, ...]


KENDALI = Theme(
    name="kendali", ground="#1b1f24", panel="#23282e", strip="#14181c", line="#39414a",
    ink="#f2f4f5", dim="#b6bec6", critical="#ff6b5e", warning="#f0c000", info="#56b4e9", on_info="#10141a",
    stale="#9aa3ab", accent="#7a93a8", band="#3a444e", hatch="#39414a",
    tracks=("#2f363d", "#39424b", "#444f59"),
    steps=("#2b3138", "#354453", "#40586e", "#8fadc6", "#c3d7e8"),
    on_steps=("#f2f4f5", "#f2f4f5", "#ffffff", "#0d1116", "#0d1116"),
)  # fmt: skip

SIANG = Theme(
    name="siang", ground="#e6e8ea", panel="#f6f7f8", strip="#d8dcdf", line="#c6ccd1",
    ink="#14181c", dim="#3c454d", critical="#8f1d14", warning="#a37a00", info="#003f7d", on_info="#ffffff",
    stale="#78828b", accent="#4f6b84", band="#d7dde2", hatch="#cfd5da",
    tracks=("#e3e7ea", "#d5dbdf", "#c7ced4"),
    steps=("#eaeef1", "#cfdbe6", "#a9c1d6", "#2f567a", "#163a5c"),
    on_steps=("#14181c", "#14181c", "#0d1116", "#ffffff", "#ffffff"),
)  # fmt: skip

CETAK = replace(
    SIANG, name="cetak", ground="#ffffff", panel="#ffffff", strip="#ffffff", line="#b9c0c6", ink="#101418",
    tracks=("#eef0f2", "#dfe3e6", "#cfd5da"), band="#e3e7ea",
)  # fmt: skip

THEMES: dict[str, Theme] = {theme.name: theme for theme in (SIANG, KENDALI, CETAK)}


def _tokens(theme: Theme) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in fields(theme):
        value = getattr(theme, field.name)
        name = "--" + field.name.replace("_", "-")
        if isinstance(value, tuple):
            found |= {f"{name}-{place}": colour for place, colour in enumerate(value, start=1)}
        elif field.name != "name":
            found[name] = value
    return found


def css_variables(theme: Theme) -> str:
    """The declarations of one theme, for a rule such as [data-theme=kendali]."""
    return "\n".join(f"  {name}: {value};" for name, value in _tokens(theme).items())


def _as_variables(theme: Theme) -> Theme:
    names: dict[str, str | tuple[str, ...]] = {"name": "layar"}
    for field in fields(theme):
        value = getattr(theme, field.name)
        token = "--" + field.name.replace("_", "-")
        if isinstance(value, tuple):
            names[field.name] = tuple(f"var({token}-{place})" for place in range(1, len(value) + 1))
        elif field.name != "name":
            names[field.name] = f"var({token})"
    return replace(theme, **names)  # type: ignore[arg-type]


SCREEN = _as_variables(KENDALI)
"""The theme whose colours are CSS variables: one drawing then serves every theme of a screen."""
