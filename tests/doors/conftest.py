"""What do tests of the doors share? One issuer a session, and a police door with two stations' reports."""

import pytest

from services.police_intake.wiring import SERVICE as POLICE
from tests.doors import house, seeds
from tests.doors.browsing import Browser


@pytest.fixture(scope="package")
def issuer(stack, tmp_path_factory):
    one = house.TestIssuer(tmp_path_factory.mktemp("issuer"), seeds.NAMES)
    yield one
    one.stop()


@pytest.fixture
def police(issuer):
    with house.opened(house.closed_desk(POLICE, issuer, seeds.police(), reads_per_second=1000), issuer) as opened:
        yield opened


@pytest.fixture
def browse(police):
    """browse() → one more browser before the police door."""
    made = []

    def new(headers=None):
        made.append(Browser(police, headers))
        return made[-1]

    yield new
    for one in made:
        one.close()
