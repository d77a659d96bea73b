"""Where is what was heard counted, and is it a surge? Pure: (message, facts, moment) → events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from plumbing.service import Key, Moment
from services.situation_monitor import messages as m
from services.situation_monitor.facts import ALMATY, PlacesMoved, Surge, SurgeRaised, Tallied, WatchKept, cell, surge_key

Known = Mapping[Key, Any]
HOUR = timedelta(hours=1)
NO_REPORT = ("held", "duplicate", "ignored", "rejected", "refused")


def count_report(told: m.ReportCounted, facts: Known, moment: Moment) -> Sequence[Any]:
    """Under the hour police recorded it; what became no report is counted apart."""
    kind = "record" if told.outcome in NO_REPORT else "report"
    return (Tallied(cell(told.recorded_hour, told.region, "police_intake", kind, "", told.outcome, told.source)),)


def count_records(told: m.RecordsCounted, facts: Known, moment: Moment) -> Sequence[Any]:
    return (Tallied(cell(told.hour, told.region, "police_intake", "journal", "", "read"), told.records),)


def count_measure(told: m.MeasureCounted, facts: Known, moment: Moment) -> Sequence[Any]:
    return (Tallied(cell(told.hour, told.region, "police_intake", told.kind, told.from_state, told.to_state)),)


def count_assessment(told: m.AssessmentCounted, facts: Known, moment: Moment) -> Sequence[Any]:
    return (Tallied(cell(told.recorded_hour, told.region, "referral_router", "assessment", "", told.outcome)),)


def count_need(told: m.NeedCounted, facts: Known, moment: Moment) -> Sequence[Any]:
    where = cell(told.hour, told.region, "referral_router", told.kind, told.from_state, told.to_state, told.code)
    return (Tallied(where, 1, told.hours_waited),)


def count_life(told: m.LifeCounted, facts: Known, moment: Moment) -> Sequence[Any]:
    owner = _owner(told)
    tallied = Tallied(cell(told.hour, told.region, owner, told.kind, told.from_state, told.to_state))
    if not told.free_change:
        return (tallied,)
    return tallied, PlacesMoved(owner, told.region, told.place, 0, told.free_change)


def count_places(told: m.PlacesCounted, facts: Known, moment: Moment) -> Sequence[Any]:
    return (PlacesMoved(_owner(told), told.region, told.place, told.places, told.places),)


def raise_surge(command: m.RaiseSurge, facts: Known, moment: Moment) -> Sequence[Any]:
    """The rule in force on the day of the hour is asked; an hour of a territory is raised once."""
    if facts.get(surge_key(command.territory, command.hour)) is not None:
        return ()
    rule_id = surging(moment.law, command, moment.now)
    if not rule_id:
        return ()
    return (SurgeRaised(Surge(command.territory, command.hour, command.region, command.reports, rule_id)),)


def keep_watch(command: m.KeepWatch, facts: Known, moment: Moment) -> Sequence[Any]:
    return (WatchKept(command.partition, command.number),)


def surging(law: Any, seen: m.RaiseSurge, now: datetime) -> str:
    """The rule by which this is a surge; empty if it is none."""
    day: date = seen.hour.astimezone(ALMATY).date()
    found = law.ask({"recorded": day, "occurred": day}, seen.reports, seen.before, (now - seen.hour) // HOUR)
    return next((rule.id for rule, finding in found if finding.met), "")


def _owner(told: Any) -> str:
    return str(told.event).split(".")[0]
