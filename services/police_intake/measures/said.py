"""What do police say about measures? To her side alone kind and time, nothing more; to the monitor a count without a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class OffenderStatusForSafety:
    event = "police_intake.OffenderStatusForSafety"
    need_id: str
    kind: str
    effective_at: datetime


@dataclass(frozen=True)
class MeasureCounted:
    event = "police_intake.MeasureCounted"
    region: str
    kind: str
    from_state: str
    to_state: str
    hour: datetime
