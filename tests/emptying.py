"""How does a test get an empty Kafka? By new topics in the one that runs: a new process would take two cores for seconds."""

from __future__ import annotations

import time
from contextlib import closing
from typing import Any

from deploy.local import topics
from deploy.local.broker import ADMIN, Broker

PATIENCE = 20.0


def empty(broker: Broker) -> None:
    """Every topic of ours is there and holds nothing; nobody may be reading or writing."""
    broker.start()
    with closing(topics.admin(broker.address, broker.doors.login(ADMIN))) as client:
        if old := _ours(client):
            client.delete_topics(old)
        until = time.monotonic() + PATIENCE
        while left := _ours(client):
            assert time.monotonic() < until, f"still there: {left}"
            time.sleep(0.05)
    broker.furnish()


def _ours(client: Any) -> list[str]:
    return [name for name in client.list_topics() if not name.startswith("__")]
