"""Is one person one person, and are two people never made into one?"""

from datetime import UTC, date, datetime

import pytest

from plumbing.identity import Ids
from services.police_intake.facts import PersonKept, evolve
from services.police_intake.persons import age_band, recognise, sex_of
from tests.police_intake.intake import ANOTHER_IIN, HER_IIN, HIS_IIN, person


class Register:
    """People as they become known, one after the other."""

    def __init__(self):
        self.facts, self.seen = {}, 0

    def meet(self, *read, **more):
        self.seen += 1
        found = recognise(person(*read, **more), self.facts, Ids(self.seen.to_bytes(2, "big")))
        if found.changed:
            self.facts.update(evolve(self.facts, PersonKept(found.person)))
        return found


@pytest.fixture
def register():
    return Register()


@pytest.mark.parametrize("name", ["Сейітова Зәуре", "Сеитова Зауре", "СЕЙІТОВА ЗӘУРЕ", "Зәуре Сейітова", "Seiitova Zaure"])
def test_a_trusted_number_and_a_name_that_fits_are_the_same_person(register, name):
    first = register.meet(iin=HER_IIN)
    again = register.meet(name, iin=HER_IIN)
    assert (again.person, again.changed, again.doubt) == (first.person, False, "")


def test_one_number_with_two_names_is_two_people_and_a_doubt(register):
    first, other = register.meet(iin=HER_IIN), register.meet("Ахметова Гүлнар", "1974-08-12", iin=HER_IIN)
    assert other.person.person_id != first.person.person_id
    assert (other.person.iin, other.doubt) == (None, "one identity number, two names")
    assert register.facts["iin", HER_IIN] == first.person


def test_a_number_nobody_could_trust_makes_nobody_the_same(register):
    first = register.meet(iin=HER_IIN)
    read = person("Ахметова Гүлнар", None, iin=HER_IIN)
    untrusted = type(read)(read.name, None, HER_IIN, False, None, True)
    other = recognise(untrusted, register.facts, Ids(b"x"))
    assert other.person.person_id != first.person.person_id and other.person.iin is None


def test_name_and_birth_date_without_a_number_are_the_same_person(register):
    assert register.meet().person == register.meet("СЕЙIТОВА ЗАУРЕ").person


def test_without_a_number_she_is_the_one_known_with_her_number(register):
    assert register.meet(iin=HER_IIN).person == register.meet().person


def test_a_number_that_comes_later_is_added_to_the_one_person_it_fits(register):
    first, again = register.meet(), register.meet(iin=HER_IIN)
    assert again.person.person_id == first.person.person_id and again.changed and again.person.iin == HER_IIN
    assert register.meet("Сейітова Зәуре", None, iin=HER_IIN).person == again.person


def test_another_number_against_name_and_birth_date_is_another_person_and_a_doubt(register):
    first, other = register.meet(iin=HER_IIN), register.meet(iin=ANOTHER_IIN)
    assert other.person.person_id != first.person.person_id and other.person.iin == ANOTHER_IIN
    assert other.doubt == "same name and birth date as another person"


def test_between_two_of_one_name_and_birth_date_nobody_is_chosen(register):
    known = {register.meet(iin=number).person.person_id for number in (HER_IIN, ANOTHER_IIN)}
    third = register.meet()
    assert third.person.person_id not in known and third.doubt == "same name and birth date as another person"


def test_a_number_is_not_given_to_one_of_two_who_could_be_meant(register):
    register.meet(iin=ANOTHER_IIN)
    register.meet(iin=None)
    register.meet("Сейітова Зәуре", "1974-08-12", iin=HIS_IIN)
    assert register.meet(iin=HER_IIN).doubt


@pytest.mark.parametrize(("name", "born"), [("Сейітова Зәуре", None), ("", "1974-08-12"), ("", None),
                                            ("Сейітова Зәуре", "1974-08-13"), ("Сейітова Айгүл", "1974-08-12")])
def test_a_name_alone_or_a_birth_date_alone_makes_nobody_the_same(register, name, born):
    first, other = register.meet(), register.meet(name, born)
    assert other.person.person_id != first.person.person_id and other.doubt == ""


def test_the_ids_of_a_person_on_each_side_say_nothing_of_each_other(register):
    one = register.meet(iin=HER_IIN).person
    ids = [one.person_id, one.victim_ref, one.respondent_ref]
    assert len(set(ids)) == 3 and not any(HER_IIN in each or HER_IIN[:6] in each.replace("-", "") for each in ids)
    assert set(ids).isdisjoint({register.meet("Ахметова Гүлнар").person.victim_ref})


@pytest.mark.parametrize(("born", "band"), [("2008-11-23", "child"), ("2008-11-22", "adult"), ("1963-11-23", "adult"),
                                            ("1963-11-22", "elder"), (None, "unknown")])
def test_a_child_is_one_until_the_day_of_eighteen(born, band):
    on = datetime(2026, 11, 22, tzinfo=UTC)
    assert age_band(date.fromisoformat(born) if born else None, on) == band


@pytest.mark.parametrize(("read", "sex"), [
    (person(), "unknown"), (person(iin="7" * 6 + "8" + "7" * 5), "female"), (person(iin="7" * 12), "male"),
    (person(iin="7" * 12, sex="female"), "female"),
])
def test_what_the_form_says_counts_before_what_a_number_says(read, sex):
    assert sex_of(read) == sex
