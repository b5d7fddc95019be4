"""What officers do to screens: approve a code, revoke, and the remote control; checked, kept, logged and announced."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import Connection

from dashboard.editing.entry import EntryRefused, one_line, quoted, signed, whole_number
from dashboard.editing.glasses import WHOLE, Shapes, glass_in, place_of
from dashboard.store import changes, display_beats, display_commands, display_holds, displays
from dashboard.store.display_commands import Told
from dashboard.store.display_holds import Hold
from dashboard.store.displays import Display
from dashboard.store.people import Person

SHORTEST, LONGEST = 3, 64
COMMANDS_KEPT = timedelta(days=1)
VERBS = ("next", "pin", "pause", "resume", "profile")
HOLDING = ("pin", "pause", "resume")
NO_SHAPES: Shapes = MappingProxyType({})
WORDS = {"next": "adegan berikutnya", "pin": "disematkan", "pause": "dijeda", "resume": "dilanjutkan",
         "profile": "profil diganti"}  # fmt: skip


def approve(
    connection: Connection, code: object, title: object, profile: object, profiles: Collection[str], holds: timedelta,
    by: Person, at: datetime,
) -> None:  # fmt: skip
    """Pair the screen that shows this code. Raises EntryRefused."""
    typed = "".join(one_line(code).upper().split()).replace("-", "")
    found = displays.by_code(connection, typed, at - holds) if typed else None
    if found is None:
        raise EntryRefused(f"Kode {quoted(typed)} tidak ada pada layar yang menunggu; kode berlaku sepuluh menit.")
    name = one_line(title)
    if not SHORTEST <= len(name) <= LONGEST:
        raise EntryRefused(
            f"Nama layar {quoted(name)} {len(name)} huruf; yang benar {SHORTEST} sampai {LONGEST}, misalnya Aula kiri."
        )
    chosen = _profile(profile or found.profile, profiles)
    if not displays.approve(connection, found.id, name, chosen, by.title, at):
        raise EntryRefused("Layar itu baru saja disetujui orang lain; muat ulang halaman.")
    _sign(connection, by, at, "layar disetujui", f"nomor {found.id}: {name}, diminta dari {found.asked_from}")


def revoke(connection: Connection, number: object, by: Person, at: datetime) -> None:
    """Take a screen's right away; it goes dark at once. Raises EntryRefused."""
    found = _known(connection, number)
    displays.revoke(connection, found.id, by.title, at)
    display_beats.forget_beat(connection, found.id)
    display_holds.forget_holds(connection, found.id)
    _sign(connection, by, at, "layar dicabut", f"nomor {found.id}: {found.title}")


def tell(
    connection: Connection, number: object, verb: object, by: Person, at: datetime, scene: object = "",
    scenes: Collection[str] = (), profile: object = "", profiles: Collection[str] = (), glass: object = WHOLE,
    shapes: Shapes = NO_SHAPES,
) -> None:  # fmt: skip
    """One command to one screen or to one glass of it, through its stream. Raises EntryRefused for what cannot be."""
    found = _known(connection, number)
    if verb not in VERBS:
        raise EntryRefused(f"Perintah {quoted(str(verb))} tidak ada; yang ada {', '.join(VERBS)}.")
    told = Told(
        verb=str(verb),
        scene=_scene(scene, scenes) if verb == "pin" else "",
        profile=_profile(profile, profiles) if verb == "profile" else "",
        glass=WHOLE if verb == "profile" else glass_in(glass, shapes.get(found.profile, (1, 1))),
    )
    _keep(connection, found.id, told)
    display_commands.forget_commands(connection, at - COMMANDS_KEPT)
    display_commands.command(connection, found.id, told, by.title, at)
    across = shapes[found.profile][0] if told.glass else 1
    parts = [found.title, place_of(told.glass, across) if told.glass else "", told.scene or told.profile]
    about = f"nomor {found.id}: {', '.join(part for part in parts if part)}"
    _sign(connection, by, at, f"layar {WORDS[told.verb]}", about)


def _keep(connection: Connection, number: int, told: Told) -> None:
    """What is told again after a restart. What the whole wall is told ends what its glasses were told before."""
    held = "" if told.verb == "resume" else told.verb
    if told.profile:
        displays.set_profile(connection, number, told.profile)
        display_holds.forget_holds(connection, number)
    elif told.verb in HOLDING and told.glass:
        display_holds.keep_hold(connection, number, told.glass, Hold(held, told.scene))
    elif told.verb in HOLDING:
        displays.hold(connection, number, held, told.scene)
        display_holds.forget_holds(connection, number)


def _known(connection: Connection, number: object) -> Display:
    known = whole_number(number)
    found = None if known is None else displays.by_number(connection, known)
    if found is None or found.is_revoked:
        raise EntryRefused("Layar itu tidak ada atau sudah dicabut; muat ulang halaman.")
    return found


def _scene(given: object, scenes: Collection[str]) -> str:
    if given not in scenes:
        raise EntryRefused(f"Adegan {quoted(str(given or ''))} tidak ada pada layar itu; pilih salah satu dari daftar.")
    return str(given)


def _profile(given: object, profiles: Collection[str]) -> str:
    if given not in profiles:
        raise EntryRefused(f"Profil {quoted(str(given or ''))} tidak ada; pilih salah satu dari daftar.")
    return str(given)


def _sign(connection: Connection, by: Person, at: datetime, what: str, about: str) -> None:
    signed(connection, by, at, what, about)
    changes.announce(connection, [displays.TOPIC], at)
