"""The buttons of the remote control: for a screen, or for whichever glass of a wall it speaks to."""

from __future__ import annotations

from dash import html

from layouts.displays.glasses import Glasses

DO = "screen-do"
CHOOSE_FIRST = "Pilih satu layar pada kisi untuk menyematkan adegan di sana."


def remote(glasses: Glasses) -> html.Div:
    """Turns, and scenes to pin; only what would change something."""
    hold, turns = glasses.hold, []
    if glasses.turns():
        turns += [_button(glasses, "next", "Berikutnya"), _button(glasses, "pause", "Jeda")][: 1 if hold.held else 2]
    turns += [_button(glasses, "resume", "Lanjutkan")] if hold.held else []
    pins = [_button(glasses, "pin", s.title, s.name) for s in glasses.scenes()]
    words = f"Sematkan di {glasses.title}" if glasses.chosen else "Sematkan"
    pinning = [html.Span(words, className="where"), *pins] if pins else [html.Span(CHOOSE_FIRST, className="where")]
    return html.Div(
        [html.Div(turns, className="turns") if turns else None, html.Div(pinning, className="turns pins")],
        className="remote",
    )


def _button(glasses: Glasses, verb: str, words: str, scene: str = "") -> html.Button:
    identity = {"type": DO, "screen": glasses.one.id, "verb": verb, "scene": scene, "glass": glasses.chosen}
    is_pressed = verb == "pin" and (glasses.hold.held, glasses.hold.scene) == ("pin", scene)
    title = f"Sematkan {words} di {glasses.title}" if verb == "pin" else f"{words}: {glasses.title}"
    return html.Button(words, id=identity, type="button", title=title, className="pressed" if is_pressed else "quiet")
