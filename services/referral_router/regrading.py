"""What follows for the needs of the one who was graded, or whose graded report changed? Work is ordered anew. Pure."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from plumbing.service import Facts, Moment
from plumbing.tasks import TaskClosed, TaskOpened
from services.referral_router.asking import PERSON_HOURS, Known, rule_of, share
from services.referral_router.facts import WITH_PERSON, Need, NeedKept, Report, evolve
from services.referral_router.lives import needs_by
from services.referral_router.moves import replaced
from services.referral_router.risks import OpenTask, Risk, RiskGraded
from services.referral_router.urgency import grade_of, rank


def take_risk(told: RiskGraded, facts: Known, moment: Moment) -> Sequence[Any]:
    """Kept; who has to act for her already gets less time. What a facility was promised stays as it was promised."""
    known: Risk | None = facts.get(("risk", told.report_id))
    if known is not None and known.version >= told.version:
        return ()
    risk = Risk(told.report_id, told.version, told.grade, told.leaves_region)
    report: Report | None = facts.get(("report", told.report_id))
    after = ChainMap({risk.fact: risk}, cast(Any, facts))
    kept = _regraded(_refs(report), after) if report is not None else []
    return risk, *(event for before, now in kept for event in (NeedKept(now), *_sooner(before, now, after, moment)))


def ordered(events: Sequence[Any], report: Report, facts: Known) -> Sequence[Any]:
    """These events about a report, and the grades of the needs that it leaves, joins or falls out of with it.

    What a person has to do already keeps its hour: only a new grade gives less time.
    """
    before: Report | None = facts.get(("report", report.content.report_id))
    refs = tuple(dict.fromkeys([*_refs(report), *(_refs(before) if before is not None else ())]))
    ids = {report.content.report_id, *(one for ref in refs for one in facts.get(("reports of", ref), ()))}
    if all(facts.get(("risk", one)) is None for one in sorted(ids)):
        return events  # nobody here was ever graded
    after: ChainMap[Any, Any] = ChainMap({}, cast(Any, facts))
    for event in events:
        after.update(evolve(after, event))
    return *events, *(NeedKept(now) for _, now in _regraded(refs, after))


def with_task(event: Any) -> Facts:
    """What a person is to do about a need, and by when; nothing once it is done."""
    if not isinstance(event, (TaskOpened, TaskClosed)) or event.kind != "need":
        return {}
    opened = OpenTask(event.queue, event.reason, event.due_at) if isinstance(event, TaskOpened) else None
    return {("task", event.subject): opened}


def _refs(report: Report) -> tuple[str, str]:
    return report.content.victim_ref, report.content.household_ref


def _regraded(refs: Sequence[str], facts: Known) -> list[tuple[Need, Need]]:
    """(before, now) of each need under way whose grade is another one by now."""
    needs = needs_by((one for ref in refs for one in facts.get(("live", ref), ())), facts)
    grades = [(need, grade_of(need.kind, need.subject_ref, facts)) for need in needs]
    return [(need, replaced(need, grade=grade)) for need, grade in grades if grade != need.grade]


def _sooner(before: Need, need: Need, facts: Known, moment: Moment) -> list[Any]:
    """A task never gets more time by a grade, and keeps its reason."""
    task: OpenTask | None = facts.get(("task", need.need_id)) if need.state == WITH_PERSON else None
    if task is None or rank(need.grade) <= rank(before.grade):
        return []
    hours = rule_of(need, moment).parameters.get("due_hours", PERSON_HOURS)
    due = moment.now + timedelta(hours=hours * share(need, moment))
    if due >= task.due_at:
        return []
    return [TaskOpened(need.need_id, "need", task.queue, task.reason, due, need.subject_ref, need.region)]
