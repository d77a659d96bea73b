"""What follows when a clock of a report, of a measure, of an erasure or of an imported file rings? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from plumbing.clocks import ClockDue, ClockSet
from plumbing.service import Key, Moment
from plumbing.tasks import TaskClosed, TaskOpened
from plumbing.texts import N_
from services.police_intake.consent import withdrawing
from services.police_intake.erasing import answering
from services.police_intake.erasing.deciding import carry_out
from services.police_intake.measures import safety
from services.police_intake.records import FileDestroyed
from services.police_intake.risk import again

Known = Mapping[Key, Any]
DESTROYED_WITHIN = timedelta(hours=24)
ELSEWHERE = N_("an imported file lies on another machine: destroy it there")
CHANGED = N_("where an imported file lay, another one lies now: find the imported one and destroy it")
LOCKED = N_("an imported file may not be written by the service: destroy it by hand")
FIRST = "file/0"
FOR_A_PERSON = {"elsewhere": ELSEWHERE, "changed": CHANGED, "locked": LOCKED}


def ring(clock: ClockDue, facts: Known, moment: Moment) -> Sequence[Any]:
    """By its step: her consent or what she took back, her risk, a measure's term, an erasure or its holders, or a file."""
    if clock.step.startswith(again.STEP):
        return again.ring(clock, facts, moment)
    if clock.step.startswith("measure/"):
        return safety.ring(clock, facts, moment)
    if clock.step.startswith("consent-"):
        return withdrawing.ring(clock, facts, moment)
    if clock.step.startswith(answering.STEP):
        return answering.ring(clock, facts, moment)
    return _file(clock, facts, moment) if clock.step.startswith("file/") else carry_out(clock, facts, moment)


def _file(clock: ClockDue, facts: Known, moment: Moment) -> Sequence[Any]:
    """The very file that was imported is destroyed where it lies; what lies elsewhere, or is not ours, is a person's task.

    It is looked at again each day, and once the person has done it the task is closed.
    """
    lies: str | None = facts.get(("file", clock.subject))
    if lies is None:
        return ()
    if lies not in FOR_A_PERSON:
        return FileDestroyed(clock.subject), TaskClosed(clock.subject, "file", "police_intake")
    due = moment.now + DESTROYED_WITHIN
    again = ClockSet(clock.subject, f"file/{due.isoformat()}", due, clock.subject)
    if not clock.step.startswith(FIRST):
        return (again,)
    return TaskOpened(clock.subject, "file", "operations", FOR_A_PERSON[lies], due, clock.subject), again
