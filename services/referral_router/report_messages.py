"""What does the router hear of a report? Frozen, only the fields used here; no name, number, address or narrative."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ReportContent:
    """What the router knows of a report: no name, number, address or narrative."""

    report_id: str
    version: int
    victim_ref: str
    respondent_ref: str | None
    household_ref: str
    region: str
    recorded_at: datetime
    occurred_at: datetime | None
    relation: str
    intoxication: str
    children: int | None
    victim_age: str
    victim_sex: str
    respondent_age: str
    consent: str
    mirrored: bool
    complaint: bool | None = None
    violence: tuple[str, ...] = ()
    injury: str = "unknown"
    injury_basis: str = "unknown"


@dataclass(frozen=True)
class ReportRegistered(ReportContent):
    """A report is new."""

    event = "police_intake.ReportRegistered"


@dataclass(frozen=True)
class ReportCorrected(ReportContent):
    """A report says otherwise than before."""

    event = "police_intake.ReportCorrected"


@dataclass(frozen=True)
class ReportCancelled:
    event = "police_intake.ReportCancelled"
    report_id: str
    version: int
    reason: str
