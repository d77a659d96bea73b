"""What follows when a treatment case moves: what is said, what stops, what waits, who gets the bed? Pure."""

from __future__ import annotations

import calendar
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any, cast

from plumbing.clocks import ClockSet, ClockStopped
from plumbing.rules import Rule
from plumbing.service import Key, Moment
from plumbing.tasks import TaskClosed, TaskOpened
from plumbing.texts import N_
from plumbing.transitions import Move
from services.health_narcology import messages as m
from services.health_narcology.facts import (
    IN_BED,
    CardForgotten,
    Case,
    CaseKept,
    Facility,
    Referral,
    ReferralKept,
    evolve,
    waits,
)

Known = Mapping[Key, Any]
LOCAL = timezone(timedelta(hours=5))  # all statutory clocks run in UTC+5
# The terms are practice, not verified by a lawyer: rules/treatment.toml.
REASONS = {
    "voluntary_offer": N_("offer voluntary treatment first, and note whether it was accepted"),
    "voluntary_review": N_("voluntary treatment: note whether it is over, or was left"),
    "petition": N_("voluntary treatment was declined: file the petition, or end without one"),
    "acceptance": N_("the petition lies with the court: ask whether it was accepted"),
    "refiling": N_("the court returned the petition: mend and file it again, or take it back"),
    "ruling": N_("before the court: note the ruling"),
    "force": N_("granted: note when the ruling comes into force"),
    "no_bed": N_("in force, and no bed in the country: find one, or tell the court"),
    "delivery": N_("a bed is kept: have him brought, or note that he was not"),
    "review": N_("review: treatment goes on, or the court is asked for an early discharge"),
    "discharge": N_("the term the court set is over: discharge"),
    "search": N_("missing under a ruling in force: tell police by telephone, they search"),
    "court_notice": N_("the report behind this case was taken back: tell the court, and take it back or ask to lift it"),
}
_CLOCKS = {"queued": "queue/", "hospitalised": "term/"}
UNCHANGED = "unchanged"
_NO_TASK = ("queue", "term")  # rules that open a clock, or nothing


def go(move: Move, case: Case, command: m.CaseAct, known: tuple[Known, Moment]) -> list[Any]:
    """The case in its next state, with all that follows but the beds; the caller has asked the table if it may."""
    facts, moment = known
    after = _timed(move, case, command, moment.now)
    events = [CaseKept(after), *_stopped(case, after, command.by, moment), *_begun(move, case.state, after, moment)]
    if move.says:
        events.append(m.TreatmentStageReached(case.need_id, case.attempt, move.says))
    if after.state == "ended":
        let_go = _let_go(move, facts["referral", case.need_id], moment)
        events += [let_go, *(forgotten(case.need_id, let_go.referral) if case.erase_at_end else ())]
    return events


def forgotten(need_id: str, referral: Referral | None) -> tuple[Any, ...]:
    """Nothing opens the card of who was erased, and it is said."""
    gone = CardForgotten(need_id), m.CardErasureAcknowledged(need_id)
    return gone if referral is None else (ReferralKept(replace(referral, sealed=None)), *gone)


def open_tasks(case: Case, kinds: set[str], moment: Moment) -> list[Any]:
    """The tasks and clocks of these kinds that the terms in force today call for."""
    return [_opened(rule, case, moment) for rule in met(case, moment) if rule.opens in kinds]


def met(case: Case, moment: Moment) -> list[Rule]:
    """The terms in force today that fit the case as it stands."""
    today = moment.now.astimezone(LOCAL).date()
    days = {"recorded": today, "occurred": today}
    return [rule for rule, found in moment.law.terms.ask(days, case, moment.now) if found.met]


def kinds_of(state: str, moment: Moment) -> set[str]:
    """What may be waiting while a case is in this state, by any rule ever in force."""
    return {rule.opens for rule in moment.law.terms.rules if rule.parameters.get("state") == state}


def folded(facts: Known, events: list[Any]) -> Known:
    """What is known after these events."""
    changes: dict[Any, Any] = {}
    after: Known = ChainMap(changes, cast(Any, facts))
    for event in events:
        changes.update(evolve(after, event))
    return after


