"""Has every bad input about a measure a defined answer, and does each measure do what it is there for? Nothing is lost."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from plumbing.clocks import ClockDue, ClockSet
from plumbing.service import Moment
from plumbing.tasks import TaskClosed
from services.police_intake.journal.moments import KAZAKHSTAN
from services.police_intake.measures import moving, safety
from services.police_intake.measures.lives import (
    PROSECUTOR,
    MeasureParked,
    MoveMeasure,
    SettleParked,
)
from tests.police_intake.measured import (
    HIM,
    LAW,
    LIVES,
    MOMENT,
    NOW,
    RECORDED,
    after,
    begin,
    do,
    kept,
    known,
    measure,
    measures,
    tasks,
)

ORDER, CASE = LIVES["protection_order"].acts, LIVES["administrative_case"].acts
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def order(state="served", **more):
    return known(measure("protection_order", state, **more))


def case(state, **more):
    return known(measure("administrative_case", state, **more))


def test_a_measure_for_an_unknown_incident_waits_with_its_age_until_a_person_names_its_report():
    parked, task = begin("protection_order", "issue", {})
    assert isinstance(parked, MeasureParked) and (task.subject, task.kind, task.queue) == (parked.parked_id, "parked_measure", "duty_head")
    waiting = {parked.fact: parked}
    nowhere, = moving.settle(SettleParked(parked.parked_id, "nowhere", "Dana"), waiting, MOMENT)
    assert nowhere.kind == "unknown-report", "and it goes on waiting"
    events = moving.settle(SettleParked(parked.parked_id, "report", "Dana"), known() | waiting, MOMENT)
    assert kept(events).state == "issued" and TaskClosed(parked.parked_id, "parked_measure", "Dana") in events
    again, = moving.settle(SettleParked(parked.parked_id, "report", "Dana"), after(events, known() | waiting), MOMENT)
    assert (again.kind, again.state) == ("not-waiting", "report")


def test_a_second_identical_order_is_refused_with_the_state_of_the_first():
    refused, = begin("protection_order", "issue", order("not_served"))
    assert (refused.kind, refused.state) == ("second", "not_served")
    assert kept(begin("protection_order", "issue", order("expired"))).state == "issued", "after its end a new one may be issued"


def test_an_expired_order_cannot_be_broken_and_the_refusal_says_that_it_expired():
    refused, = do(ORDER["breach"], order("expired"), code="called")
    assert (refused.kind, refused.state) == ("wrong-state", "expired")


def test_an_end_before_its_start_is_refused_with_the_state_and_since_when():
    refused, = do(ORDER["breach"], order(), code="called", at=NOW - 2 * DAY)
    assert (refused.kind, refused.state) == ("before-start", "served") and "2026-11-21" in refused.detail
    early, = begin("protection_order", "issue", known(), at=RECORDED - DAY - HOUR)
    assert early.kind == "before-start"
    at_the_scene = begin("protection_order", "issue", known(), at=RECORDED - HOUR)
    assert kept(at_the_scene).state == "issued", "the desk registers after the scene"
    late, = do(ORDER["breach"], order(), code="called", at=NOW + HOUR)
    assert late.kind == "in-the-future"


def test_a_court_decision_about_another_person_is_refused():
    refused, = do(CASE["arrest"], case("in_court"), told={"days": "10", "born": "1991-04-03"})
    assert (refused.kind, refused.state) == ("another-person", "in_court")
    assert kept(do(CASE["arrest"], case("in_court"), told={"days": "10", "born": "unknown"})).state == "arrested"


def test_an_appeal_that_overturns_an_order_sends_what_rests_on_it_to_a_person():
    breach = measure("administrative_case", "in_court", measure_id="breach", about="measure", code="461")
    facts = known(measure("protection_order", "breached"), breach)
    events = do(ORDER["overturn"], facts)
    assert kept(events).state == "overturned"
    assert [(one.subject, one.queue) for one in tasks(events).values()] == [("breach", "duty_head")]
    stands = moving.move(MoveMeasure("breach", "stand", "Dana", 3), after(events, facts), MOMENT)
    assert TaskClosed("breach", "base_gone", "Dana") in stands and kept(stands).state == "in_court"


def test_an_order_that_was_not_served_is_told_to_her_as_not_in_force_and_searched_for_daily():
    events = do(ORDER["not_found"], order("issued"))
    found = tasks(events)
    assert found["tell_her"].queue == "women_protection_inspector" and "not yet in force" in found["tell_her"].reason
    assert found["search"].due_at == NOW + DAY and kept(events).until is None, "no term runs"
    assert tasks(do(ORDER["searched"], order("not_served")))["search"].due_at == NOW + DAY


def test_a_refused_signature_counts_as_service_only_before_a_witness():
    refused, = do(ORDER["serve_refused"], order("issued"), told={})
    assert refused.kind == "missing-fact"
    assert kept(do(ORDER["serve_refused"], order("issued"))).until == NOW + 30 * DAY


@pytest.mark.parametrize("act", ["serve", "serve_refused"])
def test_a_served_order_goes_to_the_prosecutor_in_a_day_is_checked_weekly_and_ends_after_thirty_days(act):
    events = do(ORDER[act], order("not_served"))
    found = tasks(events)
    assert (found["prosecutor_copy"].due_at, found["check"].due_at) == (NOW + DAY, NOW + 7 * DAY)
    clock, = (event for event in events if isinstance(event, ClockSet) and "expire" in event.step)
    assert (clock.due_at, clock.step) == (NOW + 30 * DAY, "measure/expire/4")
    facts = after(events, order("not_served"))
    late = replace(MOMENT, now=NOW + 31 * DAY)
    ended = safety.ring(ClockDue("measure", clock.step, clock.due_at, "measure"), facts, late)
    assert (kept(ended).state, kept(ended).since) == ("expired", NOW + 30 * DAY)


def test_a_breach_names_the_order_opens_a_case_and_has_her_danger_assessed_again():
    events = do(ORDER["breach"], order(), code="followed")
    broken, opened = measures(events)
    assert broken.state == "breached" and broken.until == order()["measure", "measure"].until
    assert (opened.kind, opened.about, opened.code, opened.state) == ("administrative_case", "measure", "461", "opened")
    assert tasks(events)["danger"].due_at == NOW + DAY
    again = measures(do(ORDER["breach"], order("breached"), code="called"))
    assert [one.kind for one in again] == ["protection_order", "administrative_case"], "each breach is a case of its own"


def test_only_a_prosecutor_revokes_or_protests_and_police_answer_within_three_days():
    refused, = do(ORDER["revoke"], order(), office="police")
    assert refused.kind == "not-yours"
    events = do(ORDER["protest"], order(), office=PROSECUTOR)
    assert kept(events).state == "served" and tasks(events)["protest"].due_at == NOW + 3 * DAY


def test_an_order_is_not_issued_on_a_child_under_sixteen_and_the_rule_is_cited():
    facts = known() | {("person", "he"): replace(HIM, birth_date=date(2012, 1, 1))}
    refused, = begin("protection_order", "issue", facts)
    assert (refused.kind, refused.state) == ("against-a-rule", "protection-order/from-sixteen-years")
    assert "214-IV" in refused.detail and "published source" in refused.detail and "years=14" in refused.detail
    unknown = known() | {("person", "he"): replace(HIM, birth_date=None)}
    assert kept(begin("protection_order", "issue", unknown)).state == "issued"


def test_an_order_is_issued_from_the_day_of_sixteen_as_a_calendar_here_shows_it():
    """He is sixteen on 22 November, which begins here while the day before goes on in UTC."""
    facts = known() | {("person", "he"): replace(HIM, birth_date=date(2010, 11, 22))}
    midnight = datetime(2026, 11, 22, tzinfo=KAZAKHSTAN).astimezone(UTC)
    [refused] = begin("protection_order", "issue", facts, at=midnight - timedelta(minutes=1))
    assert "years=15" in refused.detail
    assert kept(begin("protection_order", "issue", facts, at=midnight)).state == "issued"


def test_a_clock_that_rings_late_or_twice_changes_nothing():
    clock = ClockDue("measure", "measure/expire/4", NOW, "measure")
    assert safety.ring(clock, order("revoked"), MOMENT) == () == safety.ring(clock, {}, Moment(NOW, MOMENT.ids, LAW))
