"""Does her withdrawal reach every holder once, if the router dies between hearing it and saying it?"""

from datetime import timedelta

import pytest

from tests.journeys import telling
from tests.talking import ask_patiently

pytestmark = [pytest.mark.failure, pytest.mark.stack]
ROOM = "SELECT region FROM facilities WHERE kind = 'crisis_centre' ORDER BY free DESC, code LIMIT 1"
WAITING = "SELECT DISTINCT report_id FROM needs WHERE kind = 'shelter' AND state = 'with_person'"
MARKS = ("after_decide", "before_commit", "after_commit", "before_publish", "after_publish")


@pytest.fixture(scope="module", autouse=True)
def after_a_night(world):
    """Other tests have filled the country's centres: nobody waits for a place, and in nine hours every hold has run out."""
    world.mend()
    for (report,) in world.sql("referral_router", WAITING):  # else they would have the places that come free
        world.take_back(report)
    world.rest()
    world.put_clock_forward(timedelta(hours=9))
    world.rest()


def held(whole):
    """(report, need) of a woman for whom a place is held, where there is most room."""
    region = whole.sql("referral_router", ROOM)[0][0]
    now = {"recorded_at": (whole.now("police_intake") - timedelta(minutes=5)).isoformat()}  # other tests have put clocks forward
    report = telling.post(whole, telling.report(whole, territory=f"{region.removeprefix('KZ-')}1000000", **now))
    assert telling.states(whole, report)["shelter"] == "answered"
    return report, telling.need_id(whole, report, "shelter")


@pytest.mark.parametrize("mark", MARKS)
def test_a_router_that_dies_on_her_withdrawal_passes_it_on_once(whole, mark):
    report, need = held(whole)
    whole.start("referral_router", QORGAN_MARK=f"{mark}=kill@1")
    url = f"{whole.url('police_intake')}/reports/{report}/consent-withdrawal"
    assert ask_patiently("POST", url, {"by": "Aigul"}, {"Idempotency-Key": f"back/{report}"})[0] == 200
    whole.wait_for_death("referral_router")
    whole.start("referral_router")
    whole.rest()
    passed = whole.see(report)["consent"]["withdrawal"]
    assert (passed["holders"], passed["acknowledged"]) == (1, 1) and passed["done_at"]
    assert whole.sql("social_registry", "SELECT count(*) FROM keys.one_time WHERE need_id = %s", need) == [(0,)]
    said = "SELECT count(*) FROM outbox WHERE event = 'referral_router.ConsentWithdrawalPassedOn' AND key = %s"
    assert whole.sql("referral_router", said, report) == [(1,)]
