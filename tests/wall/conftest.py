"""What do the tests of the wall share? A database of each service with a row on either side of every wall."""

import pytest

from tests.wall.planting import WALLED, planted


@pytest.fixture(scope="session", params=sorted(WALLED))
def both(stack, request):
    """(service, dsn)"""
    return WALLED[request.param], planted(request.param)


@pytest.fixture(scope="session")
def police(stack):
    return planted("police_intake")


@pytest.fixture(scope="session")
def social(stack):
    return planted("social_registry")
