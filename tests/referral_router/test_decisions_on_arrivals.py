"""What follows when she has come, has not come, or has left again?"""

import pytest

from services.referral_router import facts, moves
from services.referral_router import messages as m
from tests.referral_router.region import kinds, only, report


@pytest.fixture
def asked(region):
    """Her need is asked of centre-1."""
    region.hear(report())
    return region


def test_arrival_closes_the_chain_and_stops_every_clock(asked):
    asked.answer("held")
    asked.answer("arrived")
    assert asked.need().state == "arrived" and not asked.clocks and not asked.tasks


def test_whoever_is_still_asked_when_she_has_arrived_elsewhere_is_asked_no_longer(asked):
    asked.answer("refused")
    events = asked.answer("arrived", attempt=1)
    assert (only(events, "ShelterReferralWithdrawn").attempt, asked.need().state) == (2, "arrived")


def test_a_place_still_held_when_she_has_arrived_elsewhere_is_let_go(asked):
    asked.answer("refused")
    asked.answer("held")
    events = asked.answer("arrived", attempt=1)
    assert only(events, "ShelterReferralWithdrawn").attempt == 2
    assert (asked.need().state, asked.need().facility_code) == ("arrived", "centre-1")


def test_when_she_leaves_the_place_she_came_to_nobody_is_asked_for_her_any_more(asked):
    asked.answer("refused")
    asked.answer("arrived", attempt=1)
    asked.answer("ended", attempt=1, more="left")
    assert asked.need().state == "left"


def test_who_did_not_come_is_looked_for_by_a_person_and_no_place_is_asked(asked):
    asked.answer("held")
    events = asked.answer("ended", more="no_show")
    assert (asked.need().state, asked.need().queue) == ("with_person", "womens_protection_inspector")
    assert "ShelterReferralIssued" not in kinds(events)


def test_when_nobody_says_whether_she_came_a_coordinator_asks(asked):
    asked.answer("held")
    asked.ring("arrival/1")
    assert (asked.need().state, asked.need().queue) == ("with_person", "coordinator")


def test_a_hold_that_expired_sends_her_to_the_next_place(asked):
    asked.answer("held")
    asked.answer("ended", more="expired")
    assert (asked.need().state, asked.need().facility_code) == ("asked", "centre-2")


def told_to_police(events):
    """(state, sequence) of each change that police hear of."""
    return [(event.state, event.sequence) for event in events if type(event).__name__ == "NeedStateChanged"]


def test_refusals_leave_no_gap_in_what_police_count(asked):
    asked.open("centre-3")
    asked.answer("refused")
    asked.ring("answer/2")
    asked.answer("let_go")
    asked.answer("held")
    asked.answer("arrived")
    assert asked.need().attempt == 3
    assert told_to_police(asked.said) == [("asked", 1), ("answered", 2), ("arrived", 3)]


def test_police_never_hear_how_long_she_stays(asked):
    asked.answer("held")
    asked.answer("arrived")
    assert told_to_police(asked.answer("ended", more="left")) == []


@pytest.mark.parametrize("stays", [True, False])
def test_taking_a_report_back_does_not_tell_police_whether_she_is_still_there(asked, stays):
    asked.hear(report(report_id="second"))
    asked.answer("held")
    asked.answer("arrived")
    if not stays:
        asked.answer("ended", more="left")
    heard = [told_to_police(asked.hear(m.ReportCancelled(one, 9, "unfounded"))) for one in ("report", "second")]
    assert heard == [[], []]


def test_every_state_of_a_need_has_a_word_for_police():
    assert set(moves.VISIBLE) == {*facts.LIVE, *facts.OPEN, *facts.ANSWERED, facts.WITHDRAWN}
