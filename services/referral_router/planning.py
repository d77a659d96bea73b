"""What does the law call for in a report, and what follows for the needs it has already? Pure."""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, replace
from typing import Any, cast

from plumbing.rules import Finding, Rule
from plumbing.service import Moment
from plumbing.texts import N_, told
from services.referral_router.agreeing import as_agreed, taken_back
from services.referral_router.asking import Events, Known, ask_next, keep, tell, to_person, withdraw
from services.referral_router.case import Case
from services.referral_router.facts import ANSWERED, ARRIVED, CAME, LEFT, LIVE, Need, Report, ReportAssessed, evolve
from services.referral_router.lives import history, needs_by, needs_of, other_reports
from services.referral_router.messages import ReportContent
from services.referral_router.moves import is_guest, replaced
from services.referral_router.urgency import grade_of

NOTHING = "nothing"  # what a rule opens that is only asked, so that its finding can be read
Wanted = tuple[list[Any], tuple[Finding, ...]]


@dataclass(frozen=True)
class Want:
    """One thing a report calls for, by which rule, and for whom."""

    kind: str
    subject_ref: str
    rule: Rule
    fresh: bool


def wants(content: ReportContent, facts: Known, moment: Moment, *, gone: str = "", opens: str = "") -> Wanted:
    """What the law in force on the day calls for (only what `opens` this); `gone` is a report that no longer counts."""
    content = as_agreed(content, facts)
    case = Case(content, history(content, facts, gone), moment.now)
    asked = moment.law.ask(case.days(), case, opens=opens)
    called = [_want(rule, content, case) for rule, finding in asked if finding.met and rule.opens != NOTHING]
    return [want for want in called if want is not None], tuple(finding for _, finding in asked)


def plan(content: ReportContent, wanted: list[Want], facts: Known, moment: Moment) -> Events:
    """Open what is new, withdraw what is no longer called for, leave the rest untouched."""
    counted = [need for need in needs_of(content.report_id, facts) if _counts(need)]
    own = {need.kind: need for need in sorted(counted, key=lambda one: one.state in LIVE)}
    # She keeps the place she came to. Help is offered to her all the same: else police would read in it whether she left.
    guests = [need for need in own.values() if need.state in CAME and need.subject_ref == content.victim_ref]
    there = {need.kind for need in guests if taken_back(need, facts)}
    events: Events = []
    for want in wanted:
        events += _meet(want, own.pop(want.kind, None), content, (facts, moment))
    for need in own.values():
        if need.state in (*LIVE, LEFT) and need.kind not in there:
            events += let_go(need, content.report_id, "corrected", (facts, moment))
    return events


def drop(report: Report, reason: str, facts: Known, moment: Moment) -> Events:
    """The report is taken back: withdraw or hand over its needs, and count anew for the others."""
    report_id = report.content.report_id
    events: Events = []
    for need in needs_of(report_id, facts):
        if need.state in LIVE or left_a_trace(need):
            events += let_go(need, report_id, reason, (facts, moment))
    return events + recount(replace(report, active=False), reason, facts, moment)


def _meet(want: Want, own: Need | None, content: ReportContent, known: tuple[Known, Moment]) -> Events:
    facts = known[0]
    new = _new_need(want, content, known)
    about_the_same = own is not None and own.subject_ref == new.subject_ref
    if own is not None and about_the_same and (own.state in (*ANSWERED, ARRIVED) or own.what() == new.what()):
        return []
    let_go = _replaced_by(new, own, known) if own is not None else []
    for other in needs_by(facts.get(("live", want.subject_ref), ()), facts):
        if other.kind == want.kind and other is not own:
            return [*let_go, tell(other, content.report_id)]  # nobody is referred twice: that need answers this report
    return [*let_go, *_open(new, want, known)]


def _replaced_by(new: Need, own: Need, known: tuple[Known, Moment]) -> Events:
    """About the same person something else is asked; about another one, the first may still be called for elsewhere."""
    if own.subject_ref == new.subject_ref:
        return withdraw(own, "corrected", known[1])
    return let_go(own, own.report_id, "corrected", known) if own.state in LIVE or left_a_trace(own) else []


def _open(need: Need, want: Want, known: tuple[Known, Moment]) -> Events:
    facts, moment = known
    queue = want.rule.parameters.get("queue")
    if queue:
        reason = told(N_("a person is to help at once with: %(kind)s"), kind=f"need/{want.kind}")
        return to_person(need, None, (queue, reason), moment)
    if not want.fresh:
        reason = N_("an older report starts no night clock: speak with her first")
        return to_person(need, None, ("womens_protection_inspector", reason), moment)
    if need.region == "unknown":
        return to_person(need, None, ("coordinator", N_("the region could not be read")), moment)
    return ask_next(need, None, facts, moment)


