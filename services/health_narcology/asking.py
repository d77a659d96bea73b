"""What may be read for the pages: who waits, who is in which bed, how old is the queue? SQL for the doors only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plumbing import one_time
from plumbing.authorising import Place
from plumbing.postgres import Transaction
from services.health_narcology.facts import LIVE, Case, Referral
from services.health_narcology.store import CASE, READ, facilities, referral_from

PER_PAGE = 20
_HERE = "(%(region)s = '' OR f.region = %(region)s) AND (%(facility)s = '' OR f.code = %(facility)s)"
_SHOWN = {  # of referrals; any other word is the state of a living one
    "": "r.ended_at IS NULL AND r.state <> 'in_case'",
    "due": "(r.state = 'admitted' AND r.admitted_at <= %(now)s - interval '24 hours'"
           " OR r.state = 'extended' AND r.admitted_at <= %(now)s - interval '48 hours')",
    "refused_at_door": "r.state = 'refused_at_door' AND r.ended_at > %(now)s - interval '24 hours'",
}


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed to; empty words narrow nothing. Pages count from 1."""

    region: str = ""
    facility: str = ""
    state: str = ""
    page: int = 1

    def words(self, **more: Any) -> dict[str, Any]:
        """As a query takes them."""
        place = {"region": self.region, "facility": self.facility, "state": self.state}
        return {**place, "most": PER_PAGE, "from": (self.page - 1) * PER_PAGE, **more}


def worklist(tx: Transaction, most: int = 300) -> list[tuple[Referral, str, bytes | None]]:
    """Live referrals with region and the private key of their card, soonest due first; a case has a list of its own."""
    rows = tx.rows(
        f"SELECT {READ}, f.region, k.private_key FROM referrals r JOIN facilities f ON f.code = r.facility_code"
        " LEFT JOIN holds h USING (need_id, attempt) LEFT JOIN keys.one_time k USING (need_id, attempt)"
        " WHERE r.ended_at IS NULL AND r.state = ANY(%s) ORDER BY r.until, r.need_id LIMIT %s",
        ([state for state in LIVE if state != "in_case"], most),
    )
    return _with_keys(tx, rows)


def beds(tx: Transaction) -> list[tuple[str, str, int, int, int, int, int]]:
    """(code, region, beds, free, held, brought, admitted) of every detox centre; brought is not held."""
    rows = tx.rows(
        "SELECT r.facility_code, count(*) FILTER (WHERE state IN ('held', 'confirmed')),"
        " count(*) FILTER (WHERE state = 'brought'), count(*) FILTER (WHERE state IN ('admitted', 'extended'))"
        " FROM holds h JOIN referrals r USING (need_id, attempt) WHERE h.released_at IS NULL GROUP BY r.facility_code"
    )
    taken = {code: counts for code, *counts in rows}
    return [
        (f.code, f.region, total, len(f.beds_free), *taken.get(f.code, (0, 0, 0)))
        for f, total in facilities(tx)
        if f.kind == "detox"
    ]


def referrals(tx: Transaction, kind: str, to: Narrowed, now: datetime) -> tuple[list[tuple[Referral, str, bytes | None]], int]:
    """One page of the living referrals of a kind, soonest due first, and how many there are in all."""
    rows = tx.rows(
        f"SELECT {READ}, f.region, k.private_key, count(*) OVER () FROM referrals r"
        " JOIN facilities f ON f.code = r.facility_code"
        " LEFT JOIN holds h USING (need_id, attempt) LEFT JOIN keys.one_time k USING (need_id, attempt)"
        f" WHERE r.kind = %(kind)s AND {_HERE} AND {_SHOWN.get(to.state, 'r.ended_at IS NULL AND r.state = %(state)s')}"
        " ORDER BY r.until, r.need_id LIMIT %(most)s OFFSET %(from)s",
        to.words(kind=kind, now=now),
    )
    return _with_keys(tx, rows), _total(rows)


def cases(tx: Transaction, most: int = 300) -> list[Case]:
    """Open cases, oldest first."""
    rows = tx.rows(f"SELECT {CASE} FROM cases WHERE ended_at IS NULL ORDER BY began_at, need_id LIMIT %s", (most,))
    return [Case(*row) for row in rows]


