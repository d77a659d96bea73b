"""The story of an agency that does not answer."""

from datetime import timedelta

import pytest

from tests.journeys import telling

pytestmark = [pytest.mark.journey, pytest.mark.stack]


def test_silence_is_withdrawn_and_then_the_next_is_asked(whole):
    whole.services["social_registry"].pause()
    report = telling.post(whole, telling.report(whole))
    whole.wait(lambda: whole.sql("referral_router", "SELECT 1 FROM needs WHERE report_id = %s AND kind = 'shelter'", report))
    whole.put_clock_forward(timedelta(minutes=50), "referral_router")
    withdrawing = "SELECT need_id FROM needs WHERE report_id = %s AND state = 'withdrawing'"
    need = whole.wait(lambda: whole.sql("referral_router", withdrawing, report))[0][0]
    assert len(telling.attempts(whole, need)) == 1, "the next is asked only when the first has let go"
    whole.services["social_registry"].resume()
    whole.rest()
    first, second = telling.attempts(whole, need)
    assert (first[1], second[1]) == ("silent", "held") and first[0] != second[0]
    assert telling.states(whole, report)["shelter"] == "answered"
