"""What falls due, and when? Nothing waits without a row here, so nothing is forgotten while we are down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.postgres import Transaction


@dataclass(frozen=True)
class ClockSet:
    """From now on (subject, step) falls due once, at `due_at`; `key` is locked before anything is decided.

    A clock that was stopped may be set again; one that runs or has rung is left as it is.
    """

    subject: str
    step: str
    due_at: datetime
    key: str


@dataclass(frozen=True)
class ClockStopped:
    """What was waited for has come: the subject's clocks whose step begins with `step` stop (all, if empty)."""

    subject: str
    step: str = ""


@dataclass(frozen=True)
class ClockDue:
    """The message a service hears when a clock has run out."""

    subject: str
    step: str
    due_at: datetime
    key: str


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """Write what was set and stopped, as if each event had been written alone and in order."""
    new: dict[tuple[str, str], tuple[ClockSet, datetime | None]] = {}
    of_subject: dict[str, list[tuple[str, str]]] = {}
    stops: list[tuple[str, str, datetime]] = []
    for event, at in events:
        if isinstance(event, ClockSet):
            place = (event.subject, event.step)
            if place not in new or new[place][1] is not None:
                of_subject.setdefault(event.subject, []).append(place)
                new[place] = (event, None)
        elif isinstance(event, ClockStopped):
            stops.append((event.subject, event.step, at))
            _stop_new(of_subject.get(event.subject, ()), new, event, at)
    tx.change(
        "UPDATE clocks SET ended_at = stop.at FROM (VALUES %s) AS stop(subject, step, at)"
        " WHERE clocks.subject = stop.subject AND starts_with(clocks.step, stop.step) AND clocks.ended_at IS NULL"
        " RETURNING clocks.subject",
        stops,
    )
    tx.put(
        "clocks",
        "subject, step, due_at, key, ended_at",
        [(c.subject, c.step, c.due_at, c.key, ended) for c, ended in new.values()],
        "ON CONFLICT (subject, step) DO UPDATE SET"
        " due_at = excluded.due_at, key = excluded.key, ended_at = excluded.ended_at"
        " WHERE clocks.ended_at IS NOT NULL AND NOT clocks.rung",  # stopped, it may run again; rung, never
    )


def due(tx: Transaction, now: datetime, most: int) -> list[ClockDue]:
    """What is due, earliest first, without a lock: the step locks the keys and claims what is due still."""
    rows = tx.rows(
        "SELECT subject, step, due_at, key FROM clocks WHERE ended_at IS NULL AND due_at <= %s"
        " ORDER BY due_at, subject, step LIMIT %s",
        (now, most),
    )
    return [ClockDue(*row) for row in rows]


def claim(tx: Transaction, wanted: Sequence[ClockDue], now: datetime) -> set[tuple[str, str]]:
    """Of these, the ones still due now that their keys are locked; they are marked as rung."""
    rows = tx.change(
        "UPDATE clocks SET ended_at = wanted.at, rung = true FROM (VALUES %s) AS wanted(subject, step, at)"
        " WHERE clocks.subject = wanted.subject AND clocks.step = wanted.step AND clocks.ended_at IS NULL"
        " RETURNING clocks.subject, clocks.step",
        [(clock.subject, clock.step, now) for clock in wanted],
    )
    return {(subject, step) for subject, step in rows}


def _stop_new(
    places: Sequence[tuple[str, str]],
    new: dict[tuple[str, str], tuple[ClockSet, datetime | None]],
    stop: ClockStopped,
    at: datetime,
) -> None:
    """Only the subject's own clocks are looked at: in a large batch that is one or two of thousands."""
    for place in places:
        clock, ended = new[place]
        if ended is None and clock.step.startswith(stop.step):
            new[place] = (clock, at)
