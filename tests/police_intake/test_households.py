"""Which household does a report belong to? (docs/decisions/0007)"""

from dataclasses import replace
from datetime import date

import pytest

from services.police_intake.messages import ReportRegistered
from services.police_intake.report import PersonFields, Relation
from tests.police_intake.desk import HIM, Desk, one

CHILD = PersonFields("Жұмабайова Аружан", date(2015, 5, 5), "150505800012", True, None, True)
SISTER = PersonFields("Сейітова Динара", date(1992, 3, 3), "920303800013", True, None, True)


@pytest.fixture
def desk():
    return Desk()


def household(events):
    return one(events, ReportRegistered).household_ref


def test_her_next_report_is_about_the_same_household_even_with_another_respondent(desk):
    first = household(desk.import_record())
    other = replace(HIM, name="Ким Сергей", iin="700101700014", birth_date=date(1970, 1, 1))
    assert household(desk.import_record(kui_number="18", respondent=other)) == first


def test_mother_and_child_under_one_number_are_one_household(desk):
    assert household(desk.import_record()) == household(desk.import_record(victim=CHILD, relation=Relation.PARENT))


def test_people_of_one_home_at_one_address_are_one_household(desk):
    first = household(desk.import_record())
    assert household(desk.import_record(kui_number="18", victim=CHILD, relation=Relation.PARENT)) == first


def test_a_former_husband_elsewhere_makes_no_common_household(desk):
    first = household(desk.import_record())
    events = desk.import_record(kui_number="18", victim=SISTER, relation=Relation.FORMER_SPOUSE)
    assert household(events) != first


def test_the_same_man_at_another_address_makes_no_common_household(desk):
    first = household(desk.import_record())
    assert household(desk.import_record(kui_number="18", victim=SISTER, address="ул. Сатпаева, 9")) != first


def test_a_household_id_says_nothing_of_whom_it_holds(desk):
    said = one(desk.import_record(), ReportRegistered)
    assert said.household_ref not in (said.victim_ref, said.respondent_ref, said.report_id)
