"""Does every move of the state table happen, and is every other one refused? Generated from the table itself."""

import pytest

from plumbing.clocks import ClockDue
from plumbing.service import CommandRefused
from services.social_registry import decisions
from services.social_registry import messages as m
from services.social_registry.facts import OCCUPYING, ReferralKept
from tests.social_registry.lives import LAW, MOMENT, NOW, fold, known, only, referral

# Born without a move; `withdrawn` is reached by the router's withdrawal, which is not in the table.
BORN = {"shelter": ("held", "refused", "withdrawn"), "notice": ("waiting", "refused", "withdrawn")}
WIRE = {"HoldEnded", "ReferralRefused", "GuestArrived", "NoticeDecided"}


def states(kind):
    moves = [move for move in LAW.referrals.moves.values() if move.kind == kind]
    return sorted({*BORN[kind], *(state for move in moves for state in (*move.from_states, move.to))})


PLACES = [(move, kind, state) for move in LAW.referrals.moves.values() for kind in BORN for state in states(kind)]
ALLOWED = [place for place in PLACES if place[0].allows(*place[1:])]
REFUSED = [place for place in PLACES if not place[0].allows(*place[1:])]


def tried(move, kind, state):
    """The events when this move is tried on a referral in this state, by whoever may try it."""
    facts = known(kept=referral(kind, state))
    if move.label:
        return decisions.act(m.StaffAct("need", move.name, "Dana", (*move.codes, "")[0]), facts, MOMENT)
    if move.name == "confirm":
        return decisions.confirm(m.ShelterHoldConfirmed("need", 1), facts, MOMENT)
    return decisions.ring(ClockDue("need", "hold/1", NOW, "need"), facts, MOMENT)


def label(value):
    return getattr(value, "name", value)


@pytest.mark.parametrize("move, kind, state", ALLOWED, ids=label)
def test_every_move_of_the_table_is_made_and_said(move, kind, state):
    events = tried(move, kind, state)
    assert only(events, ReferralKept)[-1].referral.state == move.to
    assert {type(event).__name__ for event in events} & WIRE == ({move.says} if move.says else set())


@pytest.mark.parametrize("move, kind, state", ALLOWED, ids=label)
def test_every_move_keeps_the_count_of_free_places_true(move, kind, state):
    before = known(kept=referral(kind, state))
    after = fold(before, tried(move, kind, state))
    kept, centre = after["referral", "need"], after["facility", "cc-1"]
    assert set(kept.places) <= set(centre.night_free) or kept.state in OCCUPYING
    assert not set(kept.places) & set(centre.night_free) or kept.state not in OCCUPYING
    changed = centre.night_free != before["facility", "cc-1"].night_free
    assert centre.sequence - before["facility", "cc-1"].sequence == changed


@pytest.mark.parametrize("move, kind, state", [place for place in REFUSED if place[0].label], ids=label)
def test_every_act_not_in_the_table_is_refused_with_the_state_it_was_in(move, kind, state):
    refused, = tried(move, kind, state)
    assert isinstance(refused, CommandRefused) and refused.kind == "wrong-state"
    assert refused.detail.endswith(f"is {state}")


@pytest.mark.parametrize("move, kind, state", [place for place in REFUSED if not place[0].label], ids=label)
def test_no_message_or_clock_makes_a_move_that_is_not_in_the_table(move, kind, state):
    reached = {event.referral.state for event in only(tried(move, kind, state), ReferralKept)}
    others = {other.to for other in LAW.referrals.moves.values() if not other.label and other.allows(kind, state)}
    assert reached <= others and (move.to not in reached or move.to in others)


def test_the_page_offers_just_the_moves_of_a_person():
    assert [move.name for move in LAW.referrals.acts("shelter", "held")] == ["arrived", "decline"]
    assert [move.name for move in LAW.referrals.acts("notice", "waiting")] == ["visit", "no_visit", "enter"]
    assert not LAW.referrals.acts("shelter", "left")
