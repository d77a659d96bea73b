"""When is a person in a report somebody we know, and when must a person decide?"""

from dataclasses import replace
from datetime import date

import pytest

from plumbing.tasks import TaskOpened
from services.police_intake.facts import PersonKept
from services.police_intake.messages import ReportRegistered
from services.police_intake.persons import age_band, sex_of
from services.police_intake.report import PersonFields
from tests.police_intake.desk import HER, HIM, NOW, Desk, one


def refs(events):
    said = one(events, ReportRegistered)
    return said.victim_ref, said.respondent_ref


def doubts(events):
    return [event.reason for event in events if isinstance(event, TaskOpened) and event.kind == "possible_duplicate"]


@pytest.fixture
def desk():
    return Desk()


def test_the_same_trusted_number_and_a_name_that_fits_is_the_same_person(desk):
    first = refs(desk.import_record())
    assert refs(desk.import_record(kui_number="18", victim=replace(HER, name="Сейитова Зауре"))) == first


def test_one_number_under_two_names_is_two_persons_and_a_task(desk):
    first = refs(desk.import_record())
    events = desk.import_record(kui_number="18", victim=replace(HER, name="Иванова Ольга"))
    assert refs(events)[0] != first[0]
    assert doubts(events) == ["one identity number, two names"]


def test_name_and_birth_date_without_a_number_against_them_are_enough(desk):
    first = refs(desk.import_record())
    events = desk.import_record(kui_number="18", victim=replace(HER, iin=None, iin_trusted=False))
    assert refs(events) == first and doubts(events) == []


def test_a_number_that_comes_later_is_kept_with_the_person(desk):
    first = refs(desk.import_record(victim=replace(HER, iin=None, iin_trusted=False)))
    desk.import_record(kui_number="18")
    assert refs(desk.import_record(kui_number="19", victim=replace(HER, birth_date=None))) == first


def test_the_same_name_and_birth_date_under_another_number_is_another_person_and_a_task(desk):
    first = refs(desk.import_record())
    events = desk.import_record(kui_number="18", victim=replace(HER, iin="900101800022"))
    assert refs(events)[0] != first[0]
    assert doubts(events) == ["same name and birth date as another person"]


def test_a_number_that_is_not_trusted_identifies_nobody(desk):
    first = refs(desk.import_record())
    stranger = PersonFields("Ким Ольга", date(1970, 1, 1), HER.iin, False, None, True)
    assert refs(desk.import_record(kui_number="18", victim=stranger))[0] != first[0]


def test_a_name_without_a_birth_date_identifies_nobody(desk):
    nameless = replace(HER, iin=None, iin_trusted=False, birth_date=None)
    assert refs(desk.import_record(victim=nameless))[0] != refs(desk.import_record(kui_number="18", victim=nameless))[0]


def test_a_respondent_nobody_named_gets_no_id(desk):
    assert refs(desk.import_record(respondent=PersonFields()))[1] is None


def test_no_id_of_a_person_serves_on_two_sides(desk):
    kept = [event.person for event in desk.import_record() if isinstance(event, PersonKept)]
    ids = [one_id for person in kept for one_id in (person.person_id, person.victim_ref, person.respondent_ref)]
    assert len(set(ids)) == len(ids) == 6


def test_he_who_was_victim_is_known_again_as_respondent_under_another_id(desk):
    her, him = refs(desk.import_record())
    other_her, other_him = refs(desk.import_record(kui_number="18", victim=HIM, respondent=HER))
    assert {her, him}.isdisjoint({other_her, other_him})
    assert refs(desk.import_record(kui_number="19")) == (her, him)


@pytest.mark.parametrize(
    ("born", "band"),
    [(date(2008, 11, 23), "child"), (date(2008, 11, 22), "adult"), (date(1963, 11, 23), "adult"), (date(1963, 11, 22), "elder"), (None, "unknown")],
)
def test_the_age_band_turns_on_the_birthday(born, band):
    assert age_band(born, NOW) == band


def test_what_the_form_says_of_the_sex_counts_before_the_number():
    assert [sex_of(HER), sex_of(HIM), sex_of(replace(HER, sex="male")), sex_of(PersonFields())] == [
        "female", "male", "male", "unknown",
    ]
