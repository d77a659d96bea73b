"""What follows from what the one who was asked says, or does not say?"""

import pytest

from plumbing.clocks import ClockDue
from services.referral_router import messages as m
from services.referral_router.decisions import UnknownNeed
from tests.referral_router.region import HOUR, kinds, only, report
from tests.stores import NOW


@pytest.fixture
def asked(region):
    """Her need is asked of centre-1."""
    region.hear(report())
    return region


@pytest.fixture
def with_coordinator(asked):
    """All were asked, nobody could; a person has it."""
    asked.answer("refused")
    asked.answer("refused")
    assert asked.need().queue == "coordinator"
    return asked


def test_a_held_place_is_confirmed_before_any_card_is_asked_for(asked):
    events = asked.answer("held")
    assert asked.need().state == "held"
    said = [name for name in kinds(events) if name in ("NeedStateChanged", "ShelterHoldConfirmed", "CardRequested")]
    assert said == ["NeedStateChanged", "ShelterHoldConfirmed", "CardRequested"]
    assert only(events, "CardRequested").public_key == b"k" * 32


def test_a_hold_heard_twice_is_confirmed_once(asked):
    asked.answer("held")
    assert asked.answer("held") == []


def test_a_held_need_waits_for_her_with_a_clock_past_the_hold(asked):
    until = only(asked.said, "ShelterReferralIssued").held_until
    asked.answer("held")
    [(step, clock)] = [(step, clock) for (subject, step), clock in asked.clocks.items() if subject == asked.need().need_id]
    assert step == "arrival/1" and clock.due_at > until


def test_a_refusal_sends_her_to_the_next_best_place(asked):
    events = asked.answer("refused", more="declined")
    issued = only(events, "ShelterReferralIssued")
    assert (issued.facility_code, issued.attempt) == ("centre-2", 2)
    assert only(events, "AttemptEnded").outcome == "declined"


def test_a_refusal_heard_twice_asks_nobody_more(asked):
    need = asked.need()
    asked.answer("refused")
    assert asked.answer("refused", need, 1) == []


def test_no_centre_is_asked_twice_in_one_round(asked):
    asked.open("centre-3")
    asked.answer("refused")
    asked.answer("refused")
    asked.answer("refused")
    assert len(set(asked.need().tried)) == 3 and asked.need().queue == "coordinator"


def test_after_three_misses_a_coordinator_has_it_with_a_clock(asked):
    for number in (3, 4, 5):
        asked.open(f"centre-{number}")
    for _ in range(3):
        asked.answer("refused")
    need = asked.need()
    assert (need.state, need.queue, len(need.tried)) == ("with_person", "coordinator", 3)
    assert asked.tasks[need.need_id, "need"].due_at == NOW + 24 * HOUR


def test_silence_withdraws_and_asks_the_next_only_after_it_was_acknowledged(asked):
    events = asked.ring("answer/1")
    assert (only(events, "ShelterReferralWithdrawn").reason, asked.need().state) == ("no_answer", "withdrawing")
    assert "ShelterReferralIssued" not in kinds(events)
    assert only(asked.answer("let_go"), "ShelterReferralIssued").attempt == 2


def test_a_withdrawal_nobody_acknowledges_is_a_coordinators_matter(asked):
    asked.ring("answer/1")
    task = only(asked.ring("ack/1"), "TaskOpened")
    assert (task.queue, task.kind, asked.need().state) == ("coordinator", "ack-1", "withdrawing")
    asked.answer("let_go")
    assert (asked.need().need_id, "ack-1") not in asked.tasks


def test_a_hold_that_crosses_the_withdrawal_waits_for_the_acknowledgement(asked):
    asked.ring("answer/1")
    assert asked.answer("held") == []
    assert only(asked.answer("let_go"), "ShelterReferralIssued").attempt == 2


def test_a_refusal_that_crosses_the_withdrawal_asks_nobody_twice(asked):
    asked.ring("answer/1")
    assert asked.answer("refused") == []
    assert only(asked.answer("let_go"), "ShelterReferralIssued").attempt == 2


def test_an_acknowledgement_heard_twice_asks_nobody_more(asked):
    need = asked.need()
    asked.ring("answer/1")
    asked.answer("let_go", need, 1)
    assert "ShelterReferralIssued" not in kinds(asked.answer("let_go", need, 1))


def test_a_late_hold_is_taken_while_a_person_looks_and_nobody_is_asked(with_coordinator):
    events = with_coordinator.answer("held", attempt=1)
    assert (with_coordinator.need().state, with_coordinator.need().facility_code) == ("held", "centre-1")
    assert only(events, "ShelterHoldConfirmed").attempt == 1 and (with_coordinator.need().need_id, "need") not in with_coordinator.tasks


def test_a_late_hold_while_another_is_asked_is_withdrawn_again(asked):
    need = asked.need()
    asked.answer("refused")
    events = asked.answer("held", need, 1)
    assert (only(events, "ShelterReferralWithdrawn").attempt, asked.need().state) == (1, "asked")
    assert only(events, "ShelterReferralWithdrawn").reason == "placed_elsewhere"
    assert [step for subject, step in asked.clocks if step.startswith("ack/1")]


def test_after_a_late_hold_the_next_attempt_gets_a_number_nobody_had(with_coordinator):
    with_coordinator.answer("held", attempt=1)
    with_coordinator.answer("ended", attempt=1, more="expired")
    with_coordinator.open("centre-9", free=9)
    issued = [one.attempt for one in with_coordinator.said if type(one).__name__ == "ShelterReferralIssued"]
    assert issued == [1, 2, 3]


def test_after_a_late_hold_the_last_one_asked_may_still_let_go(with_coordinator):
    with_coordinator.answer("held", attempt=1)
    with_coordinator.answer("let_go", attempt=2)
    assert with_coordinator.need().state == "held"


@pytest.mark.parametrize("answer", [m.PlaceHeld("nobody's", 1, b"k"), m.SocialRefused("nobody's", 1, "full"),
                                    m.SocialAcknowledged("nobody's", 1), m.GuestArrived("nobody's", 1),
                                    m.SocialHoldEnded("nobody's", 1, "left"), m.NoticeDecided("nobody's", 1, None)])
def test_an_answer_about_a_need_nobody_opened_is_kept_for_a_person(asked, answer):
    with pytest.raises(UnknownNeed, match="no attempt 1 of need nobody's was ever made"):
        asked.hear(answer)


@pytest.mark.parametrize("attempt", [2, -1])
def test_an_answer_about_an_attempt_never_made_is_kept_for_a_person(asked, attempt):
    with pytest.raises(UnknownNeed):
        asked.answer("held", attempt=attempt)


def test_a_clock_that_rings_after_the_answer_came_changes_nothing(asked):
    need = asked.need()
    asked.answer("held")
    assert asked.hear(ClockDue(need.need_id, "answer/1", NOW, "she")) == []
