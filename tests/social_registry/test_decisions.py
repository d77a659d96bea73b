"""Who gets a place, who is refused and why, and who decides about a notice?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from plumbing.clocks import ClockDue, ClockSet, ClockStopped
from plumbing.service import CommandRefused
from services.social_registry import cards, decisions
from services.social_registry import messages as m
from services.social_registry.facts import ReferralKept
from tests.social_registry.lives import (
    CENTRE,
    KEYS,
    MOMENT,
    NOW,
    UNTIL,
    act,
    asked,
    capacities,
    fold,
    known,
    only,
    referral,
)


def state_after(events):
    return only(events, ReferralKept)[-1].referral.state


def test_mother_and_children_get_their_places_at_once_with_a_key_and_a_clock():
    kept, held, clock, capacity = decisions.answer_shelter_referral(asked(1, 2), known(), MOMENT)
    assert (kept.referral.state, kept.referral.places, kept.keys) == ("held", (1, 2, 3), KEYS)
    assert held == m.PlaceHeld("need", 1, KEYS.public, UNTIL)
    assert clock == ClockSet("need", "hold/1", UNTIL, "need")
    assert (capacity.night_free, capacity.day_free, capacity.sequence) == (1, 2, 5)


def test_a_day_place_is_held_among_the_day_places():
    events = decisions.answer_shelter_referral(asked(1, 0, "day"), known(), MOMENT)
    assert capacities(events) == [(4, 1, 5)]


@pytest.mark.parametrize("centre, question, code", [
    (CENTRE, asked(1, 4), "full"),
    (CENTRE, asked(1, 2, "day"), "full"),
    (CENTRE, asked(1, 0, sex="male"), "profile"),
    (replace(CENTRE, is_open=False), asked(), "closed"),
    (CENTRE, replace(asked(), facility_code="nowhere"), "unknown_facility"),
])
def test_who_cannot_be_taken_is_refused_with_a_code(centre, question, code):
    kept, refused = decisions.answer_shelter_referral(question, known(centre=centre), MOMENT)
    assert refused == m.ReferralRefused("need", 1, code)
    assert (kept.referral.state, kept.referral.places, kept.keys) == ("refused", (), None)


def test_a_man_is_taken_where_men_are_admitted():
    facts = known(centre=replace(CENTRE, admits_men=True))
    assert only(decisions.answer_shelter_referral(asked(sex="male"), facts, MOMENT), m.PlaceHeld)


def test_two_referrals_of_one_batch_get_different_places():
    first = decisions.answer_shelter_referral(asked(1, 1), known(), MOMENT)
    facts = {**fold(known(), first), ("keys", "other/1"): KEYS}
    second = decisions.answer_shelter_referral(replace(asked(1, 1), need_id="other"), facts, MOMENT)
    assert (first[0].referral.places, second[0].referral.places) == ((1, 2), (3, 4))
    assert capacities(second) == [(0, 2, 6)]


def test_a_referral_heard_twice_takes_no_second_place():
    after = fold(known(), decisions.answer_shelter_referral(asked(1, 1), known(), MOMENT))
    assert not only(decisions.answer_shelter_referral(asked(1, 1), after, MOMENT), m.PlaceHeld)


def test_a_confirmed_hold_keeps_its_clock_running():
    events = decisions.confirm(m.ShelterHoldConfirmed("need", 1), known(kept=referral("shelter", "held")), MOMENT)
    assert state_after(events) == "confirmed" and len(events) == 1


@pytest.mark.parametrize("state, attempt", [("confirmed", 1), ("arrived", 1), ("expired", 1), ("held", 2)])
def test_a_confirmation_that_does_not_fit_changes_nothing(state, attempt):
    facts = known(kept=referral("shelter", state))
    assert decisions.confirm(m.ShelterHoldConfirmed("need", attempt), facts, MOMENT) == ()


def test_an_arrival_is_said_and_the_stay_gets_an_alarm():
    events = act("arrived", referral("shelter", "confirmed"))
    assert only(events, m.GuestArrived) == [m.GuestArrived("need", 1)]
    assert only(events, ClockSet) == [ClockSet("need", "stay/1", UNTIL + timedelta(days=150), "need")]
    assert ClockStopped("need", "hold/") in events and not capacities(events)


@pytest.mark.parametrize("name, state, outcome", [("left", "arrived", "left"), ("no_show", "confirmed", "no_show")])
def test_the_end_of_a_stay_or_hold_is_said_and_frees_the_places(name, state, outcome):
    events = act(name, referral("shelter", state))
    assert only(events, m.HoldEnded) == [m.HoldEnded("need", 1, outcome)]
    assert capacities(events) == [(4, 2, 5)]


@pytest.mark.parametrize("code, said", [("distance", "distance"), ("full", "full"), ("tired", "declined"), ("", "declined")])
def test_a_person_declines_with_a_code_that_the_table_knows(code, said):
    events = act("decline", referral("shelter", "confirmed"), code)
    assert only(events, m.ReferralRefused) == [m.ReferralRefused("need", 1, said)]


@pytest.mark.parametrize("name", ["confirm", "expire"])
def test_a_persons_form_cannot_ring_the_clock_nor_speak_for_the_router(name):
    refused, *_ = act(name, referral("shelter", "held"))
    assert isinstance(refused, CommandRefused)


@pytest.mark.parametrize("state, outcome", [("held", "expired"), ("confirmed", "no_show")])
def test_a_hold_nobody_came_for_ends_by_the_clock(state, outcome):
    events = decisions.ring(ClockDue("need", "hold/1", UNTIL, "need"), known(kept=referral("shelter", state)), MOMENT)
    assert (state_after(events), only(events, m.HoldEnded)) == (outcome, [m.HoldEnded("need", 1, outcome)])
    assert capacities(events) == [(4, 2, 5)]


@pytest.mark.parametrize("state, step", [
    ("arrived", "hold/1"), ("withdrawn", "hold/1"), ("held", "hold/2"), ("left", "stay/1"),
])
def test_a_clock_that_rings_too_late_changes_nothing(state, step):
    assert decisions.ring(ClockDue("need", step, NOW, "need"), known(kept=referral("shelter", state)), MOMENT) == ()


def test_a_long_stay_asks_a_person_to_plan_the_way_out():
    task, = decisions.ring(ClockDue("need", "stay/1", NOW, "need"), known(kept=referral("shelter", "arrived")), MOMENT)
    assert (task.kind, task.queue, task.due_at) == ("stay", CENTRE.code, NOW + timedelta(days=20))


@pytest.mark.parametrize("state", ["held", "confirmed"])
def test_a_withdrawn_hold_is_let_go_and_acknowledged(state):
    facts = known(kept=referral("shelter", state))
    events = decisions.withdraw(m.ShelterReferralWithdrawn("need", 1, "cancelled"), facts, MOMENT)
    assert only(events, m.WithdrawalAcknowledged) == [m.WithdrawalAcknowledged("need", 1, True)]
    assert (state_after(events), capacities(events)) == ("withdrawn", [(4, 2, 5)])


@pytest.mark.parametrize("kept", [None, referral("shelter", "arrived"), referral("shelter", "left")])
def test_a_withdrawal_sends_no_guest_away_and_is_acknowledged_all_the_same(kept):
    answer = decisions.withdraw(m.ShelterReferralWithdrawn("need", 1, "cancelled"), known(kept=kept), MOMENT)
    assert answer == (m.WithdrawalAcknowledged("need", 1, False),)


@pytest.mark.parametrize("kind, state, kept", [
    ("shelter", "held", True), ("shelter", "arrived", True), ("notice", "decided", True),
    ("shelter", "expired", False), ("shelter", "left", False), ("notice", "waiting", False),
])
def test_a_card_is_kept_only_while_there_is_a_key_for_it(kind, state, kept):
    with_key = replace(referral(kind, state), public_key=b"key")
    events = cards.keep_card(m.VictimCardSealed("need", b"sealed"), known(kept=with_key), MOMENT)
    assert [event.referral.sealed for event in events] == ([b"sealed"] if kept else [])
    assert cards.keep_card(m.VictimCardSealed("need", b"sealed"), known(kept=referral(kind, state)), MOMENT) == ()


def test_a_centre_opens_once_with_all_its_places():
    command = m.OpenFacility("cc-2", "KZ-10", "crisis_centre", 14, 3, False, 12, True)
    events = decisions.open_facility(command, known(), MOMENT)
    assert capacities(events) == [(14, 3, 1)]
    assert decisions.open_facility(command, fold(known(), events), MOMENT) == ()
