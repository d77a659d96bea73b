"""How do the figures that operations watches stand in the tables? One query, every few seconds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from plumbing.postgres import Transaction


def figures(tx: Transaction, now: datetime) -> list[Any]:
    """Rows of (figure, labels, value) for operations."""
    return tx.rows(
        "SELECT 'qorgan_reports_accepted', '{}'::text[], count(*) FROM reports"
        " UNION ALL SELECT 'qorgan_reports', ARRAY[CASE WHEN active THEN 'active' ELSE 'taken_back' END], count(*)"
        " FROM reports GROUP BY 2"
        " UNION ALL SELECT 'qorgan_import_verdicts', ARRAY[verdict], count(*) FROM import_verdicts GROUP BY 2"
    )
