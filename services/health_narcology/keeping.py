"""What does health narcology write, batch by batch? SQL only, like store.py, which reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any

from plumbing import one_time
from plumbing.postgres import Transaction
from services.health_narcology import messages as m
from services.health_narcology.facts import (
    CARD_STATES,
    IN_BED,
    OCCUPYING,
    BedLeft,
    CardForgotten,
    Case,
    CaseKept,
    Facility,
    FacilityOpened,
    Referral,
    ReferralKept,
)
from services.health_narcology.store import CASE, HEAD, TAIL


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """Write what was decided, batch by batch; the last state of a referral counts."""
    _keep_facilities(tx, [event.facility for event, _ in events if isinstance(event, FacilityOpened)])
    said = {event.facility_code: event.sequence for event, _ in events if isinstance(event, m.CapacityPublished)}
    tx.change(
        "UPDATE facilities SET sequence = new.sequence FROM (VALUES %s) AS new(code, sequence)"
        " WHERE facilities.code = new.code RETURNING 1",
        list(said.items()),
    )
    kept = [event for event, _ in events if isinstance(event, ReferralKept)]
    last = {(event.referral.need_id, event.referral.attempt): event.referral for event in kept}
    _keep_referrals(tx, list(last.values()))
    _keep_holds(tx, [referral for referral in last.values() if referral.bed])
    _keep_keys(tx, kept, list(last.values()))
    _forget_keys(tx, [event.need_id for event, _ in events if isinstance(event, CardForgotten)])
    _keep_cases(tx, events)


def _keep_facilities(tx: Transaction, opened: list[Facility]) -> None:
    tx.insert(
        "INSERT INTO facilities (code, region, kind, beds, is_open, sequence, beds_before) VALUES %s",
        [
            (f.code, f.region, f.kind, len(f.beds_free) + len(f.beds_before), f.is_open, f.sequence, len(f.beds_before))
            for f in opened
        ],
    )


def _keep_referrals(tx: Transaction, kept: list[Referral]) -> None:
    tx.insert(
        f"INSERT INTO referrals ({HEAD}, {TAIL}) VALUES %s ON CONFLICT (need_id, attempt) DO UPDATE SET"
        " state = excluded.state, held_at = excluded.held_at, brought_at = excluded.brought_at,"
        " admitted_at = excluded.admitted_at, ended_at = excluded.ended_at, code = excluded.code,"
        " sealed = excluded.sealed, public_key = excluded.public_key",
        [
            (r.need_id, r.attempt, r.kind, r.facility_code, r.state, r.intoxication, r.basis, r.until, r.asked_at,
             r.held_at, r.brought_at, r.admitted_at, r.ended_at, r.code, r.sealed, r.public_key)
            for r in kept
        ],
    )


def _keep_holds(tx: Transaction, kept: list[Referral]) -> None:
    """What has ended is written first: within one batch a bed may be given on."""
    tx.change(
        "UPDATE holds SET released_at = over.at FROM (VALUES %s) AS over(need_id, attempt, at)"
        " WHERE holds.need_id = over.need_id AND holds.attempt = over.attempt AND released_at IS NULL RETURNING 1",
        [(r.need_id, r.attempt, r.ended_at) for r in kept if r.state not in OCCUPYING],
    )
    tx.insert(
        "INSERT INTO holds (facility_code, bed, need_id, attempt, since, released_at) VALUES %s"
        " ON CONFLICT (need_id, attempt) DO NOTHING",
        [(r.facility_code, r.bed, r.need_id, r.attempt, r.held_at, r.ended_at) for r in kept],
    )


def _keep_keys(tx: Transaction, kept: list[ReferralKept], last: list[Referral]) -> None:
    """A key made and over within one batch is gone as if each message had come alone."""
    tx.insert(
        "INSERT INTO keys.one_time (need_id, attempt, private_key) VALUES %s",
        one_time.sealed(tx, [(e.referral.need_id, e.referral.attempt, bytes(e.keys.private)) for e in kept if e.keys]),
    )
    ended = [(referral.need_id, referral.attempt) for referral in last if referral.state not in CARD_STATES]
    tx.change(
        "DELETE FROM keys.one_time USING (VALUES %s) AS ended(need_id, attempt)"
        " WHERE one_time.need_id = ended.need_id AND one_time.attempt = ended.attempt RETURNING 1",
        ended,
    )
    one_time.let_go(tx, ended)


def _forget_keys(tx: Transaction, needs: list[str]) -> None:
    """Of all attempts; older ones hold nothing that opens, and say nothing of a card any more."""
    if not needs:
        return
    gone = tx.rows("DELETE FROM keys.one_time WHERE need_id = ANY(%s) RETURNING need_id, attempt", (needs,))
    tx.run("UPDATE referrals SET sealed = NULL WHERE need_id = ANY(%s)", (needs,))
    one_time.let_go(tx, gone)


def _keep_cases(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    left = Counter(event.facility_code for event, _ in events if isinstance(event, BedLeft))
    tx.change(
        "UPDATE facilities SET beds_before = beds_before - gone.number FROM (VALUES %s) AS gone(code, number)"
        " WHERE facilities.code = gone.code RETURNING 1",
        list(left.items()),
    )
    kept = [(event.case, at) for event, at in events if isinstance(event, CaseKept)]
    last = {(case.need_id, case.attempt): case for case, _ in kept}
    tx.insert(
        f"INSERT INTO cases ({CASE}) VALUES %s ON CONFLICT (need_id, attempt) DO UPDATE SET"
        " state = excluded.state, since = excluded.since, facility_code = excluded.facility_code, bed = excluded.bed,"
        " stay = excluded.stay,"
        " code = excluded.code, months = excluded.months, anywhere = excluded.anywhere, contested = excluded.contested,"
        " in_force_at = excluded.in_force_at, until = excluded.until, ended_at = excluded.ended_at,"
        " erase_at_end = excluded.erase_at_end",
        [astuple(case) for case in last.values()],
    )
    _keep_treatment_beds(tx, kept)


def _keep_treatment_beds(tx: Transaction, kept: list[tuple[Case, datetime]]) -> None:
    """What was left is written first: within one batch a bed may be passed on, and one life may have two in turn."""
    taken: dict[tuple[str, int, int], tuple[str, int, datetime]] = {}
    left: dict[tuple[str, int, int], datetime] = {}
    for case, at in kept:
        stay = (case.need_id, case.attempt, case.stay)
        if case.state in IN_BED:
            taken.setdefault(stay, (case.facility_code, case.bed, at))
        elif case.stay:
            left.setdefault(stay, at)
    tx.change(
        "UPDATE treatment_holds h SET released_at = over.at FROM (VALUES %s) AS over(need_id, attempt, stay, at)"
        " WHERE h.need_id = over.need_id AND h.attempt = over.attempt AND h.stay = over.stay AND released_at IS NULL"
        " RETURNING 1",
        [(*stay, at) for stay, at in left.items()],
    )
    tx.insert(
        "INSERT INTO treatment_holds (need_id, attempt, stay, facility_code, bed, since, released_at) VALUES %s"
        " ON CONFLICT (need_id, attempt, stay) DO NOTHING",
        [(*stay, *place, left.get(stay)) for stay, place in taken.items()],
    )
