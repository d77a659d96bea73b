"""Which stations have written reports? SQL for the pages only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plumbing.postgres import Transaction


def stations(tx: Transaction, region: str = "", station: str = "") -> list[str]:
    """Those that have written reports; of one region or one name if asked."""
    rows = tx.rows(
        "SELECT DISTINCT station FROM reports WHERE (%(region)s = '' OR region = %(region)s)"
        " AND (%(station)s = '' OR station = %(station)s) ORDER BY 1 LIMIT 500",
        {"region": region, "station": station},
    )
    return [row[0] for row in rows]
