"""When is a whole Qorgan at rest: everything said is sent and heard, and nothing is due?"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime

import psycopg2

from tests.checker.words import Words

_HEADS = "SELECT topic, partition, last_number FROM outbox_heads"
_CURSORS = "SELECT topic, partition, sent_number FROM outbox_cursors"
_INBOX = "SELECT topic, partition, next_number - 1 FROM inbox"
_DUE = "SELECT count(*) FROM clocks WHERE ended_at IS NULL AND due_at <= %s"


def wait_for_rest(dsns: dict[str, str], now: Callable[[str], datetime], patience: float) -> None:
    """Twice in succession the same, and nothing under way; says what is if patience ends."""
    until, before = time.monotonic() + patience, None
    while True:
        busy, state = _look(dsns, now)
        if not busy and state == before:
            return
        before = state
        assert time.monotonic() < until, f"not at rest after {patience} s: {busy[:8]}"
        time.sleep(0.1)


def _look(dsns: dict[str, str], now: Callable[[str], datetime]) -> tuple[list[str], object]:
    heads, sent, heard, busy = {}, {}, {}, []
    for service, dsn in dsns.items():
        with closing(psycopg2.connect(dsn, connect_timeout=5)) as connection, connection.cursor() as cursor:
            for question, into in ((_HEADS, heads), (_CURSORS, sent), (_INBOX, heard)):
                cursor.execute(question)
                into.update({(*((service,) if into is heard else ()), *row[:2]): row[2] for row in cursor.fetchall()})
            cursor.execute(_DUE, (now(service),))
            due = cursor.fetchone()[0]
            busy += [f"{due} clocks of {service} are due"] if due else []
    unsent = {place: last - sent.get(place, 0) for place, last in heads.items()}
    busy += [f"{place} has {number} lines unsent" for place, number in unsent.items() if number]
    for topic, entry in Words().numbered.items():
        for reader in entry["readers"]:
            for p in range(entry["partitions"]):
                said, taken = heads.get((topic, p), 0), heard.get((reader, topic, p), 0)
                busy += [f"{reader} has heard {taken} of {said} in {topic}[{p}]"] if said != taken else []
    return busy, (heads, heard)
