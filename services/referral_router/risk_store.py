"""How is the risk for her kept and read, for a batch? SQL only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from plumbing.postgres import Transaction
from plumbing.service import Facts
from services.referral_router.risks import OpenTask, Risk

LookUp = Callable[[Transaction, Sequence[Any]], Facts]
RISK = "report_id, version, grade, leaves_region"


def about(tx: Transaction, report_ids: Sequence[str]) -> Facts:
    """The grades of these reports, where there are any."""
    rows = tx.rows(f"SELECT {RISK} FROM risks WHERE report_id = ANY(%s)", (list(report_ids),))
    return {("risk", row[0]): Risk(*row) for row in rows}


def graded(reports_and_needs: LookUp, tx: Transaction, messages: Sequence[Any]) -> Facts:
    """The reports, their needs and lives, what stands of the risk, and what persons have to do about these needs."""
    facts = reports_and_needs(tx, messages)
    needs = [name for kind, name in facts if kind == "need"]
    rows = tx.rows(
        "SELECT subject, queue, reason, due_at FROM tasks WHERE subject = ANY(%s) AND kind = 'need' AND closed_at IS NULL",
        (needs,),
    )
    return {**facts, **{("task", row[0]): OpenTask(*row[1:]) for row in rows}}


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """Of several grades of one report within the batch the last one counts."""
    last = {one.report_id: one for one, _ in events if isinstance(one, Risk)}
    tx.insert(
        f"INSERT INTO risks ({RISK}) VALUES %s ON CONFLICT (report_id) DO UPDATE SET version = excluded.version,"
        " grade = excluded.grade, leaves_region = excluded.leaves_region",
        [(one.report_id, one.version, one.grade, one.leaves_region) for one in last.values()],
    )
