"""What becomes of measures when the report they rest on is taken back? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plumbing.service import Key, Moment
from services.police_intake.measures.following import made
from services.police_intake.measures.lives import REPORT, MoveMeasure

Known = Mapping[Key, Any]


def take_back(report_id: str, facts: Known, moment: Moment) -> Sequence[Any]:
    """The report is cancelled, unfounded or about the wrong person: nothing that rested on it counts, and its court is told."""
    events: list[Any] = []
    for measure in facts.get(("measures of", report_id), ()):
        act = moment.law.measures.lives[measure.kind].acts.get("report_withdrawn")
        if act is not None and measure.state in act.from_states:
            command = MoveMeasure(measure.measure_id, act.name, REPORT, measure.version, office=REPORT)
            events += made(act, measure, command, (facts, moment))
    return events
