"""Does an accepted report survive kill -9 of any service, at each point where it would hurt?"""

import pytest

from tests.failures import staff

pytestmark = [pytest.mark.failure, pytest.mark.stack]
STEP = ("before_decide", "after_decide", "before_commit", "after_commit")
RELAY = ("before_publish", "after_publish", "after_acknowledge")
ROUTER_AND_SOCIAL = [(name, mark) for name in ("referral_router", "social_registry") for mark in (*STEP, *RELAY)]
POLICE_AND_HEALTH = [
    (name, mark) for name in ("police_intake", "health_narcology") for mark in ("before_commit", "after_commit", *RELAY)
]


@pytest.mark.parametrize("name, mark", ROUTER_AND_SOCIAL + POLICE_AND_HEALTH)
def test_a_service_killed_here_loses_and_doubles_nothing(whole, name, mark):
    whole.start(name, QORGAN_MARK=f"{mark}=kill@2")
    posting = whole.posting(20)
    staff.work(whole, 6)
    whole.wait_for_death(name)
    whole.start(name)
    posting.result(60)
    staff.work(whole, 6, seed=2)
