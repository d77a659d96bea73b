"""Can this have happened then? Pure: not yet, not before its time, and a breach only while the order bound him."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from plumbing.service import CommandRefused, Moment
from services.police_intake.journal.moments import KAZAKHSTAN
from services.police_intake.measures.lives import NOTHING, Act, BeginMeasure, Measure, MoveMeasure

Command = BeginMeasure | MoveMeasure
OVER = "clock/expire"


def hindrance(act: Act, command: Command, before: Measure, moment: Moment) -> CommandRefused | None:
    """None if the hour that was told (now, if none was) is one at which this act can have been done."""
    at = command.at or moment.now
    if at > moment.now:
        return CommandRefused("in-the-future", "this has not happened yet", before.state)
    if act.bound and before.until is not None:
        return _of_bound(at, before.until, before, moment)
    if command.at is not None and before.state != NOTHING and at < before.since:
        return CommandRefused("before-start", f"it is {before.state} since {_said(before.since)}", before.state)
    return _of_last_day(command, before, moment.now)


def _of_bound(at: datetime, until: datetime, before: Measure, moment: Moment) -> CommandRefused | None:
    """From its service, so many hours before its end as its term has, to its last minute; the minute it ends is free."""
    if at >= until:
        return CommandRefused("over", f"it bound him until {_said(until)}", before.state)
    ending = (rule.parameters for rule in moment.law.measures.terms.rules if rule.opens == OVER)
    terms = [term["due_hours"] for term in ending if term["kind"] == before.kind]
    served = until - timedelta(hours=max(terms)) if terms else before.since
    if at < served:
        return CommandRefused("before-start", f"it bound him from {_said(served)}", before.state)
    return None


def _of_last_day(command: Command, before: Measure, now: datetime) -> CommandRefused | None:
    """The last day that a court has set is a day, and none before its decision."""
    told = command.told.get("until_day", "none")
    if told == "none":
        return None
    try:
        is_past = date.fromisoformat(told) < (command.at or now).astimezone(KAZAKHSTAN).date()
    except ValueError:
        return CommandRefused("missing-fact", "tell until_day", before.state)
    return CommandRefused("before-start", "its last day is before the court's decision", before.state) if is_past else None


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(KAZAKHSTAN):%Y-%m-%d %H:%M}"
