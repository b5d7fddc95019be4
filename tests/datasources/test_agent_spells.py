"""What a queue_log says of members and agents: who was there from when to when, whatever lines it lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasources.calls112.agent_spells import EVERY_QUEUE, OpenSpell, SpellFold
from datasources.calls112.records import AgentSpell

START = 1_795_400_000
EVENTS = (
    "ADDMEMBER", "REMOVEMEMBER", "AGENTLOGIN", "AGENTCALLBACKLOGIN", "AGENTLOGOFF", "AGENTCALLBACKLOGOFF",
    "PAUSE", "UNPAUSE", "PAUSEALL", "UNPAUSEALL", "QUEUESTART",
)  # fmt: skip
Told = tuple[str, str, int, int | None]
"""queue, kind, start, end; seconds since START."""


@pytest.mark.parametrize(
    ("log", "told"),
    [
        ("0 112 ADDMEMBER, 60 112 REMOVEMEMBER", [("112", "login", 0, 60)]),
        ("0 112 ADDMEMBER", [("112", "login", 0, None)]),
        ("0 NONE AGENTLOGIN PJSIP/1-a, 60 NONE AGENTLOGOFF PJSIP/1-a 60", [("", "login", 0, 60)]),
        ("0 NONE AGENTCALLBACKLOGIN 2001@piket, 60 NONE AGENTCALLBACKLOGOFF 2001@piket 60 Autologoff",
         [("", "login", 0, 60)]),
        ("0 112 PAUSE makan, 60 112 UNPAUSE", [("112", "pause", 0, 60)]),
        ("0 NONE PAUSEALL, 0 112 PAUSE, 60 NONE UNPAUSEALL, 60 112 UNPAUSE",
         [("", "pause", 0, 60), ("112", "pause", 0, 60)]),
        ("0 NONE PAUSEALL, 0 112 PAUSE, 0 113 PAUSE, 60 112 UNPAUSE",
         [("", "pause", 0, 60), ("112", "pause", 0, 60), ("113", "pause", 0, None)]),
        ("0 112 ADDMEMBER PAUSED", [("112", "login", 0, None), ("112", "pause", 0, None)]),
        ("0 112 ADDMEMBER, 9 112 PAUSE, 60 112 REMOVEMEMBER", [("112", "login", 0, 60), ("112", "pause", 9, 60)]),
        ("0 112 ADDMEMBER, 1 113 ADDMEMBER, 9 113 PAUSE, 60 112 REMOVEMEMBER",
         [("112", "login", 0, 60), ("113", "login", 1, None), ("113", "pause", 9, None)]),
        ("0 NONE AGENTLOGIN x, 9 112 PAUSE, 60 NONE AGENTLOGOFF x 60", [("", "login", 0, 60), ("112", "pause", 9, 60)]),
        ("0 112 CONFIGRELOAD, 1 112 SYSCOMPAT", []),
    ],
)  # fmt: skip
def test_each_event_opens_or_closes_its_spell(log: str, told: list[Told]) -> None:
    assert spells(log) == told


@pytest.mark.parametrize(
    ("log", "told"),
    [
        # The end was lost: it lasted until it began again.
        ("0 112 ADDMEMBER, 60 112 ADDMEMBER", [("112", "login", 0, 60), ("112", "login", 60, None)]),
        ("0 112 PAUSE makan, 60 112 PAUSE salat", [("112", "pause", 0, 60), ("112", "pause", 60, None)]),
        # A member who can be added after a restart was gone with it, and so was the pause.
        ("0 112 ADDMEMBER, 5 112 PAUSE, 30 NONE QUEUESTART, 40 NONE QUEUESTART, 60 112 ADDMEMBER",
         [("112", "login", 0, 30), ("112", "pause", 5, 30), ("112", "login", 60, None)]),
        # A member who can be removed after a restart was kept over it.
        ("0 112 ADDMEMBER, 30 NONE QUEUESTART, 60 112 REMOVEMEMBER", [("112", "login", 0, 60)]),
        ("0 112 ADDMEMBER, 30 NONE QUEUESTART", [("112", "login", 0, None)]),
        ("0 NONE AGENTCALLBACKLOGIN x, 30 NONE QUEUESTART", [("", "login", 0, None)]),
        # A login by a channel ends with the process that held it.
        ("0 NONE AGENTLOGIN x, 5 NONE PAUSEALL, 30 NONE QUEUESTART", [("", "login", 0, 30), ("", "pause", 5, 30)]),
        # The start was lost: the seconds since are on the line of the end, or nowhere.
        ("60 NONE AGENTLOGOFF PJSIP/1-a 45", [("", "login", 15, 60)]),
        ("60 NONE AGENTLOGOFF PJSIP/1-a", []),
        ("60 112 REMOVEMEMBER, 61 112 UNPAUSE, 62 NONE UNPAUSEALL", []),
        # Lines read again after the log was turned.
        ("0 112 ADDMEMBER, 0 112 ADDMEMBER", [("112", "login", 0, None)]),
        ("50 112 ADDMEMBER, 20 112 REMOVEMEMBER", [("112", "login", 50, None)]),
        ("0 112 ADDMEMBER, 9 112 REMOVEMEMBER, 0 112 ADDMEMBER, 9 112 REMOVEMEMBER", [("112", "login", 0, 9)]),
    ],
)  # fmt: skip
def test_a_lost_line_closes_nothing_in_silence(log: str, told: list[Told]) -> None:
    assert spells(log) == told


def test_agents_do_not_end_each_other() -> None:
    fold = SpellFold()
    for line in ("0|NONE|112|Agent/1|ADDMEMBER", "1|NONE|112|Agent/2|ADDMEMBER", "2|NONE|112|Agent/1|REMOVEMEMBER"):
        seconds, _, rest = line.partition("|")
        fold.add(f"{START + int(seconds)}|{rest}".encode().split(b"|"))
    assert [(s.agent_code, s.end is None) for s in fold.spells()] == [("Agent/1", False), ("Agent/2", True)]
    assert [spell[0] for spell in fold.open()] == ["Agent/2"]


def test_a_spell_is_told_in_utc_with_the_code_of_its_agent() -> None:
    fold = SpellFold()
    fold.add(b"1795400000|1795400000.7|NONE|PJSIP/2001|AGENTLOGIN|PJSIP/2001-0001".split(b"|"))
    start = datetime.fromtimestamp(START, UTC)
    assert fold.spells() == (AgentSpell("PJSIP/2001", EVERY_QUEUE, "login", start),)


def test_only_what_these_lines_changed_is_told() -> None:
    fold = SpellFold([("Agent/1", "112", "login", START, 0, False)])
    assert fold.spells() == ()
    assert len(fold.open()) == 1


@pytest.mark.parametrize(
    "line",
    [
        "1795400000|NONE|112|NONE|ADDMEMBER",
        "1795400000|NONE|112||PAUSE",
        f"1795400000|NONE|112|{'x' * 65}|PAUSE",
        "1795400000|NONE||Agent/1|PAUSE",
        f"1795400000|NONE|{'q' * 65}|Agent/1|PAUSE",
        "kemarin|NONE|112|Agent/1|PAUSE",
        "12|NONE|112|Agent/1|PAUSE",
        "99999999999|NONE|112|Agent/1|PAUSE",
    ],
)
def test_a_damaged_line_is_refused_and_changes_nothing(line: str) -> None:
    fold = SpellFold()
    with pytest.raises((ValueError, IndexError)):
        fold.add(line.encode().split(b"|"))
    assert (fold.spells(), fold.open()) == ((), [])


lines = st.lists(
    st.tuples(st.integers(1, 500), st.sampled_from(EVENTS), st.sampled_from(["112", "113"]), st.sampled_from("AB")),
    max_size=40,
)


@settings(max_examples=300, deadline=None)
@given(lines, st.lists(st.integers(0, 40), max_size=6))
def test_where_the_log_is_cut_never_shows(drawn: list[tuple[int, str, str, str]], cuts: list[int]) -> None:
    log = written(drawn)
    whole = SpellFold()
    for fields in log:
        whole.add(fields)
    kept: dict[tuple[str, str, str, datetime], datetime | None] = {}
    carried: list[OpenSpell] = []
    edges = [0, *sorted(min(cut, len(log)) for cut in cuts), len(log)]
    for first, last in pairwise(edges):
        fold = SpellFold((a, q, k, start, up, on) for a, q, k, start, up, on in json.loads(json.dumps(carried)))
        for fields in log[first:last]:
            fold.add(fields)
        for spell in fold.spells():
            key = (spell.agent_code, spell.queue, spell.kind, spell.start)
            kept[key] = spell.end or kept.get(key)
        carried = fold.open()
    assert kept == {(s.agent_code, s.queue, s.kind, s.start): s.end for s in whole.spells()}
    assert carried == whole.open()


@settings(max_examples=300, deadline=None)
@given(lines)
def test_spells_of_one_agent_queue_and_kind_follow_each_other(drawn: list[tuple[int, str, str, str]]) -> None:
    fold = SpellFold()
    for fields in written(drawn):
        fold.add(fields)
    by_key: dict[tuple[str, str, str], list[AgentSpell]] = {}
    for spell in sorted(fold.spells(), key=lambda s: s.start):
        by_key.setdefault((spell.agent_code, spell.queue, spell.kind), []).append(spell)
    for following in by_key.values():
        assert all(s.end is None or s.end >= s.start for s in following)
        assert all(a.end is not None and a.end <= b.start for a, b in pairwise(following))
    lasting = {(s.agent_code, s.queue, s.kind) for s in fold.spells() if s.end is None}
    assert lasting == {spell[:3] for spell in fold.open()}


def written(drawn: list[tuple[int, str, str, str]]) -> list[list[bytes]]:
    """Lines in the order of time; no two in one second, as one agent does not log in twice in it."""
    moment, log = START, []
    for gap, event, queue, agent in drawn:
        moment += gap
        where = queue if event in ("ADDMEMBER", "REMOVEMEMBER", "PAUSE", "UNPAUSE") else "NONE"
        who = "NONE" if event == "QUEUESTART" else f"Agent/{agent}"
        log.append(f"{moment}|NONE|{where}|{who}|{event}".encode().split(b"|"))
    return log


def spells(log: str) -> list[Told]:
    """What 'seconds queue EVENT data…, …' of one agent tells."""
    fold = SpellFold()
    for line in log.split(", "):
        seconds, queue, event, *data = line.split()
        agent = "NONE" if event in ("QUEUESTART", "CONFIGRELOAD", "SYSCOMPAT") else "Agent/8001"
        fold.add("|".join((str(START + int(seconds)), "NONE", queue, agent, event, *data)).encode().split(b"|"))
    return [
        (s.queue, s.kind, int(s.start.timestamp()) - START, None if s.end is None else int(s.end.timestamp()) - START)
        for s in fold.spells()
    ]
