"""The stages of an assessment, and which move needs which right (PermenPANRB 59/2020 Pasal 3-5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

Stage = Literal["kosong", "draf", "diverifikasi", "dikirim", "dokumen", "interviu", "visitasi", "final"]
MoveRight = Literal["assessments.draft", "assessments.verify", "assessments.send"]

STAGES: tuple[Stage, ...] = get_args(Stage)
STAGE_TITLES: dict[Stage, str] = {
    "kosong": "belum diisi",
    "draf": "draf OPD",
    "diverifikasi": "diverifikasi asesor internal",
    "dikirim": "dikirim koordinator",
    "dokumen": "nilai dokumen",
    "interviu": "nilai interviu",
    "visitasi": "nilai visitasi",
    "final": "final",
}
STAGE_LETTERS: dict[Stage, str] = dict(zip(STAGES, ("–", "D", "V", "K", "N", "I", "L", "F"), strict=True))

MOVES: dict[tuple[Stage, Stage], MoveRight] = {
    ("kosong", "draf"): "assessments.draft",
    ("draf", "draf"): "assessments.draft",
    ("draf", "diverifikasi"): "assessments.verify",
    ("diverifikasi", "draf"): "assessments.verify",
    ("diverifikasi", "dikirim"): "assessments.send",
    ("dikirim", "dokumen"): "assessments.verify",
    ("dokumen", "dokumen"): "assessments.verify",
    ("dokumen", "interviu"): "assessments.verify",
    ("interviu", "interviu"): "assessments.verify",
    ("interviu", "visitasi"): "assessments.verify",
    ("visitasi", "visitasi"): "assessments.verify",
    # A year of Pemantauan ends with the documents; a visit is made only where it is needed.
    ("dokumen", "final"): "assessments.send",
    ("interviu", "final"): "assessments.send",
    ("visitasi", "final"): "assessments.send",
}
"""From → to → the right it needs. To stay means to correct; what is not here cannot happen."""


def next_stages(stage: Stage) -> tuple[Stage, ...]:
    """Where an indicator may go from here, in the order of the stages."""
    return tuple(to for to in STAGES if (stage, to) in MOVES)


def stage_after(stage: Stage, written: Stage, by_hand: bool) -> Stage:
    """The stage after an entry. A move made by hand was checked; a workbook never takes an indicator back."""
    return written if by_hand else max(stage, written, key=STAGES.index)


def furthest(stages: Iterable[Stage]) -> Stage:
    """The furthest of several stages; 'kosong' for none."""
    return max(stages, key=STAGES.index, default="kosong")
