"""Does every move of the state table happen, and is every other one refused? Generated from the table itself."""

import pytest

from plumbing.clocks import ClockDue
from plumbing.service import CommandRefused
from services.health_narcology import cases, decisions
from services.health_narcology import messages as m
from services.health_narcology.facts import CARD_STATES, LIVE, OCCUPYING, ReferralKept
from tests.health_narcology.lives import LAW, MOMENT, NOW, case, fold, known, only, referral

BORN = {"detox": ("held", "refused"), "examination": ("waiting", "refused")}
WIRE = {"HoldEnded", "ReferralRefused", "PatientAdmitted", "ExaminationDecided", "WithdrawalAcknowledged"}


def states(kind):
    moves = [move for move in LAW.moves.values() if move.kind == kind]
    return sorted({*BORN[kind], *(state for move in moves for state in (*move.from_states, move.to))})


PLACES = [(move, kind, state) for move in LAW.moves.values() for kind in BORN for state in states(kind)]
ALLOWED = [place for place in PLACES if place[0].allows(*place[1:])]
REFUSED = [place for place in PLACES if not place[0].allows(*place[1:])]


def tried(move, kind, state):
    """The events when this move is tried on a referral in this state, by whoever may try it."""
    facts = known(kept=referral(kind, state, admitted_at=NOW))
    if state == "in_case":
        facts["case", "need"] = case("declined")
    if move.name == "case_ended":
        return cases.act(m.CaseAct("need", "dropped", "Aigul", "not_needed"), facts, MOMENT)
    if move.label:
        return decisions.act(m.StaffAct("need", move.name, "Aigul", (*move.codes, "")[0]), facts, MOMENT)
    if move.name == "confirm":
        return decisions.confirm(m.HealthHoldConfirmed("need", 1), facts, MOMENT)
    if "withdrawn" in move.name:
        return decisions.withdraw(m.HealthReferralWithdrawn("need", 1), facts, MOMENT)
    return decisions.ring(ClockDue("need", "hold/1", NOW, "need"), facts, MOMENT)


def label(value):
    return getattr(value, "name", value)


@pytest.mark.parametrize("move, kind, state", ALLOWED, ids=label)
def test_every_move_of_the_table_is_made_and_said(move, kind, state):
    events = tried(move, kind, state)
    kept = only(events, ReferralKept)[-1].referral
    assert kept.state == move.to
    assert {type(event).__name__ for event in events} & WIRE == ({move.says} if move.says else set())
    assert (kept.ended_at is None) == (kept.state in LIVE)


@pytest.mark.parametrize("move, kind, state", ALLOWED, ids=label)
def test_every_move_keeps_the_count_of_free_beds_true(move, kind, state):
    before = known(kept=referral(kind, state, admitted_at=NOW))
    after = fold(before, tried(move, kind, state))
    kept, centre = after["referral", "need"], after["facility", "detox-1"]
    assert (kept.bed in centre.beds_free) == (kept.bed > 0 and kept.state not in OCCUPYING)
    changed = centre.beds_free != before["facility", "detox-1"].beds_free
    assert centre.sequence - before["facility", "detox-1"].sequence == changed


@pytest.mark.parametrize("move, kind, state", [place for place in REFUSED if place[0].label], ids=label)
def test_every_act_not_in_the_table_is_refused_with_the_state_it_was_in(move, kind, state):
    refused, = tried(move, kind, state)
    assert isinstance(refused, CommandRefused) and refused.kind == "wrong-state"
    assert refused.detail.endswith(f"is {state}")


@pytest.mark.parametrize("move, kind, state", [place for place in REFUSED if not place[0].label], ids=label)
def test_no_message_or_clock_makes_a_move_that_is_not_in_the_table(move, kind, state):
    reached = {event.referral.state for event in only(tried(move, kind, state), ReferralKept)}
    others = {other.to for other in LAW.moves.values() if not other.label and other.allows(kind, state)}
    assert reached <= others and (move.to not in reached or move.to in others)


@pytest.mark.parametrize("kind", list(BORN))
def test_every_state_can_be_reached_and_every_live_one_left(kind):
    reached = {*BORN[kind], *(move.to for move in LAW.moves.values() if move.kind == kind)}
    assert set(states(kind)) == reached
    left = {state for move in LAW.moves.values() for state in move.from_states if move.kind == kind}
    assert left == set(LIVE) & reached


def test_the_page_offers_just_the_moves_of_a_person():
    assert [move.name for move in LAW.acts("detox", "brought")] == ["admitted", "refused_at_door"]
    assert [move.name for move in LAW.acts("examination", "decided")] == ["closed", "case_begun"]
    assert not LAW.acts("detox", "released")
    assert set(CARD_STATES) < set(LIVE)
