"""Which alerts are due to ring, and what came of each call? Each row says itself when it is looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plumbing.postgres import Transaction

LOCK = 0x72696E67
LEASE = timedelta(minutes=2)
BACKOFF, BACKOFF_MAX = timedelta(seconds=20), timedelta(minutes=5)
ATTEMPTS_MAX = 6  # about six minutes: then the next recipient is rung
DUE_MAX = 5000
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Waiting:
    """An alert that is looked at now. rung: it was handed over in this turn, and nobody has answered."""

    alert_id: int
    queue: str
    region: str
    turn: int
    due_at: datetime
    rung: bool
    attempts: int


@dataclass(frozen=True)
class Call:
    """One message to one recipient, and all that it stands for."""

    ring_id: str
    recipient: str
    listed: Sequence[Waiting]


class Rows:
    """The rows of alerts in one short transaction of the sender, at one moment of the database's own time."""

    def __init__(self, tx: Transaction, now: datetime) -> None:
        self._tx, self._now = tx, now

    def due(self) -> list[Waiting]:
        """What is due and still matters, oldest first, locked; what rang for a closed task is ended."""
        self._tx.run("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        self._tx.run(
            "UPDATE alerts a SET answered_at = %s, next_try = NULL WHERE next_try <= %s AND task <> '' AND NOT EXISTS"
            " (SELECT FROM tasks t WHERE t.subject = a.subject AND t.kind = a.task AND t.closed_at IS NULL)",
            (self._now, self._now),
        )
        rows = self._tx.rows(
            "SELECT alert_id, queue, region, turn, due_at, state IN ('delivered', 'permanent_failure'), attempts"
            " FROM alerts WHERE next_try <= %s ORDER BY next_try, alert_id LIMIT %s FOR UPDATE SKIP LOCKED",
            (self._now, DUE_MAX),
        )
        return [Waiting(*row) for row in rows]

    def not_before(self, recipient: str, gap_seconds: float, rings_per_hour: int) -> datetime | None:
        """When this recipient may be rung again; None: now."""
        rung = [at for (at,) in self._tx.rows(
            "SELECT max(rung_at) AS at FROM alerts WHERE recipient = %s AND rung_at > %s GROUP BY ring_id ORDER BY at",
            (recipient, self._now - timedelta(hours=1)),
        )]
        free = []
        if rung:
            free.append(rung[-1] + timedelta(seconds=gap_seconds))
        if len(rung) >= rings_per_hour:
            free.append(rung[-rings_per_hour] + timedelta(hours=1))
        latest = max(free, default=self._now)
        return latest if latest > self._now else None

    def put_off(self, listed: Sequence[Waiting], until: datetime) -> None:
        self._tx.run("UPDATE alerts SET next_try = %s WHERE next_try IS NOT NULL AND alert_id = ANY(%s)", (until, _ids(listed)))

    def lease(self, call: Call) -> None:
        self._tx.run(
            "UPDATE alerts SET state = 'sending', recipient = %s, ring_id = %s, rung_at = %s, attempts = attempts + 1,"
            " next_try = %s WHERE next_try IS NOT NULL AND alert_id = ANY(%s)",
            (call.recipient, call.ring_id, self._now, self._now + LEASE, _ids(call.listed)),
        )

    def note(self, call: Call, outcome: str, wait_minutes: float) -> None:
        """What came of the call; what somebody answered meanwhile stays answered."""
        for attempts in {one.attempts + 1 for one in call.listed}:
            state, again = self._next(outcome, attempts, wait_minutes)
            self._tx.run(
                "UPDATE alerts SET state = %s, next_try = CASE WHEN answered_at IS NULL THEN %s::timestamptz END"
                " WHERE recipient = %s AND rung_at > %s AND ring_id = %s AND state = 'sending' AND attempts = %s",
                (state, again, call.recipient, self._now - timedelta(hours=1), call.ring_id, attempts),
            )

    def pass_on(self, one: Waiting) -> None:
        """The next recipient's turn begins as a row of its own, so that it stays to be seen who was rung."""
        self._tx.run(
            "INSERT INTO alerts (subject, turn, task, queue, region, due_at, raised_at)"
            " SELECT subject, turn + 1, task, queue, region, due_at, raised_at FROM alerts"
            " WHERE next_try IS NOT NULL AND alert_id = %s",
            (one.alert_id,),
        )
        self.give_up([one])

    def give_up(self, listed: Sequence[Waiting]) -> None:
        self._tx.run("UPDATE alerts SET next_try = NULL WHERE next_try IS NOT NULL AND alert_id = ANY(%s)", (_ids(listed),))

    def _next(self, state: str, attempts: int, wait_minutes: float) -> tuple[str, datetime]:
        if state == "delivered":
            return state, self._now + timedelta(minutes=wait_minutes)
        if state == "permanent_failure" or attempts >= ATTEMPTS_MAX:
            return "permanent_failure", self._now
        return state, self._now + min(BACKOFF * 2 ** (attempts - 1), BACKOFF_MAX)


def forget(tx: Transaction) -> None:
    """What ended long ago is kept no longer."""
    tx.run("DELETE FROM alerts WHERE next_try IS NULL AND raised_at < %s", (tx.now() - KEPT,))


def state(tx: Transaction) -> tuple[float, int]:
    """(seconds the oldest alert has waited for its call, alerts that rang and nobody has answered) for metrics."""
    row = tx.rows(
        "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(next_try) FILTER (WHERE state <> 'delivered')), 0),"
        " count(*) FILTER (WHERE state = 'delivered') FROM alerts WHERE next_try IS NOT NULL"
    )[0]
    return max(float(row[0]), 0.0), int(row[1])


def _ids(listed: Sequence[Waiting]) -> list[int]:
    return [one.alert_id for one in listed]
