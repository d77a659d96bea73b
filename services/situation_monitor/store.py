"""What does the monitor know, and how is it read? Reading; writing is in keeping.py. No row speaks of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plumbing.postgres import Transaction
from plumbing.service import Facts
from services.situation_monitor import messages as m
from services.situation_monitor.facts import Surge, surge_key


@dataclass(frozen=True)
class Line:
    """So often this move was counted in this region within the period asked for."""

    region: str
    owner: str
    kind: str
    from_state: str
    to_state: str
    code: str
    number: int
    hours_waited: int


def nothing_more(tx: Transaction, messages: Sequence[Any]) -> list[list[str]]:
    """Counting adds up and decides nothing: the row of a sum is locked while it is added to, in order."""
    return [[] for _ in messages]


def no_facts(tx: Transaction, messages: Sequence[Any]) -> Facts:
    return {}


def territories(tx: Transaction, messages: Sequence[m.RaiseSurge]) -> list[list[str]]:
    return [[f"territory/{message.territory}"] for message in messages]


def surges_known(tx: Transaction, messages: Sequence[m.RaiseSurge]) -> Facts:
    rows = tx.rows(
        "SELECT territory, hour, region, reports, rule_id FROM surges WHERE territory = ANY(%s)",
        ([message.territory for message in messages],),
    )
    return {surge_key(row[0], row[1]): Surge(*row) for row in rows}


def lines(tx: Transaction, first: date | None = None, last: date | None = None) -> list[Line]:
    """All moves counted on these days (all days if none is given), by region."""
    rows = tx.rows(
        "SELECT region, owner, kind, from_state, to_state, code, sum(number)::int, sum(hours_waited)::int FROM tallies"
        " WHERE (%(first)s::date IS NULL OR day >= %(first)s) AND (%(last)s::date IS NULL OR day <= %(last)s)"
        " GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6",
        {"first": first, "last": last},
    )
    return [Line(*row) for row in rows]


def days(tx: Transaction, first: date, last: date) -> dict[date, int]:
    """Reports registered on each of these days."""
    rows = tx.rows(
        "SELECT day, sum(number)::int FROM tallies WHERE owner = 'police_intake' AND kind = 'report'"
        " AND to_state = 'registered' AND day BETWEEN %s AND %s GROUP BY 1",
        (first, last),
    )
    return dict(rows)


def places(tx: Transaction) -> list[tuple[str, str, str, int, int]]:
    """(owner, region, which place, how many there are, how many are free)."""
    return tx.rows("SELECT owner, region, place, places, free FROM places ORDER BY 1, 2, 3")


def surges(tx: Transaction, most: int = 50) -> list[Surge]:
    """The newest first."""
    rows = tx.rows(
        "SELECT territory, hour, region, reports, rule_id FROM surges ORDER BY hour DESC, territory LIMIT %s", (most,)
    )
    return [Surge(*row) for row in rows]


def figures(tx: Transaction, now: datetime) -> list[Any]:
    """Rows of (figure, labels, value) for operations; a surge closes itself when its hour is a day old."""
    return tx.rows(
        "SELECT 'qorgan_surges_open', ARRAY[region], count(*)::float FROM surges"
        " WHERE hour > %(now)s::timestamptz - interval '1 day' GROUP BY region UNION ALL"
        " SELECT 'qorgan_surge_watch_silent_seconds', '{}',"
        " coalesce(extract(epoch FROM %(now)s - max(seen_at)), 0)::float FROM watch", {"now": now}
    )


def watched(tx: Transaction) -> list[tuple[int, int, datetime]]:
    """(partition, last number the watch on surges has counted, when it last said so)."""
    return tx.rows("SELECT partition, number, seen_at FROM watch ORDER BY 1")


def heard_last(tx: Transaction) -> int:
    """How many counts have been heard in all: while it stands still, the picture is the same."""
    found: int = tx.rows("SELECT coalesce(sum(next_number), 0)::bigint FROM inbox")[0][0]
    return found


def first_day(tx: Transaction) -> date | None:
    found: date | None = tx.rows("SELECT min(day) FROM tallies")[0][0]
    return found
