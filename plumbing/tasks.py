"""Which acts wait for a person, whose are they, and what happens when nobody does them?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from plumbing.alerts.raising import Ring
from plumbing.clocks import ClockDue, ClockSet, ClockStopped
from plumbing.texts import N_

if TYPE_CHECKING:
    from plumbing.postgres import Transaction

ESCALATION = timedelta(hours=1)
LETTER, OPERATIONS = "letter", "operations"
SET_ASIDE = N_("A message was set aside, and later ones about the same life wait behind it.")
LEVEL_MAX = 8
PART = 1000  # of a list, asked for at once
SHOWN_MAX = 200  # on a page


@dataclass(frozen=True)
class TaskOpened:
    """A person must act: whose (`queue`), about what, why, and by when."""

    subject: str
    kind: str
    queue: str
    reason: str
    due_at: datetime
    key: str
    region: str = ""


@dataclass(frozen=True)
class TaskClosed:
    """A person has acted (`by`), or the need to act is gone."""

    subject: str
    kind: str
    by: str


def clocks_of(event: Any) -> list[ClockSet | ClockStopped]:
    """A task brings its own clock; done, it stops it."""
    if isinstance(event, TaskOpened):
        step = f"task/{event.kind}/{event.due_at.isoformat()}"
        return [
            ClockStopped(event.subject, f"task/{event.kind}/"),
            ClockSet(event.subject, step, event.due_at, event.key),
        ]
    if isinstance(event, TaskClosed):
        return [ClockStopped(event.subject, f"task/{event.kind}/")]
    return []


def ring_of(event: Any) -> Ring | None:
    """Somebody must act: that rings, whatever the task is."""
    if not isinstance(event, TaskOpened):
        return None
    return Ring(event.subject, event.queue, event.due_at, event.region, event.kind)


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """Write tasks as if each event had been written alone and in order."""
    opened: dict[tuple[str, str], tuple[Any, ...]] = {}
    closed: dict[tuple[str, str], tuple[str, str, str, datetime]] = {}
    for event, at in events:
        if isinstance(event, TaskOpened):
            place = (event.subject, event.kind)
            opened[place] = (*place, event.queue, event.reason, event.region, event.key, at, event.due_at, None, None)
        elif isinstance(event, TaskClosed):
            place = (event.subject, event.kind)
            closed.setdefault(place, (*place, event.by, at))
            if (row := opened.get(place)) is not None and row[8] is None:  # who closed it first has closed it
                opened[place] = (*row[:8], at, event.by)
    tx.change(
        "UPDATE tasks SET closed_at = done.at, closed_by = done.by FROM (VALUES %s) AS done(subject, kind, by, at)"
        " WHERE tasks.subject = done.subject AND tasks.kind = done.kind AND closed_at IS NULL RETURNING 1",
        closed.values(),
    )
    tx.put(
        "tasks",
        "subject, kind, queue, reason, region, key, opened_at, due_at, closed_at, closed_by",
        opened.values(),
        "ON CONFLICT (subject, kind) DO UPDATE SET queue = excluded.queue, reason = excluded.reason,"
        " region = excluded.region, key = excluded.key, opened_at = excluded.opened_at,"
        " due_at = excluded.due_at, closed_at = excluded.closed_at, closed_by = excluded.closed_by, level = 0",
    )


def escalate(tx: Transaction, rung: Sequence[ClockDue], now: datetime) -> list[ClockSet]:
    """A task nobody did in time goes one level up and gets a new, longer clock, for as long as it is open."""
    rows = tx.change(
        "UPDATE tasks SET level = least(level + 1, late.most) FROM (VALUES %s) AS late(subject, kind, most)"
        " WHERE tasks.subject = late.subject AND tasks.kind = late.kind AND closed_at IS NULL"
        " RETURNING tasks.subject, tasks.kind, tasks.level, tasks.key",
        [(clock.subject, clock.step.split("/")[1], LEVEL_MAX) for clock in rung],
    )
    return [
        ClockSet(subject, f"task/{kind}/{(due := now + ESCALATION * 2**level).isoformat()}", due, key)
        for subject, kind, level, key in sorted(rows)
    ]


def of_held_lives(tx: Transaction, keys: Sequence[str], now: datetime) -> list[TaskOpened]:
    """Each life that is held from now on becomes a person's task; one that is held already has its own."""
    found = "SELECT subject FROM tasks WHERE kind = %s AND closed_at IS NULL AND subject = ANY(%s)"
    subjects = {_of_letters(key): key for key in keys}
    known = {subject for (subject,) in tx.rows(found, (LETTER, list(subjects)))} if subjects else set()
    due = now + ESCALATION
    return [
        TaskOpened(subject, LETTER, OPERATIONS, SET_ASIDE, due, key)
        for subject, key in subjects.items()
        if subject not in known
    ]


def of_freed_life(key: str, by: str) -> TaskClosed:
    """The last letter of a life was taken: nobody has to act any more."""
    return TaskClosed(_of_letters(key), LETTER, by)


def _of_letters(key: str) -> str:
    """A subject of its own: what stops the clocks of a life must not stop this one."""
    return f"{LETTER}/{key}"


def waiting(tx: Transaction, without: Sequence[str] = (), skip: int = 0) -> list[tuple[Any, ...]]:
    """A part of the open tasks, earliest due first: (subject, kind, queue, reason, region, due_at, level).

    without: kinds that stand on other lists; skip: so many were told before
    """
    return tx.rows(
        "SELECT subject, kind, queue, reason, region, due_at, level FROM tasks WHERE closed_at IS NULL"
        " AND kind <> ALL(%s) ORDER BY due_at, subject, kind LIMIT %s OFFSET %s",
        (list(without), PART, skip),
    )
