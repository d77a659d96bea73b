"""How is her say kept and read, for a batch? SQL only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plumbing.postgres import Transaction
from plumbing.service import Facts
from services.referral_router.consents import HerSay, HolderTold

SAY = "report_id, version, state, purposes, recipients, until, disclosed, reason, disclosed_until"
TOLD = "need_id, report_id, version, attempt, acknowledged"


def about(tx: Transaction, report_ids: Sequence[str]) -> Facts:
    """Her say about these reports, where there is any."""
    rows = tx.rows(f"SELECT {SAY} FROM her_say WHERE report_id = ANY(%s)", (list(report_ids),))
    facts: Facts = {}
    for row in rows:
        known: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row]
        facts["her say", row[0]] = HerSay(*known)
    return facts


def told(tx: Transaction, need_ids: Sequence[str]) -> Facts:
    """Everything that the holder of each need was told, oldest first."""
    wanted = f"SELECT {TOLD} FROM holders_told WHERE need_id = ANY(%s) ORDER BY told_at, report_id, version"
    facts: Facts = {}
    for row in tx.rows(wanted, (list(need_ids),)):
        facts["holders told", row[0]] = (*facts.get(("holders told", row[0]), ()), HolderTold(*row))
    return facts


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """The last state of each counts; when a holder was told first stays."""
    say = {one.report_id: one for one, _ in events if isinstance(one, HerSay)}
    tx.insert(
        f"INSERT INTO her_say ({SAY}) VALUES %s ON CONFLICT (report_id) DO UPDATE SET version = excluded.version,"
        " state = excluded.state, purposes = excluded.purposes, recipients = excluded.recipients, until = excluded.until,"
        " disclosed = excluded.disclosed, reason = excluded.reason, disclosed_until = excluded.disclosed_until",
        [(one.report_id, one.version, one.state, list(one.purposes), list(one.recipients), one.until, one.disclosed,
          one.reason, one.disclosed_until) for one in say.values()],
    )
    first: dict[tuple[Any, ...], datetime] = {}
    last: dict[tuple[Any, ...], tuple[HolderTold, datetime]] = {}
    for one, at in events:
        if isinstance(one, HolderTold):
            key = (one.need_id, one.report_id, one.version)
            first.setdefault(key, at)
            last[key] = one, at
    tx.insert(
        f"INSERT INTO holders_told ({TOLD}, told_at, acknowledged_at) VALUES %s ON CONFLICT (need_id, report_id, version)"
        " DO UPDATE SET attempt = excluded.attempt, acknowledged = excluded.acknowledged,"
        " acknowledged_at = excluded.acknowledged_at",
        [(*key, one.attempt, one.acknowledged, first[key], at if one.acknowledged else None)
         for key, (one, at) in last.items()],
    )
