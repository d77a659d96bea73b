"""Does an officer's act settle a thing once, keep her words, and lose nothing when two people become one and two again?"""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from plumbing.service import CommandRefused, Heard
from services.police_intake import messages as m
from services.police_intake.journal import HEADINGS, read_again
from services.police_intake.officer import acts as o
from services.police_intake.report import Consent, Injury, SafeContact, SafeContactKind
from services.police_intake.wiring import SERVICE
from tests import stores
from tests.police_intake import opened
from tests.police_intake.intake import HER_IIN, HOUR, NOW, command, names, only, person, said
from tests.police_intake.journal_text import iin

pytestmark = pytest.mark.stack
CAME = dict.fromkeys(HEADINGS, "") | {
    "recorded_at": "22.11.2026 14:20", "station": "УП г. Павлодар", "victim": "Оспанова Дана", "victim_birth_date": "03.04.1990",
    "narrative": "Позвонила соседка.",
}
EXTRACTED = NOW - timedelta(minutes=30)
CALL_HER = SafeContact(SafeContactKind.ONLY_AT, "10-12, +7 709 000 00 01, слово «книга»")


@pytest.fixture
def dsn(stack):
    return stores.fresh_database(SERVICE)


@pytest.fixture
def hear(dsn):
    one, count = stores.pinned_step(SERVICE, dsn), iter(range(1000))
    with closing(one.database):
        with one.database.transaction() as tx:
            tx.run("INSERT INTO import_runs VALUES ('run', 'hash', 'journal.csv', now(), NULL, NULL)")
        yield lambda message: one.run([Heard(message, f"m/{next(count)}", "key")])[0]


def held_one(hear, content=CAME, digest="a hash"):
    hear(m.SetAside("held", "why", content, digest, (), None, EXTRACTED))
    return digest


def completes(dsn, by="Aigul", **typed):
    row = read_again({**CAME, **typed}, EXTRACTED, NOW)
    made = m.RegisterReport(row.report, dict(row.content), row.content_hash, tuple(row.doubts), row.extracted_at)
    return o.CompleteRecord(held_id(dsn), made, by)


def held_id(dsn):
    return stores.rows(dsn, "SELECT held_id FROM held_records")[0][0]


def test_a_completed_record_becomes_a_report_with_its_narrative(dsn, hear):
    held_one(hear)
    report = said(hear(completes(dsn, kui_number="77")))
    [(_, _, kept)] = opened.written(dsn)
    assert (kept.fields["kui_number"], kept.fields["narrative"]) == ("77", "Позвонила соседка.")
    assert stores.rows(dsn, "SELECT outcome, report_id, closed_by FROM held_records") == [("registered", report.report_id, "Aigul")]
    assert stores.rows(dsn, "SELECT count(*) FROM tasks WHERE closed_at IS NULL") == [(0,)]


def test_who_completes_second_changes_nothing_and_hears_how_it_was_settled(dsn, hear):
    held_one(hear)
    hear(completes(dsn, kui_number="77"))
    [refused] = hear(completes(dsn, kui_number="78", by="Dana"))
    assert (refused.kind, refused.state) == ("record-closed", "registered")
    assert hear(o.CloseRecord(held_id(dsn), "Dana"))[0].kind == "record-closed"
    assert stores.rows(dsn, "SELECT count(*) FROM reports") == [(1,)]


def test_a_number_known_already_is_corrected_only_if_the_officer_says_so(dsn, hear):
    known = said(hear(command(station="УП г. Павлодар", kui_number="77", victim=person("Оспанова Дана", "1990-04-03"))))
    held_one(hear)
    asked = completes(dsn, kui_number="77")
    [refused] = hear(asked)
    assert refused.kind == f"already-registered {known.report_id}"
    events = hear(replace(asked, corrects=True))
    assert (said(events).version, only(events, "RecordClosed").outcome) == (2, "correction")


def test_a_record_held_against_a_known_report_is_one_task_however_often_it_comes(dsn, hear):
    hear(command(extracted=NOW))
    older = [command(extracted=NOW - HOUR, record=m.ImportedRecord("run", n), address="иная") for n in (1, 2)]
    given = [only(hear(one), "VerdictGiven").verdict for one in older]
    assert given == ["held", "duplicate"]
    assert stores.rows(dsn, "SELECT count(*) FROM tasks JOIN held_records ON held_id = subject") == [(1,)]
    assert stores.rows(dsn, "SELECT count(*) FROM tasks") == [(1,)]


def answers(report_id, **changes):
    told = o.VictimAnswered(report_id, True, Consent.YES, CALL_HER, "Aigul")
    return o.AddAnswers(report_id, told, o.RiskSeen((), Injury.LIGHT, True, 2), "Aigul")


