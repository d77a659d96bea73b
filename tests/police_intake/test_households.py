"""Which reports are about one household? The social side knows a family by nothing else."""

import pytest

from services.police_intake.report import PersonFields, Relation
from tests.police_intake.intake import DAY, HE, NOW, Intake, person, said


@pytest.fixture
def intake():
    return Intake()


def home(intake, number, **changes):
    return said(intake.post(kui_number=number, **changes)).household_ref


ANOTHER_HE = person("Оспанов Тимур", "1990-01-01")
DAUGHTER = person("Сейітова Айша", "2016-05-06")
NOBODY = PersonFields()


def test_her_second_report_belongs_to_the_household_of_her_first(intake):
    assert home(intake, "1") == home(intake, "2", respondent=ANOTHER_HE, address="elsewhere")


def test_of_her_reports_the_latest_one_tells_the_household(intake):
    old = home(intake, "1", recorded_at=NOW - 9 * DAY)
    assert home(intake, "2", recorded_at=NOW - 8 * DAY) == old == home(intake, "3")


def test_mother_and_child_under_one_number_are_one_household(intake):
    mother = home(intake, "1", address="")
    assert home(intake, "1", victim=DAUGHTER, relation=Relation.CHILD, address="") == mother


def test_another_number_and_no_address_is_another_household(intake):
    mother = home(intake, "1", address="")
    assert home(intake, "2", victim=DAUGHTER, relation=Relation.CHILD, address="") != mother


@pytest.mark.parametrize("relation", [Relation.SPOUSE, Relation.PARTNER, Relation.CHILD, Relation.PARENT, Relation.IN_LAW])
def test_people_of_one_home_at_one_address_with_one_respondent_are_one_household(intake, relation):
    mother = home(intake, "1")
    assert home(intake, "2", victim=DAUGHTER, relation=relation, address="Ул. АБАЯ 2") == mother


@pytest.mark.parametrize("relation", [Relation.FORMER_SPOUSE, Relation.SIBLING, Relation.OTHER, Relation.UNKNOWN])
def test_who_need_not_live_with_him_is_another_household(intake, relation):
    mother = home(intake, "1")
    assert home(intake, "2", victim=DAUGHTER, relation=relation) != mother


def test_another_address_is_another_household(intake):
    assert home(intake, "1") != home(intake, "2", victim=DAUGHTER, address="ул. Абая, 20")


def test_another_respondent_at_the_same_address_is_another_household(intake):
    assert home(intake, "1") != home(intake, "2", victim=DAUGHTER, respondent=ANOTHER_HE)


def test_without_a_respondent_two_victims_are_two_households(intake):
    assert home(intake, "1", respondent=NOBODY) != home(intake, "1", victim=DAUGHTER, respondent=NOBODY)


def test_the_household_of_a_victim_is_not_the_one_where_she_was_the_respondent(intake):
    there = home(intake, "1", victim=ANOTHER_HE, respondent=person())
    assert home(intake, "2", respondent=HE) != there


def test_a_correction_leaves_the_household_as_it_was(intake):
    first = said(intake.post())
    assert said(intake.post(report_id=first.report_id, address="elsewhere", children=2)).household_ref == first.household_ref


def test_the_report_of_a_respondent_it_no_longer_names_tells_no_household(intake):
    first = said(intake.post(kui_number="1"))
    intake.post(report_id=first.report_id, kui_number="1", respondent=ANOTHER_HE)
    assert home(intake, "2", victim=DAUGHTER) != first.household_ref
