"""Which districts are there, and who is on shift in them? SQL for the pages and the figures only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from services.police_intake.roster.assigning import WITH_HER, Errand
from services.police_intake.roster.rows import SHIFT, UNMET
from services.police_intake.roster.shifts import Shift

if TYPE_CHECKING:
    from plumbing.postgres import Transaction

MOST = 500
LIVE = timedelta(days=365)  # a station that has written no report for so long is none any more: renamed, or a slip
AHEAD = timedelta(hours=24)  # a district is uncovered if nobody is on shift, and nobody comes within a day
# From station to station by the index of reports, and the region of each one's last report: no report is read twice.
DISTRICTS = (
    "WITH RECURSIVE named (station) AS ("
    " (SELECT station FROM reports WHERE station <> '' ORDER BY station LIMIT 1)"
    " UNION ALL SELECT (SELECT r.station FROM reports r WHERE r.station > named.station ORDER BY r.station LIMIT 1)"
    " FROM named WHERE named.station IS NOT NULL),"
    " districts (station, region) AS (SELECT named.station, last.region FROM named CROSS JOIN LATERAL"
    " (SELECT r.region FROM reports r WHERE r.station = named.station AND r.active AND r.recorded_at >= %(live)s"
    "  ORDER BY r.recorded_at DESC LIMIT 1) AS last)"
)
_TASKS = (
    "tasks t LEFT JOIN measures m ON m.measure_id = t.subject"
    " JOIN reports w ON w.report_id = coalesce(m.report_id, t.subject)"
)
_OWN = "(%(station)s = '' OR station = %(station)s) AND (%(region)s = '' OR region = %(region)s)"


def districts(tx: Transaction, wanted: dict[str, Any], now: datetime) -> list[tuple[str, str]]:
    """(station, region) of every district that writes reports; wanted: station, region."""
    return tx.rows(
        f"{DISTRICTS} SELECT station, region FROM districts WHERE {_OWN} ORDER BY station",
        {"station": "", "region": "", **wanted, "live": now - LIVE},
    )


def to_come(tx: Transaction, wanted: dict[str, Any], now: datetime) -> list[Shift]:
    """Shifts that are not over, the earliest first."""
    rows = tx.rows(
        f"SELECT {SHIFT} FROM shifts WHERE until > %(now)s AND {_OWN} ORDER BY since, station, inspector LIMIT %(most)s",
        {"station": "", "region": "", **wanted, "now": now, "most": MOST * 10},
    )
    return [Shift(*row) for row in rows]


def errands(tx: Transaction, subjects: Sequence[str]) -> list[Errand]:
    """What is to be done with anybody in the districts of these tasks: only all of it together can be given out evenly."""
    rows = tx.rows(
        f"SELECT t.subject, t.kind, w.station, w.wants_woman = 'yes', t.opened_at FROM {_TASKS}"
        " WHERE t.closed_at IS NULL AND t.kind = ANY(%(with_her)s) AND w.station IN"
        f" (SELECT w.station FROM {_TASKS} WHERE t.subject = ANY(%(subjects)s))",
        {"with_her": list(WITH_HER), "subjects": list(subjects)},
    )
    return [Errand(*row) for row in rows]


def figures(tx: Transaction, now: datetime) -> list[Any]:
    """Rows of (figure, labels, value): by region, districts nobody covers, and tasks for which no woman is there."""
    unmet = tx.rows(
        f"SELECT 'qorgan_wishes_unmet', ARRAY[w.region], count(*) FROM {_TASKS}"
        f" WHERE t.closed_at IS NULL AND {UNMET} GROUP BY 2",
        {"now": now, "with_her": list(WITH_HER)},
    )
    return unmet + tx.rows(
        f"{DISTRICTS} SELECT 'qorgan_districts_uncovered', ARRAY[d.region], count(*) FROM districts d WHERE NOT EXISTS"
        " (SELECT 1 FROM shifts s WHERE s.station = d.station AND s.until > %(now)s AND s.since <= %(soon)s) GROUP BY 2",
        {"now": now, "soon": now + AHEAD, "live": now - LIVE},
    )
