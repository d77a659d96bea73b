"""What are the dated rules asked about, when something is done about a measure? Frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.police_intake.measures.lives import Act, Measure, Told


@dataclass(frozen=True)
class Asked:
    """The measure after an act, the act, what was told with it, and who it is about."""

    measure: Measure
    act: Act
    told: Told
    born: date | None
    reconciled_before: int
    now: datetime
