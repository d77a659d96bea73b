"""What do the four services let be counted: each real move once, and nothing that tells whose it was?"""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from plumbing.counting import Life, moved
from plumbing.regions import TOLD_APART
from services.health_narcology import counting as health
from services.health_narcology.facts import Facility as Clinic
from services.health_narcology.facts import FacilityOpened as ClinicOpened
from services.health_narcology.facts import Referral as Brought
from services.health_narcology.facts import ReferralKept as BroughtKept
from services.police_intake import counting as police
from services.police_intake.facts import ReportClosed
from services.police_intake.messages import ImportedRecord
from services.police_intake.records import ImportFinished, RecordHeld, VerdictGiven
from services.referral_router import counting as router
from services.referral_router.facts import AttemptEnded, NeedKept, Report, ReportAssessed
from services.social_registry import counting as social
from services.social_registry.facts import Facility, FacilityOpened, Referral, ReferralKept
from services.social_registry.wiring import SERVICE as SOCIAL
from services.social_registry.wiring import directory
from tests.situation_monitor import lives

NOW = datetime(2026, 11, 22, 10, 7, 31, tzinfo=UTC)
HOUR = NOW.replace(minute=0, second=0)
APART = {"KZ-55"}
CENTRE = Facility("cc-1", "KZ-55", "crisis_centre", (1, 2, 3), (), False, 12, True, True, 4)
GUEST = Referral("need", 1, "shelter", "cc-1", "held", "night", (1, 2), "", 1, 1, "rule", NOW)
CLINIC = Clinic("d-1", "KZ-10", "detox", (1, 2), True, 1)
PATIENT = Brought("need", 1, "detox", "d-1", "held", 1, "alcohol", "rule", NOW, NOW)


def words(count):
    return {name: value for name, value in vars(count).items() if name != "hour"}


def test_a_registered_report_is_counted_with_its_district_and_its_hours():
    (count,) = police.counted({}, lives.report_kept(territory="551016000", recorded_at=NOW), NOW)
    assert (count.region, count.district, count.recorded_hour) == ("KZ-55", "5510", HOUR)
    assert (count.outcome, count.source, count.occurred_hour) == ("registered", "form", None)


def test_a_corrected_report_is_counted_as_a_correction():
    (count,) = police.counted({}, lives.report_kept(version=2), NOW)
    assert count.outcome == "corrected"


def test_a_report_taken_back_is_counted_under_its_own_hour():
    kept = lives.report_kept(recorded_at=NOW - timedelta(days=3))
    (count,) = police.counted({}, ReportClosed(kept.report, "unfounded", "duty officer"), NOW)
    assert (count.outcome, count.recorded_hour, count.region) == ("unfounded", HOUR - timedelta(days=3), "KZ-55")


@pytest.mark.parametrize(("verdict", "counted"), [("held", 1), ("duplicate", 1), ("ignored", 1), ("rejected", 1),
                                                  ("accepted", 0), ("correction", 0)])
def test_a_record_is_counted_once_with_its_report_or_without(verdict, counted):
    counts = police.counted({}, VerdictGiven(ImportedRecord("run", 1), verdict, (), ""), NOW)
    assert [count.outcome for count in counts] == [verdict] * counted


def test_what_is_kept_for_an_officer_is_counted_by_its_verdict_alone():
    assert police.counted({}, RecordHeld("id", "held", "", {}, "hash"), NOW) == ()
    assert [one.outcome for one in police.counted({}, RecordHeld("id", "refused", "", {}, "hash"), NOW)] == ["refused"]


def test_the_records_of_a_journal_are_counted_apart_from_their_verdicts():
    (count,) = police.counted({}, ImportFinished("run", 65), NOW)
    assert words(count) == {"region": "KZ", "records": 65}


def test_a_report_is_assessed_once_however_often_it_is_corrected():
    report = Report(lives.content())
    after = replace(report, active=False)
    outcomes = [router.counted(facts, ReportAssessed(one), NOW)[0].outcome for facts, one in (
        ({}, report), ({("report", "r"): report}, report), ({("report", "r"): report}, after))]
    assert outcomes == ["assessed", "assessed_anew", "taken_back"]


def test_a_need_is_counted_when_police_would_see_it_move():
    need = lives.need(state="asked", opened_at=NOW - timedelta(hours=5, minutes=50))
    known = {("need", "n"): need}
    assert router.counted(known, NeedKept(replace(need, state="withdrawing")), NOW) == ()
    (count,) = router.counted(known, NeedKept(replace(need, state="arrived")), NOW)
    assert words(count) == {"region": "KZ-55", "kind": "shelter", "from_state": "asked", "to_state": "arrived",
                            "code": "", "hours_waited": 5}


def test_a_new_need_is_counted_as_coming_from_nowhere():
    (count,) = router.counted({}, NeedKept(lives.need(state="with_person", opened_at=NOW)), NOW)
    assert (count.from_state, count.to_state) == ("", "with_person")


