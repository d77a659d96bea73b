"""What does every peer do for a message: the same decision, the same rows, the same words; and nothing besides?

No lock on a life, no watermark, no journal of what was said, no decision row: a crash may lose and double.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from typing import Any

from plumbing import clocks, tasks
from plumbing.catalogue import Topic, catalogue
from plumbing.codec import Codec
from plumbing.identity import Ids, fresh_seed
from plumbing.postgres import Database, Transaction
from plumbing.service import Facts, Moment, Service
from plumbing.vault.opening import open_vault


class Worker:
    """One service, done without guarantees."""

    def __init__(self, name: str, dsn: str) -> None:
        self.service: Service = import_module(f"services.{name}.wiring").SERVICE
        open_vault(os.environ["QORGAN_KEYS"], name)
        self.database, self.codec = Database(dsn, f"{name}/peer"), Codec()

    def take(self, messages: Sequence[Any]) -> list[tuple[Topic, str, bytes]]:
        """One transaction; gives what is to be sent after it: topic, key, value."""
        with self.database.transaction() as tx:
            now = tx.now()
            events = self._decide(messages, self._look_up(tx, messages), now)
            _keep(self.service, tx, [(event, now) for event in events])
        return [self._line(event) for event in events if hasattr(event, "event")]

    def _look_up(self, tx: Transaction, messages: Sequence[Any]) -> Facts:
        facts: Facts = {}
        groups: dict[type, list[Any]] = {}
        for message in messages:
            groups.setdefault(type(message), []).append(message)
        for same in groups.values():
            facts.update(self.service.route(same[0]).looked_up(tx, same))
        return facts

    def _decide(self, messages: Sequence[Any], facts: Facts, now: datetime) -> list[Any]:
        decided = []
        for message in messages:
            moment = Moment(now, Ids(fresh_seed("")), self.service.law)
            events = self.service.route(message).decided(message, facts, moment)
            for event in events:
                decided += [event, *(self.service.counted(facts, event, now) if self.service.counted else ())]
                facts.update(self.service.evolve(facts, event))
        return decided

    def _line(self, said: Any) -> tuple[Topic, str, bytes]:
        topic = catalogue().topic_of(said.event)
        return topic, getattr(said, topic.key), self.codec.encode(said)


def _keep(service: Service, tx: Transaction, events: list[tuple[Any, datetime]]) -> None:
    service.record(tx, events)
    tasks.record(tx, events)
    clocks.record(tx, [(one, at) for event, at in events for one in (tasks.clocks_of(event) or [event])])
