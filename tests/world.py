"""How does a test drive a whole Qorgan: four services, staff, time, and what was ever answered?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from deploy.local.services import Services
from deploy.local.stack import Stack
from simulation.day import generate_day
from tests import rest
from tests.checker import Checker
from tests.checker.words import SERVICES
from tests.talking import ask, ask_patiently

ENDED = "a service ended by itself"
MINUTES_AGO = 5


class World:
    """The services on one stack, everything answered 201 so far, and a clock that may be put forward."""

    def __init__(self, stack: Stack) -> None:
        self.stack, self.services = stack, Services(stack)
        self.answered: list[str] = []
        self._seeds, self._anchor, self.ahead = count(1), datetime.now(UTC), timedelta()
        self._posting = ThreadPoolExecutor(1, thread_name_prefix="posts-reports")

    # What runs

    def begin(self) -> None:
        """Fresh databases, an empty Kafka, all services ready."""
        self.stack.broker.wipe()
        for name in SERVICES:
            self.stack.create_database(name)
        self.mend()
        self.checker = Checker(self.services.endpoints())

    def end(self) -> None:
        self._posting.shutdown()
        self.services.stop()

    def environment(self, **extra: str) -> dict[str, str]:
        own = {"QORGAN_SESSION_TIMEOUT": "6", "QORGAN_TICK": "0.2", "QORGAN_LOG": "INFO"}
        shown = f"{self._anchor.isoformat()},{(self._anchor + self.ahead).isoformat()},1"
        return {**self.stack.environment(), **own, "QORGAN_CLOCK": shown, **extra}

    def start(self, name: str, **extra: str) -> None:
        """(Re)start one service without waiting: an armed one may die before it is ready."""
        self.services[name].kill()
        self.services[name].start(self.environment(**extra))

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

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    # What is done

    def bodies(self, number: int, **changes: Any) -> list[dict[str, Any]]:
        """Bodies of reports of a few minutes ago that no other call gives."""
        seed = next(self._seeds)
        recorded = datetime.now(UTC) - timedelta(minutes=MINUTES_AGO)
        happened = (recorded - timedelta(minutes=30)).isoformat()
        fresh = {"recorded_at": recorded.isoformat(), "occurred_at": happened, **changes}
        day = generate_day(seed, recorded.date(), number)
        return [{**one.body, **fresh, "kui_number": f"{seed}-{one.body['kui_number']}"} for one in day]

    def post(self, bodies: Iterable[dict[str, Any]], tag: str = "") -> list[str]:
        """Post each until it is answered, as a dispatch system does; gives the ids of the reports."""
        taken = []
        for place, body in enumerate(bodies):
            key = {"Idempotency-Key": f"{tag}{body['kui_number']}/{place}"}
            status, told = ask_patiently("POST", f"{self.url('police_intake')}/reports", body, key)
            if status in (200, 201):
                taken.append(told["report_id"])
            assert status in (200, 201, 409, 422), (status, told)
        self.answered += [one for one in taken if one not in self.answered]
        return taken

    def posting(self, number: int) -> Future[list[str]]:
        """The same in the background, while things die."""
        return self._posting.submit(self.post, self.bodies(number))

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
