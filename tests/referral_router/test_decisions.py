"""Whom does a report call for, and who is asked first?"""

from datetime import timedelta

import pytest

from tests.referral_router.region import HOUR, kinds, only, report
from tests.stores import NOW


def states(region, report_id="report"):
    return {need.kind: need.state for need in region.needs() if need.report_id == report_id}


def test_a_woman_who_agreed_is_referred_to_the_centre_with_most_free_places(region):
    asked = only(region.hear(report(children=2)), "ShelterReferralIssued")
    assert (asked.facility_code, asked.attempt, asked.adults, asked.children) == ("centre-1", 1, 1, 2)
    assert "shelter/consent-given · Social Code" in asked.basis and "not verified by a lawyer" in asked.basis


def test_the_answer_is_due_before_the_hold_ends(region):
    asked = only(region.hear(report()), "ShelterReferralIssued")
    assert NOW + timedelta(minutes=30) <= asked.answer_due < asked.held_until <= NOW + 6 * HOUR + timedelta(minutes=15)
    assert {moment.minute % 15 for moment in (asked.answer_due, asked.held_until)} == {0}
    assert region.clocks[region.need().need_id, "answer/1"].due_at == asked.answer_due


@pytest.mark.parametrize("consent", ["no", "not_asked", "unknown"])
def test_without_her_consent_only_an_inspector_offers_help(region, consent):
    events = region.hear(report(consent=consent))
    assert states(region) == {"offer_help": "with_person"}
    task = only(events, "TaskOpened")
    assert (task.queue, task.due_at) == ("womens_protection_inspector", NOW + 72 * HOUR)
    assert not {"ShelterReferralIssued", "CardRequested"} & set(kinds(events))


def test_an_old_report_starts_no_night_clock_and_goes_to_a_person(region):
    events = region.hear(report(recorded_at=NOW - timedelta(hours=24, seconds=1)))
    assert "ShelterReferralIssued" not in kinds(events)
    assert (region.need().state, region.need().queue) == ("with_person", "womens_protection_inspector")
    assert not [step for _, step in region.clocks if not step.startswith("task/")]


def test_a_report_of_exactly_a_day_ago_is_not_yet_old(region):
    assert "ShelterReferralIssued" in kinds(region.hear(report(recorded_at=NOW - 24 * HOUR)))


@pytest.mark.parametrize("consent", ["yes", "no"])
def test_a_child_never_goes_to_a_womens_centre(region, consent):
    events = region.hear(report(victim_age="child", consent=consent, respondent_ref=None))
    assert states(region) == {"child_help": "with_person", "child_notice": "asked"}
    assert region.need("child_help").queue == "guardianship_body"
    assert "ShelterReferralIssued" not in kinds(events)


def test_a_man_is_asked_for_only_where_men_are_admitted(region):
    region.open("centre-3", free=1, admits_men=True)
    assert only(region.hear(report(victim_sex="male")), "ShelterReferralIssued").facility_code == "centre-3"


def test_a_man_whom_nobody_takes_goes_to_the_coordinator_with_a_clock(region):
    region.hear(report(victim_sex="male"))
    assert (region.need().state, region.need().queue) == ("with_person", "coordinator")
    assert [step.split("/")[:2] for subject, step in region.clocks if subject == region.need().need_id] == [["task", "need"]]


def test_a_centre_without_room_for_all_of_them_is_not_asked(region):
    region.hear(report(children=4))
    assert region.need().facility_code == "centre-1"
    region.hear(report(report_id="second", victim_ref="another", children=3))
    assert region.need(report_id="second").queue == "coordinator"


def test_a_closed_centre_is_not_asked(region):
    region.open("centre-1", free=9, is_open=False)
    assert only(region.hear(report()), "ShelterReferralIssued").facility_code == "centre-2"


def test_her_own_region_comes_first_and_then_the_next_with_room(region):
    region.open("far", free=50, region="KZ-10")
    region.hear(report())
    assert region.need().facility_code == "centre-1"
    region.answer("refused")
    region.answer("refused")
    assert region.need().facility_code == "far"


