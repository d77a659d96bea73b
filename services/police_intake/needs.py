"""How do the needs of reports stand? SQL for the doors only; a need is never shown with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.postgres import Transaction


def needs(tx: Transaction, ids: list[str]) -> list[tuple[Any, ...]]:
    """(report id, need id, kind, state, queue, since) of these reports' needs."""
    return tx.rows(
        "SELECT report_id, need_id, kind, n.state, n.queue, c.seen_at FROM report_needs JOIN needs_seen n USING (need_id)"
        " LEFT JOIN need_changes c USING (need_id, sequence) WHERE report_id = ANY(%s) ORDER BY report_id, kind, need_id",
        (ids,),
    )


def need_changes(tx: Transaction, report_id: str) -> list[tuple[Any, ...]]:
    """(when heard, kind, state, queue) of every change of the report's needs, oldest first."""
    return tx.rows(
        "SELECT c.seen_at, n.kind, c.state, c.queue FROM report_needs JOIN need_changes c USING (need_id)"
        " JOIN needs_seen n USING (need_id) WHERE report_id = %s ORDER BY c.seen_at, n.kind, c.sequence",
        (report_id,),
    )
