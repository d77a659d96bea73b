"""Is a respondent's complaint entered, answered and on a clock, and does it change nothing for her?"""

from datetime import timedelta

import pytest

from plumbing.service import Moment
from plumbing.tasks import TaskOpened
from services.police_intake.measures import moving
from services.police_intake.measures.lives import BeginMeasure, MeasureKept
from services.police_intake.risk.broken import after_breach
from tests.police_intake.measured import LIVES, MOMENT, NOW, after, begin, do, known, measure, measures, tasks

COMPLAINT, ORDER = LIVES["respondent_complaint"].acts, LIVES["protection_order"].acts
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def order(state="served", **more):
    return measure("protection_order", state, measure_id="order", **more)


def complain(facts, **more):
    usual = {"code": "goes_too_far", "about": "order"}
    return begin("respondent_complaint", "receive", facts, **{**usual, **more})


def complaint(state="received"):
    return measure("respondent_complaint", state, about="order", code="goes_too_far")


def states(events):
    return {one.kind: one.state for one in measures(events)}


def test_a_complaint_waits_for_the_prosecutor_from_the_hour_it_was_received():
    events = complain(known(order()), at=NOW - 5 * HOUR)
    task = tasks(events)["respondent_complaint"]
    assert (task.queue, task.due_at, task.region) == ("prosecutor", NOW + 67 * HOUR, "KZ-55")
    assert measures(events)[0].about == "order"


def test_a_complaint_names_a_measure_of_this_report_else_nothing_is_kept():
    for wrong in (complain(known(order()), about=""), complain(known(order()), about="another"), complain({}),
                  complain(known(measure("second_contact", "awaited", measure_id="order")))):
        refused, = wrong
        assert refused.kind == "unknown-measure"
    none, = begin("protection_order", "issue", known(), about="order")
    assert none.kind == "unknown-measure", "only a complaint names another measure"


def test_a_complaint_is_not_received_before_what_it_is_about_began():
    early, = complain(known(order()), at=NOW - 2 * DAY - HOUR)
    assert (early.kind, early.state) == ("before-start", "served")


def test_nobody_writes_his_words_into_a_complaint_since_they_could_name_her_address():
    refused, = complain(known(order()), told={"number": "Абая-2"})
    assert refused.kind == "missing-fact"
    strange, = complain(known(order()), code="she lives at Abai 2")
    assert strange.kind == "unknown-code"


def test_the_same_complaint_twice_is_one_until_it_is_answered():
    facts = known(order(), complaint())
    refused, = complain(facts)
    assert (refused.kind, refused.state) == ("second", "received")
    assert measures(complain(facts, code="it_was_not_so")) and measures(complain(known(order(), complaint("rejected"))))


def test_police_do_not_answer_a_complaint_and_a_prosecutor_does():
    facts = known(order(), complaint())
    refused, = do(COMPLAINT["reject"], facts, office="police")
    assert refused.kind == "not-yours"
    assert states(do(COMPLAINT["reject"], facts)) == {"respondent_complaint": "rejected"}


def test_a_measure_to_be_examined_again_waits_for_the_head_of_duty():
    events = do(COMPLAINT["examine_again"], known(order(), complaint()))
    assert tasks(events)["examine_again"].queue == "duty_head" and states(events) == {"respondent_complaint": "to_be_examined"}


def test_an_order_that_the_prosecutor_revokes_answers_the_complaint_about_it_and_no_other():
    other = measure("respondent_complaint", "received", measure_id="other", about="another order")
    before = known(measure("protection_order", "served"), other, measure(
        "respondent_complaint", "received", measure_id="complaint", about="measure"))
    events = do(ORDER["revoke"], before)
    assert states(events)["protection_order"] == "revoked"
    now = after(events, before)
    assert now["measure", "complaint"].state == "order_revoked" and now["measure", "other"].state == "received"


def test_a_court_that_overturns_the_order_leaves_no_complaint_waiting_and_nobody_asked_whether_it_can_stand():
    for state, then in (("received", "overtaken_by_a_court"), ("rejected", "rejected")):
        before = known(measure("protection_order", "served"), measure(
            "respondent_complaint", state, measure_id="complaint", about="measure"))
        events = do(ORDER["overturn"], before)
        assert after(events, before)["measure", "complaint"].state == then and "base_gone" not in tasks(events)


@pytest.mark.parametrize("act", ["reject", "examine_again", "receive"])
def test_a_complaint_changes_no_grade_of_her_danger_tells_nobody_and_suspends_nothing(act):
    facts = known(order(), complaint()) | {("risk", "report"): None}
    events = complain(known(order())) if act == "receive" else after_breach(
        lambda command, facts, moment: do(COMPLAINT[act], facts))(None, facts, MOMENT)
    assert all(isinstance(event, MeasureKept | TaskOpened) or type(event).__name__ == "TaskClosed" for event in events)
    assert {one.kind for one in measures(events)} == {"respondent_complaint"}, "the order stands as it stood"


def test_a_complaint_of_an_act_that_nobody_knows_is_refused_and_not_parked():
    command = BeginMeasure("nowhere", "respondent_complaint", "receive", "A", "goes_too_far")
    refused, = moving.begin(command, {}, Moment(NOW, MOMENT.ids, MOMENT.law))
    assert refused.kind == "unknown-measure"
