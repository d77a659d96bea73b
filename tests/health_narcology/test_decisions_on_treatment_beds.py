"""Who gets a treatment bed, who waits for one and for how long, and to whom does a bed go that is left?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from plumbing.clocks import ClockSet, ClockStopped
from plumbing.service import CommandRefused
from plumbing.tasks import TaskClosed, TaskOpened
from services.health_narcology import cases, decisions
from services.health_narcology import messages as m
from services.health_narcology.facts import CaseKept, FacilityOpened
from tests.health_narcology.lives import FAR, HOSPITAL, MOMENT, NOW, case, case_act, fold, known_case, only, ring_case, stages

DAY = timedelta(days=1)


def kept(events, need="need"):
    return [event.case for event in only(events, CaseKept) if event.case.need_id == need][-1]


def queued(need, days, **other):
    return replace(case("queued", in_force_at=NOW - days * DAY, **other), need_id=need)


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
    events = ring_case("queue/1/then", known_case(case("queued"), hospitals=(FAR,)))
    assert (kept(events).state, kept(events).facility_code) == ("offered", FAR.code)


def test_after_thirty_days_without_any_bed_a_person_looks():
    events = ring_case("queue/1/then", known_case(case("queued"), hospitals=()))
    assert kept(events).anywhere and only(events, TaskOpened)[0].queue == "treatment_coordinator"
    assert ring_case("queue/1/then", fold(known_case(case("queued"), hospitals=()), events)) == ()


@pytest.mark.parametrize("step", ["queue/2/then", "term/2/then"])
def test_the_clock_of_an_earlier_attempt_changes_nothing(step):
    assert ring_case(step, known_case(case("queued"))) == ()


@pytest.mark.parametrize("state", ["offered", "hospitalised", "missing", "ended"])
def test_a_queue_clock_that_rings_too_late_changes_nothing(state):
    assert ring_case("queue/1/then", known_case(case(state))) == ()


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


def test_nobody_is_offered_a_bed_while_the_court_has_not_heard_that_the_report_was_unfounded():
    facts = known_case(case("queued", contested=True), hospitals=(replace(HOSPITAL, beds_free=()),))
    left = cases.leave_bed(m.LeaveBed("treatment-1", "Aigul"), facts, MOMENT)
    assert not only(left, CaseKept)
    told = case_act("court_told", fold(facts, left))
    assert TaskClosed("need", "court_notice", "Aigul") in told and kept(told).state == "offered"
