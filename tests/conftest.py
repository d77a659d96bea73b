"""What do all tests share? One real broker and database a session, in a folder that is gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from deploy.local.stack import Stack
from tests import stores
from tests.world import World


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The session's one stack; PostgreSQL from QORGAN_TEST_POSTGRES (wheel or system)."""
    yield from stores.server()


@pytest.fixture
def whole(world: World) -> Iterator[World]:
    """The world before and after: everything runs and is at rest; afterwards no promise is broken."""
    world.mend()
    world.rest()
    yield world
    world.mend()
    assert world.broken() == []
