"""Does every move of the table of cases happen, and is every other one refused? Generated from the table itself."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbing.clocks import ClockSet, ClockStopped
from plumbing.service import CommandRefused
from plumbing.tasks import clocks_of
from services.health_narcology import cases, decisions
from services.health_narcology import messages as m
from services.health_narcology.facts import IN_BED, CaseKept, FacilityOpened, ReferralKept
from services.health_narcology.treating import UNCHANGED
from services.health_narcology.wiring import SERVICE
from tests.health_narcology.lives import HOSPITAL, LAW, MOMENT, case, case_act, known, known_case, only, referral

TABLE = LAW.cases
STATES = sorted({"examined", *(s for move in TABLE.moves.values() for s in (*move.from_states, move.to) if s != UNCHANGED)})
LIVE = [state for state in STATES if state != "ended"]
PLACES = [(move, state) for move in TABLE.moves.values() for state in STATES]
ALLOWED = [place for place in PLACES if place[0].allows("treatment", place[1])]
REFUSED = [place for place in PLACES if place[0].label and not place[0].allows("treatment", place[1])]
BEFORE_COURT = ("examined", "voluntary", "declined")
OUTSIDE = ("before_court", "awaiting_bed", "in_treatment", "missing", "ended")


def tried(move, state, **other):
    """The events when this move is tried on a case in this state, by whoever may try it; no bed is free."""
    facts = known_case(case(state, **{"contested": move.name == "court_told", **other}), hospitals=())
    if state in IN_BED or move.name == "offered":
        facts = known_case(facts["case", "need"])
    if move.name == "report_withdrawn":
        return decisions.withdraw(m.HealthReferralWithdrawn("need", 1), facts, MOMENT)
    if move.name == "offered":
        return cases.lend(FacilityOpened(facts["facility", "treatment-1"]), facts, MOMENT)
    return case_act(move.name, facts, (*move.codes, "")[0], 12)


def label(value):
    return getattr(value, "name", value)


@pytest.mark.parametrize("move, state", ALLOWED, ids=label)
def test_every_move_of_the_table_is_made_and_says_its_stage_and_no_more(move, state):
    events = tried(move, state)
    kept = only(events, CaseKept)[-1].case
    assert kept.state == (state if move.to == UNCHANGED else move.to)
    assert [one.stage for one in only(events, m.TreatmentStageReached)] == ([move.says] if move.says else [])
    assert (kept.ended_at is not None) == (kept.state == "ended") == bool(only(events, ReferralKept))
    assert kept.state != "ended" or kept.code


@pytest.mark.parametrize("move, state", REFUSED, ids=label)
def test_every_act_not_in_the_table_is_refused_with_the_state_it_was_in(move, state):
    refused, = case_act(move.name, known_case(case(state)), (*move.codes, "")[0], 12)
    assert isinstance(refused, CommandRefused) and refused.kind == "wrong-state" and refused.detail.endswith(f"is {state}")


@pytest.mark.parametrize("move, state", ALLOWED, ids=label)
def test_after_every_move_an_open_case_has_a_clock_and_an_ended_one_has_none(move, state):
    before = tried(next(m for m, s in ALLOWED if m.to == state and s != state), _before(state)) if state != "examined" else (
        cases.begin(referral("examination", "decided"), known(), MOMENT))
    running = _running(before, set())
    assert running, "it came into its state with a clock"
    after = _running(tried(move, state), running)
    assert bool(after) == (only(tried(move, state), CaseKept)[-1].case.state != "ended"), after


@pytest.mark.parametrize("state", LIVE)
def test_every_state_can_be_reached_and_every_live_one_left(state):
    assert state == "examined" or [move for move in TABLE.moves.values() if move.to == state]
    assert [move for move in TABLE.moves.values() if state in move.from_states and move.to not in (UNCHANGED, state)]


def test_a_petition_is_filed_only_by_whom_voluntary_treatment_was_offered():
    assert set(TABLE.moves["filed"].from_states) == {"declined", "returned"}
    assert set(TABLE.moves["declined"].from_states) == {"examined", "voluntary"}
    ways = [move for move in TABLE.moves.values() if move.to == "returned"]
    assert all(state in ("filed", "accepted") for move in ways for state in move.from_states)


@pytest.mark.parametrize("move", TABLE.moves.values(), ids=label)
def test_nothing_leaves_health_before_a_petition_and_every_end_after_it_is_told(move):
    assert move.says in ("", *OUTSIDE)
    if set(move.from_states) & set(BEFORE_COURT) and move.name != "filed":
        assert not move.says
    elif move.to == "ended":
        assert move.says == "ended"


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["one", "two"])), min_size=30, max_size=90))
def test_no_random_life_gives_a_bed_twice_or_leaves_a_case_without_a_clock(acts):
    """Two cases and one bed: whoever is in it, the other waits with a clock of its own; who has ended begins anew."""
    lives = {"one": set(), "two": set()}
    facts = known_case(case("examined"), hospitals=(replace(HOSPITAL, beds_free=(1,)),))
    for number, who in [(0, "one"), (0, "two"), *acts]:
        _happen(facts, lives, _next(facts, number, who))
        cases_now = {one: facts["case", one] for one in lives if ("case", one) in facts}
        held = [one for one, now in cases_now.items() if now.state in IN_BED]
        assert len(held) <= 1 and facts["facility", "treatment-1"].beds_free == (() if held else (1,))
        assert held or not facts["queue", "all"], "nobody waits for a bed that is free"
        assert {one for one in lives if lives[one]} == {one for one, now in cases_now.items() if now.state != "ended"}


def _next(facts, number, who):
    """Anything a person may do with this case; now and then something else; a withdrawal; or its beginning."""
    now = facts.get(("case", who))
    if now is None or now.state == "ended":
        facts["referral", who] = replace(referral("examination", "in_case"), need_id=who)
        return cases.begin(facts["referral", who], facts, MOMENT)
    if number == 30:
        return decisions.withdraw(m.HealthReferralWithdrawn(who, 1), facts, MOMENT)
    offered = [move for move in TABLE.acts("treatment", now.state) if move.to != "ended" or number % 3 == 0]
    move = list(TABLE.moves.values())[number % len(TABLE.moves)] if number > 27 or not offered else offered[number % len(offered)]
    return cases.act(m.CaseAct(who, move.name, "Aigul", (*move.codes, "")[0], 12), facts, MOMENT)


def _happen(facts, lives, events):
    for event in events:
        facts.update(SERVICE.evolve(facts, event))
    for one in lives:
        lives[one] = _running([event for event in events if getattr(event, "subject", "") == one], lives[one])


def _before(state):
    return next(s for move, s in ALLOWED if move.to == state and s != state)


def _running(events, before):
    """The steps of clocks that run after these events."""
    steps = set(before)
    for event in events:
        for own in clocks_of(event) or [event]:
            if isinstance(own, ClockSet):
                steps.add(own.step)
            elif isinstance(own, ClockStopped):
                steps = {step for step in steps if not step.startswith(own.step)}
    return steps
