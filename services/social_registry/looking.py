"""Who must look at an entry of the register, by when, and who if they do not? Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plumbing.clocks import ClockDue, ClockSet, ClockStopped
from plumbing.service import Moment
from plumbing.tasks import TaskClosed, TaskOpened
from plumbing.texts import N_
from services.social_registry.facts import Entry
from services.social_registry.terms import Stage, days, end_of, term

TASKS = {"opened": "assess", "assessed": "review", "reviewed": "review"}
REASONS = {
    "assess": N_("an entry was opened: assess the family's level (the term is practice, not verified by a lawyer)"),
    "review": N_("review the entry: what is still needed? (the term is practice, not verified by a lawyer)"),
}
LATE = {
    "assess": N_("the akimat has not assessed an entry in time (the term is practice, not verified by a lawyer)"),
    "review": N_("the akimat has not reviewed an entry in time (the term is practice, not verified by a lawyer)"),
}


def task(entry: Entry, moment: Moment) -> Sequence[Any]:
    """The akimat looks at it by the end of the day it is due."""
    assert entry.due_on is not None
    return _task(entry, end_of(entry.due_on), moment)


def task_again(entry: Entry, moment: Moment) -> Sequence[Any]:
    """The home was reported again: the akimat looks at it soon, and no later than it had to anyway."""
    assert entry.due_on is not None
    soon = moment.now + days(term(moment.law, Stage("notified_again"), moment.now))
    return _task(entry, min(soon, end_of(entry.due_on)), moment)


def review_in(entry: Entry, moment: Moment) -> ClockSet:
    """Until shortly before its day, a review is a clock and nobody's task."""
    assert entry.due_on is not None
    remind_at = end_of(entry.due_on) - days(term(moment.law, Stage("reminder"), moment.now))
    return ClockSet(entry.entry_id, f"review/{entry.looks}", remind_at, entry.entry_id)


def no_more(entry: Entry, by: str) -> Sequence[Any]:
    """Nobody waits for this look any more: somebody (`by`) has looked, or another look takes its place."""
    stopped = (ClockStopped(entry.entry_id, "review/"), ClockStopped(entry.entry_id, "overdue/"))
    kind = TASKS.get(entry.state)
    return (*stopped, TaskClosed(entry.entry_id, kind, by)) if kind and by else stopped


def ring(clock: ClockDue, entry: Entry, moment: Moment) -> Sequence[Any]:
    """A review comes near: it stands on the akimat's list. It is overdue: somebody above the akimat must act."""
    step, looks = clock.step.split("/")
    if int(looks) != entry.looks or entry.state not in TASKS:
        return ()
    if step == "review":
        return task(entry, moment)
    overdue = term(moment.law, Stage("overdue"), moment.now)
    kind, due_at = TASKS[entry.state], moment.now + days(overdue)
    queue = overdue.parameters["queue"]
    return (TaskOpened(entry.entry_id, kind, queue, LATE[kind], due_at, entry.entry_id, entry.region),)


def _task(entry: Entry, due_at: datetime, moment: Moment) -> Sequence[Any]:
    kind = TASKS[entry.state]
    overdue_at = due_at + days(term(moment.law, Stage("overdue"), moment.now))
    return (
        TaskOpened(entry.entry_id, kind, entry.facility_code, REASONS[kind], due_at, entry.entry_id, entry.region),
        ClockSet(entry.entry_id, f"overdue/{entry.looks}", overdue_at, entry.entry_id),
    )
