"""Who gets a bed, who is refused and why, and what waits for a narcologist?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from plumbing.clocks import ClockSet
from plumbing.tasks import TaskClosed, TaskOpened
from services.health_narcology import decisions
from services.health_narcology import messages as m
from services.health_narcology.facts import ReferralKept
from tests.health_narcology.lives import (
    CENTRE,
    CLINIC,
    DUE,
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


def test_a_free_bed_is_held_at_once_with_a_key_and_a_clock():
    kept, held, clock, capacity = decisions.answer_referral(asked(), known(), MOMENT)
    assert (kept.referral.state, kept.referral.bed, kept.referral.held_at, kept.keys) == ("held", 1, NOW, KEYS)
    assert held == m.BedHeld("need", 1, KEYS.public, UNTIL)
    assert clock == ClockSet("need", "hold/1", UNTIL, "need")
    assert (capacity.beds_free, capacity.sequence) == (2, 5)


@pytest.mark.parametrize("centre, question, code", [
    (replace(CENTRE, beds_free=()), asked(), "no_bed"),
    (replace(CENTRE, is_open=False), asked(), "closed"),
    (CENTRE, asked(facility="nowhere"), "unknown_facility"),
    (CENTRE, asked(facility=CLINIC.code), "unknown_facility"),
    (CENTRE, asked("examination", facility=CENTRE.code), "unknown_facility"),
    (CENTRE, asked("other"), "other"),
])
def test_what_cannot_be_taken_is_refused_with_its_code(centre, question, code):
    kept, refused = decisions.answer_referral(question, known(centre=centre), MOMENT)
    assert refused == m.ReferralRefused("need", 1, code)
    assert (kept.referral.state, kept.referral.code, kept.referral.bed, kept.keys) == ("refused", code, 0, None)


def test_a_referral_heard_twice_takes_no_second_bed():
    after = fold(known(), decisions.answer_referral(asked(), known(), MOMENT))
    assert decisions.answer_referral(asked(), after, MOMENT) == ()


def test_someone_who_was_brought_gets_no_second_bed_at_another_attempt():
    events = decisions.answer_referral(asked(attempt=2), known(kept=referral("detox", "brought")), MOMENT)
    assert events == (m.ReferralRefused("need", 2, "declined"),)


def test_after_a_withdrawal_the_next_attempt_is_answered_anew():
    events = decisions.answer_referral(asked(attempt=2), known(kept=referral("detox", "withdrawn")), MOMENT)
    assert only(events, m.BedHeld)[0].attempt == 2


def test_two_referrals_of_one_batch_get_two_beds():
    first = decisions.answer_referral(asked(), known(), MOMENT)
    facts = fold(known(), first)
    second = decisions.answer_referral(replace(asked(), need_id="other"), {**facts, ("keys", "other/1"): KEYS}, MOMENT)
    assert (first[0].referral.bed, second[0].referral.bed) == (1, 2)
    assert capacities(second) == [(1, 6)]


def test_a_proposal_waits_for_a_narcologist_with_a_clock():
    kept, task = decisions.answer_referral(asked("examination"), known(), MOMENT)
    assert (kept.referral.state, kept.referral.bed, kept.referral.public_key) == ("waiting", 0, None)
    assert isinstance(task, TaskOpened) and (task.queue, task.due_at, task.region) == (CLINIC.code, DUE, "KZ-55")


def test_a_needed_examination_makes_a_key_and_asks_for_the_card():
    events = act("examine", referral("examination", "waiting"))
    kept = only(events, ReferralKept)[0]
    assert (kept.referral.state, kept.referral.public_key, kept.keys) == ("decided", KEYS.public, KEYS)
    assert only(events, m.ExaminationDecided) == [m.ExaminationDecided("need", 1, KEYS.public)]
    assert only(events, TaskClosed) == [TaskClosed("need", "examination", "Aigul")]
    assert only(events, TaskOpened)[0].due_at == NOW + timedelta(days=10)


def test_an_examination_that_is_not_needed_says_no_more_than_decided():
    events = act("not_needed", referral("examination", "waiting"))
    assert [event for event in events if hasattr(event, "event")] == [m.ExaminationDecided("need", 1, None)]
    assert only(events, ReferralKept)[0].keys is None
    assert state_after(events) == "not_needed"


def test_a_confirmed_hold_keeps_its_clock_running():
    events = decisions.confirm(m.HealthHoldConfirmed("need", 1), known(kept=referral("detox", "held")), MOMENT)
    assert state_after(events) == "confirmed" and len(events) == 1


@pytest.mark.parametrize("state", ["confirmed", "brought", "admitted", "expired", "withdrawn"])
def test_a_confirmation_that_comes_too_late_changes_nothing(state):
    facts = known(kept=referral("detox", state))
    assert decisions.confirm(m.HealthHoldConfirmed("need", 1), facts, MOMENT) == ()


def test_a_confirmation_of_another_attempt_changes_nothing():
    assert decisions.confirm(m.HealthHoldConfirmed("need", 2), known(kept=referral("detox", "held")), MOMENT) == ()


@pytest.mark.parametrize("state", ["held", "confirmed"])
def test_a_withdrawn_hold_is_let_go_and_acknowledged(state):
    facts = known(kept=referral("detox", state))
    events = decisions.withdraw(m.HealthReferralWithdrawn("need", 1), facts, MOMENT)
    assert only(events, m.WithdrawalAcknowledged) == [m.WithdrawalAcknowledged("need", 1, True)]
    assert (state_after(events), capacities(events)) == ("withdrawn", [(3, 5)])


@pytest.mark.parametrize("state", ["brought", "admitted", "extended", "released", "refused"])
def test_a_withdrawal_puts_nobody_out_and_is_acknowledged_all_the_same(state):
    facts = known(kept=referral("detox", state))
    answer = decisions.withdraw(m.HealthReferralWithdrawn("need", 1), facts, MOMENT)
    assert answer == (m.WithdrawalAcknowledged("need", 1, False),)


@pytest.mark.parametrize("state, task", [("waiting", "examination"), ("decided", "close")])
def test_a_withdrawn_proposal_leaves_nobody_waiting(state, task):
    facts = known(kept=referral("examination", state))
    events = decisions.withdraw(m.HealthReferralWithdrawn("need", 1), facts, MOMENT)
    assert TaskClosed("need", task, "router") in events and state_after(events) == "withdrawn"
    assert only(events, m.WithdrawalAcknowledged) == [m.WithdrawalAcknowledged("need", 1, False)]


@pytest.mark.parametrize("kept, attempt", [(None, 1), (referral("detox", "held"), 2)])
def test_a_withdrawal_of_what_was_never_held_is_acknowledged(kept, attempt):
    answer = decisions.withdraw(m.HealthReferralWithdrawn("need", attempt), known(kept=kept), MOMENT)
    assert answer == (m.WithdrawalAcknowledged("need", attempt, False),)


@pytest.mark.parametrize("kind, state, kept", [
    ("detox", "held", True), ("detox", "confirmed", True), ("detox", "admitted", True), ("examination", "decided", True),
    ("detox", "expired", False), ("detox", "released", False), ("examination", "not_needed", False),
    ("examination", "waiting", False), ("examination", "closed", False),
])
def test_a_card_is_kept_only_while_there_is_a_key_for_it(kind, state, kept):
    card = m.RespondentCardSealed("need", b"sealed")
    events = decisions.keep_card(card, known(kept=referral(kind, state)), MOMENT)
    assert [event.referral.sealed for event in events] == ([b"sealed"] if kept else [])


def test_a_card_for_an_unknown_need_is_not_kept():
    assert decisions.keep_card(m.RespondentCardSealed("need", b"sealed"), known(), MOMENT) == ()


def test_a_clinic_publishes_no_bed_and_is_open():
    opened, said = decisions.open_facility(m.OpenFacility("clinic-2", "KZ-10", "narcology", 100), known(), MOMENT)
    assert (opened.facility.beds_free, said.beds_free, said.is_open, said.sequence) == ((), 0, True, 1)


def test_a_centre_opens_once_with_all_its_beds():
    command = m.OpenFacility("detox-2", "KZ-10", "detox", 14)
    events = decisions.open_facility(command, known(), MOMENT)
    assert events[1].beds_free == 14
    assert decisions.open_facility(command, fold(known(), events), MOMENT) == ()
