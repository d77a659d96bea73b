"""How does a test drive a whole Qorgan: five services, staff, time, and what was ever answered?"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import psycopg2

from deploy.local import ports
from deploy.local.processes import Plan
from deploy.local.services import CHECKOUT, Service, Services
from deploy.local.stack import Stack
from simulation.day import generate_day
from tests import rest
from tests.checker import Checker
from tests.checker.words import SERVICES
from tests.emptying import empty
from tests.forking import Copied
from tests.talking import ask, ask_patiently

MINUTES_AGO = 5
_numbers = count(1)


class World:
    """The services on one stack, everything answered 201 so far, and a clock that may be put forward."""

    def __init__(self, stack: Stack) -> None:
        self.stack, self.services = stack, Services(stack)
        for service in self.services.processes:
            service.process = Copied(service.process.pid_file)
        self.answered: list[str] = []
        self._seeds, self._anchor, self.ahead = count(1), datetime.now(UTC), timedelta()
        self._ahead_of = dict.fromkeys(SERVICES, timedelta())
        self._posting = ThreadPoolExecutor(1, thread_name_prefix="posts-reports")

    # What runs

    def begin(self) -> None:
        """Fresh databases, an empty Kafka, all services ready and at rest."""
        empty(self.stack.broker)
        for name in SERVICES:
            self.stack.create_database(name)
        self.mend()
        self.checker = Checker(self.services.endpoints())
        self.rest()  # nobody can be asked before the directories have been heard

    def end(self) -> None:
        self._posting.shutdown()
        self.services.stop()

    def environment(self, **extra: str) -> dict[str, str]:
        own = {"QORGAN_SESSION_TIMEOUT": "6", "QORGAN_TICK": "0.5", "QORGAN_LOG": "INFO"}
        shown = f"{self._anchor.isoformat()},{(self._anchor + self.ahead).isoformat()},1"
        return {**self.stack.environment(), **own, "QORGAN_CLOCK": shown, **extra}

    def start(self, name: str, **extra: str) -> None:
        """(Re)start one service without waiting: an armed one may die before it is ready."""
        self.services[name].kill()
        self._ahead_of[name] = self.ahead
        self.services[name].start({**self.environment(**extra), **self.stack.login(name)})

    def mend(self) -> None:
        """Everything runs; what is dead is started again."""
        self.stack.broker.start()
        self.stack.database.start()
        for name in SERVICES:
            self.services[name].resume()
            if self.services[name].pid is None:
                self.start(name)
        for name in SERVICES:
            self.services[name].wait_until_ready()

    def put_clock_forward(self, by: timedelta, *names: str) -> None:
        """From now on it is later, for these services (all, if none is named) and for what starts from here on."""
        self.ahead += by
        for name in names or SERVICES:
            self.start(name)
        for name in names or SERVICES:
            self.services[name].wait_until_ready()

    def now(self, name: str) -> datetime:
        """What time it is at this service."""
        return datetime.now(UTC) + self._ahead_of[name]

    # What is done

    def bodies(self, number: int, **changes: Any) -> list[dict[str, Any]]:
        """Bodies of reports of a few minutes ago that no other call gives."""
        seed = next(self._seeds)
        recorded = datetime.now(UTC) - timedelta(minutes=MINUTES_AGO)
        happened = (recorded - timedelta(minutes=30)).isoformat()
        fresh = {"recorded_at": recorded.isoformat(), "occurred_at": happened, **changes}
        day = generate_day(seed, recorded.date(), number)
        return [{**one.body, **fresh, "kui_number": f"{seed}-{one.body['kui_number']}"} for one in day]

    def post(self, bodies: Iterable[dict[str, Any]]) -> list[str]:
        """Post each until it is answered, as a dispatch system does; gives the ids of the reports."""
        taken = []
        for body in bodies:
            key = {"Idempotency-Key": f"key-{next(_numbers)}"}
            status, told = ask_patiently("POST", f"{self.url('police_intake')}/reports", body, key)
            if status in (200, 201):
                taken.append(told["report_id"])
            assert status in (200, 201, 409, 422), (status, told, self.services["police_intake"].log.read_text("utf-8")[-3000:])
        self.answered += [one for one in taken if one not in self.answered]
        return taken

    def posting(self, number: int) -> Future[list[str]]:
        """The same in the background, while things die."""
        return self._posting.submit(self.post, self.bodies(number))

    def take_back(self, report_id: str) -> None:
        """The report was unfounded."""
        status, told = ask_patiently("POST", f"{self.url('police_intake')}/reports/{report_id}/unfounded", b"", {})
        assert status == 200, (status, told)

    def sql(self, service: str, question: str, *arguments: Any) -> list[tuple[Any, ...]]:
        """Rows of one service's database; a change is committed."""
        with closing(psycopg2.connect(self.stack.dsn(service))) as connection, connection, connection.cursor() as cursor:
            cursor.execute(question, arguments)
            return cursor.fetchall()

    def see(self, report_id: str) -> dict[str, Any]:
        return ask("GET", f"{self.url('police_intake')}/reports/{report_id}")[1]

    def url(self, name: str) -> str:
        return self.services[name].url

    # What is waited for

    def wait(self, true: Callable[[], Any], patience: float = 30) -> Any:
        until = time.monotonic() + patience
        while not (found := true()):
            assert time.monotonic() < until, f"waited {patience} s in vain"
            time.sleep(0.05)
        return found

    def wait_for_death(self, name: str, patience: float = 30) -> None:
        self.wait(lambda: self.services[name].pid is None, patience)

    def rest(self, patience: float = 40) -> None:
        """Until everything said is heard, nothing is unsent and no clock is due."""
        rest.wait_for_rest(self.services.endpoints()["postgres"], self.now, patience)

    def broken(self) -> list[str]:
        self.rest()
        return self.checker.check(self.answered)


class Part(Service):
    """Some parts of one service (all, if none is named) as one more process, with a folder of its own."""

    def __init__(self, world: World, name: str, *parts: str) -> None:
        folder = world.stack.folder / f"part-{next(_numbers)}"
        folder.mkdir()
        super().__init__(name, folder)
        self.process = Copied(self.process.pid_file)
        self._world, self._parts = world, parts

    def begin(self, **extra: str) -> None:
        place = {"PYTHONUNBUFFERED": "1", "QORGAN_HTTP": f"127.0.0.1:{ports.kept(self.port_file)}"}
        environment = {**os.environ, **self._world.environment(**extra), **self._world.stack.login(self.name), **place}
        command = [sys.executable, "-m", f"services.{self.name}", *self._parts]
        self.process.spawn(Plan(command, self.log, CHECKOUT, environment, self.death_signal))


def is_frozen(service: Service) -> bool:
    return service.pid is not None and Path(f"/proc/{service.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def begun(stack: Stack) -> Iterator[World]:
    """The body of a folder's fixture: all five services on fresh databases and an empty Kafka."""
    one = World(stack)
    one.begin()
    yield one
    one.end()
