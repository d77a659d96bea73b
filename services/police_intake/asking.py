"""What may be read about reports and their needs? SQL for the doors only; a need is never shown with its place."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.postgres import Transaction


PAGE = 25
WAITING = ("asked", "with_person")


def report_state(tx: Transaction, report_id: str) -> dict[str, Any] | None:
    """A report's state and its needs': asked, answered, with a person, arrived; never where."""
    rows = tx.rows(
        "SELECT report_id, version, active, region, recorded_at, closed_reason FROM reports WHERE report_id = %s", (report_id,)
    )
    if not rows:
        return None
    found, version, active, region, recorded_at, reason = rows[0]
    return {
        "report_id": found, "version": version, "state": "registered" if active else "taken_back", "reason": reason,
        "region": region, "recorded_at": recorded_at.isoformat(),
        "needs": [{"need_id": n, "kind": k, "state": s, "with": q or None} for _, n, k, s, q, _ in needs(tx, [report_id])],
    }


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


def stations(tx: Transaction, region: str = "", station: str = "") -> list[str]:
    """Those that have written reports; of one region or one name if asked."""
    rows = tx.rows(
        "SELECT DISTINCT station FROM reports WHERE (%(region)s = '' OR region = %(region)s)"
        " AND (%(station)s = '' OR station = %(station)s) ORDER BY 1 LIMIT 500",
        {"region": region, "station": station},
    )
    return [row[0] for row in rows]


def reports(tx: Transaction, wanted: dict[str, Any]) -> tuple[int, list[tuple[Any, ...]]]:
    """(how many in all, one page of them newest first): report id, station, number, recorded at, active.

    wanted: station, region, state, since, until, page, most; what is None or "" is not asked.
    """
    asked = {"station": "", "region": "", "state": "", "since": None, "until": None, "page": 1, "most": PAGE, **wanted}
    where = (
        "(%(station)s = '' OR station = %(station)s) AND (%(region)s = '' OR region = %(region)s)"
        " AND (%(since)s::timestamptz IS NULL OR recorded_at >= %(since)s)"
        " AND (%(until)s::timestamptz IS NULL OR recorded_at < %(until)s) AND (%(state)s = ''"
        " OR (%(state)s = 'taken_back' AND NOT active) OR (%(state)s IN ('waits', 'answered') AND active AND"
        " EXISTS (SELECT 1 FROM report_needs JOIN needs_seen n USING (need_id) WHERE report_needs.report_id ="
        " reports.report_id AND n.state = ANY(%(waiting)s)) = (%(state)s = 'waits')))"
    )
    values = {**asked, "waiting": list(WAITING), "before": (asked["page"] - 1) * PAGE}
    count = tx.rows(f"SELECT count(*) FROM reports WHERE {where}", values)[0][0]
    rows = tx.rows(
        f"SELECT report_id, station, split_part(identity, '|', 3), recorded_at, active FROM reports WHERE {where}"
        " ORDER BY recorded_at DESC, report_id LIMIT %(most)s OFFSET %(before)s",
        values,
    )
    return count, rows


def one_report(tx: Transaction, report_id: str) -> dict[str, Any] | None:
    """What its own station may read of it: no narrative, and not who reported."""
    rows = tx.rows(
        "SELECT r.report_id, r.version, r.active, r.station, r.region, r.recorded_at, r.kept_at, r.closed_reason, r.closed_by,"
        " (SELECT v.fields - 'narrative' - 'reporter' - 'officer' FROM report_versions v WHERE v.report_id = r.report_id"
        " ORDER BY v.version DESC LIMIT 1) FROM reports r WHERE report_id = %s",
        (report_id,),
    )
    names = ("report_id", "version", "active", "station", "region", "recorded_at", "kept_at", "reason", "by", "fields")
    return dict(zip(names, rows[0], strict=True)) if rows else None


def versions(tx: Transaction, report_id: str) -> list[tuple[int, datetime, list[str]]]:
    """(version, kept at, doubts) of every content it had."""
    return tx.rows(
        "SELECT version, kept_at, doubts FROM report_versions WHERE report_id = %s ORDER BY version", (report_id,)
    )


def known_answers(tx: Transaction, report_id: str) -> tuple[Any, ...] | None:
    """(asked apart, by, when) of what she said herself."""
    rows = tx.rows("SELECT asked_apart, by, answered_at FROM victim_answers WHERE report_id = %s", (report_id,))
    return rows[0] if rows else None


def by_number(tx: Transaction, identity: str) -> list[tuple[Any, ...]]:
    """(report id, victim's birth date, recorded at) of the live reports under a number: mother and child may share one."""
    return tx.rows(
        "SELECT r.report_id, p.birth_date, r.recorded_at FROM reports r JOIN persons p ON p.person_id = r.victim_id"
        " WHERE r.identity = %s AND r.active ORDER BY r.recorded_at, r.report_id",
        (identity,),
    )
