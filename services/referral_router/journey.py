"""What has happened to one need or one report, and what is waited for? Reading for pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plumbing.postgres import Transaction
from services.referral_router.facts import TOLD, Need
from services.referral_router.reading import NEED, need_from

Rows = list[tuple[Any, ...]]
_TASK = "SELECT reason, due_at, level, closed_at, closed_by FROM tasks WHERE subject = %s AND kind = 'need'"
_NEEDS = "SELECT need_id, kind, state, queue, opened_at FROM needs WHERE report_id = %s ORDER BY opened_at, need_id"
_ATTEMPTS = "SELECT attempt, asked_at, facility_code, outcome, ended_at FROM attempts WHERE need_id = %s ORDER BY attempt"


@dataclass(frozen=True)
class Journey:
    """One need with everything that happened to it; `clocks` is what is waited for, and till when."""

    need: Need
    opened_at: datetime
    changed_at: datetime
    task: tuple[str, datetime, int] | None
    closed: tuple[datetime, str] | None
    attempts: Rows
    clocks: Rows
    notes: Rows
    rung: Rows


@dataclass(frozen=True)
class Told:
    """One report as the law saw it: version, whether it counts, and (need_id, kind, state, queue, opened)."""

    report_id: str
    version: int
    active: bool
    assessed_at: datetime
    needs: Rows


def journey(tx: Transaction, need_id: str) -> Journey | None:
    rows = tx.rows(f"SELECT {NEED}, changed_at FROM needs WHERE need_id = %s", (need_id,))
    if not rows:
        return None
    need = need_from(rows[0][:-1])
    assert need.opened_at is not None
    task = next(iter(tx.rows(_TASK, (need_id,))), None)
    is_open = task is not None and task[3] is None
    return Journey(
        need, need.opened_at, rows[0][-1], task[:3] if task and is_open else None,
        task[3:] if task and not is_open and task[4] != "router" else None,
        _attempts(tx, need), _clocks(tx, need_id),
        tx.rows("SELECT noted_at, said, by, channel, answered_by FROM notes WHERE need_id = %s ORDER BY note_id", (need_id,)),
        tx.rows("SELECT rung_at, recipient, answered_at, answered_by FROM alerts WHERE subject = %s AND rung_at IS NOT NULL"
                " ORDER BY rung_at", (need_id,)),
    )


def laid_out(tx: Transaction, report_id: str) -> Told | None:
    rows = tx.rows("SELECT report_id, version, active, assessed_at FROM reports WHERE report_id = %s", (report_id,))
    if not rows:
        return None
    known, version, active, assessed_at = rows[0]
    return Told(known, version, active, assessed_at, tx.rows(_NEEDS, (report_id,)))


def _attempts(tx: Transaction, need: Need) -> Rows:
    """(number, asked, whom, how it ended, when)."""
    rows = tx.rows(_ATTEMPTS, (need.need_id,))
    return [(n, at, code if need.kind in TOLD else "", outcome, ended) for n, at, code, outcome, ended in rows]


def _clocks(tx: Transaction, need_id: str) -> Rows:
    """(what is waited for, till when), earliest first."""
    rows = tx.rows("SELECT step, due_at FROM clocks WHERE subject = %s AND ended_at IS NULL ORDER BY due_at, step", (need_id,))
    return [(step.split("/")[0], due_at) for step, due_at in rows]
