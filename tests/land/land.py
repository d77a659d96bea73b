"""How is the whole land driven in one process, message by message in one order, each service on a real PostgreSQL of its own?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any
from unittest import mock

from fastapi.testclient import TestClient

from plumbing import clocks, figures, identity, inbox, letters_page
from plumbing.catalogue import catalogue
from plumbing.codec import Unreadable
from plumbing.pages import Desk
from plumbing.process import Process
from plumbing.service import Heard, Origin
from plumbing.serving import application
from plumbing.settings import Settings
from plumbing.step import Step
from tests import stores
from tests.land.channels import CHANNELS, SERVICES
from tests.land.watching import Hands, dispatch_key, logged

LINES = ("SELECT partition, number, key, message_id::text, value, said_at, event FROM outbox WHERE topic = %s"
         " AND number > %s AND partition = %s ORDER BY number")


class _OneStep(Desk):
    """A door whose threads share the service's one step: in this land nothing happens at once."""

    @property
    def step(self) -> Step:
        return self._new_step("web")


class Land:
    """Five services, their databases, doors and logs; what one says is carried to the next when the test says so."""

    def __init__(self, start: datetime) -> None:
        Hands.shown[:] = [start]
        self.working, self.logs = "", {name: list[str]() for name in SERVICES}
        self.held_back: set[str] = set()
        self._fresh: Counter[str] = Counter()
        self._taken: Counter[tuple[str, str, int]] = Counter()
        self.dsns = {name: stores.fresh_database(service) for name, service in SERVICES.items()}
        self.processes = {name: Process(SERVICES[name], Settings(name, "127.0.0.1:1", dsn, clock=Hands()))
                          for name, dsn in self.dsns.items()}
        self.steps = {name: self._new_step(name) for name in SERVICES}
        self.doors = {name: self._door(name) for name in SERVICES}

    @contextmanager
    def open(self) -> Iterator[Land]:
        """Logs are kept and random seeds are pinned while the land is open; directories are read and heard first."""
        with dispatch_key(), logged(self.logs, lambda: self.working), mock.patch.object(identity, "fresh_seed", self._seed):
            self._begin()
            with ExitStack() as doors:
                for door in self.doors.values():  # else each request would begin threads and a connection of its own
                    doors.enter_context(door)
                yield self
        for step in self.steps.values():
            step.database.close()

    def now(self) -> datetime:
        return Hands.shown[-1]

    def ask(self, service: str, method: str, path: str, **more: Any) -> Any:
        """Knock at a service's door, as a browser or a machine does."""
        with self.at_work(service):
            return self.doors[service].request(method, path, **more)

    def settle(self) -> None:
        """Carry what was said until nobody has anything left to hear."""
        while (heads := self._heads()) and (open_ := [one for one in CHANNELS if one[0] not in self.held_back]):
            if not any(self._carry(topic, reader) for topic, reader in open_ if self._unheard(heads, topic, reader)):
                return

    def deliver(self, topic: str, reader: str) -> None:
        """Carry what lies on one topic, whether or not it is held back, and nothing that follows from it."""
        self._carry(topic, reader)

    def forward(self, by: timedelta) -> None:
        """It is later; what fell due in between is rung, service by service."""
        Hands.shown[:] = [self.now() + by]
        for name in SERVICES:
            while due := self._due(name):
                self._run(name, [Heard(one, f"clock/{one.subject}/{one.step}", one.key) for one in due])
                self.settle()

    def show_figures(self) -> None:
        for name, step in self.steps.items():
            with self.at_work(name):
                figures.show(step)

    @contextmanager
    def at_work(self, service: str) -> Iterator[None]:
        before, self.working = self.working, service
        try:
            yield
        finally:
            self.working = before

    def rows(self, service: str, question: str, values: Any = None) -> list[tuple[Any, ...]]:
        with self.steps[service].database.transaction() as tx:
            return tx.rows(question, values)

    def lines(self, topic: str) -> list[tuple[Any, ...]]:
        """(partition, number, key, message id, value, said at, event) of all that was said on a topic, in order."""
        known = catalogue().topics[topic]
        if known.owner not in SERVICES:
            return []  # an outsider's own
        return [row for p in range(known.partitions) for row in self.rows(known.owner, LINES, (topic, 0, p))]

    def _heads(self) -> dict[tuple[str, int], int]:
        """How much was said in each partition so far."""
        asked = "SELECT topic, partition, last_number FROM outbox_heads"
        return {(topic, partition): last for name in SERVICES for topic, partition, last in self.rows(name, asked)}

    def _unheard(self, heads: dict[tuple[str, int], int], topic: str, reader: str) -> bool:
        return any(last > self._taken[topic, reader, p] for (name, p), last in heads.items() if name == topic)

    def _begin(self) -> None:
        for name, service in SERVICES.items():
            topics = catalogue().heard_by(name)
            places = [(topic.name, partition) for topic in topics for partition in range(topic.partitions)]
            with self.steps[name].database.transaction() as tx:
                inbox.read(tx, places, "land", {topic.name: topic.name for topic in topics})
                commands = service.at_start(tx) if service.at_start else ()
            if commands:
                self._run(name, [Heard(one, f"start/{n}", "start") for n, one in enumerate(commands)])
        self.settle()

    def _run(self, service: str, batch: Sequence[Heard]) -> None:
        with self.at_work(service):
            self.steps[service].run(batch)

    def _carry(self, topic: str, reader: str) -> bool:
        known = catalogue().topics[topic]
        batch = []
        for partition in range(known.partitions):
            place = (topic, reader, partition)
            for row in self.rows(known.owner, LINES, (topic, self._taken[place], partition)):
                batch.append(self._heard(topic, reader, row))
                self._taken[place] = row[1]
        if batch:
            self._run(reader, batch)
        return bool(batch)

    def _heard(self, topic: str, reader: str, row: tuple[Any, ...]) -> Heard:
        partition, number, key, message_id, value = row[0], row[1], row[2], row[3], bytes(row[4])
        origin, step = Origin(topic, partition, number, number, value), self.steps[reader]
        try:
            return Heard(step.codec.decode(value, step.service.views), message_id, key, origin)
        except Unreadable as error:
            return Heard(None, message_id, key, origin, str(error))

    def _due(self, service: str) -> Sequence[Any]:
        with self.steps[service].database.transaction() as tx:
            return clocks.due(tx, self.now(), 1)

    def _seed(self, _message_id: str = "") -> bytes:
        self._fresh[self.working] += 1
        return blake2b(f"{self.working}/{self._fresh[self.working]}".encode(), digest_size=16).digest()

    def _new_step(self, service: str) -> Step:
        step = self.processes[service].new_step("land")
        step.seed_for = lambda message_id: blake2b(message_id.encode(), digest_size=16).digest()
        return step

    def _door(self, service: str) -> TestClient:
        process = self.processes[service]
        desk = _OneStep(SERVICES[service], process.settings, lambda part: self.steps[service])
        app = application(desk)
        letters_page.add(app, desk)
        return TestClient(app, follow_redirects=False, raise_server_exceptions=False)
