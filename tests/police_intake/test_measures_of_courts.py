"""What becomes of cases, outcomes, requirements and the ledger, and which rule says no, by its name and citation?"""

from datetime import UTC, datetime, timedelta

import pytest

from plumbing.service import CommandRefused
from plumbing.tasks import TaskClosed
from services.police_intake.facts import Person
from services.police_intake.measures import moving, taking_back
from services.police_intake.measures.lives import MoveMeasure
from tests.police_intake.measured import (
    LIVES,
    MOMENT,
    NOW,
    after,
    begin,
    do,
    kept,
    known,
    measure,
    measures,
    tasks,
)

CASE = LIVES["administrative_case"].acts
DAY = timedelta(days=1)


def case(state, **more):
    return known(measure("administrative_case", state, **more))


def test_a_first_reconciliation_writes_a_line_and_a_second_one_is_refused_with_the_rule_cited():
    first = do(CASE["reconcile"], case("in_court"))
    ended, line = measures(first)
    assert (ended.state, line.kind, line.state, line.about) == ("reconciled", "reconciliation", "recorded", "measure")
    facts = after(first, case("in_court"))
    other = measure("administrative_case", "opened", measure_id="other", report_id="another report")
    facts |= {("measure", "other"): other}
    refused, = moving.move(MoveMeasure("other", "reconcile", "Aigul", 3), facts, MOMENT)
    assert (refused.kind, refused.state) == ("against-a-rule", "reconciliation/once") and "1 July 2023" in refused.detail


def test_the_ledger_knows_a_man_under_each_of_his_rows():
    line = measure("reconciliation", "recorded", measure_id="line", report_id="earlier", person_id="he-twice")
    facts = known(measure("administrative_case", "in_court"), line)
    twice = Person("he-twice", "еркін", "Еркін", None, None, "v2", "r2", same_as="he")
    facts |= {("person", "he-twice"): twice, ("members", "he"): ("he-twice",)}
    refused, = do(CASE["reconcile"], facts)
    assert (refused.kind, refused.state) == ("against-a-rule", "reconciliation/once")


@pytest.mark.parametrize("gone", ["struck", "withdrawn"])
def test_a_line_that_was_struck_or_taken_back_bars_no_reconciliation(gone):
    line = measure("reconciliation", gone, measure_id="line", report_id="earlier")
    assert kept(do(CASE["reconcile"], known(measure("administrative_case", "in_court"), line))).state == "reconciled"


def test_with_the_case_that_was_overturned_its_line_of_the_ledger_falls():
    facts = after(do(CASE["reconcile"], case("in_court")), case("in_court"))
    overturned = do(CASE["overturn"], facts)
    assert [(one.kind, one.state) for one in measures(overturned)] == [("administrative_case", "overturned"), ("reconciliation", "struck")]


def test_before_july_2023_a_second_reconciliation_was_open():
    then = datetime(2023, 6, 1, tzinfo=UTC)
    line = measure("reconciliation", "recorded", measure_id="line", report_id="earlier")
    facts = known(measure("administrative_case", "in_court", began_at=then), line)
    assert kept(do(CASE["reconcile"], facts)).state == "reconciled", "what is open follows the day of the case"


def test_a_breach_of_an_order_is_not_answered_with_a_warning_and_community_service_is_as_old_as_its_law():
    refused, = do(CASE["warn"], case("in_court", code="461"))
    assert (refused.kind, refused.state) == ("against-a-rule", "penalty/warning-for-a-breach") and "art. 461" in refused.detail
    assert kept(do(CASE["warn"], case("in_court"))).state == "warned"
    before = case("in_court", began_at=datetime(2025, 8, 31, tzinfo=UTC))
    refused, = do(CASE["community_service"], before)
    assert (refused.kind, refused.state) == ("against-a-rule", "penalty/community-service")
    assert kept(do(CASE["community_service"], case("in_court"))).state == "community_service"


def test_every_administrative_case_ends_in_a_named_outcome_and_none_is_unexplained():
    life = LIVES["administrative_case"]
    named = {"warned", "fine_paid", "arrest_served", "service_done", "evaded", "reconciled", "terminated", "criminal", "overturned", "withdrawn"}
    assert set(life.ends) == named
    assert set(life.states) - named == {"opened", "detained", "in_court", "in_court_held", "fined", "arrested", "community_service"}