def test_what_she_says_herself_is_a_new_version_about_the_same_people(dsn, hear):
    first = said(hear(command(extracted=EXTRACTED, victim=person("", None), consent=Consent.UNKNOWN)))
    second = said(hear(answers(first.report_id)))
    assert (second.version, second.consent, second.children, second.weapon_seen) == (2, "yes", 2, True)
    assert second.victim_ref == first.victim_ref and second.household_ref == first.household_ref


def test_a_later_journal_that_is_silent_takes_nothing_of_hers_back(dsn, hear):
    first = said(hear(command(extracted=EXTRACTED, consent=Consent.UNKNOWN)))
    hear(answers(first.report_id))
    later = command(extracted=NOW, record=m.ImportedRecord("run", 1), consent=Consent.UNKNOWN, address="ул. Абая, 4")
    assert said(hear(later)).consent == "yes"
    *_, (_, version, kept) = opened.written(dsn)
    assert (version, kept.fields["safe_contact"]["kind"]) == (3, "only_at")


def test_a_later_journal_that_says_no_takes_nothing_back_that_she_said_to_an_officer(hear):
    first = said(hear(command(extracted=EXTRACTED, consent=Consent.UNKNOWN)))
    hear(answers(first.report_id))
    later = command(extracted=NOW, record=m.ImportedRecord("run", 1), consent=Consent.NO, address="ул. Абая, 4")
    assert said(hear(later)).consent == "yes"


def test_her_no_about_one_report_takes_back_what_stands_about_her_others(dsn, hear):
    first, second = (said(hear(command(extracted=EXTRACTED, kui_number=number, victim=person(iin=HER_IIN)))) for number in "12")
    hear(replace(answers(second.report_id), answers=replace(answers(second.report_id).answers, consent=Consent.NO)))
    rows = stores.rows(dsn, "SELECT report_id, state FROM consents ORDER BY said_at, version")
    assert {one for one in rows if one[1] == "withdrawn"} == {(first.report_id, "withdrawn"), (second.report_id, "withdrawn")}


@pytest.fixture
def twice(dsn, hear):
    """Two rows of one name and birth date, with two numbers: (row in doubt, the other, her second report)."""
    hear(command(extracted=EXTRACTED, victim=person(iin=HER_IIN)))
    second = hear(command(extracted=EXTRACTED, kui_number="2", victim=person(iin=iin("74081287994")), respondent=person("", None)))
    doubted = only(second, "TaskOpened").subject
    [other] = opened.people(dsn, HER_IIN)
    return doubted, other, said(second)


def test_two_rows_said_to_be_one_are_known_under_one_id_and_stay_two_rows(dsn, hear, twice):
    doubted, other, report = twice
    again = said(hear(o.JudgePersons(doubted, other, True, "Aigul")))
    [(ref,)] = stores.rows(dsn, f"SELECT victim_ref FROM persons WHERE person_id = '{other}'")
    assert again.report_id == report.report_id and again.victim_ref == ref != report.victim_ref
    assert stores.rows(dsn, f"SELECT count(*) FROM persons WHERE person_id IN ('{doubted}', '{other}')") == [(2,)]
    assert stores.rows(dsn, "SELECT count(*) FROM tasks WHERE closed_at IS NULL") == [(0,)]


def test_parted_again_everything_is_said_as_it_was_before(dsn, hear, twice):
    doubted, other, report = twice
    hear(o.JudgePersons(doubted, other, True, "Aigul"))
    back = said(hear(o.PartPersons(doubted, "Dana")))
    assert replace(back, version=1).__dict__ == report.__dict__ | {"version": 1}
    told = stores.rows(dsn, "SELECT verdict, by FROM person_judgements ORDER BY judged_at, verdict DESC")
    assert sorted(told) == [("parted", "Dana"), ("same", "Aigul")]


def test_a_new_report_about_one_human_in_two_rows_opens_no_new_doubt(hear, twice):
    doubted, other, _ = twice
    hear(o.JudgePersons(doubted, other, True, "Aigul"))
    third = hear(command(extracted=EXTRACTED, kui_number="3", victim=person(), respondent=person("", None)))
    assert "TaskOpened" not in names(third) and "PersonKept" not in names(third)


def test_who_is_not_the_same_stays_apart_and_the_second_judge_is_told(hear, twice):
    doubted, other, _ = twice
    assert names(hear(o.JudgePersons(doubted, other, False, "Aigul"))) == ["PersonsJudged", "TaskClosed"]
    assert isinstance(hear(o.JudgePersons(doubted, other, True, "Dana"))[0], CommandRefused)
    assert hear(o.PartPersons(doubted, "Dana"))[0].kind == "not-one"
