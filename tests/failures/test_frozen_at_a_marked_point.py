"""Does anything get lost or doubled when a service is frozen at a point where it hurts, and wakes later?"""

import time

import pytest

from tests.failures.marked_points import POINTS, ROUNDS, names_of
from tests.world import is_frozen

pytestmark = [pytest.mark.failure, pytest.mark.stack]
FROZEN = 6.5  # longer than the session time-out of a worker and than a transaction may stand idle
# Who comes first sees more batches: it is to freeze when those behind it have something to do, too.
NTH = {"police_intake": 5, "referral_router": 3}


def freeze_and_wake(world, names, patience=60):
    """Whoever is seen frozen is woken a while later, each by itself."""
    since, woken = {}, set()
    until = time.monotonic() + patience
    while woken != set(names):
        assert time.monotonic() < until, f"never frozen: {set(names) - since.keys()}"
        for name in set(names) - woken:
            if name not in since and is_frozen(world.services[name]):
                since[name] = time.monotonic()
            elif name in since and time.monotonic() > since[name] + FROZEN:
                world.services[name].resume()
                woken.add(name)
        time.sleep(0.05)


@pytest.mark.parametrize("freezes", ROUNDS, ids=names_of)
def test_services_frozen_at_these_points_and_woken_lose_and_double_nothing(whole, freezes):
    for name, mark in freezes:
        whole.start(name, QORGAN_MARK=f"{mark}=stop@{NTH.get(name, 2)}")
    posting = whole.posting(25)
    freeze_and_wake(whole, [name for name, _ in freezes])
    posting.result(60)


def test_every_service_has_been_frozen_at_every_point():
    assert {one for freezes in ROUNDS for one in freezes} == {(name, mark) for name, marks in POINTS.items() for mark in marks}
