"""Screens: a code becomes a right, a right ends, and what a screen tells of itself; on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from dashboard.access import displays as access
from dashboard.access.displays import CODE_HOLDS, KEY_HOLDS, LETTERS, MOST_FROM_ONE, TooManyWaiting
from dashboard.editing import displays as editing
from dashboard.editing.entry import EntryRefused
from dashboard.indicators.catalogue.displays import DEAD_AFTER, dead
from dashboard.store import audit, display_beats, display_commands, display_holds, displays
from dashboard.store.database import reading, writing
from dashboard.store.display_beats import Beat
from dashboard.store.displays import Display
from dashboard.store.people import Person
from tests.builders import NOW

SARI = Person(1, "sari", "Sari, Diskominfo", "analis")
PROFILES, SCENES = ("aula", "meja"), ("ringkasan", "udara")
SHAPES = {"aula": (2, 2)}
SECOND = timedelta(seconds=1)


def test_a_screen_gets_its_key_once_after_an_officer_typed_its_code(engine: Engine) -> None:
    asked = access.ask(engine, "aula", "10.0.0.4", NOW)
    assert len(asked.code) == 6
    assert set(asked.code) <= set(LETTERS)
    assert access.collect_key(engine, asked.key, NOW) is None
    approve(engine, f" {asked.code[:3].lower()} {asked.code[3:]}", "Aula kiri")
    key = access.collect_key(engine, asked.key, NOW + SECOND)
    assert key is not None
    assert access.collect_key(engine, asked.key, NOW + SECOND) is None
    found = access.display_of(engine, key, NOW)
    assert found is not None
    assert (found.title, found.profile, found.approved_by) == ("Aula kiri", "aula", "Sari, Diskominfo")
    assert access.display_of(engine, asked.key, NOW) is None


def test_the_store_keeps_no_key_that_opens_anything(engine: Engine) -> None:
    asked = access.ask(engine, "aula", "10.0.0.4", NOW)
    approve(engine, asked.code)
    key = access.collect_key(engine, asked.key, NOW)
    with reading(engine) as connection:
        kept = str(connection.execute(select(displays.displays)).all())
    assert key
    assert key not in kept
    assert asked.key not in kept


REFUSED = [
    ("BBBBBB", "Aula kiri", "", timedelta(0), "Kode 'BBBBBB' tidak ada pada layar yang menunggu"),
    (None, "Aula kiri", "", timedelta(0), "Kode '' tidak ada"),
    ("right", "Aula kiri", "", CODE_HOLDS + SECOND, "kode berlaku sepuluh menit"),
    ("right", "A", "", timedelta(0), "Nama layar 'A' 1 huruf; yang benar 3 sampai 64"),
    ("right", "Aula kiri", "bioskop", timedelta(0), "Profil 'bioskop' tidak ada"),
]


def test_an_approval_that_cannot_be_is_refused_in_words(engine: Engine) -> None:
    asked = access.ask(engine, "aula", "10.0.0.4", NOW)
    for code, title, profile, late, sentence in REFUSED:
        with pytest.raises(EntryRefused) as refused:
            approve(engine, asked.code if code == "right" else code, title, profile, NOW + late)
        assert sentence in str(refused.value)
        assert access.collect_key(engine, asked.key, NOW + late) is None


def test_one_address_cannot_take_all_codes_and_old_ones_are_forgotten(engine: Engine) -> None:
    for _ in range(MOST_FROM_ONE):
        access.ask(engine, "aula", "10.0.0.4", NOW)
    with pytest.raises(TooManyWaiting, match="Coba lagi dalam sepuluh menit"):
        access.ask(engine, "aula", "10.0.0.4", NOW)
    access.ask(engine, "aula", "10.0.0.5", NOW)
    access.ask(engine, "aula", "10.0.0.4", NOW + CODE_HOLDS + SECOND)
    with reading(engine) as connection:
        assert displays.waiting(connection, NOW - CODE_HOLDS) == 1


def test_a_revoked_screen_is_known_as_such_and_never_gets_a_key_again(engine: Engine) -> None:
    key, one = paired(engine)
    with writing(engine) as connection:
        editing.revoke(connection, one.id, SARI, NOW)
    found = access.display_of(engine, key, NOW)
    assert found is not None
    assert found.is_revoked
    with reading(engine) as connection:
        assert displays.paired(connection) == []
    for again in (editing.revoke, lambda c, n, by, at: editing.tell(c, n, "next", by, at)):
        with writing(engine) as connection, pytest.raises(EntryRefused, match="tidak ada atau sudah dicabut"):
            again(connection, one.id, SARI, NOW)


def test_a_key_ends_with_its_cookie_unless_the_screen_lives(engine: Engine) -> None:
    key, one = paired(engine)
    almost = NOW + KEY_HOLDS - SECOND
    assert access.display_of(engine, key, almost) is not None
    assert access.display_of(engine, key, NOW + KEY_HOLDS) is None
    access.renew(engine, one, almost)
    assert access.display_of(engine, key, NOW + KEY_HOLDS) is not None


def test_what_a_screen_is_told_is_kept_for_its_next_start_and_logged(engine: Engine) -> None:
    _, one = paired(engine)
    stood = []
    for verb, more in [("next", {}), ("pin", {"scene": "udara"}), ("profile", {"profile": "meja"}), ("resume", {})]:
        with writing(engine) as connection:
            editing.tell(connection, one.id, verb, SARI, NOW, scenes=SCENES, profiles=PROFILES, **more)  # type: ignore[arg-type]
            now = displays.by_number(connection, one.id)
        assert now is not None
        stood.append((now.held, now.held_scene, now.profile))
    assert stood == [("", "", "aula"), ("pin", "udara", "aula"), ("pin", "udara", "meja"), ("", "", "meja")]
    with reading(engine) as connection:
        told = [c.told.verb for c in display_commands.commands_since(connection, NOW - SECOND)]
        said = [(e.who, e.what) for e in audit.entries(connection)]
    assert told == ["next", "pin", "profile", "resume"]
    assert ("sari", "layar disematkan") in said
    assert ("sari", "layar disetujui") in said


TOLD = [
    ("pin", "udara", 2, {2: ("pin", "udara")}),
    ("pin", "ringkasan", 4, {2: ("pin", "udara"), 4: ("pin", "ringkasan")}),
    ("next", "", 4, {2: ("pin", "udara"), 4: ("pin", "ringkasan")}),
    ("resume", "", 2, {2: ("", ""), 4: ("pin", "ringkasan")}),
    ("pause", "", 0, {}),
    ("pause", "", 1, {1: ("pause", "")}),
    ("profile", "", 0, {}),
]


def test_each_glass_of_a_wall_keeps_what_it_was_told_until_all_are_told(engine: Engine) -> None:
    _, one = paired(engine)
    for verb, scene, glass, kept in TOLD:
        with writing(engine) as connection:
            editing.tell(connection, one.id, verb, SARI, NOW, scene, SCENES, "meja", PROFILES, glass, SHAPES)
            found = display_holds.holds_by_display(connection).get(one.id, {})
        assert {number: (hold.held, hold.scene) for number, hold in found.items()} == kept, verb
    with reading(engine) as connection:
        commands = display_commands.commands_since(connection, NOW - SECOND)
        about = [entry.about for entry in audit.entries(connection)]
    assert [(c.told.verb, c.told.glass) for c in commands] == [(verb, glass) for verb, _, glass, _ in TOLD]
    assert f"nomor {one.id}: Aula kiri, baris 1, kolom 2, udara" in about


@pytest.mark.parametrize("glass", [5, -1, "2", None, 1.5])
def test_a_glass_that_is_not_there_is_told_nothing(engine: Engine, glass: object) -> None:
    _, one = paired(engine)
    with writing(engine) as connection, pytest.raises(EntryRefused, match="tidak ada pada dinding itu"):
        editing.tell(connection, one.id, "next", SARI, NOW, glass=glass, shapes=SHAPES)
    with reading(engine) as connection:
        assert display_commands.commands_since(connection, NOW - SECOND) == []


def test_what_a_revoked_wall_was_told_is_forgotten(engine: Engine) -> None:
    _, one = paired(engine)
    with writing(engine) as connection:
        editing.tell(connection, one.id, "pin", SARI, NOW, "udara", SCENES, glass=3, shapes=SHAPES)
        editing.revoke(connection, one.id, SARI, NOW)
        assert display_holds.holds_by_display(connection) == {}


def test_a_command_that_cannot_be_is_refused(engine: Engine) -> None:
    _, one = paired(engine)
    wrong: list[tuple[object, str, str, object]] = [
        ("pin", "rahasia", "", one.id), ("profile", "", "bioskop", one.id), ("matikan", "", "", one.id),
        (None, "", "", one.id), ("next", "", "", 99), ("next", "", "", "1 OR 1=1"),
    ]  # fmt: skip
    for verb, scene, profile, number in wrong:
        with writing(engine) as connection, pytest.raises(EntryRefused):
            editing.tell(connection, number, verb, SARI, NOW, scene, SCENES, profile, PROFILES)
    with reading(engine) as connection:
        assert display_commands.commands_since(connection, NOW - SECOND) == []


def test_a_screen_is_dead_when_it_was_not_heard_for_three_signs_of_life(engine: Engine) -> None:
    with reading(engine) as connection:
        assert (dead(connection, NOW).value, dead(connection, NOW).band) == (0, "Belum ada layar dipasang")
    _, one = paired(engine)
    with writing(engine) as connection:
        display_beats.keep_beats(connection, [a_beat(one.id)])
    counted = {}
    for late in (timedelta(0), DEAD_AFTER, DEAD_AFTER + SECOND):
        with reading(engine) as connection:
            found = dead(connection, NOW + late)
        counted[late.total_seconds()] = (found.value, found.n, found.band)
    assert counted == {0: (0, 1, "Semua layar hidup"), 35: (0, 1, "Semua layar hidup"), 36: (1, 1, "Ada layar mati")}


def test_the_last_sign_of_life_replaces_the_one_before(engine: Engine) -> None:
    for second in (0, 10):
        with writing(engine) as connection:
            display_beats.keep_beats(connection, [a_beat(1, at=NOW + second * SECOND), a_beat(2)])
    with reading(engine) as connection:
        found = display_beats.last_beats(connection)
    assert {number: beat.at for number, beat in found.items()} == {1: NOW + 10 * SECOND, 2: NOW}


def approve(engine: Engine, code: object, title: str = "Aula kiri", profile: str = "", at: datetime = NOW) -> None:
    with writing(engine) as connection:
        editing.approve(connection, code, title, profile, PROFILES, CODE_HOLDS, SARI, at)


def paired(engine: Engine) -> tuple[str, Display]:
    """A paired screen and its key."""
    asked = access.ask(engine, "aula", "10.0.0.4", NOW)
    approve(engine, asked.code)
    key = access.collect_key(engine, asked.key, NOW)
    found = access.display_of(engine, key, NOW)
    assert key
    assert found
    return key, found


def a_beat(display: int, **given: object) -> Beat:
    defaults: dict[str, object] = {
        "display": display, "at": NOW, "scene": "udara", "said": "ISPU 59, sedang", "held": "", "painted_ms": 400,
        "message_ms": 900, "data_s": 60, "heap_bytes": 9_000_000, "width": 1920, "height": 1080, "release": "abc",
        "up_s": 3600,
    }  # fmt: skip
    return Beat(**{**defaults, **given})  # type: ignore[arg-type]
