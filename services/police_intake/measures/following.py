"""What follows when a measure moves: what is kept, what stops, what waits from now on, what begins or falls with it? Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from plumbing.clocks import ClockSet, ClockStopped
from plumbing.service import Key, Moment
from plumbing.tasks import TaskClosed, TaskOpened
from services.police_intake.measures.asked import Asked
from services.police_intake.measures.days import days_of, end_of_day, months_later
from services.police_intake.measures.lives import (
    NOTHING,
    REPORT,
    Act,
    BeginMeasure,
    Measure,
    MeasureKept,
    MeasureMoved,
    MoveMeasure,
)
from services.police_intake.measures.reasons import REASONS, RESTS

if TYPE_CHECKING:
    from plumbing.rules import Rule

Known = Mapping[Key, Any]
Context = tuple[Known, Moment]
REST_WITHIN = timedelta(hours=24)
# What becomes of a measure when the one it is about does: by its own act of this name, if it has one.
FALLS = {
    "overturned": "base_gone", "revoked": "base_revoked",
    "sentenced": "base_ended", "acquitted": "base_ended", "closed": "base_ended",
}


def made(act: Act, before: Measure, command: BeginMeasure | MoveMeasure, known: Context) -> list[Any]:
    """The measure after this act, with all that follows; the caller has asked the table if it may."""
    moment = known[1]
    at = command.at or moment.now
    after = _after(act, before, command, at)
    asked = Asked(after, act, command.told, None, 0, moment.now)
    begun = _begun(asked, moment)
    after = replace(after, until=_until(begun, after, command, at))
    what = (after.measure_id, after.version, act.name, after.state)
    moved = MeasureMoved(*what, command.code, command.by, at, dict(command.told))
    return [
        MeasureKept(after, moved), *_stopped(act, before, after, (begun, moment, command.by)),
        *(_opened(rule, after, at) for rule in begun), *_children(act, after, command, moment),
        *_rested(act, after, known),
    ]


def tasks_of(kind: str, moment: Moment) -> list[Rule]:
    """Every rule, ever in force, that brings a task or clock to a life of this kind."""
    rules = moment.law.measures.terms.rules
    return [rule for rule in rules if rule.question == "begun" and rule.parameters["kind"] == kind]


def _after(act: Act, before: Measure, command: BeginMeasure | MoveMeasure, at: datetime) -> Measure:
    """The code that began it stays; what was told is kept beside what was told before."""
    state = act.after(before.state)
    since = before.since if state == before.state else at
    code = command.code if before.state == NOTHING else before.code
    court, told = before.court if act.court is None else act.court, {**before.told, **command.told}
    return replace(before, state=state, version=before.version + 1, since=since, code=code, told=told, court=court)


def _begun(asked: Asked, moment: Moment) -> list[Rule]:
    answers = moment.law.measures.terms.ask(days_of(asked), asked, kind=asked.measure.kind)
    return [rule for rule, found in answers if rule.question == "begun" and found.met]


def _until(begun: list[Rule], after: Measure, command: BeginMeasure | MoveMeasure, at: datetime) -> datetime | None:
    """By the days, months or day a court has set, else by a term of the law; what has none keeps what it had."""
    if "days" in command.told:
        return at + timedelta(days=int(command.told["days"]))
    if any(rule.parameters.get("by_the_courts_months") for rule in begun):
        return months_later(at, int(after.told["months"]))
    if any(rule.parameters.get("by_the_courts_day") for rule in begun):
        return end_of_day(after.told["until_day"])
    hours = [rule.parameters["due_hours"] for rule in begun if rule.opens == "clock/expire"]
    return at + timedelta(hours=hours[0]) if hours else after.until


def _opened(rule: Rule, after: Measure, at: datetime) -> Any:
    term = rule.parameters
    if _is_clock(rule):
        assert after.until is not None
        step = f"measure/{rule.opens.removeprefix('clock/')}/{after.version}"
        rung = after.until - timedelta(hours=term.get("before_its_end_hours", 0))
        return ClockSet(after.measure_id, step, max(rung, at), after.measure_id)
    due = _due(term, after, at)
    task = (after.measure_id, rule.opens, term["queue"], REASONS[rule.opens], due, after.measure_id)
    return TaskOpened(*task, after.region)


def _due(term: Any, after: Measure, at: datetime) -> datetime:
    """So many hours from now, or that part of them a court has set; or at its end, or before that, where it is far enough."""
    times = int(after.told.get("reports_a_month", "1")) if term.get("by_the_courts_reports") else 1
    due = at + timedelta(hours=term["due_hours"]) / times
    if after.until is None:
        return due
    if "hours_before_its_end" in term:
        return max(due, after.until - timedelta(hours=term["hours_before_its_end"]))
    return after.until if term.get("by_its_end") else due


def _stopped(act: Act, before: Measure, after: Measure, what: tuple[list[Rule], Moment, str]) -> list[Any]:
    """What waited for this act, or in the states that were left; what begins anew by this act is not closed first."""
    begun, moment, by = what
    stopped: list[Any] = [TaskClosed(after.measure_id, "base_gone", by)] if before.about and before.version else []
    for rule in tasks_of(before.kind, moment):
        left = before.state in rule.parameters["states"] and after.state not in rule.parameters["states"]
        if rule in begun or not (left or act.name in rule.parameters.get("done_by", ())):
            continue
        if _is_clock(rule):
            stopped.append(ClockStopped(after.measure_id, f"measure/{rule.opens.removeprefix('clock/')}/"))
        else:
            stopped.append(TaskClosed(after.measure_id, rule.opens, by))
    return stopped


def _children(act: Act, parent: Measure, command: BeginMeasure | MoveMeasure, moment: Moment) -> list[Any]:
    """The life that this act begins, and that names this one: a case about a breach, a line of the ledger."""
    if not act.begins or (act.if_court and not parent.court):
        return []
    kind, name, *code = act.begins.split()
    at = command.at or moment.now
    none = replace(
        parent, measure_id=moment.ids.new(), kind=kind, state=NOTHING, version=0, began_at=at, since=at, until=None, code="",
        about=parent.measure_id, told={}, court=False,
    )
    born = BeginMeasure(parent.report_id, kind, name, command.by, code[0] if code else "", {}, at)
    return made(moment.law.measures.lives[kind].acts[name], none, born, ({}, moment))


def _rested(act: Act, base: Measure, known: Context) -> list[Any]:
    """What rested on what falls: what has an act for that moves by it; anything else on what is overturned goes to a person."""
    facts, moment = known
    events: list[Any] = []
    for one in (one for one in facts.get(("measures of", base.report_id), ()) if one.about == base.measure_id):
        life = moment.law.measures.lives[one.kind]
        falls = life.acts.get(FALLS.get(act.to, ""))
        if falls is not None and one.state in falls.from_states:
            gone = MoveMeasure(one.measure_id, falls.name, REPORT, one.version, office=REPORT)
            events += made(falls, one, gone, known)
        elif act.to == "overturned" and falls is None and one.state not in ("withdrawn", "overturned"):
            due = moment.now + REST_WITHIN
            events.append(TaskOpened(one.measure_id, "base_gone", "duty_head", RESTS, due, one.measure_id, one.region))
    return events


def _is_clock(rule: Rule) -> bool:
    return rule.opens.startswith("clock/")
