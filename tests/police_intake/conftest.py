"""What do tests of a police desk share? A desk on a database of its own, its door, a key, and a day on which somebody is erased."""

from contextlib import closing

import pytest
from starlette.testclient import TestClient

from plumbing.pages import Desk
from plumbing.serving import application
from plumbing.settings import Settings
from services.police_intake.wiring import SERVICE
from tests import stores
from tests.police_intake.erasing_day import Day, two_women
from tests.police_intake.incidents import key_file


@pytest.fixture
def key(tmp_path, monkeypatch):
    return key_file(tmp_path, monkeypatch)[0]


@pytest.fixture
def desk(stack):
    dsn = stores.fresh_database(SERVICE)
    return Desk(SERVICE, Settings(SERVICE.name, "127.0.0.1:1", dsn), lambda part: stores.pinned_step(SERVICE, dsn))


@pytest.fixture
def door(desk):
    return TestClient(application(desk))


@pytest.fixture
def day(stack):
    one = Day(stores.fresh_database(SERVICE))
    with closing(one.step.database):
        yield one


@pytest.fixture
def told(day):
    """(day, her id, her report, the other woman's)."""
    return two_women(day)
