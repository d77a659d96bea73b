"""Is she told before he is out, whatever lets him out, and does nobody learn by it where she is?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from plumbing.clocks import ClockDue, ClockSet
from plumbing.service import Moment
from plumbing.tasks import TaskOpened
from services.police_intake import decisions
from services.police_intake.facts import NeedSeen
from services.police_intake.measures import moving, safety, taking_back
from services.police_intake.measures.lives import NOTHING, MeasureKept, MoveMeasure
from services.police_intake.measures.safety import HELD
from services.police_intake.measures.said import OffenderStatusForSafety
from services.police_intake.messages import NeedStateChanged
from services.police_intake.report import Consent
from tests.police_intake.consents import Police
from tests.police_intake.measured import LAW, LIVES, MOMENT, NOW, after, do, kept, known, measure, measures, tasks, tried

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CASE = LIVES["administrative_case"].acts
HERS = NeedSeen("her-need", "shelter", "asked", "", 1)
OTHERS = [NeedSeen("his-need", "detox", "arrived", "", 3), NeedSeen("child-need", "child_notice", "asked", "", 1)]
MOVES_OUT = [
    (act, state) for act in CASE.values() for state in act.from_states
    if state in HELD and act.after(state) not in HELD and act.name != "report_withdrawn"
]


def with_needs(*measures, **needs):
    return known(*measures) | {("needs of", "report"): (replace(HERS, **needs), *OTHERS)}


def said(events):
    return [event for event in events if isinstance(event, OffenderStatusForSafety)]


def notices(events):
    return [one for one in measures(events) if one.kind == "safety_notice"]


def case(state, *others, **more):
    return with_needs(measure("administrative_case", state, **more), *others)


@pytest.mark.parametrize("act, state", MOVES_OUT, ids=lambda one: getattr(one, "name", one))
def test_whatever_lets_him_out_her_side_is_told_and_a_release_without_acknowledgement_is_an_alert(act, state):
    waiting = measure("safety_notice", "waiting", measure_id="notice", about="measure", code="released")
    code = (*act.codes, "")[0]
    events = do(act, case(state, waiting), code=code)
    assert said(events) == [OffenderStatusForSafety("her-need", "released", NOW.replace(minute=0, second=0))]
    alert = tasks(events)["release_unacknowledged"]
    assert (alert.queue, alert.due_at, alert.subject) == ("duty_head", NOW, "notice")
    told = replace(waiting, state="told")
    assert "release_unacknowledged" not in tasks(do(act, case(state, told), code=code)), "she was told: nothing rings"


def test_every_way_out_of_detention_hearing_and_arrest_is_among_them():
    assert {act.name for act, _ in MOVES_OUT} >= {"let_go", "put_off", "warn", "fine", "reconcile", "terminate", "release", "overturn"}


@pytest.mark.parametrize(("name", "state", "told", "hours"), [
    ("detain", "opened", {}, 3), ("bring_to_court", "detained", {}, 48), ("arrest", "in_court", {"days": "10", "born": "unknown"}, 240),
])
def test_while_he_is_held_she_is_told_by_when_he_may_be_out(name, state, told, hours):
    events = do(CASE[name], case(state), told=told)
    out = NOW + timedelta(hours=hours)
    assert said(events) == [OffenderStatusForSafety("her-need", "released", out.replace(minute=0, second=0))]
    notice, = notices(events)
    assert (notice.state, notice.until, notice.about) == ("waiting", out, "measure")
    task = tasks(events)["tell_her_out"]
    assert (task.queue, task.due_at) == ("women_protection_inspector", out - HOUR)


def test_a_later_hour_replaces_the_notice_that_waited():
    facts = after(do(CASE["detain"], case("opened")), case("opened"))
    facts["needs of", "report"] = (HERS,)
    events = moving.move(MoveMeasure("measure", "bring_to_court", "Aigul", 4), facts, MOMENT)
    assert [one.state for one in notices(events)] == ["replaced", "waiting"]


def test_she_was_told_closes_her_notice_by_the_inspectors_name():
    facts = with_needs(measure("safety_notice", "out_untold"))
    events = do(LIVES["safety_notice"].acts["she_was_told"], facts)
    assert kept(events).state == "told" and not said(events), "what the inspector notes is told to nobody"


def test_an_order_that_ends_is_told_three_days_before_and_a_revoked_one_at_once():
    order = LIVES["protection_order"].acts
    served = do(order["serve"], with_needs(measure("protection_order", "issued")))
    clock, = (one for one in served if isinstance(one, ClockSet) and "ending_soon" in one.step)
    assert clock.due_at == NOW + 27 * DAY
    facts = after(served, with_needs(measure("protection_order", "issued")))
    rung = safety.ring(ClockDue("measure", clock.step, clock.due_at, "measure"), facts, Moment(NOW + 27 * DAY, MOMENT.ids, LAW))
    assert said(rung) == [OffenderStatusForSafety("her-need", "order_ending", (NOW + 30 * DAY).replace(minute=0, second=0))]
    revoked = do(order["revoke"], facts | {("measure", "measure"): replace(facts["measure", "measure"], version=9)})
    assert said(revoked) == [OffenderStatusForSafety("her-need", "order_ending", NOW.replace(minute=0, second=0))]
    never = do(order["revoke"], with_needs(measure("protection_order", "issued")))
    assert not said(never), "what never bound him does not end"


@pytest.mark.parametrize(("kind", "before", "now", "told"), [
    ("detox", "answered", "arrived", "detox_exit"), ("detox", "arrived", "closed", "detox_exit"),
    ("examination", "in_treatment", "missing", "absconded"), ("examination", "in_treatment", "closed", "discharged"),
    ("examination", "answered", "closed", ""), ("shelter", "arrived", "closed", ""), ("detox", "asked", "closed", ""),
])
def test_out_of_detox_or_treatment_she_is_told_and_of_an_examination_never(kind, before, now, told):
    facts = with_needs() | {("need", "his"): NeedSeen("his", kind, before, "", 4)}
    events = decisions.see_need(NeedStateChanged("report", "his", kind, now, "", 5), facts, MOMENT)
    assert [one.kind for one in said(events)] == ([told] if told else [])
    again = decisions.see_need(NeedStateChanged("report", "his", kind, now, "", 5), after(events, facts), MOMENT)
    assert not said(again), "heard twice, it is told once"


@pytest.mark.parametrize("state", ["asked", "with_person", "answered", "arrived", "closed", "withdrawn"])
def test_what_is_said_and_kept_is_the_same_wherever_she_is(state):
    facts = case("opened") | {("needs of", "report"): (replace(HERS, state=state),)}
    assert _bare(do(CASE["detain"], facts)) == _bare(do(CASE["detain"], case("opened")))


def test_a_report_that_was_taken_back_warns_nobody_any_more():
    notice = measure("safety_notice", "waiting", measure_id="notice", about="measure")
    events = taking_back.take_back("report", case("arrested", notice), MOMENT)
    assert not said(events) and not [event for event in events if isinstance(event, TaskOpened)]
    assert {one.state for one in measures(events)} == {"withdrawn"}


def test_no_form_begins_a_notice_and_every_kind_of_notice_is_a_word_of_the_schema():
    tell = LIVES["safety_notice"].acts["tell"]
    assert not LIVES["safety_notice"].offered(NOTHING, "police")
    for code in tell.codes:
        assert isinstance(tried(tell, NOTHING, code)[0], MeasureKept)


def test_who_said_no_on_the_form_is_asked_once_more_within_three_days_and_a_journals_no_is_nobodys_answer():
    police = Police()
    police.report(consent=Consent.UNKNOWN)
    events = police.answer(Consent.NO, handed_card=True)
    contact, = measures(events)
    assert (contact.kind, contact.state, contact.report_id) == ("second_contact", "awaited", police.report_id)
    assert (tasks(events)["second_contact"].queue, tasks(events)["second_contact"].due_at) == ("women_protection_inspector", NOW + 3 * DAY)
    assert not measures(police.answer(Consent.NO)), "asked twice, it is one contact"
    journal = Police()
    assert not measures(journal.report(consent=Consent.NO))


def _bare(events):
    """Without ids, which are drawn anew."""
    return [(type(one).__name__, getattr(one, "kind", ""), getattr(one, "due_at", ""), getattr(one, "effective_at", "")) for one in events]
