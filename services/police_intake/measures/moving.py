"""What is decided when a person begins or moves a measure, or finds the report of one that waits? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from plumbing.service import CommandRefused, Key, Moment
from plumbing.tasks import TaskClosed, TaskOpened
from plumbing.texts import N_
from services.police_intake.facts import KnownReport
from services.police_intake.measures import refusing, ruling
from services.police_intake.measures.following import made
from services.police_intake.measures.lives import (
    NOTHING,
    BeginMeasure,
    Measure,
    MeasureKept,
    MeasureParked,
    MoveMeasure,
    SettleParked,
)
from services.police_intake.measures.safety import followed
from services.police_intake.measures.superseding import superseded
from services.police_intake.oversight.late import limit

Known = Mapping[Key, Any]
PARKED_WITHIN = timedelta(hours=24)
PARKED = N_("a measure about a report that nobody knows: say which report it belongs to")


def begin(command: BeginMeasure, facts: Known, moment: Moment) -> Sequence[Any]:
    """On a report that is known; else it is kept as it came, and a person finds its report."""
    life = moment.law.measures.lives.get(command.kind)
    if life is None:
        return (CommandRefused("unknown-act", "there is no such measure"),)
    baseless = refusing.baseless(command, facts, moment)
    if baseless is not None:
        return (baseless,)
    report: KnownReport | None = facts.get(("report", command.report_id))
    if report is None:
        parked = MeasureParked(moment.ids.new(), command)
        due = moment.now + PARKED_WITHIN
        return parked, TaskOpened(parked.parked_id, "parked_measure", "duty_head", PARKED, due, parked.parked_id)
    if not report.active or report.erased:
        return (CommandRefused("taken-back", "this report was taken back or erased: no measure rests on it"),)
    start = command.at or moment.now
    if start < report.recorded_at - limit(moment.law.registration.pack, report.recorded_at):  # an order may be older
        return (CommandRefused("before-start", "this would be before the report it rests on"),)
    none = Measure(
        moment.ids.new(), command.kind, report.report_id, report.respondent_id, report.region, NOTHING, 0, start, start,
        about=command.about,
    )
    twice = refusing.second(command, facts, moment)
    return (twice,) if twice is not None else _tried(none, command, (facts, moment))


def move(command: MoveMeasure, facts: Known, moment: Moment) -> Sequence[Any]:
    """By the table, or refused with the state it was in."""
    measure: Measure | None = facts.get(("measure", command.measure_id))
    if measure is None:
        return (CommandRefused("unknown-measure", "there is no such measure"),)
    return _tried(measure, command, (facts, moment))


def settle(command: SettleParked, facts: Known, moment: Moment) -> Sequence[Any]:
    """A person names its report: what waited begins there, or is refused there and goes on waiting."""
    parked: MeasureParked | None = facts.get(("parked", command.parked_id))
    if parked is None or parked.settled_as:
        return (CommandRefused("not-waiting", "nothing waits here", parked.settled_as if parked else ""),)
    closed = TaskClosed(parked.parked_id, "parked_measure", command.by)
    if not command.report_id:
        return replace(parked, settled_as="no_report", settled_by=command.by), closed
    if ("report", command.report_id) not in facts:
        return (CommandRefused("unknown-report", "there is no such report"),)
    events = begin(replace(parked.begins, report_id=command.report_id), facts, moment)
    if any(isinstance(event, CommandRefused) for event in events):
        return events
    return *events, replace(parked, settled_as=command.report_id, settled_by=command.by), closed


def _tried(measure: Measure, command: BeginMeasure | MoveMeasure, known: tuple[Known, Moment]) -> Sequence[Any]:
    act = known[1].law.measures.lives[measure.kind].acts.get(command.act)
    refused = refusing.hindrance(act, command, measure, known)
    if refused is not None or act is None:
        return (refused,)
    events = made(act, measure, command, known)
    found = ruling.found(act, events[0].measure, command, known)
    against = ruling.against(found, command.told)
    if against is not None:
        return (against,)
    ended = superseded(act, events[0].measure, command.by, known)
    return followed([_noted(events[0], ruling.beside(found)), *events[1:], *ended], known)


def _noted(kept: MeasureKept, beside: Mapping[str, str]) -> MeasureKept:
    """What stands in the history of the act; the measure itself is not told it for ever."""
    return replace(kept, moved=replace(kept.moved, told={**kept.moved.told, **beside})) if beside else kept
