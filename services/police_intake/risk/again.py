"""When is she asked again: because a grade grows old, too much was unknown, or something has happened? Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from plumbing.clocks import ClockDue, ClockSet, ClockStopped
from plumbing.service import Facts, Key, Moment
from plumbing.tasks import TaskClosed, TaskOpened
from plumbing.texts import N_
from services.police_intake.facts import KnownReport, ReportKept
from services.police_intake.risk.grid import Grid, Grids
from services.police_intake.risk.messages import RiskStep

Known = Mapping[Key, Any]
Decided = Callable[[Any, Known, Moment], Sequence[Any]]
AGAIN, CALL_BACK, LOWER = "risk_again", "risk_call_back", "risk_lower"  # kinds of tasks
STEP = "risk-again/"
TOO_OLD = N_("the grade of risk grows old: ask her again, apart from the other person and only as her safe contact says")
TOO_LITTLE = N_("too little is known about the danger: ask her, apart from the other person and only as her safe contact says")
NEWS = N_("something new was reported: ask her again about the danger, apart from the other person, as her safe contact says")


def grids(moment: Moment) -> Grids:
    found: Grids = moment.law.grids
    return found


def wound(step: RiskStep, grid: Grid, moment: Moment) -> Sequence[Any]:
    """The clock of the grade that stands; a shorter one takes the place of a longer one."""
    due = moment.now + timedelta(hours=grid.hours(step.grade) - grid.remind_hours)
    return ClockStopped(step.report_id, STEP), ClockSet(step.report_id, f"{STEP}{step.version}", due, step.report_id)


def call_back(report: KnownReport, grid: Grid, moment: Moment) -> Sequence[Any]:
    return (_task(report, CALL_BACK, TOO_LITTLE, moment.now + timedelta(hours=grid.call_back_hours)),)


def ring(clock: ClockDue, facts: Known, moment: Moment) -> Sequence[Any]:
    """It becomes somebody's task, so long before its end as the grid says."""
    report: KnownReport | None = facts.get(("report", clock.subject))
    step: RiskStep | None = facts.get(("risk", clock.subject))
    if report is None or step is None or not _counts(report):
        return ()
    grid = grids(moment).named(step.grid) or grids(moment).current(moment.now)
    due = max(clock.due_at + timedelta(hours=grid.remind_hours), moment.now)
    return _again(report, TOO_OLD, due, facts)


def done(report: KnownReport, kind: str, by: str) -> Sequence[Any]:
    return (TaskClosed(report.report_id, kind, by),)


def ended(report: KnownReport, by: str) -> Sequence[Any]:
    """The report was taken back or erased: nobody is asked about it any more."""
    tasks = [event for kind in (AGAIN, CALL_BACK, LOWER) for event in done(report, kind, by)]
    return ClockStopped(report.report_id, STEP), *tasks


def after_news(decided: Decided) -> Decided:
    """The same decision; where a report says something new about somebody who was graded, she is asked again soon."""

    def with_news(message: Any, facts: Known, moment: Moment) -> Sequence[Any]:
        events = decided(message, facts, moment)
        kept = {one.report.report_id: one.report for one in events if isinstance(one, ReportKept)}
        about = {one.report_id: one for new in kept.values() for one in facts.get(("reports of", new.victim_id), ())}
        known = [one for _, one in sorted({**about, **kept}.items()) if ("risk", one.report_id) in facts and _counts(one)]
        due = moment.now + timedelta(hours=grids(moment).current(moment.now).call_back_hours)
        victims = {new.victim_id for new in kept.values()}
        return *events, *(task for one in known if one.victim_id in victims for task in _again(one, NEWS, due, facts))

    return with_news


def with_task(event: Any) -> Facts:
    """By when she is to be asked again, while that is a task."""
    if not isinstance(event, (TaskOpened, TaskClosed)) or event.kind != AGAIN:
        return {}
    return {("risk again", event.subject): event.due_at if isinstance(event, TaskOpened) else None}


def _again(report: KnownReport, reason: str, due: datetime, facts: Known) -> Sequence[Any]:
    """Whoever is to ask her already gets no more time by it."""
    known: datetime | None = facts.get(("risk again", report.report_id))
    return () if known is not None and known <= due else (_task(report, AGAIN, reason, due),)


def _counts(report: KnownReport) -> bool:
    return report.active and not report.erased


def _task(report: KnownReport, kind: str, reason: str, due: Any) -> TaskOpened:
    return TaskOpened(report.report_id, kind, "duty_officer", reason, due, report.report_id, report.region)
