"""What does the social registry keep, and how is it read for a batch? Reading; writing is in keeping.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plumbing import one_time
from plumbing.postgres import Transaction
from plumbing.sealing import new_key_pair
from plumbing.service import Facts
from services.social_registry import messages as m
from services.social_registry.facts import Child, Entry, Facility, Referral
from services.social_registry.figures import CENTRES_MIN, ELSEWHERE, EVERYWHERE

new_keys = new_key_pair
REFERRAL = (
    "need_id, attempt, kind, facility_code, state, place, household_ref, adults, children, basis, until, sealed, public_key"
)
ENTRY = "entry_id, household_ref, facility_code, region, ground, state, level, due_on, notices, looks, changes, code"
CHILDREN = (
    "(SELECT coalesce(json_agg(json_build_array(number, c.state, c.code) ORDER BY number), '[]') FROM child_entries c"
    " WHERE c.entry_id = e.entry_id)"
)


def lives_of(tx: Transaction, messages: Sequence[Any]) -> list[list[str]]:
    """The facility and the home each message decides about: named in it, or for ever tied to its need or entry."""
    lives = _lives(messages)
    rows = tx.rows(
        "SELECT DISTINCT need_id, facility_code, household_ref FROM referrals WHERE need_id = ANY(%s)"
        " UNION SELECT entry_id, '', household_ref FROM register_entries WHERE entry_id = ANY(%s)",
        (lives, lives),
    )
    tied: dict[str, list[str]] = {}
    for life, code, home in rows:
        named = (f"facility/{code}" if code else "", f"home/{home}" if home else "")
        tied.setdefault(life, []).extend(key for key in named if key)
    return [_keys(message, tied) for message in messages]


def look_up(tx: Transaction, messages: Sequence[Any]) -> Facts:
    """Referrals, entries, facilities with free places, and a fresh key pair for each acceptance."""
    lives = _lives(messages)
    entries = _entries(tx, lives, _homes(messages))
    needs = sorted({*lives, *(need_id for entry in entries for need_id in entry.notices)})
    facts: Facts = {("referral", referral.need_id): referral for referral in _referrals(tx, needs)}
    codes = {message.facility_code for message in messages if hasattr(message, "facility_code")}
    codes |= {message.code for message in messages if isinstance(message, m.OpenFacility)}
    codes |= {life.facility_code for life in (*facts.values(), *entries)}
    for facility in _facilities(tx, sorted(codes)):
        facts["facility", facility.code] = facility
    for message in messages:
        if isinstance(message, m.ShelterReferralIssued):
            facts["keys", f"{message.need_id}/{message.attempt}"] = new_keys()  # two attempts never share one
        elif _asks_for_a_key(message, facts):
            facts["keys", message.need_id] = new_keys()
    for entry in entries:
        facts["entry", entry.entry_id] = entry
        if entry.household_ref:
            facts["home", entry.household_ref] = entry
    return facts


def _asks_for_a_key(message: Any, facts: Facts) -> bool:
    """A family is to be visited; or is, and its card was taken back."""
    if isinstance(message, m.CardWithdrawn):
        known = facts.get(("referral", message.need_id))
        return known is not None and known.state in ("decided", "entered")
    return isinstance(message, m.StaffAct) and message.act in ("visit", "enter")


def worklist(tx: Transaction, most: int = 300) -> list[tuple[Referral, str, datetime, bytes | None]]:
    """Live referrals with region, time and the private key of their card, soonest due first."""
    columns = ", ".join(f"r.{name}" for name in REFERRAL.split(", "))
    rows = tx.rows(
        f"SELECT {columns}, f.region, r.kept_at, k.private_key FROM referrals r"
        " JOIN facilities f ON f.code = r.facility_code LEFT JOIN keys.one_time k USING (need_id, attempt)"
        " WHERE r.state IN ('held', 'confirmed', 'waiting', 'arrived', 'decided') ORDER BY r.until, r.need_id LIMIT %s",
        (most,),
    )
    keys = one_time.opened(tx, [(row[0], row[1], row[15]) for row in rows])
    return [(_referral((*row[:13], ())), row[13], row[14], key) for row, key in zip(rows, keys, strict=True)]


def places(tx: Transaction) -> list[tuple[str, str, int, int]]:
    """(code, region, places, free places) of every crisis centre, for the board."""
    return [
        (f.code, f.region, total, len(f.night_free) + len(f.day_free))
        for f, total in _with_totals(tx)
        if f.kind == "crisis_centre"
    ]


def known_facilities(tx: Transaction) -> set[str]:
    return {code for (code,) in tx.rows("SELECT code FROM facilities")}


def _life(message: Any) -> str:
    """The need or entry a message is about; nothing for a facility that opens."""
    return str(getattr(message, "need_id", getattr(message, "entry_id", getattr(message, "subject", ""))))


def _lives(messages: Sequence[Any]) -> list[str]:
    return sorted({_life(message) for message in messages} - {""})


def _homes(messages: Sequence[Any]) -> list[str]:
    return sorted({message.household_ref for message in messages if isinstance(message, m.ChildNoticeIssued)})


def _keys(message: Any, tied: dict[str, list[str]]) -> list[str]:
    life = _life(message)
    code = getattr(message, "facility_code", getattr(message, "code", "") if not life else "")
    home = getattr(message, "household_ref", "")
    named = (life, f"facility/{code}" if code else "", f"home/{home}" if home else "")
    return [*(key for key in named if key), *tied.get(life, [])]


def _entries(tx: Transaction, lives: list[str], homes: list[str]) -> list[Entry]:
    """Entries asked for by their own id, by a need of their home, or by the home itself."""
    rows = tx.rows(
        f"SELECT {ENTRY}, {CHILDREN} FROM register_entries e WHERE entry_id = ANY(%s) OR household_ref <> '' AND"
        " household_ref = ANY(%s || ARRAY(SELECT household_ref FROM referrals WHERE need_id = ANY(%s)))",
        (lives, homes, lives),
    )
    return [_entry(row) for row in rows]


def _entry(row: Sequence[Any]) -> Entry:
    known: list[Any] = [*row[:8], tuple(row[8]), tuple(Child(*child) for child in row[12]), *row[9:12]]
    return Entry(*known)


def _referrals(tx: Transaction, needs: list[str]) -> list[Referral]:
    rows = tx.rows(
        f"SELECT DISTINCT ON (need_id) {REFERRAL}, ARRAY(SELECT number FROM holds h WHERE h.need_id = r.need_id"
        " AND h.attempt = r.attempt ORDER BY number) AS places"
        " FROM referrals r WHERE need_id = ANY(%s) ORDER BY need_id, attempt DESC",
        (needs,),
    )
    return [_referral(row) for row in rows]


def _referral(row: Sequence[Any]) -> Referral:
    head, tail = row[:6], row[6:11]
    sealed, public = (bytes(part) if part is not None else None for part in row[11:13])
    known: list[Any] = [*head, tuple(row[13]), *tail, sealed, public]
    return Referral(*known)


def _facilities(tx: Transaction, codes: list[str]) -> list[Facility]:
    return [facility for facility, _ in _with_totals(tx, codes)]


def _with_totals(tx: Transaction, codes: list[str] | None = None) -> list[tuple[Facility, int]]:
    rows = tx.rows(
        "SELECT f.code, region, kind, places_night, places_day, admits_men, admits_boys_until, accessible, is_open,"
        " sequence, coalesce(array_agg(h.number) FILTER (WHERE h.place = 'night'), '{}'),"
        " coalesce(array_agg(h.number) FILTER (WHERE h.place = 'day'), '{}') FROM facilities f"
        " LEFT JOIN holds h ON h.facility_code = f.code AND h.released_at IS NULL"
        " WHERE %s::text[] IS NULL OR f.code = ANY(%s) GROUP BY f.code ORDER BY f.code",
        (codes, codes),
    )
    return [(_facility(row), row[3] + row[4]) for row in rows]


def _facility(row: Sequence[Any]) -> Facility:
    night = tuple(n for n in range(1, row[3] + 1) if n not in set(row[10]))
    day = tuple(n for n in range(1, row[4] + 1) if n not in set(row[11]))
    return Facility(row[0], row[1], row[2], night, day, *row[5:10])


def figures(tx: Transaction, now: datetime) -> list[Any]:
    """Rows of (figure, labels, value) for operations; regions of few centres are put together before they leave."""
    return tx.rows(_FIGURES, {"few": CENTRES_MIN, "rest": ELSEWHERE, "all": EVERYWHERE})


_FIGURES = """
WITH centre AS (
    SELECT *, CASE WHEN count(*) OVER (PARTITION BY region) >= %(few)s THEN region ELSE %(rest)s END AS near
    FROM facilities WHERE kind = 'crisis_centre'
), wide AS (
    SELECT *, CASE WHEN bool_or(near = %(rest)s) OVER () AND sum((near = %(rest)s)::int) OVER () < %(few)s
        THEN %(all)s ELSE near END AS area FROM centre
), place AS (
    SELECT code, area, place, total FROM wide, LATERAL (VALUES ('night', places_night), ('day', places_day)) AS p(place, total)
    WHERE is_open
), taken AS (
    SELECT facility_code AS code, place, count(*) AS taken FROM holds WHERE released_at IS NULL GROUP BY 1, 2
)
SELECT 'qorgan_places', ARRAY[area, place], sum(total)::float FROM place GROUP BY 2
UNION ALL SELECT 'qorgan_places_free', ARRAY[area, place], sum(greatest(total - coalesce(taken, 0), 0))
    FROM place LEFT JOIN taken USING (code, place) GROUP BY 2
UNION ALL SELECT 'qorgan_holds', ARRAY[r.state], count(*) FROM holds h JOIN referrals r USING (need_id, attempt)
    WHERE h.released_at IS NULL GROUP BY 2
UNION ALL SELECT 'qorgan_referrals_open', ARRAY[kind, state], count(*) FROM referrals
    WHERE state IN ('held', 'confirmed', 'arrived', 'waiting', 'decided') GROUP BY 2"""
