"""What does a broken order say about the danger for her? A hard trigger has fired, and nobody has to ask her for it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from plumbing.service import CommandRefused, Key, Moment
from plumbing.tasks import TaskOpened
from services.police_intake.measures.lives import MeasureKept, MoveMeasure
from services.police_intake.risk.again import grids
from services.police_intake.risk.deciding import raise_grade
from services.police_intake.risk.messages import RaiseRisk

Known = Mapping[Key, Any]
Decided = Callable[[MoveMeasure, Known, Moment], Sequence[Any]]
DANGER, BROKEN = "danger", "order_broken"


def after_breach(decided: Decided) -> Decided:
    """The same decision; whatever calls for her danger to be assessed anew raises its grade until then, and never lowers it.

    To what one hard trigger makes it: what she answered lies sealed, and is counted with it when she is asked again.
    """

    def with_grade(command: MoveMeasure, facts: Known, moment: Moment) -> Sequence[Any]:
        events = decided(command, facts, moment)
        broken = {event.subject for event in events if isinstance(event, TaskOpened) and event.kind == DANGER}
        kept = [event.measure for event in events if isinstance(event, MeasureKept)]
        reports = {one.report_id for one in kept if one.measure_id in broken}
        return *events, *(event for report in sorted(reports) for event in _raised(report, command.by, facts, moment))

    return with_grade


def _raised(report_id: str, by: str, facts: Known, moment: Moment) -> Sequence[Any]:
    before = facts.get(("risk", report_id))
    grade = grids(moment).current(moment.now).by_one_trigger
    raised = raise_grade(RaiseRisk(report_id, grade, BROKEN, by, seen=before.version if before else 0), facts, moment)
    return () if any(isinstance(event, CommandRefused) for event in raised) else raised  # it stands as high already
