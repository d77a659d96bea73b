"""What becomes of a report that comes in: new, repeated, corrected, set aside, taken back?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from plumbing.service import CommandRefused
from plumbing.tasks import TaskOpened
from services.police_intake import decisions
from services.police_intake import messages as m
from services.police_intake.facts import NeedLinked, NeedSeen, RecordHeld, VerdictGiven
from services.police_intake.report import Consent
from tests.police_intake.desk import EXTRACT, HER, HIM, NOW, Desk, one
from tests.police_intake.test_households import CHILD


@pytest.fixture
def desk():
    return Desk()


def verdict(events):
    return one(events, VerdictGiven).verdict


def test_a_new_report_is_accepted_and_told_to_the_router_without_a_name(desk):
    events = desk.import_record()
    said = one(events, m.ReportRegistered)
    assert verdict(events) == "accepted" and (said.version, said.region, said.consent) == (1, "KZ-55", "yes")
    assert not any(word in repr(said) for word in ("Сейітова", HER.iin, "Абая", "текст"))


def test_the_same_record_again_is_a_duplicate_and_says_nothing(desk):
    desk.import_record()
    events = desk.import_record()
    assert verdict(events) == "duplicate" and not any(hasattr(event, "event") for event in events)


def test_content_equal_to_any_earlier_version_is_a_duplicate(desk):
    desk.import_record()
    desk.import_record(children=4)
    assert verdict(desk.import_record()) == "duplicate"


def test_a_later_extract_corrects_and_the_version_counts_on(desk):
    first = one(desk.import_record(), m.ReportRegistered)
    events = desk.import_record(EXTRACT + timedelta(days=1), children=4)
    said = one(events, m.ReportCorrected)
    assert (verdict(events), said.report_id, said.version, said.children) == ("correction", first.report_id, 2, 4)


def test_an_older_extract_never_overwrites_a_newer_one(desk):
    desk.import_record()
    events = desk.import_record(EXTRACT - timedelta(days=1), children=4)
    assert verdict(events) == "held" and one(events, RecordHeld).reason == "an older extract says otherwise"


def test_without_an_extract_date_a_person_decides_which_content_counts(desk):
    desk.import_record()
    events = desk.import_record(None, children=4)
    assert verdict(events) == "held" and one(events, TaskOpened).due_at == NOW + timedelta(minutes=15)


def test_another_victim_under_the_number_is_another_report(desk):
    first = one(desk.import_record(), m.ReportRegistered)
    assert one(desk.import_record(victim=CHILD), m.ReportRegistered).report_id != first.report_id


@pytest.mark.parametrize("elsewhere", [{"station": "УП г. Семей"}, {"recorded_at": NOW - timedelta(days=400)}])
def test_the_same_number_at_another_station_or_in_another_year_is_another_report(desk, elsewhere):
    desk.import_record()
    assert verdict(desk.import_record(**elsewhere)) == "accepted"


def test_the_same_key_and_body_get_the_first_answer_again(desk):
    first = one(desk.post("k1"), m.Replied)
    again = desk.post("k1")
    assert (first.status, [type(event) for event in again]) == (201, [m.Repeated])
    assert (again[0].status, again[0].body) == (200, first.body)


def test_a_key_with_another_body_is_refused(desk):
    desk.post("k1")
    assert one(desk.post("k1", children=5), CommandRefused).kind == "key-reused"


def test_a_post_of_a_known_number_with_other_content_is_pointed_to_the_correction(desk):
    known = one(desk.post("k1"), m.Replied).body["report_id"]
    assert one(desk.post("k2", children=5), CommandRefused).kind == f"already-registered {known}"


def test_a_correction_by_id_counts_the_version_on(desk):
    known = one(desk.post("k1"), m.Replied).body["report_id"]
    assert one(desk.post("k2", report_id=known, children=5), m.ReportCorrected).version == 2


def test_a_report_taken_back_is_told_once_and_can_be_corrected_no_more(desk):
    known = one(desk.post("k1"), m.Replied).body["report_id"]
    taken = m.TakeBack(known, "unfounded", "Petrov")
    assert one(desk.tell(decisions.take_back, taken), m.ReportCancelled).reason == "unfounded"
    assert [type(event) for event in desk.tell(decisions.take_back, taken)] == [m.Replied]
    assert one(desk.post("k2", report_id=known, children=5), CommandRefused).kind == "taken-back"


def test_what_is_held_is_an_officers_task_and_kept_once(desk):
    aside = m.SetAside("held", "no number", {"a": "b"}, "digest", (), m.ImportedRecord("run", 1))
    events = desk.tell(decisions.set_aside, aside)
    assert one(events, RecordHeld).content == {"a": "b"} and one(events, TaskOpened).queue == "duty_officer"
    again = desk.tell(decisions.set_aside, replace(aside, record=m.ImportedRecord("run", 2)))
    assert [event.verdict for event in again] == ["duplicate"]


def test_a_total_is_ignored_and_opens_no_task(desk):
    events = desk.tell(decisions.set_aside, m.SetAside("ignored", "a total", {}, "d", (), m.ImportedRecord("run", 1)))
    assert [type(event) for event in events] == [VerdictGiven]


def test_an_older_change_of_a_need_never_overwrites_a_newer_one(desk):
    newer = m.NeedStateChanged("report", "need", "shelter", "answered", "", 3)
    assert one(desk.tell(decisions.see_need, newer), NeedSeen).state == "answered"
    older = desk.tell(decisions.see_need, replace(newer, state="asked", sequence=1))
    assert [type(event) for event in older] == [NeedLinked]


def requested(desk, kind, consent):
    known = one(desk.post("k1", consent=consent), m.Replied).body["report_id"]
    desk.facts["card", "need"] = b"sealed"
    return desk.tell(decisions.send_card, m.CardRequested(known, "need", kind, b"k" * 32))


def test_her_card_is_sent_while_her_consent_stands(desk):
    assert one(requested(desk, "shelter", Consent.YES), m.VictimCardSealed).sealed == b"sealed"


@pytest.mark.parametrize("consent", [Consent.NO, Consent.NOT_ASKED, Consent.UNKNOWN])
def test_no_card_of_hers_leaves_without_her_consent(desk, consent):
    assert not [event for event in requested(desk, "shelter", consent) if isinstance(event, m.VictimCardSealed)]


def test_his_card_for_an_examination_rests_on_the_law(desk):
    assert one(requested(desk, "examination", Consent.NO), m.RespondentCardSealed).need_id == "need"


def test_the_two_reported_the_other_way_round_within_three_days_are_marked_for_a_supervisor(desk):
    desk.import_record()
    assert one(desk.import_record(kui_number="18", victim=HIM, respondent=HER), m.ReportRegistered).mirrored


def test_the_other_way_round_after_four_days_is_no_mirror_image(desk):
    desk.import_record(recorded_at=NOW - timedelta(days=5))
    assert not one(desk.import_record(kui_number="18", victim=HIM, respondent=HER), m.ReportRegistered).mirrored
