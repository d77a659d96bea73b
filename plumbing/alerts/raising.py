"""For which events must something ring, and when does it ring no longer? Rows, in the transaction of the event itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.clocks import ClockDue
    from plumbing.postgres import Transaction

TASK, ENDED_AT, ENDED_BY = 4, 6, 7  # places in a row that is about to be written


@dataclass(frozen=True)
class Ring:
    """Somebody of this queue must answer by then. What it is about stays here: the text says only how many and by when."""

    subject: str
    queue: str
    due_at: datetime
    region: str = ""
    task: str = ""


@dataclass(frozen=True)
class RingStopped:
    """Nobody needs to answer for this any more; its tasks ring until they are closed."""

    subject: str


Rings = Callable[[Any], Ring | RingStopped | None]
Acted = tuple[Sequence[Any], str, str]  # events of one message, and, for an act, what it was about and whose it was


def record(tx: Transaction, rings: Sequence[Rings], decided: Iterable[Acted], now: datetime) -> None:
    """Write what rings and what no longer does, as if each event and act had been written alone and in order."""
    raised: list[list[Any]] = []
    waiting: dict[str, list[list[Any]]] = {}
    stopped: dict[str, tuple[str, datetime]] = {}
    acted: dict[str, tuple[str, str, datetime]] = {}
    for events, key, by in decided:
        for one in _told(rings, events):
            if isinstance(one, Ring):
                raised.append([one.subject, one.queue, one.region, one.due_at, one.task, now, None, ""])
                waiting.setdefault(one.subject, []).append(raised[-1])
                continue
            if one.subject not in acted:
                stopped.setdefault(one.subject, (one.subject, now))
            _end([row for row in waiting.get(one.subject, ()) if not row[TASK]], now, "")
        if by:
            acted.setdefault(key, (key, by, now))
            _end(waiting.get(key, ()), now, by)
    _stop(tx, list(stopped.values()))
    _answer(tx, list(acted.values()))
    _write(tx, raised)


def ring_late(tx: Transaction, late: Sequence[ClockDue], now: datetime) -> None:
    """A task nobody did in time rings again, for as long as it is open."""
    tx.change(
        "INSERT INTO alerts (subject, queue, region, due_at, task, raised_at)"
        " SELECT tasks.subject, tasks.queue, tasks.region, tasks.due_at, tasks.kind, late.at"
        " FROM (VALUES %s) AS late(subject, kind, at) JOIN tasks USING (subject, kind)"
        " WHERE tasks.closed_at IS NULL ORDER BY tasks.subject, tasks.kind RETURNING 1",
        [(clock.subject, clock.step.split("/")[1], now) for clock in late],
    )


def _told(rings: Sequence[Rings], events: Iterable[Any]) -> Iterable[Ring | RingStopped]:
    return (one for event in events for rung in rings if (one := rung(event)) is not None)


def _end(rows: Iterable[list[Any]], now: datetime, by: str) -> None:
    for row in rows:
        if row[ENDED_AT] is None:
            row[ENDED_AT], row[ENDED_BY] = now, by


def _write(tx: Transaction, raised: Sequence[Sequence[Any]]) -> None:
    tx.insert(
        "INSERT INTO alerts (subject, queue, region, due_at, task, raised_at, answered_at, answered_by, next_try)"
        " SELECT subject, queue, region, due_at, task, at, ended::timestamptz, by,"
        " CASE WHEN ended IS NULL THEN clock_timestamp() END"
        " FROM (VALUES %s) AS new(subject, queue, region, due_at, task, at, ended, by)",
        raised,
    )


def _stop(tx: Transaction, stopped: Sequence[tuple[str, datetime]]) -> None:
    tx.change(
        "UPDATE alerts SET answered_at = over.at, next_try = NULL FROM (VALUES %s) AS over(subject, at)"
        " WHERE alerts.subject = over.subject AND task = '' AND next_try IS NOT NULL RETURNING 1",
        stopped,
    )


def _answer(tx: Transaction, acted: Sequence[tuple[str, str, datetime]]) -> None:
    """Who acts has the list open: what rang for it is answered, and so is what waits for this very subject."""
    tx.change(
        "UPDATE alerts SET answered_at = act.at, answered_by = act.by, next_try = NULL"
        " FROM (VALUES %s) AS act(key, by, at) WHERE next_try IS NOT NULL"
        " AND (subject = act.key OR (state = 'delivered' AND (queue, region) IN"
        " (SELECT mine.queue, mine.region FROM alerts mine WHERE mine.subject = act.key))) RETURNING 1",
        acted,
    )
