"""How does a stored row become a fact again?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from services.referral_router.consents import HerSay, HolderTold
from services.referral_router.facts import Facility, Need, Report
from services.referral_router.messages import ReportContent
from services.referral_router.risks import OpenTask, Risk

_FIELDS = tuple(field.name for field in fields(Need))
NEED = ", ".join(_FIELDS)
_IDS = tuple[str, ...]
FACT_KINDS = {
    "report": Report, "need": Need, "facilities": tuple[Facility, ...], "facility": Facility,
    "roomy": _IDS, "reports of": _IDS, "needs of": _IDS, "live": _IDS,
    "waiting": _IDS, "her say": HerSay, "holder told": HolderTold,
    "holders told": tuple[HolderTold, ...],
    "risk": Risk, "task": OpenTask,
}


def report_from(content: dict[str, Any], active: bool) -> Report:
    """A report from its JSON; times come back as the moments they were."""
    wanted = {field.name: content[field.name] for field in fields(ReportContent)}
    for name in ("recorded_at", "occurred_at"):
        if wanted[name] is not None:
            wanted[name] = datetime.fromisoformat(wanted[name])
    wanted["violence"] = tuple(wanted["violence"])
    return Report(ReportContent(**wanted), active)


def need_from(row: Sequence[Any]) -> Need:
    known = dict(zip(_FIELDS, row, strict=True))
    known["tried"] = tuple(known["tried"])
    if known["public_key"] is not None:
        known["public_key"] = bytes(known["public_key"])
    return Need(**known)
