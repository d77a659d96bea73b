"""Which columns does a measure have, and what is read back from them?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.police_intake.measures.lives import BeginMeasure, MeasureParked

MEASURE = "measure_id, kind, report_id, person_id, region, state, version, began_at, since, until, code, about, told, court"
PARKED = "parked_id, report_id, kind, act, code, by, at, told, office, settled_as, settled_by"


def parked_of(row: Sequence[Any]) -> MeasureParked:
    _, report_id, kind, act, code, by, at, told, office, settled_as, settled_by = row
    at_hour: datetime | None = at
    begins = BeginMeasure(report_id, kind, act, by, code, dict(told), at_hour, office)
    return MeasureParked(row[0], begins, settled_as, settled_by)
