"""What do the tests of the pipes share? A fresh database with the pipes' tables and those of the smallest service."""

from contextlib import closing

import pytest

from plumbing import inbox
from plumbing.postgres import Database
from tests import stores
from tests.plumbing.ledger import LEDGER, TABLE, TOPIC


@pytest.fixture
def dsn(stack):
    dsn = stores.fresh_database(LEDGER)
    with closing(Database(dsn, "tests")) as database, database.transaction() as tx:
        tx.run(TABLE)
        inbox.read(tx, [(TOPIC.name, 0)], "a cluster", {TOPIC.name: "a topic"})
    return dsn


@pytest.fixture
def database(dsn):
    with closing(Database(dsn, "tests")) as one:
        yield one


@pytest.fixture
def step(dsn):
    one = stores.pinned_step(LEDGER, dsn)
    with closing(one.database):
        yield one
