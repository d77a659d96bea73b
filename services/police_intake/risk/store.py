"""What is kept of the risk for her, as facts? SQL that reads, locks first as in the other store.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from services.police_intake.risk.messages import RiskStep

if TYPE_CHECKING:
    from plumbing.clocks import ClockDue
    from plumbing.postgres import Transaction
    from plumbing.service import Facts
    from services.police_intake.facts import KnownReport

Reports = Callable[["Transaction", Sequence[str]], Sequence["KnownReport"]]

STEP = "report_id, version, step, grade, computed, proposed, reason, grid, asked_apart, leaves_region, by, actor"


def standing(tx: Transaction, report_ids: Sequence[str]) -> Facts:
    """The latest step about each report; what she answered is not needed to decide on the next one."""
    if not report_ids:
        return {}
    rows = tx.rows(
        f"SELECT DISTINCT ON (report_id) {STEP} FROM risk_steps WHERE report_id = ANY(%s) ORDER BY report_id, version DESC",
        (list(report_ids),),
    )
    return {("risk", row[0]): RiskStep(*row) for row in rows}


def asked(known: Reports, tx: Transaction, messages: Sequence[Any]) -> Facts:
    """The reports that commands are about, as `known` looks them up, and what stands of the risk."""
    ids = [message.report_id for message in messages]
    return {("report", one.report_id): one for one in known(tx, ids)} | standing(tx, ids)


def with_standing(looked_up: Callable[..., Facts]) -> Callable[..., Facts]:
    """What this finds, and what stands of the risk about each report that it has found."""

    def found(tx: Transaction, messages: Sequence[Any]) -> Facts:
        facts = looked_up(tx, messages)
        return facts | standing(tx, [name for kind, name in facts if kind == "report"])

    return found


def rung(tx: Transaction, messages: Sequence[ClockDue]) -> Facts:
    return awaited(tx, [message.subject for message in messages])


def awaited(tx: Transaction, report_ids: Sequence[str]) -> Facts:
    """What stands of the risk, and by when she is to be asked again where that is a task already."""
    facts = standing(tx, report_ids)
    rows = tx.rows(
        "SELECT subject, due_at FROM tasks WHERE subject = ANY(%s) AND kind = 'risk_again' AND closed_at IS NULL",
        ([name for _, name in facts],),
    ) if facts else []
    return facts | {("risk again", subject): due for subject, due in rows}
