"""How do the figures that operations watches stand in the tables? One query, every few seconds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from plumbing.postgres import Transaction
from services.health_narcology.facts import LIVE


def figures(tx: Transaction, now: datetime) -> list[Any]:
    """Rows of (figure, labels, value) for operations."""
    return tx.rows(_FIGURES, {"live": list(LIVE)})


_FIGURES = """
WITH taken AS (
    SELECT facility_code AS code, count(*) AS taken FROM holds WHERE released_at IS NULL GROUP BY 1
), centre AS (
    SELECT region, beds, greatest(beds - coalesce(taken, 0), 0) AS free FROM facilities LEFT JOIN taken USING (code)
    WHERE kind = 'detox' AND is_open
)
SELECT 'qorgan_beds', ARRAY[region], sum(beds)::float FROM centre GROUP BY 2
UNION ALL SELECT 'qorgan_beds_free', ARRAY[region], sum(free) FROM centre GROUP BY 2
UNION ALL SELECT 'qorgan_holds', ARRAY[r.state], count(*) FROM holds h JOIN referrals r USING (need_id, attempt)
    WHERE h.released_at IS NULL GROUP BY 2
UNION ALL SELECT 'qorgan_referrals_open', ARRAY[kind, state], count(*) FROM referrals
    WHERE ended_at IS NULL AND state = ANY(%(live)s) GROUP BY 2"""