def let_go(need: Need, report_id: str, reason: str, known: tuple[Known, Moment]) -> Events:
    for other in other_reports(need.subject_ref, report_id, known[0]):
        if need.state == LEFT and _has_own(other, need, known[0]):
            continue
        called, _ = wants(other.content, *known, gone=report_id)
        if any(want.kind == need.kind and want.subject_ref == need.subject_ref for want in called):
            moved = replaced(need, report_id=other.content.report_id)
            return keep(moved, need if is_guest(need) else None)  # who rests on an arrived guest has been told
    return withdraw(need, reason, known[1])


def _has_own(report: Report, need: Need, facts: Known) -> bool:
    """Did this report open a need of its own? Only one that rested on a guest's place goes on resting on it."""
    own = needs_of(report.content.report_id, facts)
    return any((one.kind, one.subject_ref) == (need.kind, need.subject_ref) for one in own)


def recount(report: Report, reason: str, facts: Known, moment: Moment) -> Events:
    """What this report is now may make another one a repeat, or a repeat no longer, in whatever order they came."""
    before: Report | None = facts.get(("report", report.content.report_id))
    if before is None and not facts.get(("reports of", report.content.respondent_ref or "")):
        return []  # the first report about him repeats nothing
    after = ChainMap(evolve(facts, ReportAssessed(report)), cast(Any, facts))
    respondents = {one.content.respondent_ref for one in (report, before) if one is not None}
    return [
        event
        for respondent in sorted(one for one in respondents if one)
        for event in _recount_one(report, respondent, reason, (after, moment))
    ]


def _recount_one(report: Report, respondent: str, reason: str, known: tuple[Known, Moment]) -> Events:
    after, moment = known
    others = other_reports(respondent, report.content.report_id, after)
    called = {one.content.report_id: (one, want) for one in (report, *others) if (want := _repeats(one, respondent, known))}
    live = next((need for need in needs_by(after.get(("live", respondent), ()), after) if need.kind == "examination"), None)
    if live is not None:
        if live.report_id in (report.content.report_id, *called):
            return []
        return keep(replaced(live, report_id=min(called)), None) if called else withdraw(live, reason, moment)
    if report.content.report_id in called:
        return []  # it has opened its own
    for report_id, (other, want) in sorted(called.items()):
        if not any(need.kind == "examination" and _counts(need) for need in needs_of(report_id, after)):
            return _open(_new_need(want, other.content, known), want, known)
    return []


def _repeats(report: Report, respondent: str, known: tuple[Known, Moment]) -> Want | None:
    """Whether this report calls for an examination of this respondent."""
    if not report.active or report.content.respondent_ref != respondent:
        return None
    wanted, _ = wants(report.content, *known, opens="examination")
    return wanted[0] if wanted else None


def _want(rule: Rule, content: ReportContent, case: Case) -> Want | None:
    subject: Any = {
        "shelter": content.victim_ref, "offer_help": content.victim_ref, "child_help": content.victim_ref,
        "mirror_review": content.victim_ref, "detox": content.respondent_ref, "examination": content.respondent_ref,
        "child_notice": content.household_ref,
    }[rule.opens]
    fresh = case.is_fresh(rule.parameters.get("fresh_hours"))
    return Want(rule.opens, subject, rule, fresh) if subject else None


def _new_need(want: Want, content: ReportContent, known: tuple[Known, Moment]) -> Need:
    facts, moment = known
    children = content.children or 0
    if want.kind == "child_notice" and content.victim_age == "child":
        children = max(children, 1)
    verified = want.rule.citation.verified_by or "not verified by a lawyer"
    basis = f"{want.rule.id} · {want.rule.citation} · {verified}"
    return Need(
        moment.ids.new(), content.report_id, want.kind, want.subject_ref, content.region, 1,
        children if want.kind in ("shelter", "child_notice") else 0, content.victim_sex, content.victim_age,
        content.intoxication, want.rule.id, basis, "", "", 0, "", (), 0, 0,
        opened_at=moment.now, grade=grade_of(want.kind, want.subject_ref, facts),
    )


def left_a_trace(need: Need) -> bool:
    """A narcologist or akimat has decided and may keep something of it: a report taken back takes that back too.

    A guest who has left is let go of like one who is there: nobody is called back, and police see no difference.
    """
    if need.state == LEFT:
        return True
    return need.state in ANSWERED and need.kind in ("examination", "child_notice") and need.attempt > 0


def _counts(need: Need) -> bool:
    return need.state in (*LIVE, *ANSWERED)
