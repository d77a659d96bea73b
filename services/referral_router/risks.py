"""What does the router hear and keep of the risk for her? A grade that orders work; never an answer of hers. Frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plumbing.service import Key


@dataclass(frozen=True)
class RiskGraded:
    event = "police_intake.RiskGraded"
    report_id: str
    version: int
    grade: str
    leaves_region: bool


@dataclass(frozen=True)
class Risk:
    """The grade that stands for one report, and whether she wants a place outside her region."""

    report_id: str
    version: int
    grade: str
    leaves_region: bool = False

    @property
    def fact(self) -> Key:
        return "risk", self.report_id


@dataclass(frozen=True)
class OpenTask:
    """What a person is to do about a need already: whose it is, why, and by when."""

    queue: str
    reason: str
    due_at: datetime
