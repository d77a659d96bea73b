"""The story of one report: a centre holds a place, police hear of it, she arrives."""

import pytest

from tests.journeys import telling

pytestmark = [pytest.mark.journey, pytest.mark.stack]
CENTRE = "social_registry"


def test_a_report_reaches_a_centre_and_its_answer_returns_to_police(whole):
    report = telling.post(whole, telling.report(whole))
    assert telling.needs(whole, report)["shelter"]["state"] == "answered"
    need = telling.need_id(whole, report, "shelter")
    row = telling.listed(whole, CENTRE, need)
    assert (row["state"], row["region"]) == ("confirmed", "KZ-55")
    assert row["facility"] not in str(whole.see(report)), "police never learn where she stays"
    sealed = whole.sql(CENTRE, "SELECT sealed IS NOT NULL FROM referrals WHERE need_id = %s", need)
    assert sealed == [(True,)], "the card came after the confirmed hold"
    telling.act(whole, CENTRE, need, "arrived")
    assert telling.states(whole, report)["shelter"] == "arrived"
    telling.act(whole, CENTRE, need, "left")
    assert telling.states(whole, report)["shelter"] == "arrived", "police do not learn how long she stays"
