"""Who begins a case, what leaves health, who gets the bed, and what is left when the report was unfounded?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from plumbing.clocks import ClockSet, ClockStopped
from plumbing.service import CommandRefused
from plumbing.tasks import TaskOpened
from services.health_narcology import decisions
from services.health_narcology import messages as m
from services.health_narcology.facts import CaseKept, ReferralKept
from services.health_narcology.treating import months_later
from tests.health_narcology.lives import (
    CLINIC,
    HOSPITAL,
    MOMENT,
    NOW,
    act,
    case,
    case_act,
    fold,
    known,
    known_case,
    only,
    referral,
    ring_case,
    stages,
)

DAY = timedelta(days=1)
WITHDRAWN = m.HealthReferralWithdrawn("need", 1)
IN_COURT = ["filed", "accepted", "returned", "granted", "queued", "offered", "hospitalised", "missing"]


def kept(events, need="need"):
    return [event.case for event in only(events, CaseKept) if event.case.need_id == need][-1]


def test_a_case_is_begun_by_a_narcologist_and_said_to_nobody():
    events = act("case_begun", referral("examination", "decided"))
    assert (kept(events).state, kept(events).region, kept(events).clinic_code) == ("examined", "KZ-55", CLINIC.code)
    assert only(events, ReferralKept)[0].referral.state == "in_case", "the card stays readable for the case"
    assert not [event for event in events if hasattr(event, "event")]
    task, = only(events, TaskOpened)
    assert (task.kind, task.queue, task.due_at) == ("voluntary_offer", CLINIC.code, NOW + 10 * DAY)
    assert task.reason.startswith("offer voluntary treatment first")


@pytest.mark.parametrize("name, code", [("closed", ""), ("not_needed", "")])
def test_what_is_not_needed_begins_no_case(name, code):
    state = "decided" if name == "closed" else "waiting"
    assert not only(act(name, referral("examination", state), code), CaseKept)


def test_voluntary_treatment_and_its_end_are_said_to_nobody_and_the_key_goes():
    facts = known_case(case("examined"))
    first = case_act("voluntary", facts)
    facts = fold(facts, first)
    second = case_act("voluntary_over", facts)
    assert (kept(second).state, kept(second).code, kept(second).ended_at) == ("ended", "voluntary_over", NOW)
    assert not [event for event in [*first, *second] if hasattr(event, "event")]
    assert only(second, ReferralKept)[0].referral.state == "closed"


def test_a_petition_is_refused_before_voluntary_treatment_was_offered():
    refused, = case_act("filed", known_case(case("examined")))
    assert isinstance(refused, CommandRefused) and refused.detail == "this cannot be done: the case is examined"


def test_a_petition_says_that_a_court_has_it_and_nothing_more():
    said = [event for event in case_act("filed", known_case(case("declined"))) if hasattr(event, "event")]
    assert said == [m.TreatmentStageReached("need", 1, "before_court")]


@pytest.mark.parametrize("months, code", [(5, "unlawful-term"), (25, "unlawful-term"), (0, "unlawful-term"), (6, ""), (24, "")])
def test_a_court_sets_six_to_twenty_four_months(months, code):
    events = case_act("granted", known_case(case("accepted", months=0)), months=months)
    assert events[0].kind == code if code else (kept(events).months, kept(events).state) == (months, "granted")


@pytest.mark.parametrize("name, state, code", [("dropped", "declined", "tired"), ("discharged", "hospitalised", "")])
def test_an_end_without_a_known_code_is_no_end(name, state, code):
    refused, = case_act(name, known_case(case(state)), code)
    assert refused.kind == "unknown-code"


def test_hospitalised_the_term_runs_and_a_person_discharges():
    events = case_act("hospitalised", known_case(case("offered", months=18)))
    assert stages(events) == ["in_treatment"] and kept(events).until == datetime(2028, 5, 22, 10, 7, tzinfo=UTC)
    clock, = only(events, ClockSet)
    assert (clock.due_at, clock.step[:7]) == (kept(events).until, "term/1/")
    over = replace(kept(events), until=NOW)
    task, = ring_case(clock.step, known_case(over))
    assert (task.kind, task.queue) == ("discharge", HOSPITAL.code)


def test_the_term_runs_on_for_who_absconded_and_his_place_in_the_queue_is_kept():
    until = NOW + 100 * DAY
    facts = known_case(case("hospitalised", until=until), hospitals=(replace(HOSPITAL, beds_free=(1,)),))
    away = case_act("absconded", facts)
    assert (stages(away), kept(away).bed) == (["missing"], 0)
    assert only(away, TaskOpened)[0].due_at == NOW + timedelta(hours=1), "police are told at once"
    facts = fold(facts, away)
    back = case_act("found", facts)
    assert (kept(back).state, kept(back).in_force_at, kept(back).stay) == ("offered", NOW - 3 * DAY, 2)
    facts = fold(facts, back)
    assert kept(case_act("hospitalised", facts)).until == until


def test_a_review_asks_again_in_ninety_days_and_leaves_the_term_alone():
    events = case_act("reviewed", known_case(case("hospitalised", until=NOW + DAY)))
    assert [task.kind for task in only(events, TaskOpened)] == ["review"]
    assert not only(events, ClockSet) and not only(events, ClockStopped)


@pytest.mark.parametrize("state", ["examined", "voluntary", "declined"])
def test_an_unfounded_report_ends_a_case_no_court_has_and_destroys_the_card(state):
    events = decisions.withdraw(WITHDRAWN, known_case(case(state)), MOMENT)
    assert (kept(events).state, kept(events).code) == ("ended", "report_withdrawn")
    assert only(events, ReferralKept)[0].referral.state == "withdrawn"
    assert [event for event in events if hasattr(event, "event")] == [m.WithdrawalAcknowledged("need", 1, False)]
    assert not only(events, TaskOpened)


@pytest.mark.parametrize("state", IN_COURT)
def test_what_lies_with_a_court_is_not_erased_but_goes_to_a_person_and_is_acknowledged(state):
    facts = known_case(case(state))
    events = decisions.withdraw(WITHDRAWN, facts, MOMENT)
    assert (kept(events).state, kept(events).contested) == (state, True)
    task, = only(events, TaskOpened)
    assert (task.kind, task.queue, task.due_at) == ("court_notice", CLINIC.code, NOW + DAY)
    assert [event for event in events if hasattr(event, "event")] == [m.WithdrawalAcknowledged("need", 1, False)]
    again = decisions.withdraw(WITHDRAWN, fold(facts, events), MOMENT)
    assert again == (m.WithdrawalAcknowledged("need", 1, False),)


def test_a_court_is_told_only_of_a_report_that_was_taken_back():
    refused, = case_act("court_told", known_case(case("filed")))
    assert refused.kind == "wrong-state"


def test_a_withdrawal_after_the_end_is_acknowledged_and_changes_nothing():
    facts = known(kept=referral("examination", "closed")) | {("case", "need"): case("ended")}
    assert decisions.withdraw(WITHDRAWN, facts, MOMENT) == (m.WithdrawalAcknowledged("need", 1, False),)


@pytest.mark.parametrize("months, then", [(6, (2027, 2, 28)), (12, (2027, 8, 31)), (18, (2028, 2, 29)), (24, (2028, 8, 31))])
def test_months_are_those_of_the_calendar(months, then):
    assert months_later(datetime(2026, 8, 31, tzinfo=UTC), months) == datetime(*then, tzinfo=UTC)


def test_an_act_in_a_case_nobody_began_is_refused():
    refused, = case_act("filed", known())
    assert refused.kind == "unknown"
