"""Which Qorgan do the tests of this folder drive? One of their own: a package's fixture lives where it is written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from deploy.local.stack import Stack
from tests.world import World


@pytest.fixture(scope="package")
def world(stack: Stack) -> Iterator[World]:
    """All five services on fresh databases and an empty Kafka."""
    one = World(stack)
    one.begin()
    yield one
    one.end()
