"""What is the smallest service there can be? Accounts that grow; by it the pipes are tested without any agency."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plumbing.catalogue import catalogue
from plumbing.clocks import ClockDue
from plumbing.postgres import as_json
from plumbing.service import Heard, Origin, Route, Service

EVENT = "social_registry.GuestArrived"
TOPIC = catalogue().topic_of(EVENT)
UNLUCKY, TOO_MUCH = 13, 1000
TABLE = f"CREATE TABLE accounts (need_id text PRIMARY KEY, total int NOT NULL CHECK (total < {TOO_MUCH}), seen jsonb NOT NULL)"


@dataclass(frozen=True)
class Add:
    """Command: this much more."""

    need_id: str
    amount: int


@dataclass(frozen=True)
class Grown:
    """Said: the account stands at this."""

    event = EVENT
    need_id: str
    attempt: int


def grow(add, facts, moment):
    if add.amount == UNLUCKY:
        raise ValueError("nobody adds thirteen")
    return (Grown(add.need_id, facts.get(("total", add.need_id), 0) + add.amount),)


def wake(clock, facts, moment):
    return (Grown(clock.subject, facts.get(("total", clock.subject), 0) + 1),)


def evolve(facts, event):
    return {("total", event.need_id): event.attempt} if isinstance(event, Grown) else {}


def lives(tx, messages):
    return [[getattr(one, "need_id", getattr(one, "subject", ""))] for one in messages]


def totals(tx, messages):
    wanted = [life for (life,) in lives(tx, messages)]
    return {("total", life): total for life, total in tx.rows("SELECT need_id, total FROM accounts WHERE need_id = ANY(%s)", (wanted,))}


def record(tx, events):
    last = {event.need_id: event for event, _ in events if isinstance(event, Grown)}
    tx.insert("INSERT INTO accounts VALUES %s ON CONFLICT (need_id) DO UPDATE SET total = excluded.total",
              [(event.need_id, event.attempt, as_json({})) for event in last.values()])


LEDGER = Service("social_registry", Path(__file__).parent / "nowhere",
                 [Route(Add, lives, totals, grow), Route(ClockDue, lives, totals, wake)], evolve, record, law_hash="no law")


def told(life, amount, number):
    """A message as it comes from the wire, the `number`-th of partition 0."""
    return Heard(Add(life, amount), f"m/{number}", life, Origin(TOPIC.name, 0, number, number, b"bytes"))
