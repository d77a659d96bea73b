"""How would a broken promise about a treatment case look? Planted like the others, but with rows of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.checker.evidence import Evidence, Row

SINCE = datetime(2026, 11, 22, 10, tzinfo=UTC)


def _case(evidence: Evidence, state: str, **more: Any) -> Row:
    row = {"need_id": "a case", "attempt": 1, "state": state, "facility_code": "", "bed": 0, "contested": False, **more}
    evidence.tables["health_narcology"]["cases"].append(row)
    return row


def _hold(evidence: Evidence, need_id: str, bed: int = 1, **more: Any) -> None:
    where = {"facility_code": "treatment-pavlodar-1", "bed": bed, "since": SINCE, "released_at": None}
    row = {"need_id": need_id, "attempt": 1, "stay": 1, **where, **more}
    evidence.tables["health_narcology"]["treatment_holds"].append(row)


def treatment_bed_held_twice(evidence: Evidence) -> None:
    _hold(evidence, "one", released_at=SINCE + timedelta(hours=2))
    _hold(evidence, "two", since=SINCE + timedelta(hours=1))


def treatment_bed_that_is_not_there(evidence: Evidence) -> None:
    _hold(evidence, "one", bed=999)


def treatment_bed_for_no_case(evidence: Evidence) -> None:
    _hold(evidence, "one")


def two_treatment_beds_for_one(evidence: Evidence) -> None:
    _hold(evidence, "one")
    _hold(evidence, "one", bed=2, stay=2)


def case_without_a_clock(evidence: Evidence) -> None:
    _case(evidence, "filed")


def petition_never_said(evidence: Evidence) -> None:
    _case(evidence, "accepted")


def case_not_counted(evidence: Evidence) -> None:
    _case(evidence, "queued")


def treatment_bed_counted_as_taken(evidence: Evidence) -> None:
    place = next(row for row in evidence.tables["situation_monitor"]["places"] if row["place"] == "treatment_bed")
    place["free"] -= 1


PLANTS: list[tuple[Callable[[Evidence], None], str]] = [
    (treatment_bed_held_twice, "is held twice: by one and two"), (treatment_bed_that_is_not_there, "there is no such bed"),
    (treatment_bed_for_no_case, "in only one of case and bed"), (two_treatment_beds_for_one, "has 2 treatment beds"),
    (case_without_a_clock, "is filed without a clock or a task"), (petition_never_said, "and the wire says nothing"),
    (case_not_counted, "cases are queued, the monitor has counted"),
    (treatment_bed_counted_as_taken, "treatment beds are held, the monitor has counted"),
]
