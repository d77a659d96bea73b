"""Can no invented person be mistaken for a living one?"""

import re
from collections import Counter
from datetime import date
from random import Random

import pytest

from simulation.identity import check_digit, invented_number


def people(bodies) -> list[dict]:
    return [body[role] for body in bodies for role in ("victim", "respondent") if body[role]]


def right(iin: str) -> bool:
    return check_digit([int(digit) for digit in iin[:11]]) == int(iin[11])


@pytest.mark.parametrize(("base", "digit"), [("90010170001", 2), ("90010170030", 8), ("90010170031", None)])
def test_the_check_digit_agrees_with_known_bases(base, digit):
    assert check_digit([int(d) for d in base]) == digit


def test_an_invented_number_tells_birth_date_and_sex():
    number = invented_number(Random(1), date(1990, 1, 2), "female")
    assert number.startswith("9001028")
    assert right(number)


def test_no_number_is_of_a_kind_ever_issued(bodies):
    numbers = [person["iin"] for person in people(bodies) if person["iin"]]
    assert len(numbers) > 30_000
    assert all(re.fullmatch(r"\d{6}[78]\d{5}", number) for number in numbers)


def test_numbers_written_inside_stories_are_never_issued_either(bodies):
    phones = [phone for body in bodies for phone in re.findall(r"\+?\d{11,}", body["narrative"])]
    assert phones
    assert all(phone.startswith("+7709") for phone in phones)


def test_phones_stand_under_a_code_no_operator_has(bodies):
    phones = [body["victim"]["phone"] for body in bodies if body["victim"]["phone"]]
    assert all(re.fullmatch(r"\+7709\d{7}", phone) for phone in phones)


def test_one_victim_number_of_a_hundred_is_wrong(bodies):
    victims = [body["victim"] for body in bodies if body["victim"]["iin"]]
    wrong = [
        v for v in victims if not right(v["iin"]) or v["iin"][:6] != v["birth_date"].replace("-", "")[2:]
    ]
    assert len(wrong) / len(victims) == pytest.approx(0.01, abs=0.003)


def test_half_of_the_wrong_numbers_fail_the_check(bodies):
    failed = Counter(right(body["victim"]["iin"]) for body in bodies if body["victim"]["iin"])
    assert failed[False] / sum(failed.values()) == pytest.approx(0.005, abs=0.002)
