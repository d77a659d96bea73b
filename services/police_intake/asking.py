"""What may be read about reports and their needs? SQL for the doors only; no name comes out of here."""

from __future__ import annotations

from typing import Any

from plumbing.postgres import Transaction


def report_state(tx: Transaction, report_id: str) -> dict[str, Any] | None:
    """A report's state and its needs': asked, answered, with a person, arrived; never where."""
    rows = tx.rows(
        "SELECT report_id, version, active, region, recorded_at, closed_reason FROM reports WHERE report_id = %s", (report_id,)
    )
    if not rows:
        return None
    found, version, active, region, recorded_at, reason = rows[0]
    needs = tx.rows(
        "SELECT need_id, kind, state, queue FROM needs_seen JOIN report_needs USING (need_id) WHERE report_id = %s"
        " ORDER BY kind, need_id",
        (report_id,),
    )
    return {
        "report_id": found, "version": version, "state": "registered" if active else "taken_back", "reason": reason,
        "region": region, "recorded_at": recorded_at.isoformat(),
        "needs": [{"need_id": n, "kind": k, "state": s, "with": q or None} for n, k, s, q in needs],
    }


def held_records(tx: Transaction, most: int = 200) -> list[tuple[Any, ...]]:
    """(held id, verdict, reason, content, kept at) of what waits for an officer, oldest first."""
    return tx.rows(
        "SELECT h.held_id, h.verdict, h.reason, h.content, h.kept_at FROM held_records h"
        " JOIN tasks t ON t.subject = h.held_id AND t.closed_at IS NULL ORDER BY h.kept_at LIMIT %s",
        (most,),
    )


def recent_reports(tx: Transaction, most: int = 100) -> list[tuple[Any, ...]]:
    """(report id, station, region, recorded at, active, needs as text) of the newest reports."""
    return tx.rows(
        "SELECT r.report_id, r.station, r.region, r.recorded_at, r.active,"
        " coalesce(string_agg(n.kind || ': ' || n.state, ', ' ORDER BY n.kind), '') FROM"
        " (SELECT * FROM reports ORDER BY kept_at DESC, report_id LIMIT %s) r LEFT JOIN report_needs USING (report_id)"
        " LEFT JOIN needs_seen n USING (need_id)"
        " GROUP BY 1, 2, 3, 4, 5, r.kept_at ORDER BY r.kept_at DESC, r.report_id",
        (most,),
    )