def test_a_refusal_is_counted_with_its_code_and_a_hold_with_the_need():
    known = {("need", "n"): lives.need(state="asked", opened_at=NOW)}
    (count,) = router.counted(known, AttemptEnded("n", 1, "cc-1", "full"), NOW)
    assert (count.from_state, count.to_state, count.code) == ("asked", "asked", "full")
    assert router.counted(known, AttemptEnded("n", 1, "cc-1", "held"), NOW) == ()


def test_a_place_taken_and_freed_is_counted_with_the_move():
    facts = {("facility", "cc-1"): CENTRE}
    (taken,) = social.counted(APART, facts, ReferralKept(GUEST), NOW)
    facts["referral", "need"] = GUEST
    assert social.counted(APART, facts, ReferralKept(replace(GUEST, sealed=b"card")), NOW) == ()
    (there,) = social.counted(APART, facts, ReferralKept(replace(GUEST, state="arrived")), NOW)
    (freed,) = social.counted(APART, facts, ReferralKept(replace(GUEST, state="withdrawn")), NOW)
    assert [(one.place, one.free_change) for one in (taken, there, freed)] == [("night", -2), ("", 0), ("night", 2)]
    assert (taken.from_state, taken.to_state, taken.hour) == ("", "held", HOUR)


def test_a_second_attempt_is_counted_as_another_life():
    facts = {("facility", "cc-1"): CENTRE, ("referral", "need"): replace(GUEST, state="refused")}
    (count,) = social.counted(APART, facts, ReferralKept(replace(GUEST, attempt=2)), NOW)
    assert count.from_state == ""


def test_where_few_centres_stand_only_the_country_is_counted():
    facts = {("facility", "cc-1"): CENTRE}
    assert social.counted((), facts, ReferralKept(GUEST), NOW)[0].region == "KZ"
    assert social.counted((), {}, FacilityOpened(CENTRE), NOW)[0].region == "KZ"
    assert social.told_apart(["KZ-55", "KZ-55", "KZ-55", "KZ-10", "KZ-10"]) == {"KZ-55"}
    assert SOCIAL.counted.args[0] == set(TOLD_APART), "of the directory as it is"


def test_wherever_a_region_is_told_three_centres_stand_there_and_in_all_others_together():
    centres = Counter(entry["region"] for entry in directory() if entry["kind"] == "crisis_centre")
    assert set(TOLD_APART) == {region for region, number in centres.items() if number >= social.CENTRES_MIN}
    assert sum(number for region, number in centres.items() if region not in TOLD_APART) >= social.CENTRES_MIN


@pytest.mark.parametrize(("kind", "region", "told"), [
    ("shelter", "KZ-55", "KZ-55"), ("shelter", "KZ-62", "KZ"), ("shelter", "KZ-10", "KZ"), ("shelter", "unknown", "unknown"),
    ("detox", "KZ-62", "KZ-62"), ("child_notice", "KZ-62", "KZ-62"),
])
def test_a_need_for_a_centre_is_counted_by_region_only_where_three_stand(kind, region, told):
    before = lives.need(kind=kind, region=region, state="asked", opened_at=NOW)
    (moved_on,) = router.counted({("need", "n"): before}, NeedKept(replace(before, state="held")), NOW)
    (refused,) = router.counted({("need", "n"): before}, AttemptEnded("n", 1, "cc-1", "full"), NOW)
    assert (moved_on.region, refused.region) == (told, told)


def test_an_akimat_is_no_secret_and_its_notices_are_counted_by_region():
    akimat = replace(CENTRE, code="a", kind="akimat", region="KZ-62", night_free=())
    notice = replace(GUEST, kind="notice", facility_code="a", state="waiting", places=(), place="")
    (count,) = social.counted((), {("facility", "a"): akimat}, ReferralKept(notice), NOW)
    assert (count.region, count.kind, count.to_state, count.free_change) == ("KZ-62", "notice", "waiting", 0)


def test_that_nothing_was_needed_leaves_no_trace_outside_health():
    clinic = replace(CLINIC, kind="narcology", beds_free=())
    asked = replace(PATIENT, kind="examination", bed=0, state="waiting")
    facts = {("facility", "d-1"): clinic, ("referral", "need"): asked}
    yes, no = (health.counted(facts, BroughtKept(replace(asked, state=state)), NOW) for state in ("decided", "not_needed"))
    assert yes == no and yes[0].to_state == "answered"


def test_a_bed_is_counted_when_it_opens_and_when_it_is_taken():
    facts = {("facility", "d-1"): CLINIC}
    (opened,), (taken,) = health.counted({}, ClinicOpened(CLINIC), NOW), health.counted(facts, BroughtKept(PATIENT), NOW)
    assert (opened.region, opened.place, opened.places) == ("KZ-10", "bed", 2)
    assert (taken.place, taken.free_change) == ("bed", -1)


def test_a_life_that_is_new_to_us_needs_one_line_to_be_counted():
    found = moved((Life(lives.CaseKept, "case", "case_id"),), {}, lives.CaseKept(lives.Case("c", "filed")))
    assert found is not None and (found.kind, found.from_state, found.to_state) == ("case", "", "filed")
