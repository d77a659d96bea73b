"""Does anything get lost or doubled when a service is frozen at a point where it hurts, and wakes later?"""

import time

import pytest

from tests.failures.marked_points import POINTS, ROUNDS, names_of
from tests.world import is_frozen

pytestmark = [pytest.mark.failure, pytest.mark.stack]
PATIENCE = 30.0
FROZEN = 6.5  # longer than the session time-out of a worker and than a transaction may stand idle
# Who hears most freezes first: behind one who is frozen nobody has anything to do.
TURNS = (("social_registry", "health_narcology", "situation_monitor"), ("referral_router",), ("police_intake",))


def freeze(world, freezes, posting):
    """Each is armed, and reports are posted until all are frozen; gives the posting that goes on."""
    for name, mark in freezes:
        world.services[name].stop()
        world.start(name, QORGAN_MARK=f"{mark}=stop@2")
    until = time.monotonic() + PATIENCE
    while waking := [name for name, _ in freezes if not is_frozen(world.services[name])]:
        assert time.monotonic() < until, f"never frozen: {waking}"
        if posting.done():
            posting = world.posting(10)
        time.sleep(0.05)
    return posting


@pytest.mark.parametrize("freezes", ROUNDS, ids=names_of)
def test_services_frozen_at_these_points_and_woken_lose_and_double_nothing(whole, freezes):
    posting = whole.posting(10)
    for names in TURNS:
        posting = freeze(whole, [one for one in freezes if one[0] in names], posting)
    time.sleep(FROZEN)
    for name, _ in freezes:
        whole.services[name].resume()
    posting.result(60)


def test_every_service_has_been_frozen_at_every_point():
    assert {one for freezes in ROUNDS for one in freezes} == {(name, mark) for name, marks in POINTS.items() for mark in marks}
