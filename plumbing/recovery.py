"""How does a person bring back what was set aside, or accept a new Kafka under an old database?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import datetime

from plumbing import clocks, dead_letters, inbox, outbox, tasks
from plumbing.actors import acting
from plumbing.audit.operating import operating, operator, write_down
from plumbing.broker import identify
from plumbing.catalogue import catalogue
from plumbing.codec import Unreadable
from plumbing.dead_letters import Letter
from plumbing.deciding import cause_of
from plumbing.postgres import Conflict, Database, LostConnection, Transaction
from plumbing.service import Heard, Service
from plumbing.settings import Settings
from plumbing.step import Step

Verb = Callable[[Service, Settings, Sequence[str]], int]


class RedrivenAlready(RuntimeError):
    """Another person redrove this letter a moment ago."""


def redrive(step: Step, key: str, by: str = "") -> tuple[int, str]:
    """Take the letters of a key in order, each through the step under the key's lock; stops at the first failure.

    Gives how many were taken and, if it stopped, why.
    """
    taken = 0
    while True:
        with step.database.transaction() as tx:
            letters = dead_letters.lying(tx, key, 1)
        if not letters:
            return taken, ""
        try:
            _redrive_one(step, letters[0], by)
        except RedrivenAlready:
            continue
        except (LostConnection, Conflict):
            raise
        except Exception as error:
            return taken, cause_of(error)
        taken += 1


def _redrive_one(step: Step, letter: Letter, by: str) -> None:
    message = step.codec.decode(letter.value, step.service.views)

    def finish(tx: Transaction, now: datetime) -> None:
        if not dead_letters.redriven(tx, letter.letter_id, now, by):
            raise RedrivenAlready(f"letter {letter.letter_id}")
        if not dead_letters.held(tx, [letter.key]):
            freed = tasks.of_freed_life(letter.key, by)
            tasks.record(tx, [(freed, now)])
            clocks.record(tx, [(clock, now) for clock in tasks.clocks_of(freed)])

    step.run([Heard(message, letter.message_id, letter.key)], finish)


def redrive_known_schemas(step: Step) -> int:
    """Letters that only waited for a schema id come back by themselves once the id is known."""
    with step.database.transaction() as tx:
        waiting = [letter for letter in dead_letters.lying(tx) if letter.cause.startswith("unknown-schema")]
    known = []
    for letter in waiting:
        try:
            step.codec.version_in(letter.value)
        except Unreadable:
            continue
        known.append(letter.key)
    return sum(redrive(step, key)[0] for key in dict.fromkeys(known))


def _redrive_verb(service: Service, settings: Settings, words: Sequence[str]) -> int:
    step = Step(service, Database(settings.dsn, f"{service.name}/redrive"), settings.clock)
    with step.database.transaction() as tx:
        keys = words or list(dict.fromkeys(letter.key for letter in dead_letters.lying(tx)))
    failed, by = False, operator("redrive")
    for key in keys:
        with acting(by):
            taken, why = redrive(step, key, by.name)
        print(f"{key}: {taken} taken" + (f"; stopped: {why}" if why else ""))
        failed |= bool(why)
    return 1 if failed else 0


def _recover_verb(service: Service, settings: Settings, _words: Sequence[str]) -> int:
    heard = [topic.name for topic in catalogue().heard_by(service.name)]
    said = [topic.name for topic in catalogue().said_by(service.name)]
    kafka = identify(settings.kafka, [*heard, *said], settings.login)
    database = Database(settings.dsn, f"{service.name}/recover")
    with database.transaction() as tx:
        read = inbox.adopt(tx, kafka.cluster_id, {name: kafka.topic_ids[name] for name in heard})
        sent = outbox.adopt(tx, kafka.cluster_id, {name: kafka.topic_ids[name] for name in said})
        with operating("recover"):
            write_down(tx, "recover", "kafka", kafka.cluster_id)
    print(
        f"{service.name} accepts the Kafka at {settings.kafka}: {sent} partitions are said again from the journal,"
        f" {read} are read from their beginning; what was taken before is dropped as a repeat.",
        file=sys.stdout,
    )
    return 0


VERBS: dict[str, Verb] = {
    "redrive": _redrive_verb,
    "recover": _recover_verb,
}
