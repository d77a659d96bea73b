"""What may be read about measures: those under way, what is due, what waits for its report or outcome? SQL for pages only."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from services.police_intake.measures.lives import Measure, MeasureMoved, MeasureParked
from services.police_intake.measures.rows import MEASURE, PARKED, parked_of

if TYPE_CHECKING:
    from plumbing.postgres import Transaction

MOST = 300
_OF = ", ".join(f"m.{name.strip()}" for name in MEASURE.split(","))
_OWN = "(%(station)s = '' OR r.station = %(station)s) AND (%(region)s = '' OR r.region = %(region)s)"


def listed(tx: Transaction, wanted: dict[str, Any]) -> list[tuple[Measure, str]]:
    """(measure, station), the longest in its state first; wanted: station, region, kinds, states left out."""
    rows = tx.rows(
        f"SELECT {_OF}, r.station FROM measures m JOIN reports r USING (report_id) WHERE {_OWN}"
        " AND m.kind = ANY(%(kinds)s) AND NOT (m.kind || ' ' || m.state) = ANY(%(over)s)"
        " ORDER BY m.since, m.measure_id LIMIT %(most)s",
        {"station": "", "region": "", **wanted, "most": MOST},
    )
    return [(Measure(*row[:-1]), row[-1]) for row in rows]


def due(tx: Transaction, wanted: dict[str, Any]) -> list[tuple[Any, ...]]:
    """(measure id, kind, task, reason, due at, level) of what is due until a moment, earliest first."""
    return tx.rows(
        "SELECT m.measure_id, m.kind, t.kind, t.reason, t.due_at, t.level FROM tasks t"
        " JOIN measures m ON m.measure_id = t.subject JOIN reports r USING (report_id)"
        f" WHERE t.closed_at IS NULL AND t.due_at <= %(until)s AND {_OWN}"
        " ORDER BY t.due_at, m.measure_id LIMIT %(most)s",
        {"station": "", "region": "", **wanted, "most": MOST},
    )


def complaints(tx: Transaction, wanted: dict[str, Any]) -> list[tuple[Measure, Measure, str, datetime, datetime | None]]:
    """(complaint, what it is about, station, answer due at, answered at): open ones first; answered ones since a moment.

    wanted: station, region, since. What fell with its report is not among them.
    """
    rows = tx.rows(
        f"SELECT {_OF}, {_OF.replace('m.', 'about.')}, r.station, t.due_at, t.closed_at FROM measures m"
        " JOIN reports r USING (report_id) JOIN measures about ON about.measure_id = m.about"
        " JOIN tasks t ON t.subject = m.measure_id AND t.kind = m.kind"
        f" WHERE {_OWN} AND m.kind = 'respondent_complaint' AND m.state <> 'withdrawn'"
        " AND (t.closed_at IS NULL OR t.closed_at >= %(since)s)"
        " ORDER BY t.closed_at IS NOT NULL, t.closed_at DESC, t.due_at, m.measure_id LIMIT %(most)s",
        {"station": "", "region": "", **wanted, "most": MOST},
    )
    size = len(MEASURE.split(","))
    return [(Measure(*row[:size]), Measure(*row[size : 2 * size]), *row[2 * size :]) for row in rows]


def on_report(tx: Transaction, report_id: str) -> list[Measure]:
    rows = tx.rows(f"SELECT {MEASURE} FROM measures WHERE report_id = %s ORDER BY began_at, measure_id", (report_id,))
    return [Measure(*row) for row in rows]


def one(tx: Transaction, measure_id: str) -> Measure | None:
    rows = tx.rows(f"SELECT {MEASURE} FROM measures WHERE measure_id = %s", (measure_id,))
    return Measure(*rows[0]) if rows else None


def history(tx: Transaction, measure_id: str) -> list[MeasureMoved]:
    rows = tx.rows(
        "SELECT measure_id, version, act, state, code, by, at, told FROM measure_moves WHERE measure_id = %s ORDER BY version",
        (measure_id,),
    )
    return [MeasureMoved(*row) for row in rows]


def open_tasks(tx: Transaction, measure_id: str) -> list[tuple[Any, ...]]:
    """(task, queue, reason, due at) of what waits about it."""
    return tx.rows(
        "SELECT kind, queue, reason, due_at FROM tasks WHERE subject = %s AND closed_at IS NULL ORDER BY due_at", (measure_id,)
    )


def without_outcome(tx: Transaction, wanted: dict[str, Any]) -> list[tuple[Any, ...]]:
    """(report id, station, recorded at) of live reports that nobody has given an outcome yet, oldest first."""
    return tx.rows(
        f"SELECT r.report_id, r.station, r.recorded_at FROM reports r WHERE r.active AND {_OWN} AND NOT EXISTS"
        " (SELECT 1 FROM measures m WHERE m.report_id = r.report_id AND m.kind = 'incident_outcome')"
        " ORDER BY r.recorded_at, r.report_id LIMIT %(most)s",
        {"station": "", "region": "", **wanted, "most": MOST},
    )


def parked(tx: Transaction, parked_id: str = "") -> list[tuple[MeasureParked, datetime]]:
    """(what waits for its report, since when), oldest first; all, or this one."""
    rows = tx.rows(
        f"SELECT {PARKED}, parked_at FROM parked_measures WHERE settled_as = '' AND (%(id)s = '' OR parked_id = %(id)s)"
        " ORDER BY parked_at LIMIT %(most)s",
        {"id": parked_id, "most": MOST},
    )
    return [(parked_of(row[:-1]), row[-1]) for row in rows]
