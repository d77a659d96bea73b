"""Who may print a paper that bears two names? Who reads the report it rests on, in the own territory, and nobody else."""

import pytest

from services.police_intake.wiring import SERVICE as POLICE
from tests.doors.seeds import ids
from tests.stores import rows

pytestmark = pytest.mark.stack


@pytest.mark.parametrize("user", ["clerk", "officer"])
def test_an_order_of_the_own_territory_is_printed_with_its_names_and_another_territorys_is_not(enter, user):
    browser = enter(POLICE, user)
    own, foreign = ids(browser.at, "measure")
    page = browser.get(f"/measures/{own}/papers")
    assert page.status_code == 200 and "Ойдан Шығарылған1" in page.text and "Тағы Біреу1" in page.text
    assert f"/measures/{own}/papers" in browser.get(f"/measures/{own}").text
    refused = browser.get(f"/measures/{foreign}/papers")
    assert refused.status_code == 404 and "Біреу2" not in refused.text
    looked = rows(browser.at.desk.settings.dsn, "SELECT role, purpose FROM audit WHERE action = 'read' AND 'respondent' = ANY(fields)")
    assert looked == [({"clerk": "duty_clerk", "officer": "district_officer"}[user], "court")]


@pytest.mark.parametrize("user", ["head", "prosecutor"])
def test_who_sees_measures_and_no_name_prints_no_paper(enter, user):
    browser = enter(POLICE, user)
    own, _ = ids(browser.at, "measure")
    answer = browser.get(f"/measures/{own}/papers")
    assert answer.status_code == 404 and "Біреу" not in answer.text
    assert user != "head" or "/papers" not in browser.get(f"/measures/{own}").text
