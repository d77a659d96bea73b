"""Who was brought, admitted, refused at the door, let go, and what did the clock do?"""

from datetime import timedelta

import pytest

from plumbing.clocks import ClockDue, ClockSet, ClockStopped
from plumbing.service import CommandRefused
from plumbing.tasks import TaskClosed, TaskOpened
from services.health_narcology import decisions
from services.health_narcology import messages as m
from services.health_narcology.facts import ReferralKept
from tests.health_narcology.lives import CENTRE, MOMENT, NOW, UNTIL, act, capacities, known, only, referral


def state_after(events):
    return only(events, ReferralKept)[-1].referral.state


def test_who_is_brought_must_be_examined_within_thirty_minutes():
    events = act("brought", referral("detox", "confirmed", held_at=NOW - timedelta(hours=1)))
    kept, task = only(events, ReferralKept)[0].referral, only(events, TaskOpened)[0]
    assert (kept.state, kept.brought_at, kept.held_at) == ("brought", NOW, NOW - timedelta(hours=1))
    assert (task.queue, task.due_at) == (CENTRE.code, NOW + timedelta(minutes=30))
    assert ClockStopped("need", "hold/") in events
    assert not [event for event in events if hasattr(event, "event")], "brought is said to nobody, and frees nothing"


def test_an_admission_is_said_and_the_stay_gets_a_clock():
    events = act("admitted", referral("detox", "brought", brought_at=NOW))
    assert only(events, m.PatientAdmitted) == [m.PatientAdmitted("need", 1)]
    assert only(events, ClockSet) == [ClockSet("need", "stay/1/24", NOW + timedelta(hours=24), "need")]
    assert only(events, TaskClosed) == [TaskClosed("need", "brought", "Aigul")]
    assert only(events, ReferralKept)[0].referral.admitted_at == NOW and not capacities(events)


@pytest.mark.parametrize("code", ["mild", "severe", "other_illness", "no_bed"])
def test_the_reason_at_the_door_stays_in_health(code):
    events = act("refused_at_door", referral("detox", "brought"), code)
    assert only(events, ReferralKept)[0].referral.code == code
    said = [event for event in events if hasattr(event, "event")]
    assert said[0] == m.HoldEnded("need", 1, "refused_at_door") and code not in repr(said)
    assert capacities(events) == [(3, 5)]


@pytest.mark.parametrize("name, state", [("refused_at_door", "brought"), ("decline", "confirmed")])
def test_a_refusal_without_a_known_code_is_no_refusal(name, state):
    refused, = act(name, referral("detox", state), "tired")
    assert isinstance(refused, CommandRefused) and refused.kind == "unknown-code"


def test_a_declined_hold_is_refused_with_its_code_and_frees_the_bed():
    events = act("decline", referral("detox", "confirmed"), "closed")
    assert only(events, m.ReferralRefused) == [m.ReferralRefused("need", 1, "closed")]
    assert capacities(events) == [(3, 5)] and ClockStopped("need", "hold/") in events


@pytest.mark.parametrize("state", ["held", "confirmed", "admitted", "refused"])
def test_a_persons_form_cannot_ring_the_clock_nor_speak_for_the_router(state):
    for name in ("confirm", "expire", "expire_confirmed", "withdrawn"):
        refused, = act(name, referral("detox", state))
        assert refused.kind == "unknown"


def test_after_24_hours_a_person_is_asked_to_release():
    clock = ClockDue("need", "stay/1/24", NOW, "need")
    task, = decisions.ring(clock, known(kept=referral("detox", "admitted")), MOMENT)
    assert (task.kind, task.queue, task.region) == ("stay", CENTRE.code, "KZ-55") and "due for release" in task.reason


def test_an_extended_stay_ends_48_hours_after_admission():
    admitted = NOW - timedelta(hours=23)
    events = act("extended", referral("detox", "admitted", admitted_at=admitted))
    assert only(events, ClockSet) == [ClockSet("need", "stay/1/48", admitted + timedelta(hours=48), "need")]
    assert ClockStopped("need", "stay/") in events and TaskClosed("need", "stay", "Aigul") in events
    refused, = act("extended", only(events, ReferralKept)[0].referral)
    assert refused.kind == "wrong-state"


@pytest.mark.parametrize("outcome", ["released", "hospitalised"])
@pytest.mark.parametrize("state", ["admitted", "extended"])
def test_the_end_of_a_stay_is_said_and_frees_the_bed(outcome, state):
    events = act(outcome, referral("detox", state))
    assert only(events, m.HoldEnded) == [m.HoldEnded("need", 1, outcome)]
    assert capacities(events) == [(3, 5)] and only(events, ReferralKept)[0].referral.ended_at == NOW


@pytest.mark.parametrize("state, outcome", [("held", "expired"), ("confirmed", "not_brought")])
def test_a_hold_nobody_came_for_ends_by_the_clock(state, outcome):
    events = decisions.ring(ClockDue("need", "hold/1", UNTIL, "need"), known(kept=referral("detox", state)), MOMENT)
    assert (state_after(events), only(events, m.HoldEnded)) == (outcome, [m.HoldEnded("need", 1, outcome)])
    assert capacities(events) == [(3, 5)]


@pytest.mark.parametrize("step", ["hold/1", "stay/1/24"])
@pytest.mark.parametrize("state", ["brought", "released", "withdrawn"])
def test_a_clock_that_rings_too_late_changes_nothing(state, step):
    assert decisions.ring(ClockDue("need", step, NOW, "need"), known(kept=referral("detox", state)), MOMENT) == ()


def test_the_clock_of_an_earlier_attempt_does_not_end_this_one():
    clock = ClockDue("need", "hold/2", NOW, "need")
    assert decisions.ring(clock, known(kept=referral("detox", "held")), MOMENT) == ()
