"""How is a step about the risk for her written, batch by batch? SQL only; her answers are sealed with the report's key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from plumbing.postgres import Transaction
from services.police_intake import sealed
from services.police_intake.risk.messages import RiskStep
from services.police_intake.risk.store import STEP

_PARTS = attrgetter(*STEP.split(", "))


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """Added, never changed. A step without answers of hers seals none."""
    steps = [(one, at) for one, at in events if isinstance(one, RiskStep)]
    told = [one for one, _ in steps if one.answers]
    places = [sealed.risk_place(one.report_id, one.version, dict(one.answers)) for one in told]
    texts = {(one.report_id, one.version): text for one, text in zip(told, sealed.seal(tx, places), strict=True)}
    tx.insert(
        f"INSERT INTO risk_steps ({STEP}, kept_at, sealed) VALUES %s",
        [(*_PARTS(one), at, texts.get((one.report_id, one.version))) for one, at in steps],
    )
