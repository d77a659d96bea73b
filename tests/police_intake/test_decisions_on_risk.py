"""Is she asked, raised by one, lowered only by two, called back where too little is known, and asked again in time?"""

from dataclasses import replace

import pytest

from plumbing.clocks import ClockDue, ClockSet
from services.police_intake import messages as m
from services.police_intake.risk import messages as r
from tests.police_intake.intake import names, only
from tests.police_intake.risks import HOUR, NO, Asked, closed, opened, refused


@pytest.fixture
def police():
    return Asked()


def test_what_she_answers_is_graded_and_only_the_grade_leaves_police(police):
    said = only(police.ask(strangulation="yes", leaves=True), "RiskGraded")
    assert said == r.RiskGraded(police.report_id, 1, "high", leaves_region=True)


def test_her_answers_are_in_no_repr_that_a_log_could_show(police):
    assert "strangulation" not in repr(police.ask(strangulation="yes"))


def test_asked_beside_the_other_person_she_is_called_back_within_a_day(police):
    events = police.ask(apart=False, strangulation="yes")
    assert police.stands.grade == "medium" and opened(events)["risk_call_back"].due_at == police.now + 24 * HOUR
    assert "risk_call_back" in closed(police.ask())


def test_a_wish_said_beside_the_other_person_is_no_wish_of_hers(police):
    assert not only(police.ask(apart=False, leaves=True), "RiskGraded").leaves_region
    police.ask(leaves=True)
    police.ask(apart=False)
    assert police.stands.leaves_region


def test_too_many_unknown_answers_call_her_back_and_never_lower_what_stands(police):
    police.ask(strangulation="yes", weapon="yes")
    events = police.ask(**dict.fromkeys(NO, "unknown"))
    assert police.stands.grade == "extreme" and not police.stands.proposed and "risk_call_back" in opened(events)
    assert "RiskGraded" not in names(events)


def test_one_person_raises_a_grade_at_once(police):
    police.ask()
    assert only(police.up("extreme"), "RiskGraded").grade == "extreme"


def test_a_grade_is_raised_before_she_could_be_asked_and_then_she_is_asked(police):
    events = police.up("high")
    assert police.stands.grade == "high" and "risk_call_back" in opened(events) and police.stands.computed == ""


@pytest.mark.parametrize("grade", ["standard", "medium", "no such grade"])
def test_raising_to_what_is_no_higher_is_refused(police, grade):
    police.ask(gun="yes", stalking="yes")
    assert refused(police.up(grade)) == ["not-higher"] and refused(police.down("extreme")) == ["not-lower"]


def test_a_grade_without_a_reason_of_the_list_is_refused(police):
    assert refused(police.up("high", reason="because")) == ["not-higher"]


def test_one_person_alone_never_lowers_a_grade(police):
    police.ask(strangulation="yes")
    events = police.down("standard")
    assert police.stands.grade == "high" and opened(events)["risk_lower"].queue == "supervisor" and "RiskGraded" not in names(events)
    assert refused(police.second("  aigul ")) == ["second-lower"]


def test_the_same_login_under_another_name_is_no_second_person(police):
    police.ask(strangulation="yes")
    police.down("standard", actor="user-7")
    assert refused(police.second("Berik", actor="user-7")) == ["second-lower"]


def test_a_second_person_lowers_it_or_leaves_it_and_both_are_kept(police):
    police.ask(strangulation="yes")
    police.down("medium")
    events = police.second(lower=False)
    assert police.stands.step == "left" and police.stands.grade == "high" and "risk_lower" in closed(events)
    assert refused(police.second()) == ["nothing-proposed"]
    police.down("medium")
    assert only(police.second(), "RiskGraded").grade == "medium" and police.stands.by == "Berik" and police.stands.version == 5


def test_nobody_lowers_what_another_raised_by_typing_answers_alone(police):
    police.ask()
    police.up("extreme", by="Dana")
    events = police.ask(by="Aigul")
    assert police.stands.grade == "extreme" and police.stands.proposed == "standard" and "risk_lower" in opened(events)
    assert refused(police.second("Aigul")) == ["second-lower"] and only(police.second(), "RiskGraded").grade == "standard"


def test_a_lower_grade_that_waits_falls_when_more_danger_is_seen(police):
    police.ask(strangulation="yes")
    police.down("standard")
    assert "risk_lower" in closed(police.up("extreme")) and refused(police.second()) == ["nothing-proposed"]


def test_who_saw_the_page_before_somebody_else_acted_looks_again(police):
    police.ask()
    stale = r.RaiseRisk(police.report_id, "extreme", "repeated", "Dana", "", 0)
    assert refused(police.hear(stale)) == ["seen-otherwise"]
    assert refused(police.hear(replace(stale, report_id="none"))) == ["unknown-report"]


def test_answers_to_the_questions_of_another_grid_are_refused(police):
    old = r.AssessRisk(police.report_id, "KZ-RG/0", (), True, False, "Aigul")
    assert refused(police.hear(old)) == ["another-grid"]


@pytest.mark.parametrize("yes, hours", [
    ((), 1440), (("gun", "stalking"), 720), (("strangulation",), 168), (("strangulation", "weapon"), 72),
])
def test_each_grade_is_looked_at_again_by_its_own_hour(police, yes, hours):
    events = police.ask(**dict.fromkeys(yes, "yes"))
    clock = only(events, "ClockSet")
    assert clock.due_at == police.now + (hours - 24) * HOUR
    police.now = clock.due_at
    task = opened(police.hear(ClockDue(clock.subject, clock.step, clock.due_at, clock.key)))["risk_again"]
    assert task.due_at == police.now + 24 * HOUR and "risk_again" in closed(police.ask(by="Dana"))


def test_something_new_about_her_asks_her_again_soon(police):
    police.ask(gun="yes")
    before = police.report_id
    events = police.report(kui_number="another", narrative="Снова.")
    assert opened(events)["risk_again"].subject == before and opened(events)["risk_again"].due_at == police.now + 24 * HOUR


def test_one_report_after_another_never_gives_more_time_to_ask_her_again(police):
    police.ask(gun="yes")
    police.report(kui_number="another")
    police.now += 5 * HOUR
    assert "risk_again" not in opened(police.report(kui_number="a third"))
    police.ask(gun="yes")
    assert "risk_again" in opened(police.report(kui_number="a fourth"))


def test_a_report_about_somebody_who_was_never_graded_asks_nobody_again(police):
    assert "risk_again" not in opened(police.report(kui_number="another"))


def test_a_report_taken_back_leaves_no_task_and_no_clock_of_its_risk(police):
    clock = only(police.ask(apart=False), "ClockSet")
    events = police.hear(m.TakeBack(police.report_id, "unfounded", "Aigul"))
    assert {"risk_again", "risk_call_back", "risk_lower"} <= closed(events)
    assert police.hear(ClockDue(clock.subject, clock.step, clock.due_at, clock.key)) == []
    assert refused(police.ask()) == ["unknown-report"] and not [one for one in events if isinstance(one, ClockSet)]
