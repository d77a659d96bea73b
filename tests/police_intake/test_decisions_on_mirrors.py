"""Do two who report each other within 72 hours each carry the mark of it, and lose it when one report is taken back?"""

from datetime import timedelta

import pytest

from services.police_intake import messages as m
from tests.police_intake.intake import HE, HOUR, Intake, person, said
from tests.stores import NOW


@pytest.fixture
def intake():
    return Intake()


def content(events):
    return [event for event in events if isinstance(event, m.Content)]


@pytest.mark.parametrize(("apart", "mirrored"), [(72 * HOUR, True), (72 * HOUR + timedelta(seconds=1), False)])
def test_reports_against_each_other_within_72_hours_are_mirrored(intake, apart, mirrored):
    intake.record(recorded_at=NOW - HOUR - apart)
    told = {one.report_id: one.mirrored for one in content(intake.record(2, kui_number="2", victim=HE, respondent=person()))}
    assert set(told.values()) == {mirrored} and len(told) == 1 + mirrored  # the first is said again, to be told so


def test_a_mirror_image_taken_back_frees_the_report_that_it_stood_against(intake):
    first = said(intake.record())
    events = intake.record(2, kui_number="2", victim=HE, respondent=person())
    [again] = [one for one in content(events) if one.report_id == first.report_id]
    assert (again.mirrored, again.version, type(again).__name__) == (True, 2, "ReportCorrected")
    [second] = [one for one in content(events) if one.report_id != first.report_id]
    [freed] = content(intake.hear(m.TakeBack(second.report_id, "unfounded", "Dana")))
    assert (freed.report_id, freed.mirrored, freed.version) == (first.report_id, False, 3)


def test_a_third_report_of_two_mirrored_ones_says_none_of_them_again(intake):
    intake.record()
    intake.record(2, kui_number="2", victim=HE, respondent=person())
    [third] = content(intake.record(3, kui_number="3"))
    assert third.mirrored


def test_a_report_taken_back_mirrors_nothing(intake):
    first = said(intake.record())
    intake.hear(m.TakeBack(first.report_id, "unfounded", "Dana"))
    assert not said(intake.record(2, kui_number="2", victim=HE, respondent=person())).mirrored
