"""Does every move of the table of entries happen, and is every other one refused? By rule and by chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbing.service import CommandRefused
from services.social_registry.facts import Child, EntryKept
from tests.social_registry.lives import fold, only
from tests.social_registry.register_lives import MOVES, at_home, do, enter, entry, register, taken_back

STATES = ("opened", "assessed", "reviewed", "closed")
CHILD_STATES = {"unlisted": 3, "listed": 1, "closed": 2}
WITH_CHILDREN = (Child(1), Child(2, "closed", "adult"))
OF_ENTRIES = [(move, state) for move in MOVES.values() if move.kind == "entry" for state in (*STATES, "notified")]
OF_CHILDREN = [(move, state) for move in MOVES.values() if move.kind == "child" for state in CHILD_STATES]


def tried(move, state):
    """What follows when this move is tried on an entry in this state, by whoever may try it."""
    kept = entry(state) if state != "notified" else None
    if move.name == "open":
        return enter(kept, need="other")
    if move.name == "unfounded":
        return taken_back(kept, "closed" if state == "closed" else "entered") if kept else []
    return do(move.name, kept or entry("opened", entry_id="nowhere"), child=1) if kept else []


def label(value):
    return getattr(value, "name", value)


@pytest.mark.parametrize("move, state", [one for one in OF_ENTRIES if one[0].allows("entry", one[1])], ids=label)
def test_every_move_of_an_entry_is_made_and_said(move, state):
    events = tried(move, state)
    assert only(events, EntryKept)[-1].entry.state == move.to
    assert [type(event).__name__ for event in events if getattr(event, "entry_id", "")].count(move.says) == 1


@pytest.mark.parametrize("move, state", [one for one in OF_ENTRIES if not one[0].allows("entry", one[1])], ids=label)
def test_every_other_move_of_an_entry_is_refused_or_changes_no_state(move, state):
    events = tried(move, state)
    if move.label and state != "notified":
        refused, = events
        assert isinstance(refused, CommandRefused) and refused.detail.endswith(f"is {state}")
    assert {kept.entry.state for kept in only(events, EntryKept)} <= {state}


@pytest.mark.parametrize("move, state", OF_CHILDREN, ids=label)
def test_a_child_entry_moves_by_the_table_or_is_refused_with_its_state(move, state):
    events = do(move.name, entry("reviewed", children=(*WITH_CHILDREN,)), child=CHILD_STATES[state])
    if move.allows("child", state):
        assert only(events, EntryKept)
    else:
        assert isinstance(events[0], CommandRefused) and events[0].detail.endswith(f"is {state}")


def test_the_page_offers_just_the_moves_of_a_person():
    offered = {state: [move.name for move in register_acts(state)] for state in STATES}
    assert offered == {"opened": ["assess", "close"], "assessed": ["review", "close"], "reviewed": ["review", "close"], "closed": []}


def register_acts(state):
    return [move for move in MOVES.values() if move.label and move.allows("entry", state)]


ACTS = st.tuples(st.sampled_from([*register.ACTS, "enter", "take back"]), st.sampled_from("ABCDE"), st.integers(1, 4))


@given(st.lists(ACTS, max_size=25))
def test_whatever_people_do_the_entry_moves_only_by_the_table(acts):
    facts, needs = at_home(None, "waiting"), iter(f"need-{n}" for n in range(30))
    before = None
    for name, level, child in acts:
        events = _done(name, level, child, (before, needs))
        facts = fold(facts, events)
        for kept in only(events, EntryKept):
            was = before.state if before else "notified"
            moves = [move for move in MOVES.values() if move.kind == "entry" and move.allows("entry", was)]
            assert kept.entry.state == was or kept.entry.state in {move.to for move in moves}
            assert (kept.entry.state == "closed") == (kept.entry.due_on is None) and kept.entry.listed >= 0
            before = facts.get(("home", "household"))


def _done(name, level, child, world):
    before, needs = world
    if name == "enter":
        return enter(before, need=next(needs))
    if before is None:
        return []
    if name == "take back":
        return taken_back(before, need=before.notices[0])
    code = level if name in ("assess", "review") else "moved"
    return do(name, before, code if name != "list_child" else "", child=child)
