"""Which Qorgan do stories of later days drive? One of their own: a clock put forward by weeks is felt by no other story."""

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
