"""What may be read about reports and their needs? SQL for the doors only; a need is never shown with its place."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from services.police_intake import sealed
from services.police_intake.needs import needs

if TYPE_CHECKING:
    from plumbing.postgres import Transaction


PAGE = 25
WAITING = ("asked", "with_person")
UNSHOWN = ("narrative", "reporter", "officer")


def report_state(tx: Transaction, report_id: str) -> dict[str, Any] | None:
    """A report's state and its needs': asked, answered, with a person, arrived; never where."""
    rows = tx.rows(
        "SELECT report_id, version, active, region, recorded_at, closed_reason, erased_at FROM reports WHERE report_id = %s",
        (report_id,),
    )
    if not rows:
        return None
    found, version, active, region, recorded_at, reason, erased_at = rows[0]
    return {
        "report_id": found, "version": version, "state": "registered" if active else "taken_back", "reason": reason,
        "region": region, "recorded_at": recorded_at.isoformat(), **({"erased_at": erased_at.isoformat()} if erased_at else {}),
        "needs": [{"need_id": n, "kind": k, "state": s, "with": q or None} for _, n, k, s, q, _ in needs(tx, [report_id])],
    }


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
        f"SELECT report_id, station, sealed, recorded_at, active FROM reports WHERE {where}"
        " ORDER BY recorded_at DESC, report_id LIMIT %(most)s OFFSET %(before)s",
        values,
    )
    numbers = sealed.numbers(tx, [(row[0], row[2]) for row in rows])
    return count, [(*row[:2], number, *row[3:]) for row, number in zip(rows, numbers, strict=True)]


def one_report(tx: Transaction, report_id: str) -> dict[str, Any] | None:
    """What its own station may read of it: no narrative, and not who reported; no `fields` once it is erased."""
    rows = tx.rows(
        "SELECT report_id, version, active, station, region, recorded_at, kept_at, closed_reason, closed_by, erased_at,"
        " wants_woman FROM reports WHERE report_id = %s",
        (report_id,),
    )
    if not rows:
        return None
    names = ("report_id", "version", "active", "station", "region", "recorded_at", "kept_at", "reason", "by", "erased_at")
    written = sealed.last_written(tx, report_id)
    shown = {name: one for name, one in written.fields.items() if name not in UNSHOWN} if written else None
    wish = {"wants_woman": rows[0][-1]}  # what was asked last stands, whatever a later journal leaves open
    return {**dict(zip(names, rows[0][:-1], strict=True)), "fields": shown and shown | wish}


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
    rows = tx.rows(
        "SELECT report_id, victim_id, recorded_at FROM reports WHERE number_index = ANY(%s) AND active"
        " ORDER BY recorded_at, report_id",
        (list(sealed.blind("number", [identity])),),
    )
    born = {one[0]: one[3] for one in sealed.people(tx, "person_id = ANY(%s)", ([row[1] for row in rows],))}
    return [(report_id, born[victim_id], at) for report_id, victim_id, at in rows]
