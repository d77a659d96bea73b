"""What does the router make of a court case: police hear how far it is, and no person is proposed twice for it?"""

import pytest

from services.referral_router import messages as m
from services.referral_router.decisions import UnknownNeed
from tests.referral_router.region import kinds, only, report
from tests.stores import NOW

STAGES = ["before_court", "awaiting_bed", "in_treatment", "missing"]


@pytest.fixture
def examined(region):
    """A second report under influence; a narcologist has decided to examine."""
    region.hear(report(report_id="first", intoxication="alcohol", recorded_at=NOW))
    region.hear(report(report_id="second", intoxication="alcohol", recorded_at=NOW))
    need = _need(region)
    region.hear(m.ExaminationDecided(need.need_id, 1, b"k" * 32))
    assert _need(region).state == "settled"
    return region


def _need(region):
    return next(one for one in region.needs() if one.kind == "examination")


def _stage(region, stage, attempt=1):
    return region.hear(m.TreatmentStageReached(_need(region).need_id, attempt, stage))


@pytest.mark.parametrize("stage", STAGES)
def test_police_hear_how_far_a_case_is_and_nothing_else(examined, stage):
    events = _stage(examined, stage)
    assert kinds(events) == ["NeedKept", "NeedStateChanged"]
    told = only(events, "NeedStateChanged")
    assert (told.state, told.queue, told.kind, told.report_id) == (stage, "", "examination", _need(examined).report_id)


def test_a_stage_heard_twice_is_told_once(examined):
    _stage(examined, "before_court")
    assert _stage(examined, "before_court") == []


def test_an_ended_case_closes_the_need_again(examined):
    _stage(examined, "in_treatment")
    assert only(_stage(examined, "ended"), "NeedStateChanged").state == "closed"
    assert _stage(examined, "ended") == []


def test_a_stage_this_router_does_not_know_changes_nothing(examined):
    assert _stage(examined, "unknown") == []


def test_a_stage_before_the_examination_was_decided_changes_nothing(region):
    region.hear(report(report_id="first", intoxication="alcohol", recorded_at=NOW))
    region.hear(report(report_id="second", intoxication="alcohol", recorded_at=NOW))
    assert _stage(region, "before_court") == [] and _need(region).state == "asked"


def test_a_stage_of_a_need_nobody_opened_is_kept_for_a_person(region):
    with pytest.raises(UnknownNeed):
        region.hear(m.TreatmentStageReached("nobody's", 1, "before_court"))


@pytest.mark.parametrize("stage", STAGES)
def test_a_corrected_report_proposes_nobody_twice_whose_case_is_before_a_court(examined, stage):
    _stage(examined, stage)
    owner = _need(examined).report_id
    examined.hear(report(as_="corrected", version=2, report_id=owner, intoxication="alcohol", recorded_at=NOW, children=1))
    assert [one.state for one in examined.needs() if one.kind == "examination"] == [stage]


@pytest.mark.parametrize("stage", STAGES)
def test_an_unfounded_report_is_called_back_from_a_court_too_and_no_late_stage_opens_it_again(examined, stage):
    _stage(examined, stage)
    events = examined.hear(m.ReportCancelled(_need(examined).report_id, 9, "unfounded"))
    assert only(events, "HealthReferralWithdrawn").reason == "unfounded"
    assert _need(examined).state == "withdrawn"
    assert _stage(examined, "in_treatment") == []
