"""What do the pages ask of the database: a part of a list, one life, and who did what with it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plumbing.postgres import Transaction
from services.social_registry.facts import Entry, Referral
from services.social_registry.store import CHILDREN, ENTRY, REFERRAL, entry_of, referral_of

PAGE = 25
LIVE = {"shelter": ["held", "confirmed", "arrived"], "notice": ["waiting", "decided"]}
# Guests by urgency: who is still to come first, the deadline that ends soonest first of all.
# Notices: what is overdue longest, then the newest.
ORDER = {
    "shelter": "state = 'arrived', until, need_id",
    "notice": "until >= %(now)s, CASE WHEN until < %(now)s THEN until END, kept_at DESC, need_id",
}
WANTED = " (%(region)s = '' OR region = %(region)s) AND (%(facility)s = '' OR facility_code = %(facility)s)"


@dataclass(frozen=True)
class Wanted:
    """Which part of a list: of one region or facility (all, if empty), and which page of it."""

    region: str = ""
    facility: str = ""
    page: int = 1

    def on(self, **more: Any) -> dict[str, Any]:
        return {"region": self.region, "facility": self.facility, "skip": (self.page - 1) * PAGE, "most": PAGE, **more}


@dataclass(frozen=True)
class Shown:
    """A referral as a page shows it: its region, when it came, and the key of its card, if there is one still."""

    referral: Referral
    region: str
    at: datetime
    private_key: bytes | None


def referrals(tx: Transaction, kind: str, wanted: Wanted, now: datetime) -> tuple[list[tuple[Referral, str]], int]:
    """(referral, region) of the living on this page, and how many pages there are."""
    columns = ", ".join(f"r.{name}" for name in REFERRAL.split(", "))
    rows = tx.rows(
        f"SELECT {columns}, f.region, count(*) OVER () FROM referrals r JOIN facilities f ON f.code = r.facility_code"
        f" WHERE r.kind = %(kind)s AND r.state = ANY(%(live)s) AND {WANTED}"
        f" ORDER BY {ORDER[kind]} LIMIT %(most)s OFFSET %(skip)s",
        wanted.on(kind=kind, live=LIVE[kind], now=now),
    )
    return [(referral_of((*row[:13], ())), row[13]) for row in rows], _pages(rows)


def referral(tx: Transaction, need_id: str) -> Shown | None:
    columns = ", ".join(f"r.{name}" for name in REFERRAL.split(", "))
    rows = tx.rows(
        f"SELECT {columns}, f.region, r.kept_at, k.private_key FROM referrals r JOIN facilities f ON f.code = facility_code"
        " LEFT JOIN keys.one_time k USING (need_id, attempt) WHERE r.need_id = %s ORDER BY r.attempt DESC LIMIT 1",
        (need_id,),
    )
    return Shown(referral_of((*rows[0][:13], ())), rows[0][13], rows[0][14], _key(rows[0][15])) if rows else None


def entries(tx: Transaction, wanted: Wanted) -> tuple[list[tuple[Entry, str]], int]:
    """Open entries with the queue of the task that stands about them (empty if none), earliest due first; the pages."""
    rows = tx.rows(
        f"SELECT {ENTRY}, {CHILDREN}, {QUEUE}, count(*) OVER () FROM register_entries e WHERE state <> 'closed'"
        f" AND {WANTED} ORDER BY due_on, entry_id LIMIT %(most)s OFFSET %(skip)s",
        wanted.on(),
    )
    return [(entry_of(row), row[13]) for row in rows], _pages(rows)


def open_entries(tx: Transaction, most: int = 300) -> list[tuple[Entry, str]]:
    """For staff software: as a page shows them, without pages."""
    return [
        (entry_of(row), row[13])
        for row in tx.rows(
            f"SELECT {ENTRY}, {CHILDREN}, {QUEUE} FROM register_entries e WHERE state <> 'closed'"
            " ORDER BY due_on, entry_id LIMIT %s",
            (most,),
        )
    ]


def entry(tx: Transaction, entry_id: str) -> tuple[Entry, str] | None:
    rows = tx.rows(f"SELECT {ENTRY}, {CHILDREN}, {QUEUE} FROM register_entries e WHERE entry_id = %s", (entry_id,))
    return (entry_of(rows[0]), rows[0][13]) if rows else None


def entry_of_home(tx: Transaction, household_ref: str) -> str:
    """The id of the home's open entry; empty if it has none."""
    rows = tx.rows(
        "SELECT entry_id FROM register_entries WHERE household_ref <> '' AND household_ref = %s AND state <> 'closed'",
        (household_ref,),
    )
    return str(rows[0][0]) if rows else ""


def done(tx: Transaction, key: str) -> list[tuple[datetime, str, str, str]]:
    """(when, act, by whom, how we know) of all that people did with one referral or entry, the latest first."""
    return [
        (at, act, by, channel)
        for at, act, by, channel in tx.rows(
            "SELECT decided_at, message->>'act', message->>'by', coalesce(message->>'channel', 'page') FROM decisions"
            " WHERE key = %s AND heard IN ('StaffAct', 'RegisterAct') AND NOT decided @> '[{\"type\": \"CommandRefused\"}]'"
            " ORDER BY decision_id DESC LIMIT 50",
            (key,),
        )
    ]


def facilities(tx: Transaction, kind: str) -> list[tuple[str, str]]:
    """(code, region) of the facilities of a kind, for a filter."""
    return [(code, region) for code, region in tx.rows(
        "SELECT code, region FROM facilities WHERE kind = %s ORDER BY code", (kind,)
    )]


def _key(found: Any) -> bytes | None:
    return bytes(found) if found else None


def _pages(rows: Sequence[tuple[Any, ...]]) -> int:
    return -(-rows[0][-1] // PAGE) if rows else 1


QUEUE = "coalesce((SELECT queue FROM tasks t WHERE t.subject = entry_id AND t.closed_at IS NULL LIMIT 1), '')"
