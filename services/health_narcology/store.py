"""What does health keep, and how is it read for a batch? Reading; writing is in keeping.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from plumbing.clocks import ClockDue
from plumbing.postgres import Transaction
from plumbing.sealing import new_key_pair
from plumbing.service import Facts
from services.health_narcology import messages as m
from services.health_narcology.facts import Case, Facility, Referral

new_keys = new_key_pair
HEAD = "need_id, attempt, kind, facility_code, state"
TAIL = "intoxication, basis, until, asked_at, held_at, brought_at, admitted_at, ended_at, code, sealed, public_key"
CASE = ", ".join(field.name for field in fields(Case))
TREATMENT_BEDS = "treatment-beds"  # one lock for all of them: a case that moves may pass a bed on to any other
READ = ", ".join(f"r.{name}" for name in f"{HEAD}, bed, {TAIL}".split(", ")).replace("r.bed", "coalesce(h.bed, 0)")


def facilities_of(tx: Transaction, messages: Sequence[Any]) -> list[list[str]]:
    """The facilities each message decides about: named in it, or for ever tied to the need's attempts.

    What is about an examination may move a case, and with it any treatment bed: they all have one lock.
    """
    rows = tx.rows(
        "SELECT DISTINCT need_id, facility_code, kind FROM referrals WHERE need_id = ANY(%s)", (_needs(messages),)
    )
    tied: dict[str, list[str]] = {}
    for need_id, code, kind in rows:
        tied.setdefault(need_id, []).append(TREATMENT_BEDS if kind == "examination" else f"facility/{code}")
    return [_keys(message, tied) for message in messages]


def look_up(tx: Transaction, messages: Sequence[Any]) -> Facts:
    """Referrals and cases of the needs, their facilities with free beds, and a fresh key pair for each acceptance."""
    needs = _needs(messages)
    facts: Facts = {("referral", referral.need_id): referral for referral in _referrals(tx, needs)}
    facts |= {("case", case.need_id): case for case in cases(tx, needs)}
    codes = {message.facility_code for message in messages if hasattr(message, "facility_code")}
    codes |= {message.code for message in messages if isinstance(message, m.OpenFacility)}
    codes |= {referral.facility_code for key, referral in facts.items() if key[0] == "referral"}
    for facility, _ in facilities(tx, sorted(codes)):
        facts["facility", facility.code] = facility
    if any(map(_moves_beds, messages)):
        facts |= _treatment(tx)
    for message in messages:
        if isinstance(message, m.HealthReferralIssued) and message.kind == "detox":
            facts["keys", f"{message.need_id}/{message.attempt}"] = new_keys()  # two attempts never share one
        elif isinstance(message, m.StaffAct) and message.act == "examine":
            facts["keys", message.need_id] = new_keys()
    return facts


def cases(tx: Transaction, needs: list[str]) -> list[Case]:
    """The latest case of each of these needs."""
    rows = tx.rows(
        f"SELECT DISTINCT ON (need_id) {CASE} FROM cases WHERE need_id = ANY(%s) ORDER BY need_id, attempt DESC", (needs,)
    )
    return [Case(*row) for row in rows]


def known_facilities(tx: Transaction) -> set[str]:
    return {code for (code,) in tx.rows("SELECT code FROM facilities")}


def _needs(messages: Sequence[Any]) -> list[str]:
    return sorted({need_id for message in messages if (need_id := _need_id(message))})


def _need_id(message: Any) -> str:
    return str(getattr(message, "need_id", getattr(message, "subject", "")))


def _moves_beds(message: Any) -> bool:
    """May this give, free or pass on a treatment bed? Then all of them, and all who wait, must be known."""
    if isinstance(message, m.OpenFacility):
        return message.kind == "treatment"
    return isinstance(message, (m.CaseAct, m.LeaveBed)) or (
        isinstance(message, ClockDue) and message.step.startswith("queue/")
    )


def _treatment(tx: Transaction) -> Facts:
    """Every treatment facility with its free beds, and who waits for one, longest first."""
    waiting = [Case(*row) for row in tx.rows(
        f"SELECT {CASE} FROM cases WHERE state = 'queued' AND NOT contested ORDER BY in_force_at, need_id"
    )]
    lending = [facility for facility, _ in facilities(tx) if facility.kind == "treatment"]
    return {
        ("queue", "all"): tuple(case.need_id for case in waiting),
        **{("case", case.need_id): case for case in waiting},
        ("treatment", "codes"): tuple(facility.code for facility in lending),
        **{("facility", facility.code): facility for facility in lending},
    }


def _keys(message: Any, tied: dict[str, list[str]]) -> list[str]:
    need_id = _need_id(message)
    code = getattr(message, "facility_code", getattr(message, "code", "") if not need_id else "")
    beds = [TREATMENT_BEDS] if _moves_beds(message) or getattr(message, "kind", "") == "examination" else []
    return [*([need_id] if need_id else []), *tied.get(need_id, []), *([f"facility/{code}"] if code else []), *beds]


def _referrals(tx: Transaction, needs: list[str]) -> list[Referral]:
    rows = tx.rows(
        f"SELECT DISTINCT ON (need_id) {READ} FROM referrals r LEFT JOIN holds h USING (need_id, attempt)"
        " WHERE need_id = ANY(%s) ORDER BY need_id, attempt DESC",
        (needs,),
    )
    return [referral_from(row) for row in rows]


def referral_from(row: Sequence[Any]) -> Referral:
    known: list[Any] = [*row[:15], *(bytes(part) if part is not None else None for part in row[15:17])]
    return Referral(*known)


def facilities(tx: Transaction, codes: list[str] | None = None) -> list[tuple[Facility, int]]:
    """Facilities (all, if no codes are given) with their free beds, and how many beds they have."""
    rows = tx.rows(
        "SELECT f.code, region, kind, beds, is_open, sequence, beds_before,"
        " coalesce(array_agg(h.bed) FILTER (WHERE h.bed > 0), '{}') FROM facilities f LEFT JOIN"
        " (SELECT facility_code, bed FROM holds WHERE released_at IS NULL UNION ALL"
        " SELECT facility_code, bed FROM treatment_holds WHERE released_at IS NULL) h ON h.facility_code = f.code"
        " WHERE %s::text[] IS NULL OR f.code = ANY(%s) GROUP BY f.code ORDER BY f.code",
        (codes, codes),
    )
    return [(_facility(row), row[3]) for row in rows]


def _facility(row: Sequence[Any]) -> Facility:
    code, region, kind, beds, is_open, sequence, before, taken = row
    numbers = range(1, beds - before + 1)
    free = tuple(number for number in numbers if number not in set(taken))
    return Facility(code, region, kind, free, is_open, sequence, tuple(range(beds - before + 1, beds + 1)))
