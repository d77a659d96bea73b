"""What do the pages ask of the database: a part of a list, one life, and who did what with it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plumbing import one_time
from plumbing.postgres import Transaction
from plumbing.sealing import Unopenable, unseal
from services.social_registry.facts import SAFETY, WARNINGS, Child, Entry, Referral

PAGE = 25
REFERRAL = "need_id, attempt, kind, facility_code, state, place, household_ref, adults, children, basis, until"
ENTRY = (
    "entry_id, household_ref, facility_code, region, ground, state, level, due_on, notices, looks, changes, code,"
    " (SELECT coalesce(json_agg(json_build_array(number, c.state, c.code) ORDER BY number), '[]') FROM child_entries c"
    " WHERE c.entry_id = e.entry_id),"
    " coalesce((SELECT queue FROM tasks t WHERE t.subject = e.entry_id AND t.closed_at IS NULL LIMIT 1), '')"
)
Wanted = Mapping[str, Any]  # region and facility (all, if empty), and which page of the list
LIVE = {"shelter": ["held", "confirmed", "arrived"], "notice": ["waiting", "decided"]}
# Guests by urgency: who is still to come first, the deadline that ends soonest first of all.
# Notices: what is overdue longest, then the newest.
ORDER = {
    "shelter": "state = 'arrived', until, need_id",
    "notice": "until >= %(now)s, CASE WHEN until < %(now)s THEN until END, kept_at DESC, need_id",
}
WANTED = " (%(region)s = '' OR region = %(region)s) AND (%(facility)s = '' OR facility_code = %(facility)s)"


@dataclass(frozen=True)
class Shown:
    """A referral as a page shows it: its region, when it came, and its card, while the key of the card exists."""

    referral: Referral
    region: str
    at: datetime
    card: dict[str, Any] | None


def referrals(tx: Transaction, kind: str, wanted: Wanted, now: datetime) -> tuple[list[tuple[Referral, str]], int]:
    """(referral, region) of the living on this page, and how many pages there are."""
    columns = ", ".join(f"r.{name}" for name in REFERRAL.split(", "))
    rows = tx.rows(
        f"SELECT {columns}, f.region, count(*) OVER () FROM referrals r JOIN facilities f ON f.code = r.facility_code"
        f" WHERE r.kind = %(kind)s AND r.state = ANY(%(live)s) AND {WANTED}"
        f" ORDER BY {ORDER[kind]} LIMIT %(most)s OFFSET %(skip)s",
        _part(wanted) | {"kind": kind, "live": LIVE[kind], "now": now},
    )
    return [(_referral(row), row[11]) for row in rows], _pages(rows)


def referral(tx: Transaction, need_id: str) -> Shown | None:
    columns = ", ".join(f"r.{name}" for name in REFERRAL.split(", "))
    rows = tx.rows(
        f"SELECT {columns}, f.region, r.kept_at, r.sealed, k.private_key FROM referrals r"
        " JOIN facilities f ON f.code = r.facility_code LEFT JOIN keys.one_time k USING (need_id, attempt)"
        " WHERE r.need_id = %s ORDER BY r.attempt DESC LIMIT 1",
        (need_id,),
    )
    if not rows:
        return None
    one = _referral(rows[0])
    [key] = one_time.opened(tx, [(one.need_id, one.attempt, rows[0][14])])
    return Shown(one, rows[0][11], rows[0][12], _card(rows[0][13], key))


def entries(tx: Transaction, wanted: Wanted) -> tuple[list[tuple[Entry, str]], int]:
    """Open entries with the queue of the task that stands about them (empty if none), earliest due first; the pages."""
    rows = tx.rows(
        f"SELECT {ENTRY}, count(*) OVER () FROM register_entries e WHERE state <> 'closed'"
        f" AND {WANTED} ORDER BY due_on, entry_id LIMIT %(most)s OFFSET %(skip)s",
        _part(wanted),
    )
    return [(_entry(row), row[13]) for row in rows], _pages(rows)


def open_entries(tx: Transaction, most: int = 300) -> list[tuple[Entry, str]]:
    """For staff software: as a page shows them, without pages."""
    return [
        (_entry(row), row[13])
        for row in tx.rows(
            f"SELECT {ENTRY} FROM register_entries e WHERE state <> 'closed'"
            " ORDER BY due_on, entry_id LIMIT %s",
            (most,),
        )
    ]


def entry(tx: Transaction, entry_id: str) -> tuple[Entry, str] | None:
    rows = tx.rows(f"SELECT {ENTRY} FROM register_entries e WHERE entry_id = %s", (entry_id,))
    return (_entry(rows[0]), rows[0][13]) if rows else None


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
            " WHERE key = %s AND heard IN ('StaffAct', 'RegisterAct')"
            " AND NOT decided::jsonb @> '[{\"type\": \"CommandRefused\"}]'"
            " ORDER BY decision_id DESC LIMIT 50",
            (key,),
        )
    ]


def facilities(tx: Transaction, kind: str) -> list[tuple[str, str]]:
    """(code, region) of the facilities of a kind, for a filter."""
    return [(code, region) for code, region in tx.rows(
        "SELECT code, region FROM facilities WHERE kind = %s ORDER BY code", (kind,)
    )]


def _referral(row: Sequence[Any]) -> Referral:
    known: list[Any] = [*row[:6], (), *row[6:11]]
    return Referral(*known)


def _entry(row: Sequence[Any]) -> Entry:
    known: list[Any] = [*row[:8], tuple(row[8]), tuple(Child(*child) for child in row[12]), *row[9:12]]
    return Entry(*known)


def _card(sealed: Any, private_key: Any) -> dict[str, Any] | None:
    try:
        return unseal(bytes(sealed), bytes(private_key)) if sealed and private_key else None
    except Unopenable:
        return None


def _part(wanted: Wanted) -> dict[str, Any]:
    return {**wanted, "skip": (wanted["page"] - 1) * PAGE, "most": PAGE}


def _pages(rows: Sequence[tuple[Any, ...]]) -> int:
    return -(-rows[0][-1] // PAGE) if rows else 1



def warnings(tx: Transaction, need_id: str) -> list[tuple[str, str, datetime]]:
    """(kind, reason, by when) of what she is to be told and nobody has noted yet."""
    rows = tx.rows(
        "SELECT kind, reason, due_at FROM tasks WHERE subject = %s AND kind = ANY(%s) AND closed_at IS NULL ORDER BY due_at",
        (need_id, [SAFETY + kind for kind in WARNINGS]),
    )
    return [(kind.removeprefix(SAFETY), reason, at) for kind, reason, at in rows]
