"""What is decided when she is asked about the danger, or a named person sees it otherwise? Pure.

Up goes a grade at once, by one person. Down it goes by two, whether somebody overrides it or she answers otherwise than before:
else one person alone could lower what another raised, by typing answers. Until then the higher one stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from plumbing.service import CommandRefused, Key, Moment
from plumbing.tasks import TaskOpened
from plumbing.texts import N_
from services.police_intake.facts import KnownReport
from services.police_intake.names import fold_name
from services.police_intake.risk import messages as r
from services.police_intake.risk.again import AGAIN, CALL_BACK, LOWER, call_back, done, grids, wound
from services.police_intake.risk.grading import graded
from services.police_intake.risk.grid import Grid

Known = Mapping[Key, Any]
OPEN_DOORS = "open-doors"  # nobody is signed in: then the names alone must differ
TO_LOWER = N_("somebody sees less danger for her: a second person decides, and until then the higher grade stands")


def assess(command: r.AssessRisk, facts: Known, moment: Moment) -> Sequence[Any]:
    """Graded by the grid of the page; unknown answers never lower what stands."""
    report, before = _of(command, facts)
    grid = grids(moment).named(command.grid)
    if (refused := _refused(report, before, command.seen)) or report is None:
        return (refused,)
    if grid is None or grid is not grids(moment).current(moment.now):
        return (CommandRefused("another-grid", "these are not the questions of today: open the page again"),)
    found = graded(grid, dict(command.answers), asked_apart=command.asked_apart)
    stood = before.grade if before else ""
    leaves = command.leaves_region if command.asked_apart else before is not None and before.leaves_region
    is_lower = grid.rank(found.grade) < grid.rank(stood)
    step = r.RiskStep(
        report.report_id, _next(before), "assessed", stood if is_lower else found.grade, found.grade,
        found.grade if is_lower and not found.too_many_unknown else "", "", grid.id, command.asked_apart,
        leaves, command.by, command.actor, command.answers,
    )
    again = call_back(report, grid, moment) if found.too_many_unknown else ()
    closed = [*done(report, AGAIN, command.by), *(() if again else done(report, CALL_BACK, command.by))]
    return step, *_said(step, before), *closed, *wound(step, grid, moment), *again, *_waiting(step, report, (grid, moment))


def raise_grade(command: r.RaiseRisk, facts: Known, moment: Moment) -> Sequence[Any]:
    """One person is enough, also before she could be asked: then she is asked soon."""
    report, before = _of(command, facts)
    grid = grids(moment).current(moment.now)
    if (refused := _refused(report, before, command.seen)) or report is None:
        return (refused,)
    if command.reason not in r.UP or grid.rank(command.grade) <= grid.rank(before.grade if before else ""):
        return (CommandRefused("not-higher", "choose a higher grade than the one that stands, and a reason of the list"),)
    first = r.RiskStep(report.report_id, 0, "", "", "", "", "", grid.id, False, False, "", "")
    step = _after(before or first, command, "raised", command.grade)
    again = () if before else call_back(report, grid, moment)
    return step, *_said(step, before), *wound(step, grid, moment), *again, *_waiting(step, report, (grid, moment))


def propose(command: r.ProposeLower, facts: Known, moment: Moment) -> Sequence[Any]:
    """Nothing is lowered yet: a second person is asked."""
    report, before = _of(command, facts)
    grid = grids(moment).current(moment.now)
    if (refused := _refused(report, before, command.seen)) or report is None:
        return (refused,)
    if before is None or command.reason not in r.DOWN or not 0 <= grid.rank(command.grade) < grid.rank(before.grade):
        return (CommandRefused("not-lower", "choose a lower grade than the one that stands, and a reason of the list"),)
    step = replace(_after(before, command, "lowering", before.grade), proposed=command.grade)
    return step, *_waiting(step, report, (grid, moment))


def decide(command: r.DecideLower, facts: Known, moment: Moment) -> Sequence[Any]:
    """Another person than the first, never the same one under another click."""
    report, before = _of(command, facts)
    if (refused := _refused(report, before, command.seen)) or report is None:
        return (refused,)
    if before is None or not before.proposed:
        return (CommandRefused("nothing-proposed", "nothing waits for a second person here"),)
    if _same(command, before):
        return (CommandRefused("second-lower", "who sees less danger does not decide it alone: another person must"),)
    grid = grids(moment).current(moment.now)
    grade = before.proposed if command.lower else before.grade
    step = _after(before, command, "lowered" if command.lower else "left", grade)
    clocks = wound(step, grid, moment) if command.lower else ()
    return step, *_said(step, before), *done(report, LOWER, command.by), *clocks


def _of(command: Any, facts: Known) -> tuple[KnownReport | None, r.RiskStep | None]:
    return facts.get(("report", command.report_id)), facts.get(("risk", command.report_id))


def _refused(report: KnownReport | None, before: r.RiskStep | None, seen: int) -> CommandRefused | None:
    if report is None or not report.active or report.erased:
        return CommandRefused("unknown-report", "there is no such report, or it was taken back")
    if seen != (before.version if before else 0):
        return CommandRefused("seen-otherwise", "somebody was quicker: look at the risk as it stands now")
    return None


def _next(before: r.RiskStep | None) -> int:
    return before.version + 1 if before else 1


def _after(before: r.RiskStep, command: Any, step: str, grade: str) -> r.RiskStep:
    """The next step of a person: her answers stand as they stood, in their own step."""
    return replace(
        before, version=before.version + 1, step=step, grade=grade, proposed="", reason=getattr(command, "reason", ""),
        by=command.by, actor=command.actor, answers=(),
    )


def _said(step: r.RiskStep, before: r.RiskStep | None) -> Sequence[Any]:
    """The router is told what stands now, if that is news."""
    if before is not None and (step.grade, step.leaves_region) == (before.grade, before.leaves_region):
        return ()
    return (r.RiskGraded(step.report_id, step.version, step.grade, step.leaves_region),)


def _waiting(step: r.RiskStep, report: KnownReport, context: tuple[Grid, Moment]) -> Sequence[Any]:
    """A lower grade waits for its second person; what stands otherwise since then waits no longer."""
    grid, moment = context
    if not step.proposed:
        return done(report, LOWER, step.by)
    due = moment.now + timedelta(hours=grid.second_person_hours)
    return (TaskOpened(report.report_id, LOWER, "supervisor", TO_LOWER, due, report.report_id, report.region),)


def _same(command: r.DecideLower, before: r.RiskStep) -> bool:
    """Another name, and another login wherever people log in."""
    signed_in = before.actor not in ("", OPEN_DOORS) and command.actor not in ("", OPEN_DOORS)
    return fold_name(command.by) == fold_name(before.by) or (signed_in and command.actor == before.actor)
