"""Two thousand requests of a fuzzer at the five doors: is each answered, and none with a fault of ours?"""

import os
from datetime import UTC, datetime

import pytest

from tests.attacks.fuzzing import try_door
from tests.land import Land

pytestmark = pytest.mark.stack
SHARES = {"police_intake": 0.78, "situation_monitor": 0.205, "social_registry": 0.005, "health_narcology": 0.005, "referral_router": 0.005}
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def at_all_doors(most):
    """(requests, how often each status was answered, faults) at all doors; each has its share."""
    land, statuses, faults, cases = Land(NOW), {}, [], 0
    with land.open():
        for name, share in SHARES.items():
            with land.at_work(name):
                tried = try_door(land.doors[name].app, round(most * share))
            cases, faults = cases + tried.cases, faults + [f"{name}: {one}" for one in tried.faults]
            statuses[name] = dict(tried.statuses)
    return cases, statuses, faults


def test_two_thousand_requests_of_a_fuzzer_bring_no_door_down(stack):
    cases, statuses, faults = at_all_doors(2000)
    assert not faults, "\n".join(sorted(faults)[:10])
    assert cases >= 2000 * 0.95, statuses
    assert statuses["police_intake"].get(201, 0) and statuses["police_intake"].get(422, 0), "both good and bad ones must come through"


@pytest.mark.long
def test_twenty_thousand_requests_of_a_fuzzer_bring_no_door_down(stack):
    cases, statuses, faults = at_all_doors(int(os.environ.get("QORGAN_FUZZ", "20000")))
    assert not faults, "\n".join(sorted(faults)[:10])
    assert cases >= 19_000, statuses
