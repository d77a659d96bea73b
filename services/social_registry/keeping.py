"""What does the social registry write, batch by batch? SQL only, like store.py, which reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plumbing import one_time
from plumbing.postgres import Transaction
from plumbing.sealing import Secret
from services.social_registry import messages as m
from services.social_registry.facts import (
    OCCUPYING,
    CardForgotten,
    Entry,
    EntryKept,
    Facility,
    FacilityOpened,
    Referral,
    ReferralKept,
)
from services.social_registry.store import ENTRY, REFERRAL


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """Write what was decided, batch by batch; the last state of a referral counts."""
    _keep_facilities(tx, [event.facility for event, _ in events if isinstance(event, FacilityOpened)])
    published = {event.facility_code: event.sequence for event, _ in events if isinstance(event, m.CapacityPublished)}
    tx.change(
        "UPDATE facilities SET sequence = new.sequence FROM (VALUES %s) AS new(code, sequence)"
        " WHERE facilities.code = new.code RETURNING 1",
        sorted(published.items()),
    )
    kept = [(event, at) for event, at in events if isinstance(event, ReferralKept)]
    last = {(event.referral.need_id, event.referral.attempt): (event.referral, at) for event, at in kept}
    _keep_referrals(tx, list(last.values()))
    forgotten = [event.need_id for event, _ in events if isinstance(event, CardForgotten)]
    _keep_keys(tx, [event for event, _ in kept], [referral for referral, _ in last.values()])
    _forget_keys(tx, forgotten)
    _keep_entries(tx, [(event.entry, at) for event, at in events if isinstance(event, EntryKept)])


def _keep_facilities(tx: Transaction, opened: list[Facility]) -> None:
    tx.insert(
        "INSERT INTO facilities VALUES %s",
        [
            (f.code, f.region, f.kind, len(f.night_free), len(f.day_free), f.admits_men, f.admits_boys_until,
             f.accessible, f.is_open, f.sequence)
            for f in opened
        ],
    )


def _keep_referrals(tx: Transaction, kept: list[tuple[Referral, datetime]]) -> None:
    over = [(r.need_id, r.attempt, at) for r, at in kept if r.state not in OCCUPYING]
    tx.change(
        "UPDATE holds SET released_at = over.at FROM (VALUES %s) AS over(need_id, attempt, at)"
        " WHERE holds.need_id = over.need_id AND holds.attempt = over.attempt AND released_at IS NULL RETURNING 1",
        over,
    )
    tx.insert(
        f"INSERT INTO referrals ({REFERRAL}, kept_at) VALUES %s ON CONFLICT (need_id, attempt) DO UPDATE SET"
        " state = excluded.state, sealed = excluded.sealed, public_key = excluded.public_key",
        [
            (r.need_id, r.attempt, r.kind, r.facility_code, r.state, r.place, r.household_ref, r.adults, r.children,
             r.basis, r.until, r.sealed, r.public_key, at)
            for r, at in kept
        ],
    )
    tx.insert(
        "INSERT INTO holds (facility_code, place, number, need_id, attempt, since, released_at) VALUES %s"
        " ON CONFLICT (need_id, attempt, place, number) DO NOTHING",
        [
            (r.facility_code, r.place, number, r.need_id, r.attempt, at, None if r.state in OCCUPYING else at)
            for r, at in kept
            for number in r.places
        ],
    )


def _keep_keys(tx: Transaction, kept: list[ReferralKept], last: list[Referral]) -> None:
    made = {(e.referral.need_id, e.referral.attempt): e.keys for e in kept if e.keys is not None}
    destroyed = [(e.referral.need_id, e.referral.attempt) for e in kept if e.keys is None and e.referral.public_key is None]
    _destroy(tx, destroyed)  # of a card taken back; a new key may follow
    rows = one_time.sealed(tx, [(*place, bytes(Secret(keys.private))) for place, keys in made.items()])
    tx.insert("INSERT INTO keys.one_time VALUES %s", rows)
    keeps = (*OCCUPYING, "decided", "entered")
    ended = [(r.need_id, r.attempt) for r in last if r.state not in keeps or r.public_key is None]
    _destroy(tx, ended)


def _destroy(tx: Transaction, places: list[tuple[str, int]]) -> None:
    tx.change(
        "DELETE FROM keys.one_time USING (VALUES %s) AS ended(need_id, attempt)"
        " WHERE one_time.need_id = ended.need_id AND one_time.attempt = ended.attempt RETURNING 1",
        places,
    )
    one_time.let_go(tx, places)


def _forget_keys(tx: Transaction, needs: list[str]) -> None:
    """Of all attempts; older ones hold nothing that opens, and say nothing of a card any more."""
    if not needs:
        return
    gone = tx.rows("DELETE FROM keys.one_time WHERE need_id = ANY(%s) RETURNING need_id, attempt", (needs,))
    tx.run("UPDATE referrals SET sealed = NULL WHERE need_id = ANY(%s)", (needs,))
    one_time.let_go(tx, gone)


def _keep_entries(tx: Transaction, kept: list[tuple[Entry, datetime]]) -> None:
    """An entry forgotten gives its home free before another entry of that home is written."""
    last = {entry.entry_id: (entry, at) for entry, at in kept}
    first = {entry.entry_id: at for entry, at in reversed(kept)}
    tx.change(
        "DELETE FROM child_entries USING (VALUES %s) AS gone(entry_id)"
        " WHERE child_entries.entry_id = gone.entry_id RETURNING 1",
        [(entry.entry_id,) for entry, _ in last.values() if entry.code == "unfounded"],
    )
    tx.insert(
        f"INSERT INTO register_entries ({ENTRY}, opened_at, changed_at) VALUES %s ON CONFLICT (entry_id) DO UPDATE SET"
        " household_ref = excluded.household_ref, ground = excluded.ground, state = excluded.state,"
        " level = excluded.level, due_on = excluded.due_on, notices = excluded.notices, looks = excluded.looks,"
        " changes = excluded.changes, code = excluded.code, changed_at = excluded.changed_at",
        [
            (e.entry_id, e.household_ref, e.facility_code, e.region, e.ground, e.state, e.level, e.due_on,
             list(e.notices), e.looks, e.changes, e.code, first[e.entry_id], at)
            for e, at in sorted(last.values(), key=lambda one: one[0].code != "unfounded")
        ],
    )
    tx.insert(
        "INSERT INTO child_entries VALUES %s ON CONFLICT (entry_id, number) DO UPDATE SET state = excluded.state,"
        " code = excluded.code",
        [(e.entry_id, child.number, child.state, child.code) for e, _ in last.values() for child in e.children],
    )