def test_a_region_nobody_could_read_is_a_persons_matter(region):
    region.hear(report(region="unknown"))
    assert (region.need().state, region.need().queue) == ("with_person", "coordinator")


@pytest.mark.parametrize("changes", [
    {"intoxication": "none"}, {"intoxication": "unknown"}, {"intoxication": "alcohol", "respondent_age": "child"},
    {"intoxication": "alcohol", "respondent_ref": None}, {"intoxication": "alcohol", "recorded_at": NOW - 25 * HOUR},
    {"intoxication": "alcohol", "mirrored": True},
])
def test_no_bed_to_sober_up_is_asked_for_him(region, changes):
    region.hear(report(**changes))
    assert "detox" not in states(region)


@pytest.mark.parametrize("seen", ["alcohol", "drugs"])
def test_a_drunken_respondent_is_proposed_to_the_nearest_detox(region, seen):
    asked = only(region.hear(report(intoxication=seen)), "HealthReferralIssued")
    assert (asked.facility_code, asked.kind, asked.subject_ref, asked.intoxication) == ("detox-1", "detox", "he", seen)


def test_detox_is_never_asked_for_in_another_region(region):
    region.open("detox-1", "detox", 0)
    region.open("detox-far", "detox", 9, region="KZ-10")
    region.hear(report(intoxication="alcohol"))
    assert region.need("detox").queue == "coordinator"


def test_children_at_home_make_a_notice_on_which_the_akimat_decides(region):
    issued = only(region.hear(report(children=3)), "ChildNoticeIssued")
    assert (issued.household_ref, issued.children, issued.facility_code) == ("home", 3, "akimat-1")


@pytest.mark.parametrize("children", [0, None])
def test_no_children_said_make_no_notice(region, children):
    region.hear(report(children=children))
    assert "child_notice" not in states(region)


def test_a_report_that_becomes_a_mirror_image_calls_back_what_was_opened_against_him(region):
    region.hear(report(intoxication="alcohol"))
    assert states(region) == {"shelter": "asked", "detox": "asked"}
    bed = region.need("detox").need_id
    events = region.hear(report(as_="corrected", version=2, intoxication="alcohol", mirrored=True))
    assert states(region) == {"shelter": "asked", "detox": "withdrawn", "mirror_review": "with_person"}
    assert only(events, "HealthReferralWithdrawn").need_id == bed and region.need("mirror_review").queue == "supervisor"


def test_mirror_image_reports_go_to_a_supervisor_and_start_no_measure_against_him(region):
    region.hear(report(report_id="first", intoxication="alcohol", recorded_at=NOW - 30 * HOUR))
    events = region.hear(report(mirrored=True, intoxication="alcohol", victim_ref="he as victim", respondent_ref="she named"))
    assert states(region) == {"shelter": "asked", "mirror_review": "with_person"}
    assert region.need("mirror_review").queue == "supervisor"
    assert "HealthReferralIssued" not in kinds(events)


def test_the_ids_of_two_needs_of_one_report_say_nothing_of_each_other(region):
    region.hear(report(intoxication="alcohol", children=1))
    ids = [need.need_id for need in region.needs()]
    assert len(set(ids)) == 3
    sent = [event for event in region.said if type(event).__name__.endswith("Issued")]
    assert not {"report", "she"} & {value for event in sent for value in vars(event).values()}


def test_police_are_told_of_every_need_of_a_report_and_never_where(region):
    events = region.hear(report(intoxication="alcohol", children=1))
    told = [event for event in events if type(event).__name__ == "NeedStateChanged"]
    assert {one.kind: one.state for one in told} == {"shelter": "asked", "detox": "asked", "child_notice": "asked"}
    assert not any(code in str(told) for code in ("centre-1", "detox-1", "akimat-1"))


def test_an_older_version_never_overwrites_a_newer_one(region):
    region.hear(report(version=2, consent="no"))
    assert region.hear(report(version=1)) == [] and region.hear(report(version=2)) == []
    assert states(region) == {"offer_help": "with_person"}
