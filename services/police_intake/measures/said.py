"""What do police say about measures? One thing, to her side alone: kind and time, nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class OffenderStatusForSafety:
    event = "police_intake.OffenderStatusForSafety"
    need_id: str
    kind: str
    effective_at: datetime
