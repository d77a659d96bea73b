"""What does a prosecutor find in the inbox, and of whom? By HTTP behind closed doors, on the real database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plumbing.catalogue import catalogue
from plumbing.identity import new_id
from services.police_intake.journal import HEADINGS
from services.police_intake.messages import ImportedRecord, SetAside, TakeBack
from services.police_intake.officer.acts import CloseRecord
from services.police_intake.oversight import asking
from tests import stores
from tests.doors import seeds
from tests.doors.browsing import main_of
from tests.police_intake.intake import command, person
from tests.stores import NOW, rows

pytestmark = pytest.mark.stack
HOUR = timedelta(hours=1)
LATE = "0000000f-0000-4000-8000-000000000000"


def late_report(number, station, region, **changes):
    people = {"victim": person(f"Ойдан Шығарылған{number}", f"198{number}-05-05"), "respondent": person(f"Тағы Біреу{number}", "1970-02-02")}
    return command(kui_number=f"late-{number}", station=station, region=region, **people, **changes)


def heard(police, *messages):
    police.desk.step.run([replace(one, message_id=f"inbox/{new_id()}") for one in stores.heard(messages)])


def test_a_report_registered_later_than_the_duty_is_listed_with_how_late_and_another_region_sees_nothing_of_it(police, at):
    prosecutor = at("prosecutor")
    assert "No report was registered late" in main_of(prosecutor.get("/prosecutor"))
    heard(police, late_report(1, seeds.FOREIGN_STATION, seeds.FOREIGN, recorded_at=NOW - 30 * HOUR))
    assert "No report was registered late" in main_of(prosecutor.get("/prosecutor")), "it is another region's"
    heard(police, late_report(2, seeds.OWN_STATION, seeds.OWN, recorded_at=NOW - 29 * HOUR),
          late_report(3, seeds.OWN_STATION, seeds.OWN, recorded_at=NOW - 24 * HOUR))
    text = main_of(prosecutor.get("/prosecutor"))
    assert "1 report was registered late" in text and "5 h 0 min" in text and "No text was found for this term" in text
    assert f"{seeds.OWN_STATION}: 1" in text and "order 89" in text and "Not verified by a lawyer" in text


def test_when_it_happened_makes_no_report_late_and_what_was_taken_back_is_no_longer_listed(police, at):
    heard(police, late_report(4, seeds.OWN_STATION, seeds.OWN, occurred_at=NOW - 2000 * HOUR, recorded_at=NOW - HOUR))
    prosecutor = at("prosecutor")
    assert "No report was registered late" in main_of(prosecutor.get("/prosecutor"))
    heard(police, replace(late_report(5, seeds.OWN_STATION, seeds.OWN, recorded_at=NOW - 99 * HOUR), new_id=LATE))
    assert "1 report was registered late" in main_of(prosecutor.get("/prosecutor"))
    heard(police, TakeBack(LATE, "unfounded", "duty officer"))
    assert "No report was registered late" in main_of(prosecutor.get("/prosecutor"))


def test_a_record_nobody_decided_on_is_listed_by_station_once_its_clock_is_over(police, at):
    prosecutor = at("prosecutor")
    assert "No record waits past its clock" in main_of(prosecutor.get("/prosecutor"))
    with police.desk.step.database.transaction() as tx:
        tx.run(f"UPDATE tasks SET due_at = '{NOW - 3 * HOUR}' WHERE kind = 'held'")
    text = main_of(prosecutor.get("/prosecutor"))
    assert "1 record is no report yet, and past its clock" in text and f"{seeds.OWN_STATION}: 1" in text
    assert "late by 3 h" in text and seeds.FOREIGN_STATION not in text and "record 1" not in text, "no narrative"


def test_a_rejected_record_of_a_station_without_any_report_is_seen_by_its_regions_prosecutor(police, at):
    cells = dict.fromkeys(HEADINGS, "") | {"station": "УП г. Экибастуз", "narrative": "Абая, 2"}
    heard(police, SetAside("rejected", "No person and no place can be read.", cells, "rejected-1", (), None, None))
    with police.desk.step.database.transaction() as tx:
        tx.run(f"UPDATE tasks SET due_at = '{NOW - HOUR}' WHERE kind = 'rejected'")
    text = main_of(at("prosecutor").get("/prosecutor"))
    assert "УП г. Экибастуз: 1" in text and "No person and no place can be read." in text


def test_what_an_officer_settled_as_no_report_is_counted_by_station(police, at):
    own = rows(police.desk.settings.dsn, f"SELECT held_id FROM held_records WHERE station = '{seeds.OWN_STATION}'")[0][0]
    prosecutor = at("prosecutor")
    assert "No record was settled as no report lately" in main_of(prosecutor.get("/prosecutor"))
    heard(police, CloseRecord(own, "Dana"))
    text = main_of(prosecutor.get("/prosecutor"))
    assert f"Settled as no report in the last 30 days</h3><ul class=\"govuk-list\"><li>{seeds.OWN_STATION}: 1" in text


def test_an_old_late_report_is_not_pushed_off_the_list_by_newer_ones_that_were_in_time(police, at, monkeypatch):
    heard(police, late_report(4, seeds.OWN_STATION, seeds.OWN, recorded_at=NOW - 30 * HOUR))
    heard(police, *(late_report(number, seeds.OWN_STATION, seeds.OWN, recorded_at=NOW - HOUR) for number in (5, 6)))
    monkeypatch.setattr(asking, "MOST", 1)
    assert "1 report was registered late" in main_of(at("prosecutor").get("/prosecutor"))


def test_what_is_asked_of_one_region_holds_no_report_of_another_even_without_the_wall(police):
    heard(police, late_report(7, seeds.FOREIGN_STATION, seeds.FOREIGN, recorded_at=NOW - 30 * HOUR),
          late_report(8, seeds.OWN_STATION, seeds.OWN, recorded_at=NOW - 30 * HOUR))
    with police.desk.step.database.transaction() as tx:  # the owner, who sees every row
        asked = {"region": seeds.OWN, "least": 24 * HOUR}
        assert {row[1] for row in asking.registered(tx, asked)} == {seeds.OWN_STATION}
        assert len(asking.registered(tx, {**asked, "region": ""})) == 2


def test_what_names_no_station_is_told_as_a_count_of_the_country_with_its_code_alone(police, at):
    prosecutor = at("prosecutor")
    text = main_of(prosecutor.get("/prosecutor"))
    assert "Every incident of a dispatch system could be read" in text and "No line of a journal was taken for no record lately" in text
    topic = catalogue().topic_of("police_dispatch.IncidentReported").name
    with police.desk.step.database.transaction() as tx:
        tx.run("INSERT INTO dead_letters (topic, partition, number, key, message_id, value, cause, behind, set_aside_at) VALUES"
               f" ('{topic}', 0, 1, 'a-life', 'm', 'bytes', 'Unreadable: Абая 2', false, '{NOW - 2 * HOUR}')")
        tx.run(f"INSERT INTO import_runs (run_id, file_hash, file_name, started_at) VALUES ('run', 'hash', 'Абая', '{NOW}')")
    heard(police, SetAside("ignored", "A total.", {}, "total-1", (), ImportedRecord("run", 1), None))
    text = main_of(prosecutor.get("/prosecutor"))
    assert "could not be read: 1 <code>Unreadable</code>" in text and "taken for no record: 1, A total." in text
