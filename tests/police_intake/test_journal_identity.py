"""Are people and regions recognised, and strangers kept apart?"""

from datetime import date

import pytest

from services.police_intake.identity_number import check_digit, read_iin
from services.police_intake.journal import words
from services.police_intake.names import fits, fold_name
from services.police_intake.report import (
    Channel,
    Consent,
    Injury,
    Intoxication,
    Relation,
    Reporter,
    Violence,
)
from services.police_intake.telephone import read_phone
from services.police_intake.territory import REGIONS, region_of_station, region_of_territory


@pytest.mark.parametrize(
    ("first11", "digit"), [("90010170001", 2), ("90010170030", 8), ("90010170031", None)]
)
def test_the_check_digit_takes_both_passes(first11, digit):
    assert check_digit(first11) == digit


def test_a_synthetic_iin_is_refused_in_production():
    born = date(1990, 1, 1)
    assert read_iin("900101700012", born, allow_synthetic=True).trusted
    assert not read_iin("900101700012", born, allow_synthetic=False).trusted


def test_an_iin_says_its_century():
    assert read_iin("740812400009"[:11] + str(check_digit("74081240000")), date(1974, 8, 12), False).trusted
    assert not read_iin("74081240000" + str(check_digit("74081240000")), date(1874, 8, 12), False).trusted


def test_an_iin_without_a_possible_day_is_not_believed():
    first11 = "90023170002"
    assert "no date" in read_iin(f"{first11}{check_digit(first11)}", None, True).problem


@pytest.mark.parametrize(
    "spelling", ["Құнанбаев", "Кунанбаев", "Qunanbaev", "Kunanbayev", "КУНАНБАЕВ", "Кyнанбаeв", "Құнанбаев "]
)
def test_one_name_in_many_spellings_has_one_key(spelling):
    assert fold_name(spelling) == "кунанбаев"


@pytest.mark.parametrize(
    ("name_a", "name_b"),
    [
        ("Сейітова Зәуре", "Сеитова Зауре Асхатовна"),
        ("Сейітова Зәуре Асхатқызы", "Сейітова Зәуре Асхатовна"),
        ("Құнанбай Ерлан Арман ұлы", "Кунанбай Ерлан Арманулы"),
        ("Ковальчук Наталья", "Ковальчук Наталя"),
        ("Зәуре Сейітова", "Сейітова Зәуре"),
        ("Жұмабайова Зәуре", "Жұмабаова Зәуре"),
        ("Қайырбек Әлихан", "Қайырбек Әлиахн"),
        ("Natalya Kovalchuk", "Ковальчук Наталья"),
    ],
)
def test_spellings_of_one_person_fit(name_a, name_b):
    assert fits(name_a, name_b) and fits(name_b, name_a)


@pytest.mark.parametrize(
    ("name_a", "name_b"),
    [
        ("Сейітова Зәуре", "Сейітова Айгүл"),
        ("Сейітова Зәуре", "Иванова Зәуре"),
        ("Сейітова Зәуре Асхатовна", "Сейітова Зәуре Армановна"),
        ("Ким Анна", "Цой Анна"),
        ("Ли Анна", "Ни Анна"),
        ("Жұмабаова Зәур", "Жұмабайова Зәуре"),
        ("Сейітова", "Сейітова Зәуре"),
        ("", "Сейітова Зәуре"),
        ("", ""),
    ],
)
def test_names_of_two_people_do_not_fit(name_a, name_b):
    assert not fits(name_a, name_b) and not fits(name_b, name_a)


@pytest.mark.parametrize(
    ("station", "region"),
    [
        ("Енбекшинское УП г. Шымкент", "KZ-79"), ("Абайское УП г. Шымкент", "KZ-79"), ("УП г. Семей", "KZ-10"),
        ("УП г. Усть-Каменогорск", "KZ-63"), ("Өскемен қ. ПБ", "KZ-63"), ("ОП Аксуского р-на", "KZ-55"),
        ("УП р-на Сарыарка г. Астана", "KZ-71"), ("УП г. Кокшетау", "KZ-11"), ("Қызылорда қаласының ПБ", "KZ-43"),
        ("ОП Карасайского района Алматинской области", "KZ-19"), ("Алматы облысы ПД", "KZ-19"),
        ("УП Медеуского района г. Алматы", "KZ-75"), ("УП г.Павлодара", "KZ-55"), ("ОП Абайского района", "unknown"),
        ("отдел", "unknown"), ("", "unknown"),
    ],
)  # fmt: skip
def test_a_station_names_its_region_or_nobody_guesses(station, region):
    assert region_of_station(station) == region


def test_the_twenty_regions_are_the_first_digits_of_their_territories():
    assert len(REGIONS) == 20
    assert all(region_of_territory(f"{region[3:]}0000000") == region for region in REGIONS)
    assert region_of_territory("990000000") is None


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("8 701 022 03 83", "+77010220383"), ("+7(701)022-03-83", "+77010220383"), ("7010220383", "+77010220383"),
        ("8 912 345 67 89", "+79123456789"), ("+998 90 123 45 67", "+998901234567"), ("102", None), ("", None),
        ("8 701 022 03 8", None), ("8 701 022 03 83 доб. 5", None),
    ],
)  # fmt: skip
def test_a_phone_is_dialled_only_when_it_is_one_whole_number(text, phone):
    assert read_phone(text) == phone


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("channel", Channel), ("reporter", Reporter), ("relation", Relation), ("intoxication", Intoxication),
        ("violence", Violence), ("injury", Injury), ("consent", Consent),
    ],
)  # fmt: skip
def test_every_word_taught_means_a_value_of_its_list_and_every_value_has_a_word(column, values):
    assert set(words._MEANINGS[column].values()) == set(values) - {"unknown"}
