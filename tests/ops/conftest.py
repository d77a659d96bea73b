"""Which Qorgan and which Prometheus do the tests of this folder look at?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from deploy.local import endpoints
from deploy.local.stack import Stack
from deploy.prometheus import prepare
from tests.ops.watching import Prometheus
from tests.world import World


@pytest.fixture(scope="session")
def promtool() -> str:
    """The path of promtool; without it these tests are left out, in one sentence."""
    return shutil.which("promtool") or pytest.skip("promtool is not installed (Debian: prometheus), so the rules are not checked")


@pytest.fixture(scope="package")
def world(stack: Stack) -> Iterator[World]:
    """All four services on fresh databases and an empty Kafka."""
    one = World(stack)
    one.begin()
    endpoints.write(stack.folder, one.services.endpoints())
    yield one
    one.end()


@pytest.fixture(scope="package")
def prometheus(world: World) -> Iterator[Prometheus]:
    """A real Prometheus that scrapes the services every second."""
    if not shutil.which("prometheus"):
        pytest.skip("prometheus is not installed (Debian: prometheus), so nothing scrapes the services")
    one = Prometheus(prepare(world.stack.folder))
    one.start()
    yield one
    one.stop()
