"""What happens to a measure without a person: its clock rings, or its report is taken back? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plumbing.clocks import ClockDue
from plumbing.service import Key, Moment
from services.police_intake.measures.following import made
from services.police_intake.measures.lives import CLOCK, REPORT, Measure, MoveMeasure

Known = Mapping[Key, Any]


def ring(clock: ClockDue, facts: Known, moment: Moment) -> Sequence[Any]:
    """What the clock itself does, at the hour it was set to."""
    measure: Measure | None = facts.get(("measure", clock.subject))
    act = moment.law.measures.lives[measure.kind].acts.get(clock.step.split("/")[1]) if measure else None
    if measure is None or act is None or measure.state not in act.from_states:
        return ()
    at = max(clock.due_at, measure.since)
    command = MoveMeasure(measure.measure_id, act.name, CLOCK, measure.version, at=at, office=CLOCK)
    return made(act, measure, command, (facts, moment))


def take_back(report_id: str, facts: Known, moment: Moment) -> Sequence[Any]:
    """The report is cancelled, unfounded or about the wrong person: nothing that rested on it counts any more."""
    events: list[Any] = []
    for measure in facts.get(("measures of", report_id), ()):
        act = moment.law.measures.lives[measure.kind].acts["report_withdrawn"]
        if measure.state in act.from_states:
            command = MoveMeasure(measure.measure_id, act.name, REPORT, measure.version, office=REPORT)
            events += made(act, measure, command, (facts, moment))
    return events
