"""Does a grade of risk order work and shorten deadlines, and nothing else: no door, no finding, nothing on the respondent's side?"""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbing.tasks import TaskOpened
from services.referral_router import messages as m
from services.referral_router.asking import coarse
from services.referral_router.facts import NeedKept
from services.referral_router.risks import RiskGraded
from tests.referral_router.region import NOW, Region, corrected, kinds, only, report

GRADES = ("standard", "medium", "high", "extreme")
HOUR = timedelta(hours=1)
FAR = {"region": "KZ-10"}


def graded(grade, version=1, report_id="report", *, leaves_region=False):
    return RiskGraded(report_id, version, grade, leaves_region)


def due_in(minutes, events):
    """Whether the centre that is asked has so many minutes, rounded up to the quarter-hour."""
    return only(events, "ShelterReferralIssued").answer_due == coarse(NOW + timedelta(minutes=minutes))


def world(grade=None, leaves=False, **told):
    """A region with one of each, in which she was graded (or not) before her report was corrected to what `told` says."""
    made = Region()
    for code, kind, free in (("centre-1", "crisis_centre", 5), ("centre-2", "crisis_centre", 3), ("detox-1", "detox", 4),
                             ("clinic-1", "narcology", 0), ("akimat-1", "akimat", 0)):
        made.open(code, kind, free)
    made.hear(report(consent="no"))
    if grade:
        made.hear(graded(grade, leaves_region=leaves))
    made.hear(corrected(**told))
    return made


def test_without_a_grade_a_centre_has_half_an_hour_and_at_high_risk_a_quarter(region):
    assert due_in(30, region.hear(report()))
    region.hear(graded("high"))
    assert due_in(15, region.answer("refused"))


@pytest.mark.parametrize("grade, expected", [("standard", 30), ("medium", 30), ("high", 15), ("extreme", 15)])
def test_each_grade_leaves_its_part_of_the_time(grade, expected):
    assert due_in(expected, world(grade).said)


@given(st.sampled_from(GRADES), st.booleans(), st.sampled_from(["alcohol", "none", "unknown"]), st.integers(0, 3))
def test_no_grade_ever_closes_or_opens_a_door(grade, leaves, drunk, children):
    told = {"intoxication": drunk, "children": children}
    plain, with_grade = world(None, **told), world(grade, leaves, **told)
    assert [(one.kind, one.state, one.tried) for one in with_grade.needs()] == [(one.kind, one.state, one.tried) for one in plain.needs()]


@given(st.sampled_from(GRADES), st.booleans())
def test_whatever_the_grade_not_a_byte_differs_for_detox_and_narcology(grade, repeated):
    def said(one):
        made = world(one, intoxication="alcohol", children=2)
        if repeated:
            made.hear(report(report_id="again", intoxication="alcohol"))
            made.hear(graded(one or "standard", report_id="again" if one else "another"))
        return [event for event in made.said if type(event).__name__.startswith("Health")]

    plain, with_grade = said(None), said(grade)
    assert [replace(one, need_id="") for one in plain] == [replace(one, need_id="") for one in with_grade] and len(plain) >= 1


def test_no_need_of_the_respondent_ever_holds_a_grade():
    made = world("extreme", intoxication="alcohol", children=2)
    assert {one.kind: one.grade for one in made.needs()} == {
        "offer_help": "extreme", "shelter": "extreme", "child_notice": "extreme", "detox": ""}


def test_the_grade_is_in_no_finding_of_the_law():
    made = world("extreme")
    findings = [found for one in made.said for found in getattr(one, "findings", ())]
    assert findings and not [found for found in findings if "extreme" in f"{found.seen} {found.change}"]


def test_an_older_grade_that_comes_late_changes_nothing(region):
    region.hear(report())
    region.hear(graded("high", 2))
    assert region.hear(graded("extreme", 1)) == [] and region.hear(graded("high", 2)) == [] and region.need().grade == "high"


