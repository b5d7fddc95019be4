"""For each deed of each callback that writes: a payload right in every field, so that only the right decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyotp
from sqlalchemy import Connection

from dashboard.access import second_factor
from dashboard.access.roles import Action, Role
from dashboard.assessment_stages import MOVES
from dashboard.formulas.directive_course import COURSE, GIVER
from dashboard.store.people import Person
from layouts.editing.accounts import DEEDS
from tests.dashboard.push_site import Browser
from tests.journeys.changeable import (
    INDICATORS,
    TELEPHONE,
    Planted,
    device_elsewhere,
    second_factor_of,
    session_elsewhere,
)
from tests.journeys.room_112 import NOW, PASSWORD

Given = dict[str, Any]
Prepare = Callable[[Connection, Planted, Person], None]


@dataclass(frozen=True)
class Payload:
    """`about` names the deed; it changes `table`. `of_side`: who alone stands on its side, beside the right.

    `prepared` gives somebody what the deed needs of theirs. `logged`: not for what is only looked at or let go.
    """

    output: str
    about: str
    action: Action
    table: str
    given: Callable[[Planted, str], Given]
    of_side: Role | None = None
    prepared: Prepare | None = None
    logged: bool = True

    def __str__(self) -> str:
        return f"{self.output.partition('.')[0]}: {self.about}"


def fields(**typed: Any) -> Given:
    """Fields by their ids: `note_kind` is the value of 'note-kind', `assess_seen__data` the data of 'assess-seen'."""
    named = {name if "__" in name else f"{name}__value": value for name, value in typed.items()}
    return {name.replace("__", ".").replace("_", "-"): value for name, value in named.items()}


def pushed(button: str, **typed: Any) -> Given:
    """A button by its id, and fields."""
    return {f"{button}.n_clicks": 1, **fields(**typed)}


def member(kind: str, **names: Any) -> Given:
    """One button of a family."""
    return {f"{kind}.n_clicks": {"id": {"type": kind, **names}, "value": 1}}


def family(kind: str, cells: list[tuple[dict[str, Any], Any]]) -> Given:
    """Values of a family of fields, and who each is."""
    ids = [{"type": kind, **names} for names, _ in cells]
    return {f"{kind}.value": [{"id": one, "value": value} for one, (_, value) in zip(ids, cells, strict=True)],
            f"{kind}.id": [{"id": one, "value": one} for one in ids]}  # fmt: skip


def fixed(given: Given) -> Callable[[Planted, str], Given]:
    return lambda _, __: given


def code() -> str:
    return str(pyotp.TOTP(TELEPHONE).at(NOW))


WHEN = {"first_day": "2026-12-01", "first_time": "08:00", "last_day": "2026-12-01", "last_time": "10:00"}
WORD = {"words_kind": "category"}
MASTERPLAN: tuple[tuple[str, Given], ...] = (
    ("realisasi", {"row": "I-4", "year": "2026", "period": "TW3", "value": "12", "day": "2026-11-20", "evidence": ""}),
    ("target", {"row": "I-1", "year": "2026", "period": "tahunan", "value": "45"}),
    ("aksi", {"row": "A-2", "value": "60", "day": "2026-11-20", "evidence": ""}),
    ("belanja", {"year": "2026", "value": "50000000"}),
    ("pagu", {"year": "2026", "value": "120000000"}),
    ("status", {"value": "ditunda"}),
)
SIAGA = [({"word": "Siaga III", "column": column}, value) for column, value in
         (("value", "2,20"), ("returns_at", "2,00"), ("opd", "BPBD"), ("action", "Piket memantau"))]  # fmt: skip

SETTINGS = (
    Payload("words-said.children", "own word", "meanings.write", "meanings",
            fixed(pushed("word-own-save", **WORD, word_own="air bah", word_own_code="bencana"))),
    Payload("words-said.children", "save", "meanings.write", "meanings", fixed(
            {**fields(**WORD), **member("word-save", word="air bah"), **family("word-code", [({"word": "air bah"},
             "bencana")])})),
    Payload("words-said.children", "take back", "meanings.write", "meanings",
            fixed({**fields(**WORD), **member("word-back", word="banjir bandang")})),
    Payload("people-said.children", "save", "population.write", "population", fixed(
            {**pushed("people-save", people_year="2026", people_basis="Disdukcapil, semester I 2026"),
             **family("people", [({"code": "35.16.01"}, "58.214")])})),
    Payload("people-said.children", "remove", "population.write", "population",
            fixed(member("people-remove", year=2024))),
    Payload("note-said.children", "save", "notes.write", "notes", fixed(
            pushed("note-save", note_family="112", note_kind="peristiwa", note_text="Banjir di Mojoanyar",
                   note_first_day="2026-11-20"))),
    Payload("note-said.children", "withdraw", "notes.write", "notes",
            lambda made, _: member("note-withdraw", note=made.note)),
    *(Payload("links-said.children", state, "duplicates.decide", "incident_links", fixed(
            member("link-decide", source="kasus", report="T-0", state=state))) for state in ("diterima", "ditolak")),
    Payload("siaga-said.children", "save", "thresholds.write", "river_thresholds", fixed(
            {**pushed("siaga-save", siaga_post="river_level~sadar", siaga_scheme="angka", siaga_day="2026-11-26",
                      siaga_basis="SK Bupati 188/2026"), **family("siaga-cell", SIAGA)})),
    Payload("siaga-said.children", "withdraw", "thresholds.write", "river_thresholds",
            lambda made, _: member("siaga-withdraw", entry=made.threshold)),
    Payload("level-said.children", "assess", "assessments.plan", "level_entries", fixed(
            {**member("level-save", rule="siaga_banjir"),
             **family("level-cell", [({"rule": "siaga_banjir", "item": "hujan"}, "62,5")])})),
    Payload("level-said.children", "decree", "assessments.plan", "level_entries", fixed(
            {**member("level-decree", rule="siaga_banjir"), **family("level-word", [({"rule": "siaga_banjir"}, "2")]),
             **family("level-basis", [({"rule": "siaga_banjir"}, "Keputusan Bupati 188.45/12/2026")])})),
    Payload("maintenance-said.children", "announce", "maintenance.write", "service_maintenance", fixed(
            pushed("maintenance-save", maintenance_service="portal", maintenance_reason="Pindah server",
                   **{f"maintenance_{name}": value for name, value in WHEN.items()}))),
    Payload("maintenance-said.children", "withdraw", "maintenance.write", "service_maintenance", lambda made, _: member(
            "maintenance-withdraw", service="portal", start=int(NOW.timestamp() + 3600) * 1000)),
    Payload("day-off-said.children", "enter", "holidays.write", "holiday_edits", fixed(
            pushed("day-off-save", day_off_day="2026-12-22", day_off_kind="libur",
                   day_off_reason="Keputusan Bupati 12/2026"))),
    Payload("day-off-said.children", "remove", "holidays.write", "holiday_edits",
            fixed(member("day-off-remove", day="2026-12-23"))),
)  # fmt: skip

FOLLOW_UP = (
    Payload("alert-said.children", "accept", "alerts.accept", "alerts", lambda made, _: {
            **member("alert-take", alert=made.alert), **fields(alert_note="regu berangkat", alert_check="900")}),
    Payload("silence-said.children", "hold back", "alerts.silence", "silences", fixed(
            pushed("silence-save", silence_rule="*", silence_span="1 jam", silence_reason="uji coba sistem"))),
    Payload("silence-said.children", "end", "alerts.silence", "silences",
            lambda made, _: member("silence-end", silence=made.silence)),
    Payload("give-said.children", "give", "directives.give", "directives", fixed(
            pushed("give-save", give_panel="calls112.asa", give_what="Perbaiki waktu tanggap ambulans",
                   give_done="Waktu tanggap di bawah 15 menit", give_opd="Dinkes", give_due="2026-12-20"))),
    *(Payload("turn-said.children", f"{turn.name} at {stage.name}", "directives.take", "directive_turns",
              lambda made, _, stage=stage, turn=turn: {  # type: ignore[misc]
                  **member("directive-turn", directive=made.directives[stage], turn=turn.name),
                  "turn-words.value": "sudah kami kerjakan semuanya", "turn-evidence.value": "https://a.id/bukti",
                  "turn-due.value": "2026-12-20"},
              of_side="bupati" if side == GIVER else "kepala_opd")
      for (stage, turn), (side, _) in COURSE.items()),
    *(Payload("briefing-said.children", f"approve {number}", "briefings.approve", "edition_steps",
              fixed(member("briefing-approve", edition=number))) for number in (1, 2)),
    *(Payload("assess-said.children", f"{seen} → {to}", right, "assessments", fixed(
              pushed("assess-save", assess_which__data=f"SPBE-2020/2025/{INDICATORS[seen]}", assess_seen__data=seen,
                     assess_to=to, assess_value="3", assess_why="kami ubah", assess_links="")))
      for (seen, to), right in MOVES.items()),
    Payload("plan-said.children", "keep", "assessments.plan", "assessment_plans", fixed(
            pushed("plan-save", assess_which__data="SPBE-2020/2025/12", plan_owner="Dinkes", plan_aim="",
                   plan_effort="2", plan_blocked=False, plan_why=""))),
    *(Payload("plan-edit-said.children", kind, "masterplan.write", "masterplan_changes", fixed(
              pushed("plan-edit-save", plan_which__data="P-1", plan_edit_kind=kind, plan_edit_reason="rapat dewan",
                     **{f"plan_edit_{name}": value for name, value in typed.items()})))
      for kind, typed in MASTERPLAN),
    Payload("plan-row-said.children", "add a budget", "masterplan.write", "masterplan_changes", fixed(
            {**pushed("plan-row-save", plan_row_which__data={"lembar": "anggaran", "kode": "P-1"},
                      plan_row_seen__data="", plan_row_reason="rapat dewan"),
             **family("plan-cell", [({"name": "year"}, "2027"), ({"name": "planned"}, "120000000")])})),
    Payload("hand-in-preview.children", "look", "data.hand_in", "uploads", lambda made, _: {
            "hand-in-file.contents": made.workbook, "hand-in-file.filename": "isi.xlsx",
            "hand-in-source.value": "sampah"}, logged=False),
    Payload("hand-in-said.children", "accept", "data.hand_in", "waste_months", lambda made, name: pushed(
            "hand-in-accept", hand_in_number__data=made.uploads.get(name), hand_in_source="sampah")),
    Payload("hand-in-said.children", "drop", "data.hand_in", "uploads", lambda made, name: pushed(
            "hand-in-drop", hand_in_number__data=made.uploads.get(name), hand_in_source="sampah"), logged=False),
)  # fmt: skip

OWN = "account.own"
ACCESS = (
    Payload("own-said.children", "password", OWN, "people", fixed(
            pushed("own-password-save", own_old=PASSWORD, own_new="jeruk bali lima keranjang",
                   own_again="jeruk bali lima keranjang"))),
    Payload("own-said.children", "put up a code", OWN, "recovery_codes", lambda made, _: pushed(
            "own-code-save", own_code_typed=code(), own_code_sealed__data=second_factor.sealed(TELEPHONE, made.key))),
    Payload("own-said.children", "drop the code", OWN, "people", lambda _, __: pushed(
            "own-code-drop", own_code_typed=code()), prepared=second_factor_of),
    Payload("own-said.children", "new recovery codes", OWN, "recovery_codes", lambda _, __: pushed(
            "own-recovery-new", own_code_typed=code()), prepared=second_factor_of),
    Payload("own-said.children", "end the others", OWN, "sessions", fixed(pushed("own-end-others")),
            prepared=session_elsewhere),
    Payload("own-said.children", "end one", OWN, "sessions", lambda _, name: member("own-end", session=f"{name:0>64}"),
            prepared=session_elsewhere),
    Payload("own-device-said.children", "turn a device on", OWN, "push_subscriptions",
            fixed({"own-device-given.data": {"deed": "nyala", "subscription": {
                "endpoint": "https://fcm.googleapis.com/fcm/send/baru", "keys": Browser().keys}}})),
    Payload("own-device-said.children", "let a device go", OWN, "push_subscriptions",
            fixed(member("own-device-drop", device=1)), prepared=device_elsewhere),
    Payload("account-said.children", "create", "people.write", "people", fixed(
            pushed("account-create", account_name="baru", account_title="Orang Baru", account_role="bupati"))),
    Payload("account-said.children", "change", "people.write", "people", fixed(
            pushed("account-change", account_name="calon", account_title="Calon", account_role="bupati"))),
    *(Payload("account-said.children", deed, "people.write", table, lambda made, _, deed=deed, who=who: member(  # type: ignore[misc]
            "account-do", person=made.persons[who].id, deed=deed))
      for deed, table, who in (("link", "one_time_links", "calon"), ("sessions", "sessions", "joko"),
                               ("code", "people", "calon"), ("close", "people", "calon"),
                               ("open", "people", "tertutup"))),
    Payload("token-said.children", "make", "tokens.write", "api_tokens", fixed(
            pushed("token-save", token_title="Portal satu data", token_scopes=["indikator"], token_span="30 hari"))),
    Payload("token-said.children", "revoke", "tokens.write", "api_tokens", fixed(member("token-revoke", token=1))),
)  # fmt: skip

SCREENS = (
    Payload("pairing-said.children", "approve", "displays.approve", "displays", lambda made, _: pushed(
            "screen-approve", screen_code=made.code, screen_title="Aula kanan", screen_kind="aula")),
    Payload("change-said.children", "profile", "displays.control", "display_commands", lambda made, _: pushed(
            "screen-change", screen_which=str(made.screen), screen_profile="dinding")),
    Payload("change-said.children", "revoke", "displays.approve", "displays", lambda made, _: pushed(
            "screen-revoke", screen_which=str(made.screen))),
    *(Payload("screen-said.children", f"{verb} {glass}", "displays.control", "display_commands",
              lambda made, _, verb=verb, glass=glass: member(  # type: ignore[misc]
                  "screen-do", screen=made.screen, verb=verb, scene="ringkasan", glass=glass))
      for verb, glass in (("next", 0), ("pin", 0), ("pause", 0), ("resume", 0), ("pin", 1))),
)  # fmt: skip

PAYLOADS: tuple[Payload, ...] = (*SETTINGS, *FOLLOW_UP, *ACCESS, *SCREENS)
assert {payload.about for payload in ACCESS} >= set(DEEDS)
