"""What may be read for the pages: who waits, who is in which bed, how old is the queue? SQL for the doors only."""

from __future__ import annotations

from plumbing.postgres import Transaction
from services.health_narcology.facts import LIVE, Case, Referral
from services.health_narcology.store import CASE, READ, facilities, referral_from


def worklist(tx: Transaction, most: int = 300) -> list[tuple[Referral, str, bytes | None]]:
    """Live referrals with region and the private key of their card, soonest due first; a case has a list of its own."""
    rows = tx.rows(
        f"SELECT {READ}, f.region, k.private_key FROM referrals r JOIN facilities f ON f.code = r.facility_code"
        " LEFT JOIN holds h USING (need_id, attempt) LEFT JOIN keys.one_time k USING (need_id, attempt)"
        " WHERE r.ended_at IS NULL AND r.state = ANY(%s) ORDER BY r.until, r.need_id LIMIT %s",
        ([state for state in LIVE if state != "in_case"], most),
    )
    return [(referral_from(row[:17]), row[17], bytes(row[18]) if row[18] else None) for row in rows]


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


def cases(tx: Transaction, most: int = 300) -> list[Case]:
    """Open cases, oldest first."""
    rows = tx.rows(f"SELECT {CASE} FROM cases WHERE ended_at IS NULL ORDER BY began_at, need_id LIMIT %s", (most,))
    return [Case(*row) for row in rows]