def test_a_grade_that_comes_after_her_report_reaches_the_need_that_waits_and_its_task_comes_sooner(empty):
    events = empty.hear(report())
    first = next(one for one in events if isinstance(one, TaskOpened))
    sooner = only(empty.hear(graded("high")), "TaskOpened")
    assert sooner.due_at - empty.now == 12 * HOUR < first.due_at - empty.now and sooner.reason == first.reason
    assert sooner.queue == first.queue and empty.need().grade == "high"


def test_a_task_never_gets_more_time_by_a_grade(empty):
    empty.hear(report())
    empty.later(hours=20)
    assert "TaskOpened" not in kinds(empty.hear(graded("extreme")))
    assert "TaskOpened" not in kinds(empty.hear(graded("standard", 2))) and empty.need().grade == "standard"


def test_what_a_centre_was_promised_stays_as_it_was_promised(region):
    region.hear(report())
    assert kinds(region.hear(graded("extreme"))) == ["Risk", "NeedKept"]


def test_police_are_told_nothing_new_by_their_own_grade(region):
    region.hear(report())
    assert "NeedStateChanged" not in kinds(region.hear(graded("high")))


def test_the_highest_grade_of_any_report_about_her_counts(region):
    region.hear(report())
    region.hear(report(report_id="second"))
    region.hear(graded("medium"))
    region.hear(graded("extreme", report_id="second"))
    assert region.need().grade == "extreme"


def test_of_a_report_taken_back_no_point_of_risk_remains(region):
    region.hear(report())
    region.hear(report(report_id="second"))
    region.hear(graded("medium"))
    region.hear(graded("extreme", report_id="second"))
    region.hear(m.ReportCancelled("second", 2, "unfounded"))
    assert region.need().grade == "medium"


def test_a_need_that_moves_to_another_report_takes_no_grade_of_the_withdrawn_one_along(region):
    region.hear(report())
    region.hear(report(report_id="second"))
    region.hear(graded("extreme"))
    region.hear(m.ReportCancelled("report", 2, "wrong_person"))
    assert region.need(report_id="second").grade == ""


def test_a_grade_about_nobody_known_is_kept_and_moves_nothing(region):
    assert kinds(region.hear(graded("high", report_id="not here yet"))) == ["Risk"]


def test_at_high_risk_and_her_wish_a_place_outside_her_region_is_asked_first():
    made = world()
    made.open("far-1", free=1, **FAR)
    made.hear(report(report_id="r2", victim_ref="another", household_ref="h2", respondent_ref="he-2", consent="no"))
    made.hear(graded("high", report_id="r2", leaves_region=True))
    made.hear(corrected(report_id="r2", victim_ref="another", household_ref="h2", respondent_ref="he-2"))
    assert made.need(report_id="r2").facility_code == "far-1"


@pytest.mark.parametrize("grade, leaves", [("high", False), ("medium", True), ("standard", True)])
def test_without_her_wish_or_without_high_risk_her_own_region_comes_first(grade, leaves):
    made = Region()
    made.open("centre-1")
    made.open("far-1", free=9, **FAR)
    made.hear(report(consent="no"))
    made.hear(graded(grade, leaves_region=leaves))
    made.hear(corrected())
    assert made.need().facility_code == "centre-1"


def test_with_no_room_elsewhere_her_own_region_is_asked_all_the_same(region):
    region.hear(report(consent="no"))
    region.hear(graded("extreme", leaves_region=True))
    region.hear(corrected())
    assert region.need().facility_code == "centre-1"


def test_a_grade_that_this_router_does_not_know_yet_counts_as_medium_and_shortens_nothing(region):
    region.hear(report(consent="no"))
    region.hear(graded("unknown"))
    assert due_in(30, region.hear(corrected()))


def test_a_decision_without_a_grade_reads_in_its_row_as_before_there_were_grades(region):
    [kept] = [one for one in region.hear(report()) if isinstance(one, NeedKept)]
    assert "grade" not in kept.brief()["need"]
