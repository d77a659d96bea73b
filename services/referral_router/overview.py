"""Which needs does the coordinator see, in which order, and how many are there of each? Reading for pages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from plumbing.postgres import Transaction
from services.referral_router.facts import WITH_PERSON
from services.referral_router.regions_shown import SHOWN, hidden

PAGE = 20
_LISTED = f"""SELECT n.need_id, n.kind, {SHOWN}, n.state, n.queue, n.opened_at, n.grade, t.reason, t.due_at, t.level
    FROM needs n LEFT JOIN tasks t ON t.subject = n.need_id AND t.kind = 'need' AND t.closed_at IS NULL"""
_CHOSEN = f""" WHERE (%(kind)s = '' OR n.kind = %(kind)s) AND %(region)s IN ('', {SHOWN})
    AND (%(queue)s = '' OR n.queue = %(queue)s) AND (%(state)s = '' OR n.state = %(state)s)"""

# As urgency.rank: who was never graded comes with those graded medium, since unknown is no no.
URGENT = "CASE n.grade WHEN 'extreme' THEN 3 WHEN 'high' THEN 2 WHEN 'standard' THEN 0 ELSE 1 END DESC,"


@dataclass(frozen=True)
class Chosen:
    """What somebody wants to see; an empty field chooses all."""

    kind: str = ""
    region: str = ""
    queue: str = ""
    state: str = ""

    def query(self, **other: str) -> str:
        return urlencode({name: value for name, value in {**vars(self), **other}.items() if value})


@dataclass(frozen=True)
class Listed:
    """One need of the list, and how every attempt at it went: (number, asked, how it ended, when)."""

    need_id: str
    kind: str
    region: str
    state: str
    queue: str
    opened_at: datetime
    grade: str
    reason: str | None
    due_at: datetime | None
    level: int | None
    tried: tuple[tuple[int, datetime, str, datetime | None], ...]


def listed(tx: Transaction, chosen: Chosen, page: int, own: str) -> tuple[list[Listed], int]:
    """One page of needs, oldest first, and how many there are in all. Of those who wait for a person the gravest come first.

    own: the one region that the reader may see
    """
    order = URGENT if chosen.state == WITH_PERSON else ""
    asked = {**vars(chosen), **hidden(own), "most": PAGE, "from": (page - 1) * PAGE}
    [(count,)] = tx.rows(f"SELECT count(*) FROM needs n {_CHOSEN}", asked)
    rows = tx.rows(f"{_LISTED} {_CHOSEN} ORDER BY {order} n.opened_at, n.need_id LIMIT %(most)s OFFSET %(from)s", asked)
    tried: dict[str, list[Any]] = defaultdict(list)
    for need_id, *attempt in tx.rows(
        "SELECT need_id, attempt, asked_at, outcome, ended_at FROM attempts WHERE need_id = ANY(%s) ORDER BY attempt",
        ([row[0] for row in rows],),
    ):
        tried[need_id].append(tuple(attempt))
    return [Listed(*(*row, tuple(tried[row[0]]))) for row in rows], count


def by_state(tx: Transaction, chosen: Chosen, own: str) -> dict[tuple[str, str], int]:
    """(kind, state) → how many, of what is chosen by region and queue."""
    asked = {**vars(chosen), **hidden(own), "kind": "", "state": ""}
    rows = tx.rows(f"SELECT n.kind, n.state, count(*) FROM needs n {_CHOSEN} GROUP BY 1, 2", asked)
    return {(kind, state): count for kind, state, count in rows}


def counts(tx: Transaction, own: str) -> list[tuple[Any, ...]]:
    """(kind, region, state, how many) of all needs."""
    wanted = f"SELECT n.kind, {SHOWN}, n.state, count(*) FROM needs n GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    return tx.rows(wanted, hidden(own))


def by_queue(tx: Transaction, region: str = "") -> list[tuple[str, int]]:
    """(queue, how many needs are with it), the longest queue first."""
    return tx.rows(
        "SELECT queue, count(*) FROM needs WHERE state = 'with_person' AND %s IN ('', region) GROUP BY 1 ORDER BY 2 DESC, 1",
        (region,),
    )


def other_tasks(tx: Transaction, region: str = "") -> list[tuple[Any, ...]]:
    """What waits for a person besides needs, as plumbing's list of tasks gives it."""
    return tx.rows(
        f"SELECT t.subject, t.kind, t.queue, t.reason, CASE WHEN n.need_id IS NULL THEN t.region ELSE {SHOWN} END, t.due_at,"
        " t.level FROM tasks t LEFT JOIN needs n ON n.need_id = t.subject WHERE t.closed_at IS NULL AND t.kind <> 'need'"
        " AND %(own)s IN ('', t.region) ORDER BY t.due_at, t.subject LIMIT 100",
        {"own": region, **hidden(region)},
    )
