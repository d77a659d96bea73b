"""Which grade of risk stands for a report, for whoever may see it? Never without its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.police_intake.risk import store
from services.police_intake.risk.loading import GRIDS

if TYPE_CHECKING:
    from plumbing.pages import Desk
    from services.police_intake.risk.messages import RiskStep


def risk_of(desk: Desk, report_id: str) -> dict[str, Any]:
    """For the page of a report: the grade that stands, with its limits, for whoever may see it."""
    may = desk.access.may("risk", "report")
    stands = desk.look(lambda tx: store.standing(tx, [report_id])).get(("risk", report_id)) if may else None
    return {"may_see_risk": may, "risk": stands, "limits": limits(stands, desk)}


def limits(stands: RiskStep | None, desk: Desk) -> Any:
    grid = (GRIDS.named(stands.grid) if stands else None) or GRIDS.current(desk.now())
    return grid.limits
