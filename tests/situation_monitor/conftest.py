"""What do the store tests of this service share? A database of their own on the session's one server."""

import pytest

from services.situation_monitor.wiring import SERVICE
from tests import stores


@pytest.fixture
def dsn(stack):
    return stores.fresh_database(SERVICE)
