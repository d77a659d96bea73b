"""The story of two who report each other: a supervisor looks at both, and no measure against either goes on meanwhile."""

import pytest

from tests.journeys import telling

pytestmark = [pytest.mark.journey, pytest.mark.stack]


def test_a_mirror_image_calls_back_what_was_opened_against_him_and_a_supervisor_looks_at_both(whole):
    hers = telling.report(whole, intoxication="alcohol")
    first = telling.post(whole, hers)
    assert telling.states(whole, first).keys() == {"shelter", "detox"}
    bed = telling.need_id(whole, first, "detox")
    his = telling.report(whole, intoxication="alcohol", victim=hers["respondent"], respondent=hers["victim"])
    second = telling.post(whole, his)
    seen = telling.states(whole, first)
    assert (seen["detox"], seen["mirror_review"]) == ("withdrawn", "with_person") and seen["shelter"] != "withdrawn"
    assert telling.listed(whole, "health_narcology", bed) == {}
    assert telling.states(whole, second)["mirror_review"] == "with_person" and "detox" not in telling.states(whole, second)
    whole.take_back(second)
    seen = telling.states(whole, first)
    assert (seen["mirror_review"], seen["detox"] != "withdrawn") == ("withdrawn", True)
