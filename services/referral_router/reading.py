"""How does a stored row become a fact again?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from services.referral_router.facts import Need, Report
from services.referral_router.messages import ReportContent

NEED = ", ".join(field.name for field in fields(Need))
_TRIED = [field.name for field in fields(Need)].index("tried")


def report_from(content: dict[str, Any], active: bool) -> Report:
    """A report from its JSON; times come back as the moments they were."""
    wanted = {field.name: content[field.name] for field in fields(ReportContent)}
    for name in ("recorded_at", "occurred_at"):
        if wanted[name] is not None:
            wanted[name] = datetime.fromisoformat(wanted[name])
    return Report(ReportContent(**wanted), active)


def need_from(row: Sequence[Any]) -> Need:
    *head, public_key = row
    head[_TRIED] = tuple(head[_TRIED])
    return Need(*head, bytes(public_key) if public_key is not None else None)
