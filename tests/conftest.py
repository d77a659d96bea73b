"""What do all tests share? One real broker and database a session, in a folder that is gone afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # pure tests need nothing of a server, and are to be quick
    from deploy.local.stack import Stack
    from tests.world import World

os.environ.setdefault("QORGAN_SYNTHETIC_IIN", "allow")  # everybody in the tests is invented
HERE = Path(__file__).parent
# Each of these keeps something great for all its tests, a Qorgan or the tree of all code. The longest come first, so that
# no worker is left alone.
ONE_WORKER_EACH = ("pages", "failures", "checker", "journeys", "secure", "ops", "deploy", "house")
SHARED = "failures"  # these mostly wait: several workers take them by files, each on a Qorgan of its own


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _turn(item.path.relative_to(HERE).parts[0]))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Which tests go to one worker together: a folder with a Qorgan of its own, else a file.

    By its path, not by the mark xdist_group: pytest 9.2 no longer lets xdist 3.8 write it into a test's id, and
    every test would go alone, silently (pytest-dev/pytest-xdist#1386).
    """
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = Path(nodeid.partition("::")[0])
            folder = file.relative_to(HERE.name).parts[0]
            return folder if folder in ONE_WORKER_EACH and folder != SHARED else str(file)

    return Together(config, log)


def _turn(folder: str) -> int:
    return ONE_WORKER_EACH.index(folder) if folder in ONE_WORKER_EACH else len(ONE_WORKER_EACH)


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The session's one stack; PostgreSQL from QORGAN_TEST_POSTGRES (wheel or system)."""
    from tests import stores

    yield from stores.server()


@pytest.fixture
def whole(world: World) -> Iterator[World]:
    """The world before and after: everything runs and is at rest; afterwards no promise is broken."""
    world.mend()
    world.rest()
    yield world
    world.mend()
    assert world.broken() == []
