"""What has fallen due? Time is a message, and a batch of its own."""

from __future__ import annotations

import logging
import threading

from plumbing import clocks, dead_letters, metrics, tasks
from plumbing.alerts import raising
from plumbing.broker import reachable
from plumbing.clocks import ClockDue
from plumbing.postgres import Conflict, Database, LostConnection
from plumbing.service import Heard
from plumbing.settings import Settings
from plumbing.step import Step

log = logging.getLogger(__name__)
DUE_MAX = 200


class Minutes:
    """Wakes every tick, runs what is due in order until nothing is, and shows the state of things."""

    def __init__(self, settings: Settings, step: Step, stopping: threading.Event) -> None:
        self._settings, self._step, self._stopping = settings, step, stopping
        self._up: dict[str, bool] = {}

    def run(self) -> None:
        while not self._stopping.is_set():
            self._notice("kafka", reachable(self._settings.kafka))
            try:
                while self._ring() == DUE_MAX and not self._stopping.is_set():
                    pass
                self._show(self._step.database)
                self._notice("database", True)
            except (LostConnection, Conflict) as error:
                self._notice("database", not isinstance(error, LostConnection))
            self._stopping.wait(self._settings.tick)

    def _ring(self) -> int:
        with self._step.database.transaction() as tx:
            due = clocks.due(tx, self._step.clock.at(tx.now()), DUE_MAX)
        if due:
            try:
                self._step.run([_heard(clock) for clock in due])
            except (LostConnection, Conflict):
                raise
            except Exception as error:
                log.warning("clocks are taken one by one: %s", error)
                for clock in due:
                    self._ring_alone(clock)
            metrics.CLOCKS_RUNG.labels(self._settings.service).inc(len(due))
        return len(due)

    def _ring_alone(self, clock: ClockDue) -> None:
        try:
            self._step.run([_heard(clock)])
        except (LostConnection, Conflict):
            raise
        except Exception as error:
            log.error("the clock %s of %s failed and becomes a person's task: %s", clock.step, clock.subject, error)
            self._hand_over(clock, f"{type(error).__name__}: {error}"[:500])

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

    def _notice(self, dependency: str, up: bool) -> None:
        if self._up.get(dependency, True) != up:
            log.warning("%s is %s", dependency, "back" if up else "away: waiting for it; nothing is lost meanwhile")
        self._up[dependency] = up
        metrics.UP.labels(self._settings.service, dependency).set(up)

    def _show(self, database: Database) -> None:
        name = self._settings.service
        with database.transaction() as tx:
            letters, held, age = dead_letters.state(tx)
            unsent, unsent_age, late, overdue = tx.rows(_STATE, (self._step.clock.at(tx.now()),) * 2)[0]
            queues = tx.rows("SELECT queue, count(*) FILTER (WHERE closed_at IS NULL) FROM tasks GROUP BY queue")
        for gauge, value in (
            (metrics.LETTERS, letters),
            (metrics.HELD_KEYS, held),
            (metrics.HELD_AGE, age),
            (metrics.UNSENT, unsent),
            (metrics.UNSENT_AGE, unsent_age),
            (metrics.CLOCK_LATE, late),
            (metrics.OVERDUE, overdue),
        ):
            gauge.labels(name).set(value)
        for queue, count in queues:
            metrics.TASKS.labels(name, queue).set(count)


_STATE = """
SELECT (SELECT coalesce(sum(h.last_number - coalesce(c.sent_number, 0)), 0)
        FROM outbox_heads h LEFT JOIN outbox_cursors c USING (topic, partition)),
    (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(o.kept_at)), 0)
        FROM outbox_heads h JOIN outbox_cursors c USING (topic, partition)
        JOIN outbox o ON o.topic = h.topic AND o.partition = h.partition AND o.number = c.sent_number + 1),
    (SELECT greatest(coalesce(extract(epoch FROM %s - min(due_at)), 0), 0) FROM clocks WHERE ended_at IS NULL),
    (SELECT count(*) FROM tasks WHERE closed_at IS NULL AND due_at < %s)"""


def _heard(clock: ClockDue) -> Heard:
    return Heard(clock, f"clock/{clock.subject}/{clock.step}", clock.key)
