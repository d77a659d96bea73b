"""When is a repeat under the influence a repeat? Two reports within 365 days, in whatever order they come."""

from datetime import date, timedelta

import pytest

from services.referral_router import messages as m
from services.referral_router.questions import Case
from services.referral_router.wiring import LAW
from tests.referral_router.region import HOUR, corrected, kinds, only, report
from tests.stores import NOW


def drunk(report_id, days_ago=0, **changes):
    happened = NOW - HOUR - timedelta(days=days_ago)
    return report(**{"report_id": report_id, "intoxication": "alcohol", "victim_ref": f"victim of {report_id}",
                     "occurred_at": happened, "recorded_at": happened, **changes})


def examinations(region):
    return [need.state for need in region.needs() if need.kind == "examination"]


def test_one_report_under_influence_proposes_no_examination(region):
    region.hear(drunk("first"))
    assert examinations(region) == []


def test_a_second_report_within_a_year_is_proposed_to_a_narcologist(region):
    region.hear(drunk("first", 364))
    issued = only([one for one in region.hear(drunk("second")) if getattr(one, "kind", "") == "examination"
                   and "Issued" in type(one).__name__], "HealthReferralIssued")
    assert (issued.facility_code, issued.subject_ref) == ("clinic-1", "he")


@pytest.mark.parametrize(("days", "found"), [(364, ["asked"]), (365, ["asked"]), (366, [])])
def test_a_year_is_365_days(region, days, found):
    region.hear(drunk("first", days))
    region.hear(drunk("second"))
    assert examinations(region) == found


@pytest.mark.parametrize("order", [(300, 0), (0, 300)])
def test_it_makes_no_difference_which_report_is_heard_first(region, order):
    for days in order:
        region.hear(drunk(f"of {days} days ago", days))
    assert examinations(region) == ["asked"]


def test_three_reports_in_any_order_propose_one_examination(region):
    for days in (400, 0, 200):
        region.hear(drunk(f"of {days} days ago", days))
    assert examinations(region) == ["asked"]


@pytest.mark.parametrize("changes", [{"intoxication": "none"}, {"intoxication": "unknown"}, {"respondent_ref": "another"}])
def test_what_is_no_repeat_is_not_counted(region, changes):
    region.hear(drunk("first", 10, **changes))
    region.hear(drunk("second"))
    assert examinations(region) == []


@pytest.mark.parametrize("changes", [{"mirrored": True}, {"respondent_age": "child"}])
def test_neither_a_child_nor_a_mirrored_report_is_proposed(region, changes):
    region.hear(drunk("first", 10))
    region.hear(drunk("second", **changes))
    assert examinations(region) == []


def test_an_unfounded_report_counts_no_longer(region):
    region.hear(drunk("first", 10))
    region.hear(drunk("second"))
    events = region.hear(m.ReportCancelled("first", 2, "unfounded"))
    assert examinations(region) == ["withdrawn"]
    assert only(events, "HealthReferralWithdrawn").reason == "unfounded"


def test_an_unfounded_report_that_nobody_needs_for_the_count_changes_nothing(region):
    for number in (20, 10):
        region.hear(drunk(f"of {number}", number))
    region.hear(drunk("last"))
    region.hear(m.ReportCancelled("of 20", 2, "unfounded"))
    assert [state for state in examinations(region) if state != "withdrawn"] == ["asked"]


def test_a_correction_that_takes_the_drink_away_takes_the_proposal_back(region):
    region.hear(drunk("first", 10))
    region.hear(drunk("second"))
    before = vars(drunk("first", 10)) | {"intoxication": "none", "version": 2}
    region.hear(corrected(**before))
    assert examinations(region) == ["withdrawn"]


def test_a_correction_that_adds_the_drink_makes_it_a_repeat(region):
    region.hear(drunk("first", 10, intoxication="unknown"))
    region.hear(drunk("second"))
    region.hear(corrected(**{**vars(drunk("first", 10)), "version": 2}))
    assert examinations(region) == ["asked"]


def test_a_decided_examination_is_not_proposed_again_for_the_same_report(region):
    region.hear(drunk("first", 10))
    region.hear(drunk("second"))
    [need] = [one for one in region.needs() if one.kind == "examination"]
    region.hear(m.ExaminationDecided(need.need_id, 1, None))
    region.hear(corrected(**{**vars(drunk("second")), "version": 2, "relation": "partner"}))
    assert examinations(region) == ["settled"]


def test_no_rule_speaks_of_a_report_from_before_its_first_day(region):
    old = m.ReportRegistered(**{**vars(report()), "recorded_at": NOW.replace(year=2009), "occurred_at": None})
    assert LAW.ask(Case(old, (), NOW).days(), Case(old, (), NOW)) == []
    assert kinds(region.hear(old)) == ["ReportAssessed"]


@pytest.mark.parametrize(("hour", "day"), [("18:59", date(2026, 3, 1)), ("19:00", date(2026, 3, 2))])
def test_a_day_begins_at_midnight_in_kazakhstan(hour, day):
    moment = NOW.replace(month=3, day=1, hour=int(hour[:2]), minute=int(hour[3:]), second=0)
    assert Case(report(recorded_at=moment), (), NOW).days()["recorded"] == day


@pytest.mark.parametrize("rule", LAW.rules, ids=lambda rule: rule.id)
def test_every_rule_names_what_it_rests_on_and_is_not_asked_before_it_is_in_force(rule):
    assert rule.citation.act and not rule.in_force(rule.in_force_from - timedelta(days=1))
    assert rule.in_force(rule.in_force_from)
