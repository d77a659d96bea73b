"""What is decided when an officer takes her withdrawal, or asks to tell something without her yes? Pure."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from json import dumps
from typing import Any, cast

from plumbing.service import CommandRefused, Key, Moment
from plumbing.tasks import TaskClosed, TaskOpened
from plumbing.texts import N_
from services.police_intake.consent import messages as c
from services.police_intake.consent.contract import AS_RECORDED, WITHDRAWN, Contract, Ground, local_day
from services.police_intake.consent.standing import is_own
from services.police_intake.consent.taking import given, withdrawn
from services.police_intake.consent.withdrawing import stands
from services.police_intake.facts import KnownReport, Person, repeated
from services.police_intake.messages import Replied
from services.police_intake.names import fold_name
from services.police_intake.persons import reports_about, root_of, rows_of
from services.police_intake.registering import restated
from services.police_intake.report import Consent
from services.police_intake.resealing import cards_again
from services.police_intake.stating import Stated

Known = Mapping[Key, Any]
Decide = Callable[[Any, Known, Moment], Sequence[Any]]
SECOND_WITHIN = timedelta(hours=1)
OPEN_DOORS = "open-doors"  # nobody is signed in: then the names alone must differ
TO_DECIDE = N_("something is to be told without her yes: a second person decides")
TO_REVIEW = N_("something was told without her yes: a third person says whether that was right")


def withdraw(command: c.WithdrawConsent, facts: Known, moment: Moment) -> Sequence[Any]:
    """She is one human: her withdrawal reaches whoever holds something on any report about her."""
    answered = repeated(command.request, facts)
    if answered is not None:
        return (answered,)
    report: KnownReport | None = facts.get(("report", command.report_id))
    if report is None:
        return (CommandRefused("unknown-report", "there is no such report"),)
    person = root_of(facts["person", report.victim_id], facts)
    hers = _standing(person, facts)
    body = {"report_id": report.report_id, "state": "consent_withdrawn", "reports": len(hers)}
    if not hers and (report.erased or not report.active):
        return (CommandRefused("taken-back", "this report was taken back or erased: every holder was told to let go already"),)
    who = (person.victim_ref, command.by, command.how)
    said: Contract | None = facts.get(("consent", report.report_id))
    known = (said is not None and said.state == WITHDRAWN) or not report.active or report.erased
    kept = [] if known else [report]  # she said so: it is kept, though nothing stood
    events = [event for one in hers or kept for event in _of_one(one, who, (facts, moment))]
    return *events, Replied(200, body, command.request)


def about_her(decide: Decide) -> Decide:
    """A no that ended her yes is about her, not about one report: what stands about the others goes, too.

    What is only recorded takes nothing back that she said to an officer.
    """
    return lambda command, facts, moment: _everywhere(decide(command, facts, moment), facts, moment)


def _everywhere(events: Sequence[Any], facts: Known, moment: Moment) -> Sequence[Any]:
    said = [one for one in events if isinstance(one, Contract)]
    told = [one for one in events if isinstance(one, c.ConsentWithdrawn)]
    report: KnownReport | None = facts.get(("report", told[-1].report_id)) if told else None
    person: Person | None = facts.get(("person", report.victim_id)) if report else None
    if report is None or person is None or said[-1].state != WITHDRAWN:
        return events
    who = (told[-1].victim_ref, said[-1].by, said[-1].terms.how)
    others = [one for one in _standing(root_of(person, facts), facts) if one.report_id != report.report_id]
    if who[2] == AS_RECORDED:
        others = [one for one in others if (own := facts.get(("consent", one.report_id))) is None or not is_own(own)]
    return *events, *(event for one in others for event in _of_one(one, who, (facts, moment)))


def ask(command: c.AskDisclosure, facts: Known, moment: Moment) -> Sequence[Any]:
    report: KnownReport | None = facts.get(("report", command.report_id))
    if report is None or not report.active or report.erased:
        return (CommandRefused("unknown-report", "there is no such report, or it was taken back or erased"),)
    ground = moment.law.grounds.get(command.reason)
    if ground is None or local_day(moment.now) < ground.in_force_from:
        return (CommandRefused("unknown-ground", f"name a ground: one of {', '.join(sorted(moment.law.grounds))}"),)
    before: c.Disclosure | None = facts.get(("disclosure", report.report_id))
    if before is not None and (before.state == "asked" or (before.state == "allowed" and not before.verdict)):
        return (CommandRefused("disclosure-open", "this was asked before, and is not settled yet", before.state),)
    version = before.version + 1 if before else 1
    asked = c.Disclosure(report.report_id, version, ground.code, "asked", command.by, command.actor)
    due = moment.now + SECOND_WITHIN
    return asked, TaskOpened(report.report_id, "disclosure", "supervisor", TO_DECIDE, due, report.report_id, report.region)


def _standing(person: Person, facts: Known) -> list[KnownReport]:
    """The reports about her on which something stands that can be taken back."""
    mine = rows_of(person, facts)
    hers = [one for one in reports_about(person, facts) if one.active and not one.erased and one.victim_id in mine]
    return sorted((one for one in hers if stands(one, facts)), key=lambda one: one.report_id)


def decide(command: c.DecideDisclosure, facts: Known, moment: Moment) -> Sequence[Any]:
    """A second person, never the first one under another click."""
    known: c.Disclosure | None = facts.get(("disclosure", command.report_id))
    if known is None or known.version != command.version or known.state != "asked":
        return (CommandRefused("nothing-asked", "nothing waits for a second person here", known.state if known else ""),)
    if not facts["report", command.report_id].active:
        return (CommandRefused("taken-back", "this report was taken back: nothing is told of it any more"),)
    if _same(command, (known.asked_by, known.asked_actor)):
        return (CommandRefused("second-person", "who asked does not decide: another person must"),)
    if facts["report", known.report_id].erased:
        return (CommandRefused("erased", "this report is erased: there is nothing left to tell"),)
    closed = TaskClosed(known.report_id, "disclosure", command.by)
    decided = replace(known, decided_by=command.by, decided_actor=command.actor)
    if not command.allow:
        return replace(decided, state="refused"), closed
    return closed, *_allowed(decided, facts, moment)


def review(command: c.ReviewDisclosure, facts: Known, moment: Moment) -> Sequence[Any]:
    """Neither of the two. Found wrong, it is taken back wherever it went."""
    known: c.Disclosure | None = facts.get(("disclosure", command.report_id))
    if known is None or known.version != command.version or known.verdict or not known.decided_by or known.state == "refused":
        return (CommandRefused("nothing-told", "nothing waits for a review here", known.state if known else ""),)
    if any(_same(command, one) for one in ((known.asked_by, known.asked_actor), (known.decided_by, known.decided_actor))):
        return (CommandRefused("third-person", "who asked or allowed it does not review it: a third person must"),)
    closed = TaskClosed(known.report_id, "disclosure_review", command.by)
    reviewed = replace(known, verdict="lawful" if command.lawful else "unlawful", reviewed_by=command.by)
    if command.lawful or known.state != "allowed" or facts["report", known.report_id].erased:
        return reviewed, closed
    return closed, *_untold(replace(reviewed, state="ended"), facts, moment)


def _untold(ended: c.Disclosure, facts: Known, moment: Moment) -> Sequence[Any]:
    """Found wrong, it ends at once; what she herself has agreed to meanwhile stays, and covers what it covers."""
    report: KnownReport = facts["report", ended.report_id]
    victim = root_of(facts["person", report.victim_id], facts)
    own: Contract | None = facts.get(("consent", report.report_id))
    hers = ChainMap({ended.fact: ended}, cast(Any, facts))
    agreed = own.covers("shelter", (), moment.now) if own else report.consent == Consent.YES
    if agreed or not report.active:
        over = moment.now.replace(minute=0, second=0, microsecond=0)
        said = c.DisclosureAllowed(report.report_id, ended.version, victim.victim_ref, ended.reason, over)
        stated: Stated | None = facts.get(("stated", report.report_id))
        return ended, said, *(cards_again(report, stated.content_hash, (hers, moment)) if stated else ())
    gone = withdrawn(report.report_id, (victim.victim_ref, ended.reviewed_by, AS_RECORDED), hers, moment)
    if own is None or own.until is None or own.until <= moment.now:
        return ended, *gone
    return ended, *gone, *given(replace(own, version=own.version + 2), victim.victim_ref, moment)


def _allowed(decided: c.Disclosure, facts: Known, moment: Moment) -> Sequence[Any]:
    ground: Ground = moment.law.grounds[decided.reason]
    until = (moment.now + timedelta(hours=ground.hours + 1)).replace(minute=0, second=0, microsecond=0)
    allowed = replace(decided, state="allowed", until=until, data_classes=ground.data_classes)
    report: KnownReport = facts["report", decided.report_id]
    victim = root_of(facts["person", report.victim_id], facts)
    due = moment.now + timedelta(hours=ground.review_hours)
    said = c.DisclosureAllowed(report.report_id, allowed.version, victim.victim_ref, ground.code, until)
    task = TaskOpened(report.report_id, "disclosure_review", "supervisor", TO_REVIEW, due, report.report_id, report.region)
    stated: Stated = facts["stated", report.report_id]
    cards = cards_again(report, stated.content_hash, (ChainMap({allowed.fact: allowed}, cast(Any, facts)), moment))
    return allowed, task, said, *cards


def _of_one(report: KnownReport, who: tuple[str, str, str], known: tuple[Known, Moment]) -> Sequence[Any]:
    """Said before the report's next version: what is called back is called back as withdrawn, not as corrected."""
    facts, moment = known
    gone = withdrawn(report.report_id, who, facts, moment)
    if report.consent != Consent.YES:
        return gone
    stated = _without_yes(facts["stated", report.report_id], gone[0].version)
    return *gone, *restated(report, stated, facts)


def _without_yes(stated: Stated, version: int) -> Stated:
    """What the report says from now on: no."""
    content = {**stated.content, "added/consent": dumps({"withdrawn": version})}
    fields = replace(stated.fields, consent=Consent.NO)
    return Stated(fields, content, sha256(dumps(content, sort_keys=True).encode()).hexdigest(), stated.doubts)


def _same(command: c.DecideDisclosure | c.ReviewDisclosure, other: tuple[str, str]) -> bool:
    """Another name, and another login wherever people log in."""
    by, actor = other
    signed_in = actor not in ("", OPEN_DOORS) and command.actor not in ("", OPEN_DOORS)
    return fold_name(command.by) == fold_name(by) or (signed_in and command.actor == actor)
