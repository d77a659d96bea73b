"""The story of the second report under influence within a year."""

import pytest

from tests.journeys import telling

pytestmark = [pytest.mark.journey, pytest.mark.stack]
CLINIC = "health_narcology"


def test_a_repeat_under_influence_is_proposed_for_examination(whole):
    body = telling.report(whole, intoxication="alcohol", consent="no")
    first = telling.post(whole, body)
    assert "examination" not in telling.states(whole, first)
    again = {**telling.report(whole, intoxication="alcohol", consent="no"), "respondent": body["respondent"]}
    second = telling.post(whole, again)
    assert telling.states(whole, second)["examination"] == "asked"
    need = telling.need_id(whole, second, "examination")
    assert telling.listed(whole, CLINIC, need)["state"] == "waiting", "a proposal: a narcologist decides"
    telling.act(whole, CLINIC, need, "examine")
    assert telling.states(whole, second)["examination"] == "closed"
    sealed = whole.sql(CLINIC, "SELECT sealed IS NOT NULL FROM referrals WHERE need_id = %s", need)
    assert sealed == [(True,)]