def case_page(tx: Transaction, to: Narrowed) -> tuple[list[tuple[Case, bytes | None, bytes | None]], int]:
    """One page of open cases, oldest first (those who wait for a bed by their place in the queue), with card and key."""
    columns = ", ".join(f"c.{name}" for name in CASE.split(", "))
    rows = tx.rows(
        f"SELECT {columns}, r.sealed, k.private_key, count(*) OVER () FROM cases c JOIN referrals r USING (need_id, attempt)"
        " JOIN facilities f ON f.code = CASE WHEN c.facility_code <> '' THEN c.facility_code ELSE c.clinic_code END"
        " LEFT JOIN keys.one_time k USING (need_id, attempt) WHERE c.ended_at IS NULL"
        f" AND {_HERE} AND (%(state)s = '' OR c.state = %(state)s)"
        " ORDER BY CASE WHEN %(state)s = 'queued' THEN c.in_force_at END, c.began_at, c.need_id LIMIT %(most)s OFFSET %(from)s",
        to.words(),
    )
    kept = [Case(*row[:-3]) for row in rows]
    keys = one_time.opened(tx, [(one.need_id, one.attempt, row[-2]) for one, row in zip(kept, rows, strict=True)])
    return [(one, _bytes(row[-3]), key) for one, row, key in zip(kept, rows, keys, strict=True)], _total(rows)


def treatment_beds(tx: Transaction, to: Narrowed) -> list[tuple[str, str, int, int, int, int, int]]:
    """(code, region, beds, taken from before, offered, in treatment, waiting in its region) of every treatment facility."""
    return tx.rows(
        "SELECT f.code, f.region, f.beds, f.beds_before, count(c.need_id) FILTER (WHERE c.state = 'offered')::int,"
        " count(c.need_id) FILTER (WHERE c.state = 'hospitalised')::int,"
        " (SELECT count(*)::int FROM cases q WHERE q.state = 'queued' AND q.region = f.region)"
        " FROM facilities f LEFT JOIN treatment_holds h ON h.facility_code = f.code AND h.released_at IS NULL"
        f" LEFT JOIN cases c USING (need_id, attempt) WHERE f.kind = 'treatment' AND {_HERE} GROUP BY f.code ORDER BY f.code",
        to.words(),
    )


def beds_of(tx: Transaction, code: str) -> list[tuple[int, str, datetime | None]]:
    """(number, state, since) of every bed of one facility; `free`, or `taken_before` this service began."""
    return tx.rows(
        "SELECT n, CASE WHEN n > f.beds - f.beds_before THEN 'taken_before' ELSE coalesce(r.state, c.state, 'free') END,"
        " coalesce(h.since, t.since) FROM facilities f CROSS JOIN generate_series(1, f.beds) n"
        " LEFT JOIN holds h ON h.facility_code = f.code AND h.bed = n AND h.released_at IS NULL"
        " LEFT JOIN referrals r ON r.need_id = h.need_id AND r.attempt = h.attempt"
        " LEFT JOIN treatment_holds t ON t.facility_code = f.code AND t.bed = n AND t.released_at IS NULL"
        " LEFT JOIN cases c ON c.need_id = t.need_id AND c.attempt = t.attempt WHERE f.code = %s ORDER BY n",
        (code,),
    )


def places(tx: Transaction, own: Place, *kinds: str) -> tuple[list[str], list[str]]:
    """(regions, facility codes) of these kinds within a place, to choose from."""
    rows = tx.rows(
        "SELECT region, code FROM facilities WHERE kind = ANY(%s) AND %s IN ('', region) AND %s IN ('', code) ORDER BY code",
        (list(kinds), own.region, own.facility),
    )
    return sorted({region for region, _ in rows}), [code for _, code in rows]


def _total(rows: list[tuple[Any, ...]]) -> int:
    return rows[0][-1] if rows else 0


def _with_keys(tx: Transaction, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Referral, str, bytes | None]]:
    """(referral, region, the private key of its card) of rows that end with region and the key as it lies."""
    found = [referral_from(row[:17]) for row in rows]
    keys = one_time.opened(tx, [(one.need_id, one.attempt, row[18]) for one, row in zip(found, rows, strict=True)])
    return [(one, row[17], key) for one, row, key in zip(found, rows, keys, strict=True)]


def _bytes(stored: Any) -> bytes | None:
    return bytes(stored) if stored is not None else None
