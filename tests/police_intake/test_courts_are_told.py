"""Is a court told that a report was taken back, wherever it has or has ruled on what rests on it, and nowhere else?"""

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from plumbing.clocks import ClockSet
from plumbing.service import Moment
from plumbing.tasks import TaskClosed, clocks_of
from services.police_intake import decisions
from services.police_intake.measures import moving
from services.police_intake.measures.lives import BeginMeasure, MoveMeasure
from services.police_intake.messages import TakeBack
from tests.police_intake.measured import LAW, LIVES, MOMENT, NOW, after, known, measure, measures, tasks, told_with

CASES = sorted((Path(__file__).parent / "cases").glob("taken_back_*.toml"))
NOTICE = "court_notice"


def written(path):
    return tomllib.loads(path.read_text("utf-8"))


def done(facts, said):
    """One act, as `kind act code`, on the one measure of this kind, or as its beginning."""
    kind, name, *code = said.split()
    before = next((one for one in facts.get(("measures of", "report"), ()) if one.kind == kind), None)
    command = (code[0] if code else "", told_with(LIVES[kind].acts[name]))
    if before is None:
        events = moving.begin(BeginMeasure("report", kind, name, "Aigul", *command), facts, MOMENT)
    else:
        events = moving.move(MoveMeasure(before.measure_id, name, "Aigul", before.version, *command), facts, MOMENT)
    assert measures(events), events
    return after(events, facts)


def taken_back(facts, reason="unfounded", at=NOW):
    return list(decisions.take_back(TakeBack("report", reason, "Dana"), facts, Moment(at, MOMENT.ids, LAW)))


def notices(events):
    return [one for one in measures(events) if one.kind == NOTICE]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_ends_as_it_was_written_for_a_lawyer(path):
    case = written(path)
    facts = known()
    for said in case["given"]["done"]:
        facts = done(facts, said)
    events = taken_back(facts, case["when"]["reason"], case["when"]["taken_back"])
    told = notices(events)
    assert [one.code for one in told] == case["then"]["court_is_told_of"], case["title"]
    assert {one.state for one in measures(events) if one.kind != NOTICE} == {"withdrawn"}
    about = {one.measure_id: one.kind for one in measures(events)}
    assert [about[one.about] for one in told] == [one.code for one in told] and {one.state for one in told} <= {"waiting"}
    waiting = [task for task in events if getattr(task, "kind", "") == NOTICE and hasattr(task, "queue")]
    assert [task.subject for task in waiting] == [one.measure_id for one in told]
    assert all((task.due_at, task.queue, task.region) == (case["then"]["until"], "district_inspector", "KZ-55") for task in waiting)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_says_in_one_sentence_what_it_is_about_and_under_which_rule(path):
    case = written(path)
    assert set(case) == {"title", "under", "given", "when", "then"} and case["title"].endswith(".")
    rule = LAW.measures.terms.version(case["under"], case["when"]["taken_back"].date())
    assert (rule.opens, str(rule.citation.certainty)) == (NOTICE, "proposal")


def test_it_waits_on_a_clock_until_a_person_notes_that_the_court_was_told():
    events = taken_back(known(measure("administrative_case", "in_court", court=True)))
    [notice], task = notices(events), tasks(events)[NOTICE]
    assert [one.due_at for one in clocks_of(task) if isinstance(one, ClockSet)] == [NOW + timedelta(days=1)], "late, it climbs as every task"
    facts = after(events, known(measure("administrative_case", "in_court", court=True)))
    noted = moving.move(MoveMeasure(notice.measure_id, "court_told", "Aigul", notice.version), facts, MOMENT)
    assert [one.state for one in measures(noted)] == ["court_told"] and TaskClosed(notice.measure_id, NOTICE, "Aigul") in noted
    [late] = moving.move(MoveMeasure(notice.measure_id, "court_told", "Dana", 2), after(noted, facts), MOMENT)
    assert (late.kind, late.state) == ("wrong-state", "court_told")


def test_taken_back_twice_it_is_told_once():
    facts = known(measure("administrative_case", "in_court", court=True))
    events = taken_back(facts)
    assert len(notices(events)) == 1 and not notices(taken_back(after(events, facts)))


def test_what_begins_about_a_measure_before_a_court_is_before_none_itself():
    [_, case] = measures(moving.move(
        MoveMeasure("measure", "breach", "Aigul", 3, "contacted"), known(measure("special_requirements", "active", court=True)), MOMENT))
    assert (case.kind, case.court) == ("administrative_case", False)
