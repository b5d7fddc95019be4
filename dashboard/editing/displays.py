"""What officers do to screens: approve a code, revoke, and the remote control; checked, kept, logged and announced."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection

from dashboard.editing.entry import EntryRefused, one_line, quoted, signed, whole_number
from dashboard.store import changes, display_beats, display_commands, displays
from dashboard.store.displays import Display
from dashboard.store.people import Person

SHORTEST, LONGEST = 3, 64
COMMANDS_KEPT = timedelta(days=1)
VERBS = ("next", "pin", "pause", "resume", "profile")
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
    _sign(connection, by, at, "layar dicabut", f"nomor {found.id}: {found.title}")


def tell(
    connection: Connection, number: object, verb: object, by: Person, at: datetime, scene: object = "",
    scenes: Collection[str] = (), profile: object = "", profiles: Collection[str] = (),
) -> None:  # fmt: skip
    """One command to one screen, through its stream. Raises EntryRefused for what cannot be."""
    found = _known(connection, number)
    if verb not in VERBS:
        raise EntryRefused(f"Perintah {quoted(str(verb))} tidak ada; yang ada {', '.join(VERBS)}.")
    shown = _scene(scene, scenes) if verb == "pin" else ""
    chosen = _profile(profile, profiles) if verb == "profile" else ""
    if verb in ("pin", "pause", "resume"):
        displays.hold(connection, found.id, "" if verb == "resume" else str(verb), shown)
    if chosen:
        displays.set_profile(connection, found.id, chosen)
    display_commands.forget_commands(connection, at - COMMANDS_KEPT)
    display_commands.command(connection, found.id, str(verb), shown, chosen, by.title, at)
    _sign(
        connection, by, at, f"layar {WORDS[str(verb)]}", f"nomor {found.id}: {found.title} {shown or chosen}".rstrip()
    )


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
