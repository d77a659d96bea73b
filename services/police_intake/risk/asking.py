"""What may be read about the risk for her: what stands, why, and every step before it? SQL for pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.police_intake import sealed
from services.police_intake.risk.grading import Graded, graded
from services.police_intake.risk.loading import GRIDS
from services.police_intake.risk.messages import RiskStep
from services.police_intake.risk.store import STEP

if TYPE_CHECKING:
    from datetime import datetime

    from plumbing.postgres import Transaction


def steps(tx: Transaction, report_id: str) -> list[tuple[RiskStep, datetime]]:
    """(step, when) of everything that was said, the latest first; without her answers."""
    rows = tx.rows(f"SELECT {STEP}, kept_at FROM risk_steps WHERE report_id = %s ORDER BY version DESC", (report_id,))
    return [(RiskStep(*row[:-1]), row[-1]) for row in rows]


def answers(tx: Transaction, report_id: str) -> tuple[RiskStep, dict[str, str]] | None:
    """The latest assessment with what she answered; None if she was never asked, or it is erased."""
    rows = tx.rows(
        f"SELECT {STEP}, sealed FROM risk_steps WHERE report_id = %s AND sealed IS NOT NULL ORDER BY version DESC LIMIT 1",
        (report_id,),
    )
    if not rows:
        return None
    told: dict[str, str] | None = sealed.risk_answers(tx, report_id, rows[0][1], rows[0][-1])
    return (RiskStep(*rows[0][:-1]), told) if told is not None else None


def why(assessed: tuple[RiskStep, dict[str, Any]] | None) -> Graded | None:
    """What the grid of its day makes of the latest answers."""
    grid = GRIDS.named(assessed[0].grid) if assessed else None
    return graded(grid, assessed[1], asked_apart=assessed[0].asked_apart) if assessed and grid else None
