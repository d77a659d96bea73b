"""What becomes of what comes in: new, known, corrected, held, taken back?"""

from dataclasses import astuple, replace
from datetime import timedelta

import pytest

from services.police_intake import messages as m
from tests.police_intake.intake import (
    ANOTHER_IIN,
    DAY,
    HER_IIN,
    HOUR,
    NOW,
    Intake,
    command,
    fields,
    names,
    only,
    person,
    said,
)

DAUGHTER = person("Сейітова Айша", "2016-05-06")


@pytest.fixture
def intake():
    return Intake()


def verdict(events):
    found = only(events, "VerdictGiven")
    return found.verdict, found.report_id


def test_a_new_report_is_accepted_and_said_without_any_name(intake):
    events = intake.record()
    assert verdict(events) == ("accepted", said(events).report_id)
    text = repr(said(events))
    assert not [secret for secret in ("Сейітова", "Жұмабайов", "3862", "Абая", "Ударил", "Шымкент", "neighbour") if secret in text]


def test_the_same_content_again_is_a_duplicate_and_says_nothing(intake):
    first = said(intake.record()).report_id
    events = intake.record(2, extracted=NOW + DAY)
    assert verdict(events) == ("duplicate", first) and names(events) == ["VerdictGiven", "Replied"]


def test_a_content_that_was_corrected_since_is_still_a_duplicate(intake):
    first = said(intake.record(children=0)).report_id
    intake.record(2, extracted=NOW + HOUR, children=1)
    assert verdict(intake.record(3, extracted=NOW + DAY, children=0)) == ("duplicate", first)


@pytest.mark.parametrize("later", [HOUR * 0, HOUR])
def test_a_later_extract_corrects_the_report(intake, later):
    first = said(intake.record())
    events = intake.record(2, extracted=NOW + later, children=3)
    assert verdict(events) == ("correction", first.report_id)
    assert (type(said(events)).__name__, said(events).version, said(events).children) == ("ReportCorrected", 2, 3)
    assert (said(events).victim_ref, said(events).respondent_ref) == (first.victim_ref, first.respondent_ref)


@pytest.mark.parametrize(("before", "now", "reason"), [
    (NOW, NOW - HOUR, "an older extract says otherwise"),
    (NOW, None, "another content, and no extract date to compare"),
    (None, NOW, "another content, and no extract date to compare"),
])
def test_an_older_extract_never_overwrites_and_is_held_for_an_officer(intake, before, now, reason):
    first = said(intake.record(extracted=before))
    events = intake.record(2, extracted=now, children=3)
    assert verdict(events) == ("held", first.report_id)
    task = only(events, "TaskOpened")
    assert (task.queue, task.due_at, task.reason) == ("duty_officer", NOW + timedelta(minutes=15), reason)
    assert only(events, "RecordHeld").content == {"all": repr(astuple(fields(children=3)))}
    assert "ReportCorrected" not in names(events)


def test_another_victim_under_the_number_is_another_report_and_no_correction(intake):
    mother, child = said(intake.record()), said(intake.record(2, extracted=NOW + HOUR, victim=DAUGHTER))
    assert mother.report_id != child.report_id and type(child).__name__ == "ReportRegistered"


@pytest.mark.parametrize("changes", [{"station": "Другой отдел"}, {"kui_number": "3863"}, {"recorded_at": NOW - 365 * DAY}])
def test_another_station_number_or_year_is_another_report(intake, changes):
    first, other = said(intake.record()), said(intake.record(2, **changes))
    assert first.report_id != other.report_id and first.victim_ref == other.victim_ref


def test_an_officer_who_clicks_twice_gets_one_report_and_one_answer(intake):
    first = only(intake.post("a key"), "Replied")
    again = only(intake.post("a key"), "Repeated")
    assert (first.status, again.status, again.body) == (201, 200, first.body)


def test_the_same_key_for_another_body_is_refused(intake):
    intake.post("a key")
    assert only(intake.post("a key", children=2), "CommandRefused").kind == "key-reused"


