"""When has everything that was said been heard? Asked over and over, so it must cost little."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import ExitStack, closing
from typing import Any

import psycopg2

from tests.checker.words import Words

_SAID = """SELECT h.topic, h.partition, h.last_number, coalesce(c.sent_number, 0) FROM outbox_heads h
LEFT JOIN outbox_cursors c USING (topic, partition)"""
_HEARD = "SELECT topic, partition, next_number - 1 FROM inbox"
_MOVED = "SELECT extract(epoch FROM max(moved_at)) FROM inbox"
EVERY = 0.2


class Quiet:
    """Looks into the services' databases until nothing of the named owners is on its way."""

    def __init__(self, dsns: Mapping[str, str]) -> None:
        self._topics = Words().numbered
        self._open = ExitStack()
        self._asked = {name: self._open.enter_context(closing(psycopg2.connect(dsn))) for name, dsn in dsns.items()}
        for connection in self._asked.values():
            connection.autocommit = True

    def __enter__(self) -> Quiet:
        return self

    def __exit__(self, *_: Any) -> None:
        self._open.close()

    def wait(self, patience: float, *owners: str) -> None:
        """Two looks in a row; of all owners if none is named."""
        until, still = time.monotonic() + patience, 0
        while still < 2:
            left = self.on_its_way(owners)
            still = 0 if left else still + 1
            assert time.monotonic() < until, f"{left} messages are still on their way after {patience} s"
            time.sleep(EVERY)

    def on_its_way(self, owners: tuple[str, ...] = ()) -> int:
        """How many (message, reader) are said and not heard, and how many are kept and not said."""
        said = {(row[0], row[1]): row[2:] for name in self._asked for row in self._ask(name, _SAID)}
        heard = {(name, row[0], row[1]): row[2] for name in self._asked for row in self._ask(name, _HEARD)}
        left = 0
        for topic, entry in self._topics.items():
            if owners and entry["owner"] not in owners:
                continue
            for partition in range(entry["partitions"]):
                last, sent = said.get((topic, partition), (0, 0))
                left += last - sent
                left += sum(last - heard.get((reader, topic, partition), 0) for reader in entry["readers"] if reader in self._asked)
        return left

    def last_moved(self) -> float:
        """When the last message was taken, in seconds of the database's clock."""
        return max(float(self._ask(name, _MOVED)[0][0] or 0) for name in self._asked)

    def _ask(self, name: str, question: str) -> list[tuple[Any, ...]]:
        with self._asked[name].cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall()
