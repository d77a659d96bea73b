"""What do the tests of the router's decisions share? A region with one organisation of every kind."""

import pytest

from tests.referral_router.region import Region


@pytest.fixture
def region():
    one = Region()
    one.open("centre-1", free=5)
    one.open("centre-2", free=3)
    one.open("detox-1", "detox", 4)
    one.open("clinic-1", "narcology", 0)
    one.open("akimat-1", "akimat", 0)
    return one


@pytest.fixture
def empty():
    """A region in which nobody has published anything."""
    return Region()