def test_a_form_that_says_otherwise_of_a_known_report_is_sent_to_correct_it(intake):
    first = said(intake.post())
    refused = only(intake.post(children=2), "CommandRefused")
    assert refused.kind == f"already-registered {first.report_id}" and "correct that report" in refused.detail


def test_a_report_that_was_taken_back_is_not_corrected_but_registered_anew(intake):
    first = said(intake.record())
    intake.hear(m.TakeBack(first.report_id, "unfounded", "Dana"))
    assert only(intake.post(report_id=first.report_id, children=1), "CommandRefused").kind == "taken-back"
    again = said(intake.record(2, children=2))
    assert again.report_id != first.report_id and type(again).__name__ == "ReportRegistered"


@pytest.mark.parametrize("reason", ["cancelled", "unfounded", "wrong_person"])
def test_a_report_is_taken_back_once_and_everybody_hears_it(intake, reason):
    first = said(intake.record())
    events = intake.hear(m.TakeBack(first.report_id, reason, "Dana"))
    told = only(events, "ReportCancelled")
    assert (told.report_id, told.version, told.reason) == (first.report_id, 2, reason)
    assert names(intake.hear(m.TakeBack(first.report_id, reason, "Dana"))) == ["Replied"]


@pytest.mark.parametrize(("report_id", "reason"), [("nobody's", "cancelled"), ("", "unfounded")])
def test_what_was_never_reported_cannot_be_taken_back(intake, report_id, reason):
    assert only(intake.hear(m.TakeBack(report_id, reason, "Dana")), "CommandRefused").kind == "unknown-report"


def held(number=1, verdict="held", content_hash="hash"):
    return m.SetAside(verdict, "no one is named", {"a": "b"}, content_hash, ("victim",), m.ImportedRecord("a run", number))


def test_a_held_record_is_kept_as_it_came_with_a_task_of_fifteen_minutes(intake):
    events = intake.hear(held())
    assert (only(events, "VerdictGiven").verdict, only(events, "VerdictGiven").doubts) == ("held", ("victim",))
    assert only(events, "RecordHeld").content == {"a": "b"}
    assert only(events, "TaskOpened").due_at == NOW + timedelta(minutes=15)


def test_a_held_record_sent_again_is_a_duplicate_and_no_second_task(intake):
    intake.hear(held())
    again = intake.hear(held(2))
    assert only(again, "VerdictGiven").verdict == "duplicate" and names(again) == ["VerdictGiven"]


def test_a_title_is_ignored_and_kept_nowhere(intake):
    assert names(intake.hear(held(verdict="ignored"))) == ["VerdictGiven"]


def test_a_rejected_record_is_still_kept_for_an_officer(intake):
    events = intake.hear(held(verdict="rejected"))
    assert only(events, "VerdictGiven").verdict == "rejected" and "RecordHeld" in names(events)


@pytest.mark.parametrize("events_of", [
    lambda intake: intake.record(), lambda intake: intake.hear(held()), lambda intake: intake.hear(held(verdict="ignored")),
])
def test_every_record_gets_its_verdict_once(intake, events_of):
    for _ in range(3):
        assert names(events_of(intake)).count("VerdictGiven") == 1


def test_a_possible_double_is_a_persons_task_and_never_merged_by_itself(intake):
    intake.record(victim=replace(person(), iin=HER_IIN, iin_trusted=True))
    events = intake.record(2, kui_number="2", victim=replace(person(), iin=ANOTHER_IIN, iin_trusted=True))
    task = only(events, "TaskOpened")
    assert (task.kind, task.queue, task.due_at) == ("possible_duplicate", "duty_officer", NOW + 24 * HOUR)


def test_the_doubts_of_a_record_are_kept_with_the_report(intake):
    events = intake.hear(replace(command(), doubts=("children", "phone"), record=m.ImportedRecord("a run", 1)))
    assert only(events, "ReportKept").doubts == only(events, "VerdictGiven").doubts == ("children", "phone")
