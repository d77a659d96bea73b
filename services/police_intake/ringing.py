"""What follows when a clock of a report, of a measure, of an erasure or of an imported file rings? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from plumbing.clocks import ClockDue
from plumbing.service import Key, Moment
from plumbing.tasks import TaskOpened
from plumbing.texts import N_
from services.police_intake.consent import withdrawing
from services.police_intake.erasing.deciding import carry_out
from services.police_intake.measures import safety
from services.police_intake.records import FileDestroyed

Known = Mapping[Key, Any]
DESTROYED_WITHIN = timedelta(hours=24)
ELSEWHERE = N_("an imported file lies on another machine: destroy it there")


def ring(clock: ClockDue, facts: Known, moment: Moment) -> Sequence[Any]:
    """By its step: her consent or what she took back, a measure's term, the days of an erasure, or those of a file."""
    if clock.step.startswith("measure/"):
        return safety.ring(clock, facts, moment)
    if clock.step.startswith("consent-"):
        return withdrawing.ring(clock, facts, moment)
    return _file(clock, facts, moment) if clock.step.startswith("file/") else carry_out(clock, facts, moment)


def _file(clock: ClockDue, facts: Known, moment: Moment) -> Sequence[Any]:
    """Destroyed where it lies; a file on another machine is a person's task."""
    here: bool | None = facts.get(("file here", clock.subject))
    if here is None:
        return ()
    if here:
        return (FileDestroyed(clock.subject),)
    due = moment.now + DESTROYED_WITHIN
    return (TaskOpened(clock.subject, "file", "operations", ELSEWHERE, due, clock.subject),)
