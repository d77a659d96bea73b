"""What does health keep, and how is it read for a batch? Reading; writing is in keeping.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plumbing.postgres import Transaction
from plumbing.sealing import new_key_pair
from plumbing.service import Facts
from services.health_narcology import messages as m
from services.health_narcology.facts import LIVE, Facility, Referral

new_keys = new_key_pair
HEAD = "need_id, attempt, kind, facility_code, state"
TAIL = "intoxication, basis, until, asked_at, held_at, brought_at, admitted_at, ended_at, code, sealed, public_key"
_READ = ", ".join(f"r.{name}" for name in f"{HEAD}, bed, {TAIL}".split(", ")).replace("r.bed", "coalesce(h.bed, 0)")


def facilities_of(tx: Transaction, messages: Sequence[Any]) -> list[list[str]]:
    """The facilities each message decides about: named in it, or for ever tied to the need's attempts."""
    rows = tx.rows("SELECT DISTINCT need_id, facility_code FROM referrals WHERE need_id = ANY(%s)", (_needs(messages),))
    tied: dict[str, list[str]] = {}
    for need_id, code in rows:
        tied.setdefault(need_id, []).append(f"facility/{code}")
    return [_keys(message, tied) for message in messages]


def look_up(tx: Transaction, messages: Sequence[Any]) -> Facts:
    """Referrals of the needs, their facilities with free beds, and a fresh key pair for each acceptance."""
    facts: Facts = {("referral", referral.need_id): referral for referral in _referrals(tx, _needs(messages))}
    codes = {message.facility_code for message in messages if hasattr(message, "facility_code")}
    codes |= {message.code for message in messages if isinstance(message, m.OpenFacility)}
    codes |= {referral.facility_code for referral in facts.values()}
    for facility, _ in _facilities(tx, sorted(codes)):
        facts["facility", facility.code] = facility
    for message in messages:
        if isinstance(message, m.HealthReferralIssued) and message.kind == "detox":
            facts["keys", f"{message.need_id}/{message.attempt}"] = new_keys()  # two attempts never share one
        elif isinstance(message, m.StaffAct) and message.act == "examine":
            facts["keys", message.need_id] = new_keys()
    return facts


def worklist(tx: Transaction, most: int = 300) -> list[tuple[Referral, str, bytes | None]]:
    """Live referrals with region and the private key of their card, soonest due first."""
    rows = tx.rows(
        f"SELECT {_READ}, f.region, k.private_key FROM referrals r JOIN facilities f ON f.code = r.facility_code"
        " LEFT JOIN holds h USING (need_id, attempt) LEFT JOIN keys.one_time k USING (need_id, attempt)"
        " WHERE r.ended_at IS NULL AND r.state = ANY(%s) ORDER BY r.until, r.need_id LIMIT %s",
        (list(LIVE), most),
    )
    return [(_referral(row[:17]), row[17], bytes(row[18]) if row[18] else None) for row in rows]


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
        for f, total in _facilities(tx)
        if f.kind == "detox"
    ]


def known_facilities(tx: Transaction) -> set[str]:
    return {code for (code,) in tx.rows("SELECT code FROM facilities")}


def _needs(messages: Sequence[Any]) -> list[str]:
    return sorted({need_id for message in messages if (need_id := _need_id(message))})


def _need_id(message: Any) -> str:
    return str(getattr(message, "need_id", getattr(message, "subject", "")))


def _keys(message: Any, tied: dict[str, list[str]]) -> list[str]:
    need_id = _need_id(message)
    code = getattr(message, "facility_code", getattr(message, "code", "") if not need_id else "")
    return [*([need_id] if need_id else []), *tied.get(need_id, []), *([f"facility/{code}"] if code else [])]


def _referrals(tx: Transaction, needs: list[str]) -> list[Referral]:
    rows = tx.rows(
        f"SELECT DISTINCT ON (need_id) {_READ} FROM referrals r LEFT JOIN holds h USING (need_id, attempt)"
        " WHERE need_id = ANY(%s) ORDER BY need_id, attempt DESC",
        (needs,),
    )
    return [_referral(row) for row in rows]


def _referral(row: Sequence[Any]) -> Referral:
    known: list[Any] = [*row[:15], *(bytes(part) if part is not None else None for part in row[15:17])]
    return Referral(*known)


def _facilities(tx: Transaction, codes: list[str] | None = None) -> list[tuple[Facility, int]]:
    """Facilities (all, if no codes are given) with their free beds, and how many beds they have."""
    rows = tx.rows(
        "SELECT f.code, region, kind, beds, is_open, sequence, coalesce(array_agg(h.bed) FILTER (WHERE h.bed > 0), '{}')"
        " FROM facilities f LEFT JOIN holds h ON h.facility_code = f.code AND h.released_at IS NULL"
        " WHERE %s::text[] IS NULL OR f.code = ANY(%s) GROUP BY f.code ORDER BY f.code",
        (codes, codes),
    )
    return [(_facility(row), row[3]) for row in rows]


def _facility(row: Sequence[Any]) -> Facility:
    known: list[Any] = [*row[:3], _free(row[3], row[6]), *row[4:6]]
    return Facility(*known)


def _free(total: int, taken: Sequence[int]) -> tuple[int, ...]:
    gone = set(taken)
    return tuple(number for number in range(1, total + 1) if number not in gone)


def figures(tx: Transaction, now: datetime) -> list[Any]:
    """Rows of (figure, labels, value) for operations."""
    return tx.rows(_FIGURES, {"live": list(LIVE)})


_FIGURES = """
WITH taken AS (
    SELECT facility_code AS code, count(*) AS taken FROM holds WHERE released_at IS NULL GROUP BY 1
), centre AS (
    SELECT region, beds, greatest(beds - coalesce(taken, 0), 0) AS free FROM facilities LEFT JOIN taken USING (code)
    WHERE kind = 'detox' AND is_open
)
SELECT 'qorgan_beds', ARRAY[region], sum(beds)::float FROM centre GROUP BY 2
UNION ALL SELECT 'qorgan_beds_free', ARRAY[region], sum(free) FROM centre GROUP BY 2
UNION ALL SELECT 'qorgan_holds', ARRAY[r.state], count(*) FROM holds h JOIN referrals r USING (need_id, attempt)
    WHERE h.released_at IS NULL GROUP BY 2
UNION ALL SELECT 'qorgan_referrals_open', ARRAY[kind, state], count(*) FROM referrals
    WHERE ended_at IS NULL AND state = ANY(%(live)s) GROUP BY 2"""