def test_an_arrest_has_days_and_its_release_is_due_on_its_last_day():
    events = do(CASE["arrest"], case("in_court_held"), told={"days": "15", "born": "1990-04-03"})
    assert kept(events).until == NOW + 15 * DAY == tasks(events)["release"].due_at
    refused, = do(CASE["arrest"], case("in_court"), told={"days": "0", "born": "1990-04-03"})
    assert refused.kind == "missing-fact"


def test_an_outcome_on_what_was_said_or_seen_is_provisional_until_a_doctor_grades_it():
    outcome = LIVES["incident_outcome"].acts
    refused, = begin("incident_outcome", "open_case", known(), told={"basis": "seen"})
    assert (refused.kind, refused.state) == ("against-a-rule", "outcome/graded-by-a-doctor") and "basis=seen" in refused.detail
    provisional = begin("incident_outcome", "provisional_case", known())
    assert tasks(provisional)["grade"].due_at == NOW + 30 * DAY
    facts = known(measure("incident_outcome", "administrative_provisional"))
    worse = do(outcome["worse"], facts, told={"basis": "forensic", "erdr_number": "2" * 15})
    assert kept(worse).state == "criminal" and TaskClosed("measure", "grade", "Aigul") in worse, "the grade changed the regime"


def test_a_report_has_one_outcome_and_a_second_one_is_refused():
    facts = known(measure("incident_outcome", "no_action", code="no_signs"))
    refused, = begin("incident_outcome", "provisional_case", facts)
    assert (refused.kind, refused.state) == ("second", "no_action")


@pytest.mark.parametrize(("months", "is_lawful"), [("2", False), ("3", True), ("12", True), ("13", False)])
def test_special_requirements_last_three_to_twelve_months(months, is_lawful):
    events = begin("special_requirements", "impose", known(), told={"months": months, "reports_a_month": "1", "born": "unknown"})
    if is_lawful:
        assert kept(events).state == "imposed"
    else:
        assert (events[0].kind, events[0].state) == ("against-a-rule", "requirements/three-to-twelve-months") and "art. 54" in events[0].detail


@pytest.mark.parametrize(("number", "is_lawful"), [("1", True), ("4", True), ("5", False)])
def test_he_reports_one_to_four_times_a_month(number, is_lawful):
    events = begin("special_requirements", "impose", known(), told={"months": "3", "reports_a_month": number, "born": "unknown"})
    assert is_lawful or (events[0].kind, events[0].state) == ("against-a-rule", "requirements/one-to-four-reports-a-month")
    assert not is_lawful or kept(events).told["reports_a_month"] == number


@pytest.mark.parametrize(("told", "days"), [({}, 30), ({"reports_a_month": "1"}, 30), ({"reports_a_month": "4"}, 7.5)])
def test_he_is_awaited_as_often_as_the_court_says_and_each_report_begins_the_next_wait(told, days):
    acts = LIVES["special_requirements"].acts
    events = do(acts["come_into_force"], known(measure("special_requirements", "imposed", told={"months": "3", **told})))
    assert tasks(events)["monthly_report"].due_at == NOW + days * DAY
    active = measure("special_requirements", "active", told={"months": "3", **told}, until=NOW + 60 * DAY)
    assert tasks(do(acts["reported"], known(active)))["monthly_report"].due_at == NOW + days * DAY


def test_requirements_in_force_run_for_the_courts_months_and_propose_him_for_the_register():
    facts = known(measure("special_requirements", "imposed", told={"months": "3"}))
    events = do(LIVES["special_requirements"].acts["come_into_force"], facts)
    active, proposed = measures(events)
    assert active.until == datetime(2027, 2, 22, 10, 7, 31, tzinfo=UTC)
    assert (proposed.kind, proposed.state, proposed.about, proposed.code) == ("preventive_register", "proposed", "measure", "special_requirements")
    assert {"monthly_report", "tell_her_required"} <= set(tasks(events))


def test_an_unfounded_report_withdraws_every_measure_and_leaves_no_line_of_the_ledger():
    facts = known(*(measure(kind, life.states[0], measure_id=kind) for kind, life in LIVES.items()))
    events = taking_back.take_back("report", facts, MOMENT)
    assert [one.state for one in measures(events)] == ["withdrawn"] * (len(LIVES) - 1), "a notice to a court begins with it"
    again = taking_back.take_back("report", after(events, facts), MOMENT)
    assert again == [], "heard twice, it does nothing"


def test_a_report_that_was_taken_back_gets_no_new_measure():
    refused, = begin("protection_order", "issue", known(active=False))
    assert isinstance(refused, CommandRefused) and refused.kind == "taken-back"
