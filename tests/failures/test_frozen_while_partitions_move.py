"""Does a worker that was frozen, and wakes when others have its partitions, double anything?"""

import pytest

from tests.world import Part, is_frozen

pytestmark = [pytest.mark.failure, pytest.mark.stack]
ROUNDS = [
    # The router last: while it is frozen nobody behind it hears anything.
    {"social_registry": "after_decide", "health_narcology": "after_commit", "referral_router": "before_commit"},
    {"social_registry": "before_commit", "health_narcology": "before_publish", "referral_router": "after_publish"},
]


@pytest.mark.parametrize("frozen", ROUNDS, ids=lambda frozen: "-".join(frozen.values()))
def test_workers_frozen_here_while_others_take_over_double_nothing(whole, frozen):
    others = [Part(whole, name) for name in frozen]
    for name, mark in frozen.items():
        whole.start(name, QORGAN_MARK=f"{mark}=stop@1")
        whole.post(whole.bodies(10, consent="yes", intoxication="alcohol", children=1))
        whole.wait(lambda name=name: is_frozen(whole.services[name]))
    for other in others:
        other.begin()
    whole.rest()  # while they are still frozen: nobody waits for them
    assert whole.checker.check(whole.answered) == []
    for name in frozen:
        whole.services[name].resume()
    whole.post(whole.bodies(10))
    whole.rest()
    for other in others:
        other.stop()


def test_two_workers_of_each_service_share_the_partitions(whole):
    others = [Part(whole, name) for name in ("referral_router", "social_registry")]
    for other in others:
        other.begin()
    whole.wait(lambda: whole.sql("referral_router", "SELECT count(*) FROM workers")[0][0] >= 2)
    whole.post(whole.bodies(20))
    whole.rest()
    others[0].kill()
    others[1].stop()
