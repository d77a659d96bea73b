"""The story of a centre that says no, and the next one that is asked."""

import pytest

from tests.journeys import telling

pytestmark = [pytest.mark.journey, pytest.mark.stack]


def test_a_refused_centre_leads_to_the_next_and_at_last_to_a_person(whole):
    report = telling.post(whole, telling.report(whole))
    need = telling.need_id(whole, report, "shelter")
    for asked in (1, 2, 3):
        whole.rest()
        tried = telling.attempts(whole, need)
        assert len(tried) == asked and len({facility for facility, _ in tried}) == asked
        telling.act(whole, "social_registry", need, "decline", code="profile")
    seen = telling.needs(whole, report)["shelter"]
    assert (seen["state"], seen["with"]) == ("with_person", "coordinator")
