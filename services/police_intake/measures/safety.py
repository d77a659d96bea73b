"""What is her side told before he is out, or an order ends by its clock: kind and time, nothing more? Pure.

Two are told, always both: her centre, by the need that police know of, whatever its state; and the inspector, by a notice
with a clock. What the centre answers stays on its side: police never learn by it whether she is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from plumbing.clocks import ClockDue
from plumbing.service import Key, Moment
from services.police_intake.measures.following import made
from services.police_intake.measures.lives import CLOCK, NOTHING, REPORT, BeginMeasure, Measure, MeasureKept, MoveMeasure
from services.police_intake.measures.said import OffenderStatusForSafety

if TYPE_CHECKING:
    from services.police_intake.facts import KnownReport
    from services.police_intake.messages import NeedStateChanged

Known = Mapping[Key, Any]
Context = tuple[Known, Moment]
NOTICE, HERS = "safety_notice", "shelter"
# While a case is in such a state he is held; by when he may be out, if the court has set no days (docs/facts.md: unsourced).
HELD = {"detained": timedelta(hours=3), "in_court_held": timedelta(hours=48), "arrested": timedelta(days=1)}
# It binds him also where the court has set no last day; what never bound him does not end.
BOUND = (("no_approach_order", "announced"), ("no_approach_order", "breached"))
DETOX_STAY = timedelta(hours=24)
# (kind of need, state before, state now) → what her side is told. "": whatever it was.
EXITS = {
    ("detox", "arrived", "closed"): "detox_exit", ("examination", "in_treatment", "closed"): "discharged",
    ("examination", "in_treatment", "missing"): "absconded",
}


def ring(clock: ClockDue, facts: Known, moment: Moment) -> Sequence[Any]:
    """What the clock itself does, at the hour it was set to."""
    measure: Measure | None = facts.get(("measure", clock.subject))
    act = moment.law.measures.lives[measure.kind].acts.get(clock.step.split("/")[1]) if measure else None
    if measure is None or act is None or measure.state not in act.from_states:
        return ()
    at = max(clock.due_at, measure.since)
    command = MoveMeasure(measure.measure_id, act.name, CLOCK, measure.version, at=at, office=CLOCK)
    return followed(made(act, measure, command, (facts, moment)), (facts, moment))


def followed(events: Sequence[Any], known: Context) -> list[Any]:
    """These events, and what her side is told by each measure that moved."""
    facts, _ = known
    told = [one for event in events if isinstance(event, MeasureKept) for one in _of_move(event, facts, known)]
    return [*events, *told]


def of_need(told: NeedStateChanged, before: str, known: Context) -> list[Any]:
    """He was admitted to detox, left it, or is out of treatment: police hear no more than that, and neither does she."""
    facts, moment = known
    report: KnownReport | None = facts.get(("report", told.report_id))
    if report is None or not report.active:
        return []
    base = Measure(
        told.need_id, "need", report.report_id, report.respondent_id, report.region, told.state, 0, moment.now, moment.now
    )
    if (told.kind, told.state) == ("detox", "arrived") and before != "arrived":
        return _notice(base, "detox_exit", moment.now + DETOX_STAY, known)
    kind = EXITS.get((told.kind, before, told.state))
    return _out(base, kind, known) if kind else []


def _of_move(event: MeasureKept, facts: Known, known: Context) -> list[Any]:
    after, moved = event.measure, event.moved
    act = known[1].law.measures.lives[after.kind].acts[moved.act]
    before: Measure | None = facts.get(("measure", after.measure_id))
    if moved.act == "report_withdrawn" or after.kind == NOTICE:
        return []
    if act.tells and (before is None or before.until is not None or (before.kind, before.state) in BOUND):
        ends = after.until if act.to == "unchanged" and after.until else moved.at
        return _notice(after, act.tells, ends, known)
    was = before.state if before else NOTHING
    if after.state in HELD and after.state != was:
        return _notice(after, "released", _until(after), known)
    return _out(after, "released", known) if was in HELD and after.state not in HELD else []


def _until(measure: Measure) -> datetime:
    """An arrest ends on the day the court has set."""
    return measure.until if measure.state == "arrested" and measure.until else measure.since + HELD[measure.state]


def _notice(base: Measure, kind: str, when: datetime, known: Context) -> list[Any]:
    """A notice with a clock for the inspector, in place of one that waited about the same; and the word to her centre."""
    moment = known[1]
    none = replace(
        base, measure_id=moment.ids.new(), kind=NOTICE, state=NOTHING, version=0, began_at=moment.now, since=moment.now,
        until=when, code="", about=base.measure_id, told={}, court=False,
    )
    begins = BeginMeasure(base.report_id, NOTICE, "tell", REPORT, kind)
    life = moment.law.measures.lives[NOTICE]
    return [*_moved_on("replace", base, known), *made(life.acts["tell"], none, begins, known), *_said(base, kind, when, known)]


def _out(base: Measure, kind: str, known: Context) -> list[Any]:
    """He is out: a notice that still waits becomes an alert, and her centre is told again."""
    return [*_moved_on("he_is_out", base, known), *_said(base, kind, known[1].now, known)]


def _moved_on(name: str, base: Measure, known: Context) -> list[Any]:
    facts, moment = known
    act = moment.law.measures.lives[NOTICE].acts[name]
    about = [one for one in facts.get(("measures of", base.report_id), ()) if one.about == base.measure_id]
    return [
        event for one in about if one.kind == NOTICE and one.state in act.from_states
        for event in made(act, one, MoveMeasure(one.measure_id, name, REPORT, one.version, office=REPORT), known)
    ]


def _said(base: Measure, kind: str, when: datetime, known: Context) -> list[Any]:
    """To the hour, and never later than it is."""
    hour = when.replace(minute=0, second=0, microsecond=0)
    needs = known[0].get(("needs of", base.report_id), ())
    return [OffenderStatusForSafety(need.need_id, kind, hour) for need in needs if need.kind == HERS]
