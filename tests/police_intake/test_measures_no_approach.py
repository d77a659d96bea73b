"""Does a no-approach order of criminal procedure live as its table says, and is she told when it binds him and when it ends?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from plumbing.clocks import ClockDue, ClockSet, ClockStopped
from plumbing.service import Moment
from plumbing.tasks import TaskClosed
from services.police_intake.facts import NeedSeen, Person
from services.police_intake.measures import moving, safety
from services.police_intake.measures.lives import NOTHING, MeasureKept, MoveMeasure
from services.police_intake.measures.said import OffenderStatusForSafety
from services.police_intake.roster.assigning import WITH_HER
from tests.police_intake.measured import (
    HIM,
    LAW,
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
    report,
    tasks,
)

CASE, ORDER = LIVES["criminal_link"].acts, LIVES["no_approach_order"].acts
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OVER = datetime(2027, 1, 31, 19, tzinfo=UTC)  # midnight here after the court's last day, 31 January
HER = Person("she", "ойдан", "Ойдан", None, None, "she-as-victim", "respondent-of-she")
HERS = {("needs of", "report"): (NeedSeen("her-need", "shelter", "asked", "", 1),)}


def order(state, **more):
    return known(measure("no_approach_order", state, about="case", **more)) | HERS


def said(events):
    return [event for event in events if isinstance(event, OffenderStatusForSafety)]


def clocks(events):
    return {event.step.split("/")[1]: event.due_at for event in events if isinstance(event, ClockSet)}


@pytest.mark.parametrize("state", ["investigated", "in_court"])
def test_it_is_asked_for_in_a_criminal_case_which_it_names_and_no_form_begins_it_elsewhere(state):
    case, asked = measures(do(CASE["ask_no_approach"], known(measure("criminal_link", state))))
    assert (case.state, asked.kind, asked.state, asked.about) == (state, "no_approach_order", "requested", "measure")
    assert not LIVES["no_approach_order"].offered(NOTHING, "police")
    [refused] = begin("no_approach_order", "apply", known())
    assert refused.kind == "unknown-act"


def test_the_same_case_has_one_at_a_time_and_after_a_refusal_or_its_end_it_is_asked_for_anew():
    facts = known(measure("criminal_link", "investigated"))
    facts = after(do(CASE["ask_no_approach"], facts), facts)
    [refused] = do(CASE["ask_no_approach"], facts)
    assert (refused.kind, refused.state) == ("second", "requested")
    for ended in ("refused", "lifted", "ended", "expired"):
        before = measure("no_approach_order", ended, measure_id="before", about="measure")
        assert len(measures(do(CASE["ask_no_approach"], known(measure("criminal_link", "investigated"), before)))) == 2, ended
    other = measure("no_approach_order", "announced", measure_id="other", about="another case")
    assert len(measures(do(CASE["ask_no_approach"], known(measure("criminal_link", "investigated"), other)))) == 2


def test_sanctioned_but_not_announced_it_protects_nobody_and_he_is_searched_for_every_day():
    sanctioned = do(ORDER["sanction"], order("requested"))
    assert kept(sanctioned).until is None and not clocks(sanctioned), "no term runs"
    assert tasks(sanctioned)["no_approach_announce"].due_at == NOW + DAY
    missing = do(ORDER["not_found"], order("sanctioned"))
    assert tasks(missing)["no_approach_announce"].due_at == NOW + DAY and "not yet in force" in tasks(missing)["tell_her"].reason
    [refused] = do(ORDER["breach"], order("sanctioned"), code="called")
    assert (refused.kind, refused.state) == ("wrong-state", "sanctioned")


def test_announced_it_binds_him_through_the_courts_last_day_and_she_is_told_that_it_does_and_before_it_ends():
    events = do(ORDER["announce"], order("sanctioned"))
    assert kept(events).until == OVER and clocks(events) == {"expire": OVER, "ending_soon": OVER - 3 * DAY}
    told = tasks(events)["tell_her_no_approach"]
    assert (told.queue, told.due_at) == ("women_protection_inspector", NOW + DAY) and told.kind in WITH_HER
    facts = after(events, order("sanctioned"))
    soon = safety.ring(ClockDue("measure", "measure/ending_soon/4", OVER - 3 * DAY, "measure"), facts, Moment(OVER - 3 * DAY, MOMENT.ids, LAW))
    assert said(soon) == [OffenderStatusForSafety("her-need", "order_ending", OVER)]
    ended = safety.ring(ClockDue("measure", "measure/expire/4", OVER, "measure"), facts, Moment(OVER, MOMENT.ids, LAW))
    assert kept(ended).state == "expired"


def test_where_the_court_has_set_no_last_day_it_goes_on_until_somebody_ends_it_and_she_is_told_then():
    facts = order("sanctioned", told={"until_day": "none"})
    events = do(ORDER["announce"], facts)
    assert kept(events).until is None and not clocks(events) and "check" in tasks(events)
    lifted = do(ORDER["lift"], after(events, facts), seen=4)
    assert said(lifted) == [OffenderStatusForSafety("her-need", "order_ending", NOW.replace(minute=0, second=0))]
    assert [one.code for one in measures(lifted) if one.kind == "safety_notice"] == ["order_ending"]


@pytest.mark.parametrize("act", ["lift", "end", "overturn"])
@pytest.mark.parametrize("state, is_told", [("announced", True), ("breached", True), ("sanctioned", False)])
def test_whatever_ends_it_she_is_told_and_of_what_never_bound_him_she_is_not(act, state, is_told):
    until = {"until": OVER} if is_told else {}
    assert bool(said(do(ORDER[act], order(state, **until)))) == is_told


@pytest.mark.parametrize("day, kind", [("2026-11-22", ""), ("2026-11-21", "before-start"), ("2026-11-31", "missing-fact"), ("soon", "missing-fact")])
def test_a_last_day_that_is_none_or_was_before_the_decision_is_a_slip_and_refused(day, kind):
    events = do(ORDER["sanction"], order("requested"), told={"until_day": day, "born": "unknown"})
    assert (getattr(events[0], "kind", "") if kind else kept(events).state) == (kind or "sanctioned")


def test_its_decision_is_about_him_and_no_one_born_on_another_day():
    [refused] = do(ORDER["sanction"], order("requested"), told={"until_day": "none", "born": "1991-04-03"})
    assert refused.kind == "another-person"


def test_a_breach_names_the_order_begins_no_case_of_ours_and_the_investigator_is_told_within_three_hours():
    events = do(ORDER["breach"], order("announced", until=OVER), code="followed")
    assert [(one.kind, one.state, one.until) for one in measures(events)] == [("no_approach_order", "breached", OVER)]
    assert (events[0].moved.measure_id, events[0].moved.code) == ("measure", "followed")
    found = tasks(events)
    assert found["danger"].due_at == NOW + DAY and found["no_approach_broken"].due_at == NOW + 3 * HOUR


@pytest.mark.parametrize("act", ["sentence", "acquit", "close"])
def test_when_the_criminal_case_ends_the_order_stands_until_a_person_says_what_became_of_it(act):
    no_approach = measure("no_approach_order", "announced", measure_id="order", about="measure", until=OVER)
    facts = known(measure("criminal_link", "investigated" if act == "close" else "in_court"), no_approach) | HERS
    events = do(CASE[act], facts, code=(*CASE[act].codes, "")[0])
    now = after(events, facts)["measure", "order"]
    assert (now.state, now.until) == ("announced", OVER) and not said(events)
    task = tasks(events)["no_approach_stands"]
    assert (task.subject, task.queue) == ("order", "duty_officer")
    ended = moving.move(MoveMeasure("order", "end", "Aigul", now.version), after(events, facts), MOMENT)
    assert kept(ended).state == "ended" and said(ended)


def between(victim="she", respondent="he", state="served", report_id="earlier"):
    """He is to be bound by a court; and what police ordered before, on the report of another day."""
    before = measure("protection_order", state, measure_id="protection", report_id=report_id, person_id=respondent, until=OVER)
    facts = known(measure("no_approach_order", "sanctioned", about="case"), before)
    facts["report", "earlier"] = report(report_id="earlier", victim_id=victim, respondent_id=respondent)
    rows = {"she": HER, "he-twice": replace(HIM, person_id="he-twice", same_as="he"), "she-twice": replace(HER, person_id="she-twice", same_as="she")}
    facts |= {("person", name): row for name, row in rows.items()} | {("members", "he"): ("he-twice",), ("members", "she"): ("she-twice",)}
    return facts | HERS | {("needs of", "earlier"): (NeedSeen("her-other-need", "shelter", "asked", "", 1),)}


@pytest.mark.parametrize("state", ["served", "served_refused", "breached"])
@pytest.mark.parametrize("report_id, need", [("report", "her-need"), ("earlier", "her-other-need")])
def test_announced_it_supersedes_the_protection_order_between_the_same_two_in_one_step_and_she_is_told(state, report_id, need):
    facts = between(state=state, report_id=report_id)
    events = do(ORDER["announce"], facts, at=NOW - HOUR)
    protection = after(events, facts)["measure", "protection"]
    assert (protection.state, protection.since) == ("superseded", NOW - HOUR)
    moved = next(event.moved for event in events if isinstance(event, MeasureKept) and event.measure.kind == "protection_order")
    assert (moved.act, moved.code, moved.by) == ("supersede", "no_approach", "Aigul")
    assert kept(events).state == "announced" and [one.need_id for one in said(events)] == [need]
    assert ClockStopped("protection", "measure/expire/") in events and TaskClosed("protection", "check", "Aigul") in events


@pytest.mark.parametrize("act", ["sanction", "not_found"])
def test_until_it_is_announced_the_protection_order_goes_on(act):
    facts = between() | {("measure", "measure"): measure("no_approach_order", "requested" if act == "sanction" else "sanctioned")}
    assert after(do(ORDER[act], facts), facts)["measure", "protection"].state == "served", "she is not without either for an hour"


@pytest.mark.parametrize("victim, respondent, is_over", [
    ("she", "he", True), ("she-twice", "he-twice", True), ("another woman", "he", False), ("she", "another man", False)])
def test_only_between_the_same_two_under_whatever_rows_of_theirs(victim, respondent, is_over):
    facts = between(victim, respondent)
    assert (after(do(ORDER["announce"], facts), facts)["measure", "protection"].state == "superseded") == is_over


@pytest.mark.parametrize("state", ["issued", "not_served", "expired", "revoked", "withdrawn"])
def test_what_is_not_in_force_is_left_as_it_is(state):
    facts = between(state=state)
    assert after(do(ORDER["announce"], facts), facts)["measure", "protection"].state == state


def test_where_nobody_is_named_the_order_of_its_own_report_is_superseded_all_the_same():
    nobody = {"person_id": None}
    facts = known(measure("no_approach_order", "sanctioned", **nobody), measure("protection_order", "served", measure_id="protection", **nobody),
                  respondent_id=None)
    assert after(do(ORDER["announce"], facts), facts)["measure", "protection"].state == "superseded"


def test_an_order_that_the_record_does_not_tie_to_it_is_superseded_by_hand():
    facts = known(measure("protection_order", "served", until=OVER)) | HERS
    events = do(LIVES["protection_order"].acts["supersede"], facts, code="no_approach")
    assert kept(events).state == "superseded" and said(events)
