"""Who begins a case, what leaves health, who gets the bed, and what is left when the report was unfounded?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from plumbing.clocks import ClockDue, ClockSet, ClockStopped
from plumbing.service import CommandRefused
from plumbing.tasks import TaskClosed, TaskOpened
from services.health_narcology import cases, decisions
from services.health_narcology import messages as m
from services.health_narcology.facts import CaseKept, FacilityOpened, ReferralKept
from services.health_narcology.treating import months_later
from tests.health_narcology.lives import (
    CLINIC,
    FAR,
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
)

DAY = timedelta(days=1)
WITHDRAWN = m.HealthReferralWithdrawn("need", 1)
IN_COURT = ["filed", "accepted", "returned", "granted", "queued", "offered", "hospitalised", "missing"]


def kept(events, need="need"):
    return [event.case for event in only(events, CaseKept) if event.case.need_id == need][-1]


def stages(events):
    return [event.stage for event in only(events, m.TreatmentStageReached)]


def queued(need, days, **other):
    return replace(case("queued", in_force_at=NOW - days * DAY, **other), need_id=need)


def ring(step, facts):
    return decisions.ring(ClockDue("need", step, NOW, "need"), facts, MOMENT)


def test_a_case_is_begun_by_a_narcologist_and_said_to_nobody():
    events = act("case_begun", referral("examination", "decided"))
    assert (kept(events).state, kept(events).region, kept(events).clinic_code) == ("examined", "KZ-55", CLINIC.code)
    assert only(events, ReferralKept)[0].referral.state == "in_case", "the card stays readable for the case"
    assert not [event for event in events if hasattr(event, "event")]
    task, = only(events, TaskOpened)
    assert (task.kind, task.queue, task.due_at) == ("voluntary_offer", CLINIC.code, NOW + 10 * DAY)
    assert "not verified by a lawyer" in task.reason


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


def test_a_ruling_in_force_is_offered_a_free_bed_near_home_at_once():
    events = case_act("in_force", known_case(case("granted")))
    assert (kept(events).state, kept(events).facility_code, kept(events).bed) == ("offered", HOSPITAL.code, 1)
    assert stages(events) == ["awaiting_bed"]
    task = only(events, TaskOpened)[-1]
    assert (task.kind, task.queue, task.due_at) == ("delivery", HOSPITAL.code, NOW + 10 * DAY)
    assert ClockStopped("need", "queue/") in events


def test_without_a_bed_near_home_he_waits_with_a_clock_though_there_is_one_far_away():
    events = case_act("in_force", known_case(case("granted"), hospitals=(FAR,)))
    assert (kept(events).state, kept(events).in_force_at) == ("queued", NOW)
    assert only(events, ClockSet)[0].due_at == NOW + 30 * DAY


def test_after_thirty_days_a_bed_anywhere_will_do():
    events = ring("queue/1/then", known_case(case("queued"), hospitals=(FAR,)))
    assert (kept(events).state, kept(events).facility_code) == ("offered", FAR.code)


def test_after_thirty_days_without_any_bed_a_person_looks():
    events = ring("queue/1/then", known_case(case("queued"), hospitals=()))
    assert kept(events).anywhere and only(events, TaskOpened)[0].queue == "treatment_coordinator"
    assert ring("queue/1/then", fold(known_case(case("queued"), hospitals=()), events)) == ()


@pytest.mark.parametrize("step", ["queue/2/then", "term/2/then"])
def test_the_clock_of_an_earlier_attempt_changes_nothing(step):
    assert ring(step, known_case(case("queued"))) == ()


@pytest.mark.parametrize("state", ["offered", "hospitalised", "missing", "ended"])
def test_a_queue_clock_that_rings_too_late_changes_nothing(state):
    assert ring("queue/1/then", known_case(case(state))) == ()


@pytest.mark.parametrize("name, state, code", [
    ("discharged", "hospitalised", "term_over"), ("absconded", "hospitalised", ""), ("not_brought", "offered", ""),
    ("lifted", "offered", "overturned"),
])
def test_a_bed_that_is_left_goes_to_whoever_has_waited_longest(name, state, code):
    full = (replace(HOSPITAL, beds_free=(1,)), replace(FAR, beds_free=()))
    others = [queued("young", 2), queued("old", 9), queued("far", 20, region="KZ-10"), queued("told", 30, contested=True)]
    events = case_act(name, known_case(case(state), *others, hospitals=full), code)
    assert {event.case.need_id for event in only(events, CaseKept)} == {"need", "old"}
    assert (kept(events, "old").state, kept(events, "old").bed) == ("offered", 1)


def test_who_has_waited_long_gets_a_bed_of_another_region_before_a_younger_one_of_this_region():
    facts = known_case(queued("need", 1), queued("far", 40, region="KZ-19", anywhere=True),
                       hospitals=(replace(HOSPITAL, beds_free=()),))
    events = cases.leave_bed(m.LeaveBed("treatment-1", "Aigul"), facts, MOMENT)
    assert [event.case.need_id for event in only(events, CaseKept)] == ["far"]
    assert kept(events, "far").bed == 3, "the first of the beds that were taken before"


def test_a_bed_nobody_had_before_cannot_be_left():
    refused, = cases.leave_bed(m.LeaveBed("treatment-2", "Aigul"), known_case(case("filed")), MOMENT)
    assert isinstance(refused, CommandRefused)


def test_a_new_facility_gives_its_beds_to_those_who_wait_in_their_order():
    facts = known_case(queued("a", 1), queued("b", 3), queued("c", 2), hospitals=())
    command = m.OpenFacility("treatment-9", "KZ-55", "treatment", 3, 1)
    events = decisions.open_facility(command, facts, MOMENT)
    assert only(events, FacilityOpened)[0].facility.beds_before == (3,)
    assert [(e.case.need_id, e.case.bed) for e in only(events, CaseKept)] == [("b", 1), ("c", 2)]
    assert not only(events, m.CapacityPublished), "nobody is asked for these beds"


def test_hospitalised_the_term_runs_and_a_person_discharges():
    events = case_act("hospitalised", known_case(case("offered", months=18)))
    assert stages(events) == ["in_treatment"] and kept(events).until == datetime(2028, 5, 22, 10, 7, tzinfo=UTC)
    clock, = only(events, ClockSet)
    assert (clock.due_at, clock.step[:7]) == (kept(events).until, "term/1/")
    over = replace(kept(events), until=NOW)
    task, = ring(clock.step, known_case(over))
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


def test_nobody_is_offered_a_bed_while_the_court_has_not_heard_that_the_report_was_unfounded():
    facts = known_case(case("queued", contested=True), hospitals=(replace(HOSPITAL, beds_free=()),))
    left = cases.leave_bed(m.LeaveBed("treatment-1", "Aigul"), facts, MOMENT)
    assert not only(left, CaseKept)
    told = case_act("court_told", fold(facts, left))
    assert TaskClosed("need", "court_notice", "Aigul") in told and kept(told).state == "offered"


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
