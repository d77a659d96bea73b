"""What if Kafka has just begun and tells Faust only some of a topic's partitions?"""

import asyncio
from types import SimpleNamespace

import faust.exceptions
import pytest

from services.situation_monitor import surges


class Stream:
    """One count, and whether it was let go."""

    def __init__(self):
        self.is_acked = False

    def noack(self):
        return self

    async def events(self):
        yield self

    def ack(self):
        self.is_acked = True


def test_a_count_is_not_let_go_when_partitions_are_missing_and_the_watch_begins_again(monkeypatch):
    class Begun(BaseException):
        pass

    def start_anew():
        raise Begun

    async def take(event):
        raise faust.exceptions.PartitionsMismatch

    monkeypatch.setattr(surges, "start_anew", start_anew)
    monkeypatch.setattr(surges.os, "_exit", lambda code: pytest.fail("the process must not end: nobody would start it again"))
    stream = Stream()
    with pytest.raises(Begun):
        asyncio.run(surges.Watch.watch(SimpleNamespace(_take=take), stream))
    assert not stream.is_acked
