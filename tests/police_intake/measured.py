"""What do tests of measures share: a report about two people, a measure in any state, and whoever acts on it?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from plumbing.clocks import ClockDue, ClockSet, ClockStopped
from plumbing.identity import Ids
from plumbing.service import Moment
from plumbing.tasks import TaskOpened, clocks_of
from services.police_intake.facts import KnownReport, Person
from services.police_intake.measures import moving, safety, taking_back
from services.police_intake.measures.following import made
from services.police_intake.measures.lives import (
    CLOCK,
    NOTHING,
    POLICE,
    PROSECUTOR,
    REPORT,
    BeginMeasure,
    Measure,
    MeasureKept,
    MoveMeasure,
)
from services.police_intake.wiring import SERVICE

NOW = datetime(2026, 11, 22, 10, 7, 31, tzinfo=UTC)
LAW = SERVICE.law
LIVES = LAW.measures.lives
MOMENT = Moment(NOW, Ids(b"seed"), LAW)
HIM = Person("he", "еркін", "Еркін", date(1990, 4, 3), None, "victim-of-he", "he-as-respondent")
RECORDED = NOW - timedelta(days=3)
TOLD = {
    "witnessed": "yes", "consented": "yes", "days": "10", "hours": "40", "hours_done": "4", "months": "3",
    "reports_a_month": "1", "born": "1990-04-03", "erdr_number": "2" * 15, "number": "A-1", "basis": "medical",
    "until_day": "2027-01-31",
}


def report(**changes: Any) -> KnownReport:
    usual = {
        "report_id": "report", "identity": "", "version": 1, "active": True, "victim_id": "she", "respondent_id": "he",
        "household_ref": "home", "extracted_at": None, "recorded_at": RECORDED, "address_key": "", "consent": "yes",
        "region": "KZ-55",
    }
    return KnownReport(**{**usual, **changes})


def measure(kind: str, state: str, **changes: Any) -> Measure:
    usual = {"code": "73" if kind == "administrative_case" else "", "told": {"months": "3", "days": "10", "until_day": "2027-01-31"}}
    return Measure(**{
        "measure_id": "measure", "kind": kind, "report_id": "report", "person_id": "he", "region": "KZ-55", "state": state,
        "version": 3, "began_at": NOW - timedelta(days=2), "since": NOW - timedelta(days=1), **usual, **changes,
    })


def known(*measures: Measure, **changes: Any) -> dict[Any, Any]:
    """Facts about the report, him, and these measures on it."""
    facts: dict[Any, Any] = {("report", "report"): report(**changes), ("person", "he"): HIM}
    for one in measures:
        facts["measure", one.measure_id] = one
        for key in (("measures of", one.report_id), ("measures about", one.person_id or "")):
            facts[key] = (*facts.get(key, ()), one)
    return facts


def told_with(act: Any, **changes: str) -> dict[str, str]:
    return {name: changes.get(name, TOLD[name]) for name in act.needs}


def tried(act: Any, state: str, code: str = "", **more: Any) -> list[Any]:
    """What follows when whoever may try this act tries it on a life in this state."""
    code = code or (*act.codes, "")[0]
    facts = known(*([] if state == NOTHING else [measure(act.kind, state)]))
    if act.office == REPORT and act.name == "report_withdrawn":
        return list(taking_back.take_back("report", facts, MOMENT))
    if act.office == REPORT:
        before = measure(act.kind, state, **({"version": 0} if state == NOTHING else {}))
        return made(act, before, MoveMeasure("measure", act.name, REPORT, 3, code, office=REPORT), (facts, MOMENT))
    if act.office == CLOCK:
        return list(safety.ring(ClockDue("measure", f"measure/{act.name}/2", NOW, "measure"), facts, MOMENT))
    if NOTHING in act.from_states and state == NOTHING:
        told = more.pop("told", told_with(act))
        if act.against:
            facts, more["about"] = known(measure(act.against[0], "served", measure_id="base")), "base"
        return list(moving.begin(BeginMeasure("report", act.kind, act.name, "Aigul", code, told, **more), facts, MOMENT))
    return do(act, facts, code=code, **more)


def do(act: Any, facts: dict[Any, Any], **more: Any) -> list[Any]:
    """A person of the right office does this to the measure of the facts, having seen it as it is."""
    office = act.office if act.office in (POLICE, PROSECUTOR) else POLICE
    usual = {"measure_id": "measure", "act": act.name, "by": "Aigul", "seen": facts["measure", "measure"].version,
             "told": told_with(act), "office": office}
    command = MoveMeasure(**{**usual, **more})
    return list(moving.move(command, facts, MOMENT))


def kept(events: list[Any]) -> Measure:
    """The measure that the act was about: children are kept behind it."""
    return next(event.measure for event in events if isinstance(event, MeasureKept))


def after(events: list[Any], facts: dict[Any, Any]) -> dict[Any, Any]:
    facts = dict(facts)
    for event in events:
        facts.update(SERVICE.evolve(facts, event))
    return facts


def running(events: list[Any], before: frozenset[str], subject: str) -> frozenset[str]:
    """The steps of clocks, without their hours, that run after these events."""
    steps = set(before)
    for event in events:
        for own in clocks_of(event) or [event]:
            if getattr(own, "subject", "") != subject:
                continue
            if isinstance(own, ClockSet):
                steps.add(own.step.rsplit("/", 1)[0] + "/")
            elif isinstance(own, ClockStopped):
                steps = {step for step in steps if not step.startswith(own.step)}
    return frozenset(steps)


def begin(kind: str, act: str, facts: dict[Any, Any], **more: Any) -> list[Any]:
    """What follows when Aigul begins this on the report."""
    return list(moving.begin(BeginMeasure("report", kind, act, "Aigul", **more), facts, MOMENT))


def tasks(events: list[Any]) -> dict[str, TaskOpened]:
    return {event.kind: event for event in events if isinstance(event, TaskOpened)}


def measures(events: list[Any]) -> list[Measure]:
    return [event.measure for event in events if isinstance(event, MeasureKept)]
