"""What has fallen due? Time is a message, and a batch of its own."""

from __future__ import annotations

import logging
import threading
import time

from plumbing import clocks, figures, metrics, tasks
from plumbing.alerts import raising
from plumbing.audit.watching import Watch
from plumbing.broker import reachable
from plumbing.clocks import ClockDue
from plumbing.deciding import Undecided, cause_of
from plumbing.identity import is_id
from plumbing.logs import Word
from plumbing.postgres import BadValue, Conflict, LostConnection
from plumbing.service import Heard
from plumbing.settings import Settings
from plumbing.step import Step

log = logging.getLogger(__name__)
DUE_MAX = 200
SECONDS_A_KNOCK = 0.9
TICKS_A_FIGURE, PAUSES_A_FIGURE = 10, 50  # between two counts of the tables: ticks, and times what the last one took


class Minutes:
    """Wakes every tick, runs what is due in order until nothing is, and shows the state of things."""

    def __init__(self, settings: Settings, step: Step, stopping: threading.Event) -> None:
        self._settings, self._step, self._stopping = settings, step, stopping
        self._audit = Watch(settings, step.database)
        self._up: dict[str, bool] = {}
        self._show_at = self._knock_at = 0.0

    def run(self) -> None:
        while not self._stopping.is_set():
            self._knock()
            try:
                while self._ring() == DUE_MAX and not self._stopping.is_set():
                    pass
                self._audit.tick()
                self._show()
                self._notice("database", True)
            except (LostConnection, Conflict) as error:
                self._notice("database", not isinstance(error, LostConnection))
            self._stopping.wait(self._settings.tick)
        self._audit.sign()

    def _ring(self) -> int:
        with self._step.database.transaction() as tx:
            due = clocks.due(tx, self._step.clock.at(tx.now()), DUE_MAX)
        if due:
            try:
                self._step.run([_heard(clock) for clock in due])
            except (BadValue, Undecided) as error:
                log.warning("clocks are taken one by one: %s", error)
                for clock in due:
                    self._ring_alone(clock)
            metrics.CLOCKS_RUNG.labels(self._settings.service).inc(len(due))
        return len(due)

    def _ring_alone(self, clock: ClockDue) -> None:
        try:
            self._step.run([_heard(clock)])
        except (BadValue, Undecided) as error:
            subject = Word(clock.subject if is_id(clock.subject) else "another")
            log.error("the clock %s of %s failed and becomes a person's task: %s", Word(clock.step), subject, error)
            self._hand_over(clock, cause_of(error)[:500])

    def _hand_over(self, clock: ClockDue, cause: str) -> None:
        with self._step.database.transaction() as tx:
            now = self._step.clock.at(tx.now())
            clocks.claim(tx, [clock], now)
            task = tasks.TaskOpened(
                clock.subject, f"failed-{clock.step.split('/')[0]}", "operations", cause, now + tasks.ESCALATION, clock.key
            )
            tasks.record(tx, [(task, now)])
            raising.record(tx, [tasks.ring_of], [([task], clock.key, "")], now)
            clocks.record(tx, [(event, now) for event in tasks.clocks_of(task)])

    def _show(self) -> None:
        began = time.monotonic()
        if began < self._show_at:
            return
        try:
            figures.show(self._step)
        except (LostConnection, Conflict):
            raise
        except Exception:  # a figure that cannot be read must not end what carries reports; its age tells of it
            log.exception("the figures could not be read")
        now = time.monotonic()
        self._show_at = now + max(TICKS_A_FIGURE * self._settings.tick, PAUSES_A_FIGURE * (now - began))

    def _knock(self) -> None:
        """Once a second at most, however short a tick is: each knock costs the broker a connection."""
        if (now := time.monotonic()) >= self._knock_at:
            self._knock_at = now + SECONDS_A_KNOCK
            self._notice("kafka", reachable(self._settings.kafka))

    def _notice(self, dependency: str, up: bool) -> None:
        if self._up.get(dependency, True) != up:
            log.warning("%s is %s", Word(dependency), Word("back" if up else "away: waiting for it; nothing is lost meanwhile"))
        self._up[dependency] = up
        metrics.UP.labels(self._settings.service, dependency).set(up)


def _heard(clock: ClockDue) -> Heard:
    return Heard(clock, f"clock/{clock.subject}/{clock.step}", clock.key)
