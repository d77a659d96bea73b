"""What may be read about reports registered late, and records that are no report yet? SQL for pages only; no name."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.postgres import Transaction

MOST = 300
# By the region its station's name tells; where it tells none, by the reports of that station.
_OF_REGION = (
    "(%(region)s = '' OR h.region = %(region)s OR (h.station <> '' AND h.region IN ('', 'unknown')"
    " AND h.station IN (SELECT station FROM reports WHERE region = %(region)s)))"
)


def registered(tx: Transaction, wanted: dict[str, Any]) -> list[tuple[Any, ...]]:
    """(report id, station, recorded at, kept at, by a journal?) of live reports, the newest first:
    those that waited longer than `least` between the record and the registration here.

    wanted: station, region, least
    """
    return tx.rows(
        "SELECT report_id, station, recorded_at, kept_at, extracted_at IS NOT NULL FROM reports"
        " WHERE active AND (%(station)s = '' OR station = %(station)s) AND (%(region)s = '' OR region = %(region)s)"
        " AND kept_at > recorded_at + %(least)s ORDER BY kept_at DESC, report_id LIMIT %(most)s",
        {"station": "", "region": "", **wanted, "most": MOST},
    )


def undecided(tx: Transaction, wanted: dict[str, Any]) -> list[tuple[Any, ...]]:
    """(held id, station, verdict, reason, kept at, due at) of records past their clock, oldest first; wanted: region, now."""
    return tx.rows(
        "SELECT h.held_id, h.station, h.verdict, h.reason, h.kept_at, t.due_at FROM held_records h"
        " JOIN tasks t ON t.subject = h.held_id AND t.kind = h.verdict"
        f" WHERE h.outcome IS NULL AND t.closed_at IS NULL AND t.due_at < %(now)s AND {_OF_REGION}"
        " ORDER BY h.kept_at, h.held_id LIMIT %(most)s",
        {**wanted, "most": MOST},
    )


def no_report(tx: Transaction, wanted: dict[str, Any]) -> list[tuple[str, int]]:
    """(station, how many) of records that an officer has settled as no report; wanted: region, since."""
    return tx.rows(
        f"SELECT h.station, count(*) FROM held_records h WHERE h.outcome = 'no_report' AND h.closed_at >= %(since)s"
        f" AND {_OF_REGION} GROUP BY 1 ORDER BY 2 DESC, 1",
        wanted,
    )


def unreadable(tx: Transaction, topic: str) -> list[tuple[str, int, datetime]]:
    """(code of the cause, how many, since when) of messages of this topic that were set aside; nobody can tell their region."""
    return tx.rows(
        "SELECT coalesce(substring(cause from '^([A-Z][A-Za-z]+)(?=:| at |$)'), ''), count(*), min(set_aside_at)"
        " FROM dead_letters WHERE redriven_at IS NULL AND topic = %s GROUP BY 1 ORDER BY 2 DESC, 1",
        (topic,),
    )


def ignored(tx: Transaction, since: datetime) -> list[tuple[str, int]]:
    """(reason, how many) of lines of journals taken for no record at all since then; nobody can tell their region."""
    return tx.rows(
        "SELECT v.reason, count(*) FROM import_verdicts v JOIN import_runs r USING (run_id)"
        " WHERE v.verdict = 'ignored' AND r.started_at >= %s GROUP BY 1 ORDER BY 2 DESC, 1",
        (since,),
    )
