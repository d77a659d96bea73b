"""What do tests of the doors share? One issuer a session, and a police door with two stations' reports."""

import pytest

from deploy.local.passwords import dispatch_key_file
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


@pytest.fixture
def at(browse):
    """at(user) → that person's browser at the police door, logged in."""
    def entered(user):
        made = browse()
        made.login(user)
        return made

    return entered


@pytest.fixture
def enter(issuer):
    """enter(service, user) → that person's browser, logged in."""
    made = []

    def new(service, user):
        desk = house.closed_desk(service, issuer, seeds.MESSAGES[service.name](), reads_per_second=1000)
        opening = house.opened(desk, issuer)
        browser = Browser(opening.__enter__())
        made.append((opening, browser))
        assert browser.login(user).status_code == 200
        return browser

    yield new
    for opening, browser in made:
        browser.close()
        opening.__exit__(None, None, None)


@pytest.fixture(scope="session", autouse=True)
def dispatch_key(tmp_path_factory):
    """Police intake publishes the key to which a dispatch system seals; drawn for these tests alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QORGAN_DISPATCH_KEY_FILE", str(dispatch_key_file(tmp_path_factory.mktemp("dispatch"))))
        yield