def place(case: Case, known: tuple[Known, Moment]) -> list[Any]:
    """The best free bed for one who waits: near home; anywhere, for who has waited long. Nothing if there is none."""
    facts, _ = known
    lending = [facts["facility", code] for code in facts["treatment", "codes"]]
    fitting = [one for one in lending if waits(case) and _fits(case, one)]
    if not fitting:
        return []
    best = min(fitting, key=lambda one: (one.region != case.region, -len(one.beds_free), one.code))
    return _offer(case, best, known)


def pass_on(code: str, known: tuple[Known, Moment]) -> list[Any]:
    """A bed has come free here: whoever fits and has waited longest gets it, and so on while there is a bed."""
    facts, moment = known
    events: list[Any] = []
    for need_id in facts["queue", "all"]:
        now_known = folded(facts, events)
        facility: Facility = now_known["facility", code]
        if not facility.beds_free:
            break
        case: Case = facts["case", need_id]
        if _fits(case, facility):
            events += _offer(case, facility, (now_known, moment))
    return events


def months_later(moment: datetime, months: int) -> datetime:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def _offer(case: Case, facility: Facility, known: tuple[Known, Moment]) -> list[Any]:
    kept = replace(case, facility_code=facility.code, bed=facility.beds_free[0], stay=case.stay + 1)
    move = known[1].law.cases.moves["offered"]
    return go(move, kept, m.CaseAct(case.need_id, move.name, "queue"), known)


def _fits(case: Case, facility: Facility) -> bool:
    return facility.is_open and bool(facility.beds_free) and (case.anywhere or case.region == facility.region)


def _timed(move: Move, case: Case, command: m.CaseAct, now: datetime) -> Case:
    """The next state with its times; who has left a bed has none, and the place in the queue is never lost."""
    after = replace(case, contested=False) if move.name == "court_told" else case
    if move.to == UNCHANGED:
        return after
    after = replace(after, state=move.to, since=now, bed=case.bed if move.to in IN_BED else 0)
    if move.name == "granted":
        return replace(after, months=command.months)
    if move.name == "in_force":
        return replace(after, in_force_at=now)
    if move.name == "hospitalised":
        return replace(after, until=case.until or months_later(now, case.months))
    return replace(after, ended_at=now, code=command.code or move.name) if move.to == "ended" else after


def _stopped(before: Case, after: Case, by: str, moment: Moment) -> list[Any]:
    """What the state that ends had waiting; the word to the court waits on until it is given, or all is over."""
    kinds = kinds_of(before.state, moment) if after.state != before.state else set[str]()
    if after.state == "ended" or not after.contested:
        kinds |= {"court_notice"} if before.contested else set()
    stopped: list[Any] = [TaskClosed(before.need_id, kind, by) for kind in sorted(kinds - set(_NO_TASK))]
    if after.state != before.state and before.state in _CLOCKS:
        stopped.append(ClockStopped(before.need_id, _CLOCKS[before.state]))
    return stopped


def _begun(move: Move, before: str, after: Case, moment: Moment) -> list[Any]:
    """Nothing waits without a clock: each state brings its task, or a clock, by the terms in force."""
    kinds = kinds_of(after.state, moment) if move.to != UNCHANGED else set[str]()  # it has not moved: what waits, waits on
    if after.state == before:
        return open_tasks(after, kinds - {"discharge"}, moment)
    events = open_tasks(after, kinds, moment)
    if after.state == "hospitalised" and after.until is not None:
        step = f"term/{after.attempt}/{after.since.isoformat()}"
        events.append(ClockSet(after.need_id, step, after.until, after.need_id))
    return events


def _opened(rule: Rule, case: Case, moment: Moment) -> Any:
    term = rule.parameters
    due = moment.now + timedelta(days=term.get("due_days", 0), hours=term.get("due_hours", 0))
    if rule.opens == "queue":
        return ClockSet(case.need_id, f"queue/{case.attempt}/{due.isoformat()}", due, case.need_id)
    queue = {"clinic": case.clinic_code, "facility": case.facility_code}.get(term["whose"], term["whose"])
    return TaskOpened(case.need_id, rule.opens, queue, REASONS[rule.opens], due, case.need_id, case.region)


def _let_go(move: Move, referral: Referral, moment: Moment) -> ReferralKept:
    """With the case ends the referral that carried its card, and with that the key."""
    name = "case_withdrawn" if move.name == "report_withdrawn" else "case_ended"
    return ReferralKept(replace(referral, state=moment.law.moves[name].to, ended_at=moment.now))
