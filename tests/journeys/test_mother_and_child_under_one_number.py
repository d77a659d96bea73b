"""The story of two victims in one line of the book: a mother, and her child."""

import pytest

from tests.journeys import telling

pytestmark = [pytest.mark.journey, pytest.mark.stack]


def test_mother_and_child_under_one_number_are_two_reports_of_one_family(whole):
    mother = telling.report(whole, children=1)
    daughter = {"name": "Сейітова Айша", "birth_date": "2016-05-06", "iin": None, "sex": "female"}
    child = {**mother, "victim": daughter, "relation": "child", "children": 0}
    reports = [telling.post(whole, body) for body in (mother, child)]
    assert len(set(reports)) == 2
    hers, childs = (telling.needs(whole, report) for report in reports)
    assert hers["shelter"]["state"] == "answered" and "shelter" not in childs
    assert (childs["child_help"]["state"], childs["child_help"]["with"]) == ("with_person", "guardianship_body")
    notices = whole.sql("referral_router", "SELECT count(*) FROM needs WHERE kind = 'child_notice' AND subject_ref ="
                        " (SELECT household_ref FROM reports WHERE report_id = %s)", reports[0])
    assert notices == [(1,)], "one family, one notice"
