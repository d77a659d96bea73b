"""The one pass over a batch: hear, lock, look up, decide, record, say. One batch is one transaction."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from plumbing import acts, clocks, dead_letters, inbox, outbox, tasks
from plumbing.alerts import raising
from plumbing.audit import drafts
from plumbing.audit import store as audit
from plumbing.catalogue import catalogue
from plumbing.clocks import ClockDue
from plumbing.codec import Codec
from plumbing.counting import cut_to_hour
from plumbing.deciding import Bench, Decided, decide_all
from plumbing.identity import fresh_seed, is_id
from plumbing.logs import Word, told
from plumbing.marks import mark
from plumbing.postgres import BadValue, Conflict, Database, LostConnection, Transaction
from plumbing.service import Facts, Heard, Service
from plumbing.settings import Clock

log = logging.getLogger(__name__)
ATTEMPTS_ALONE = 2
DECISION = "message_id, heard, key, decided_at, seed, law_hash, message, seen, decided, findings"
RACES_LOST_MAX = 4  # a batch that loses every race against nobody is taken one by one
Events = Sequence[Any]
Finish = Callable[[Transaction, datetime], None]


class Step:
    """One service's pass over batches; one instance per thread, since it owns its connection."""

    def __init__(self, service: Service, database: Database, clock: Clock | None = None) -> None:
        self.service, self.database, self.clock = service, database, clock or Clock()
        self.seed_for = fresh_seed
        self.codec = Codec()
        self.after_commit: Callable[[Decided, float], None] = lambda decided, took: None

    def run(self, batch: Sequence[Heard], finish: Finish | None = None) -> list[Events]:
        """Take a batch whole; what alone is refused twice is set aside. Gives each message's events.

        Raises LostConnection (nobody knows if the COMMIT counted: read the watermark), OwnershipLost, and whatever is no
        message's doing (Fault, a fault in code that looks up or keeps): then the process ends and nothing is set aside.
        """
        try:
            return self._patiently(batch, finish)
        except BadValue as error:
            if any(heard.origin is None for heard in batch):
                raise
            log.warning("a batch of %d is taken one by one: %s", len(batch), error)
            return [events for heard in batch for events in self._alone(heard)]

    def _alone(self, heard: Heard) -> list[Events]:
        for attempt in range(ATTEMPTS_ALONE):
            try:
                return self._patiently([heard], None)
            except BadValue as error:
                cause, named = told(error), Word(heard.message_id if is_id(heard.message_id) else "of a strange id")
                log.warning("message %s was refused (attempt %d): %s", named, attempt + 1, error)
        return self._patiently([Heard(None, heard.message_id, heard.key, heard.origin, cause)], None)

    def _patiently(self, batch: Sequence[Heard], finish: Finish | None) -> list[Events]:
        for attempt in range(20):
            try:
                return self._once(batch, finish)
            except Conflict as error:
                lost_race = str(error)[:5] in ("23505", "23P01")
                if lost_race and attempt >= (1 if len(batch) == 1 else RACES_LOST_MAX):
                    raise BadValue(str(error)) from error
                log.info("the batch is run again on fresh facts: %s", error)
                time.sleep(random.uniform(0, 0.02 * 2 ** min(attempt, 6)))
        raise LostConnection("the database has answered nothing but conflicts")

    def _once(self, batch: Sequence[Heard], finish: Finish | None) -> list[Events]:
        began = time.monotonic()
        with self.database.transaction() as tx:
            self._lock(tx, batch)
            now = self.clock.at(tx.now())
            batch = self._still_due(tx, batch, now)
            keys = sorted({heard.key for heard in batch if heard.origin})
            held = dead_letters.held(tx, keys) if keys and not finish else set()
            facts = self._look_up(tx, [heard for heard in batch if not heard.problem])
            mark("before_decide")
            keep = partial(tx.put, "decisions", DECISION)
            decided = decide_all(self.service, batch, Bench(facts, held, now, self.seed_for, keep))
            mark("after_decide")
            lines = self._record(tx, decided, now)
            inbox.advance(tx, batch)
            if finish:
                finish(tx, now)
            audit.keep(tx, drafts.changes(decided.events, now, self.service.looked.answers))
            mark("before_commit")
            outbox.number_and_commit(tx, lines)
        mark("after_commit")
        self.after_commit(decided, time.monotonic() - began)
        by_message = {id(heard): events for heard, events, _ in decided.events}
        return [by_message.get(id(heard), ()) for heard in batch]

    def _lock(self, tx: Transaction, batch: Sequence[Heard]) -> None:
        """Lock all keys, sorted. What a key rests on may have come in meanwhile: then the batch is run again."""
        keys = self._keys(tx, batch)
        # DO UPDATE locks the row that is there, even where nothing is updated.
        conflict = "ON CONFLICT (key) DO UPDATE SET key = excluded.key WHERE false"
        tx.run(f"INSERT INTO locks SELECT unnest(%s::text[]) ORDER BY 1 {conflict}", (keys,))
        if not set(keys).issuperset(self._keys(tx, batch)):
            raise Conflict("another transaction has tied more lives to this batch")

    def _keys(self, tx: Transaction, batch: Sequence[Heard]) -> list[str]:
        wanted = {heard.key for heard in batch}
        for route, messages in self._by_route(batch):
            wanted.update(key for keys in route.locked(tx, messages) for key in keys)
        wanted.update(heard.message.key for heard in batch if isinstance(heard.message, ClockDue))
        return sorted(wanted)

    def _still_due(self, tx: Transaction, batch: Sequence[Heard], now: datetime) -> Sequence[Heard]:
        rung = [heard.message for heard in batch if isinstance(heard.message, ClockDue)]
        if not rung:
            return batch
        still = clocks.claim(tx, rung, now)
        late = [clock for clock in rung if (clock.subject, clock.step) in still and clock.step.startswith("task/")]
        clocks.record(tx, [(event, now) for event in tasks.escalate(tx, late, now)])
        raising.ring_late(tx, late, now)
        return [heard for heard in batch if not isinstance(heard.message, ClockDue) or _asked(heard.message, still)]

    def _look_up(self, tx: Transaction, batch: Sequence[Heard]) -> Facts:
        facts: Facts = {}
        for route, messages in self._by_route(batch):
            facts.update(route.looked_up(tx, messages))
        return facts

    def _by_route(self, batch: Sequence[Heard]) -> list[tuple[Any, list[Any]]]:
        groups: dict[type, list[Any]] = {}
        for heard in batch:
            clock = isinstance(heard.message, ClockDue) and heard.message.step.startswith("task/")
            if heard.message is not None and not clock:
                groups.setdefault(type(heard.message), []).append(heard.message)
        return [(self.service.route(messages[0]), messages) for messages in groups.values()]

    def _record(self, tx: Transaction, decided: Decided, now: datetime) -> list[outbox.Line]:
        held = tasks.of_held_lives(tx, dead_letters.keep(tx, decided.letters, now), now)
        events = [(event, now) for _, events, _ in decided.events for event in events]
        self.service.record(tx, events)
        acts.record(tx, decided.events, now)
        events += [(task, now) for task in held]
        tasks.record(tx, events)
        acted = [*acts.acted(decided.events), *(((task,), task.key, "") for task in held)]
        raising.record(tx, (tasks.ring_of, self.service.rings), acted, now)
        own = [(event, at) for event, at in events for event in (tasks.clocks_of(event) or [event])]
        clocks.record(tx, own)
        tx.put("decisions", DECISION, decided.rows)
        return [
            self._line(event, ids.new(), now)
            for _, events, ids in decided.events
            for event in events
            if hasattr(event, "event")
        ]

    def _line(self, said: Any, message_id: str, now: datetime) -> outbox.Line:
        topic = catalogue().topic_of(said.event)
        key = getattr(said, topic.key)
        hour = cut_to_hour(now)
        return outbox.Line(
            topic.name, topic.partition_of(key), key, said.event, message_id, hour, self.codec.encode(said)
        )


def _asked(clock: ClockDue, still: set[tuple[str, str]]) -> bool:
    return (clock.subject, clock.step) in still and not clock.step.startswith("task/")
