"""The glasses of a wall as a small grid by their places: what each shows, and which of them the remote speaks to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dash import html

from dashboard.editing.glasses import WHOLE, Shape, Shapes, place_of
from dashboard.store.display_beats import Beat
from dashboard.store.display_holds import Hold, Holds
from dashboard.store.displays import Display
from layouts.wall.scenes import SCENES, Scene
from layouts.wall.screens import profiles

CHOOSE = "screen-glass-choose"
TITLES = {scene.name: scene.title for scene in SCENES}
ALL = "Seluruh dinding"
SINGLE: Shape = (1, 1)


def shapes() -> Shapes:
    """How many glasses each profile has, across and down."""
    return {name: (profile.across, profile.down) for name, profile in profiles().items()}


@dataclass(frozen=True, slots=True)
class Glasses:
    """What is known of the glasses of one screen, and the one that is spoken to; WHOLE for all of them."""

    one: Display
    shape: Shape = SINGLE
    shown: tuple[str, ...] = ()
    holds: Holds = field(default_factory=dict)
    chosen: int = WHOLE

    @property
    def are_many(self) -> bool:
        """Whether there is anything to choose; one glass that has a computer of its own stands for itself."""
        return self.shape != SINGLE

    @property
    def hold(self) -> Hold:
        """What the one that is spoken to was told: itself, or with all of them."""
        return self.holds.get(self.chosen, Hold(self.one.held, self.one.held_scene))

    @property
    def title(self) -> str:
        """Of whom the remote speaks: 'Dinding, baris 1, kolom 2'."""
        return f"{self.one.title}, {place_of(self.chosen, self.shape[0])}" if self.chosen else self.one.title

    def pinned(self, glass: int) -> bool:
        """Whether a glass shows the scene that it was told to keep, and not by chance or by an alarm another one."""
        hold = self.holds.get(glass, Hold(self.one.held, self.one.held_scene))
        return hold.held == "pin" and self.shown[glass - 1 : glass] == (hold.scene,)

    def scenes(self) -> list[Scene]:
        """What can be pinned: on one glass any scene of the wall; on all of them only where glasses take turns."""
        known = profiles().get(self.one.profile)
        every = [screen.scenes for screen in known.screens] if known else []
        if self.are_many and not self.chosen:
            every = [scenes for scenes in every if len(scenes) > 1]
        return list({scene.name: scene for scenes in every for scene in scenes}.values())

    def turns(self) -> bool:
        """Whether there is a next scene for whom the remote speaks to."""
        known = profiles().get(self.one.profile)
        spoken_to = known.screens[self.chosen - 1 : self.chosen] if known and self.chosen else known and known.screens
        return any(len(screen.scenes) > 1 for screen in spoken_to or ())


def glasses_of(one: Display, beat: Beat | None, holds: Holds, chosen: object) -> Glasses:
    """`chosen` comes from the browser. A screen that tells of one scene alone is one glass, whatever its profile."""
    shown = tuple(beat.glasses.split()) if beat else ()
    shape = shapes().get(one.profile, SINGLE)
    if len(shown) == 1 or shape == SINGLE:
        return Glasses(one)
    is_there = isinstance(chosen, int) and 0 < chosen <= shape[0] * shape[1]
    return Glasses(one, shape, shown, holds, chosen if is_there and isinstance(chosen, int) else WHOLE)


def grid(glasses: Glasses, may_control: bool) -> html.Div:
    """The wall as it hangs; whoever may control it chooses with whom to speak."""
    across, down = glasses.shape
    cells: list[Any] = [_cell(glasses, glass, may_control) for glass in range(1, across * down + 1)]
    every = _choice(glasses, WHOLE, ALL, [ALL]) if may_control else None
    wall = html.Div(cells, className="glass-grid", style={"--across": str(across)})
    return html.Div(
        [wall, every], className="glass-choice", role="group", **_labelled(f"Pilih layar {glasses.one.title}")
    )


def _cell(glasses: Glasses, glass: int, may_control: bool) -> html.Button | html.Div:
    place = place_of(glass, glasses.shape[0])
    name = glasses.shown[glass - 1] if glass <= len(glasses.shown) else ""
    scene = TITLES.get(name, "belum diketahui")
    kept = html.Span("disematkan", className="kept") if glasses.pinned(glass) else None
    inside = [html.Span(place, className="place"), html.B(scene), kept]
    said = f"{place}: {scene}" + (", disematkan" if kept else "")
    return _choice(glasses, glass, said, inside) if may_control else html.Div(inside, className="glass-cell")


def _choice(glasses: Glasses, glass: int, said: str, inside: list[Any]) -> html.Button:
    is_chosen = glasses.chosen == glass
    look = "glass-cell chosen" if is_chosen else "glass-cell"
    identity = {"type": CHOOSE, "screen": glasses.one.id, "glass": glass}
    return html.Button(inside, id=identity, type="button", className=look, **_labelled(said, is_chosen))


def _labelled(said: str, is_pressed: bool | None = None) -> dict[str, Any]:
    pressed = {} if is_pressed is None else {"aria-pressed": str(is_pressed).lower()}
    return {"aria-label": said, **pressed}
