"""What follows for her consent when a report says yes or no, she answers on the form, or takes it back? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from plumbing.clocks import ClockSet, ClockStopped
from plumbing.service import CommandRefused, Key, Moment
from plumbing.tasks import TaskClosed
from services.police_intake.consent.contract import (
    AS_RECORDED,
    GIVEN,
    REFUSED,
    WITHDRAWN,
    Contract,
    Law,
    Notice,
    Terms,
    beyond,
    ends,
    for_kind,
    whole,
)
from services.police_intake.consent.messages import ConsentGiven, ConsentWithdrawn, Disclosure, Withdrawal
from services.police_intake.report import Consent

if TYPE_CHECKING:
    from services.police_intake.facts import KnownReport
    from services.police_intake.messages import RegisterReport
    from services.police_intake.officer.acts import AddAnswers

Known = Mapping[Key, Any]
ACKNOWLEDGED_WITHIN = timedelta(hours=2)  # the router asks by telephone after one
NOTHING = Terms("", "", (), (), (), 0, "")


def reported(command: RegisterReport, report: KnownReport, victim_ref: str, known: tuple[Known, Moment]) -> Sequence[Any]:
    """A bare yes is taken for all that the notice of today asks for, as recorded; what she agreed to before stands."""
    facts, moment = known
    before: Contract | None = facts.get(("consent", report.report_id))
    said, answers = command.fields.consent, command.answers
    by = answers.by if answers else command.fields.officer
    if said == Consent.NO:
        return _no(report, (victim_ref, by, "spoken" if answers else AS_RECORDED), before, known)
    if said != Consent.YES or (before is not None and before.state != REFUSED):
        return ()
    law: Law = moment.law
    start = moment.now if answers else report.recorded_at
    terms = whole(law.current(start), "", "spoken" if answers else AS_RECORDED)  # the notice of the day on which she was told
    source = "journal" if command.record else "form" if answers else "machine"
    version = before.version + 1 if before else 1
    apart = answers.asked_apart if answers else None
    new = Contract(report.report_id, version, GIVEN, terms, ends(start, terms), apart, by, source, said_at=moment.now)
    return given(new, victim_ref, moment)


def answered(command: AddAnswers, report: KnownReport, victim_ref: str, known: tuple[Known, Moment]) -> Sequence[Any]:
    """What she says on the form, within the notice that was given to her; a refusal if it is more than that."""
    facts, moment = known
    before: Contract | None = facts.get(("consent", report.report_id))
    answers = command.answers
    if answers.consent == Consent.NO:
        said = _no(report, (victim_ref, answers.by, command.how), before, known)
        return [replace(one, asked_apart=answers.asked_apart, handed_card=command.handed_card)
                if isinstance(one, Contract) else one for one in said]
    if answers.consent != Consent.YES:
        return ()
    law: Law = moment.law
    notice = law.current(moment.now)
    terms = command.terms or whole(notice, "", command.how)
    problem = beyond(notice, terms)
    if problem:
        return (CommandRefused("beyond-notice", problem),)
    kept = before is not None and before.state == GIVEN and before.source == "form"
    if before is not None and kept and (command.terms is None or _same(before, terms, notice, moment)):
        return ()
    narrowed, who = _leaves_the_centre_out(before, report, terms), (victim_ref, answers.by, command.how)
    gone = withdrawn(report.report_id, who, facts, moment) if narrowed else ()
    version, until = (before.version if before else 0) + 1 + narrowed, ends(moment.now, terms)
    apart, by = answers.asked_apart, answers.by
    new = Contract(report.report_id, version, GIVEN, terms, until, apart, by, "form", said_at=moment.now)
    return *gone, *given(new, victim_ref, moment)


def given(new: Contract, victim_ref: str, moment: Moment) -> Sequence[Any]:
    """Kept and said; a clock asks her again before it ends."""
    terms, law = new.terms, moment.law
    assert new.until is not None
    said = ConsentGiven(
        new.report_id, new.version, victim_ref, terms.notice, terms.purposes, terms.recipients, terms.data_classes,
        new.until, terms.how,
    )
    ask_at = new.until - timedelta(days=law.current(moment.now).ask_again_days)
    clock = [ClockSet(new.report_id, f"consent-ends/{new.version}", ask_at, new.report_id)] if ask_at > moment.now else []
    before = [ClockStopped(new.report_id, "consent-ends/"), TaskClosed(new.report_id, "consent_ends", new.by)]
    return new, *(before if new.version > 1 else ()), *clock, said


def withdrawn(report_id: str, who: tuple[str, str, str], facts: Known, moment: Moment) -> Sequence[Any]:
    """The next version of her say, which covers nothing; `who` is her reference, who heard her, and how she said it."""
    victim_ref, by, how = who
    before: Contract | None = facts.get(("consent", report_id))
    version = before.version + 1 if before else 1
    terms = replace(before.terms, how=how) if before else replace(NOTHING, how=how)
    source = "journal" if how == AS_RECORDED else "form" if by else "machine"
    gone = Contract(report_id, version, WITHDRAWN, terms, None, None, by, source, said_at=moment.now)
    disclosure: Disclosure | None = facts.get(("disclosure", report_id))
    ended = [replace(disclosure, state="ended")] if disclosure is not None and disclosure.state in ("asked", "allowed") else []
    return (
        gone, *ended, Withdrawal(report_id, version, by, how), ClockStopped(report_id, "consent-ends/"),
        TaskClosed(report_id, "consent_ends", by), *([TaskClosed(report_id, "disclosure", by)] if ended else []),
        ClockSet(report_id, f"consent-withdrawn/{version}", moment.now + ACKNOWLEDGED_WITHIN, report_id),
        ConsentWithdrawn(report_id, version, victim_ref),
    )


def nobody_is_asked(report_id: str, by: str, facts: Known) -> Sequence[Any]:
    """The report was taken back: what still waits for a person about her say on it waits no longer."""
    disclosure: Disclosure | None = facts.get(("disclosure", report_id))
    asked = disclosure is not None and disclosure.state == "asked"
    ended = [replace(disclosure, state="ended"), TaskClosed(report_id, "disclosure", by)] if disclosure and asked else []
    return ClockStopped(report_id, "consent-ends/"), TaskClosed(report_id, "consent_ends", by), *ended


def _no(
    report: KnownReport, who: tuple[str, str, str], before: Contract | None, known: tuple[Known, Moment]
) -> Sequence[Any]:
    """A no after a yes is a withdrawal and reaches every holder; a first no is kept, and counted.

    Said by herself it ends what is told, or asked to be told, without her yes, too.
    """
    victim_ref, by, how = who
    facts, moment = known
    own = how != AS_RECORDED
    disclosure: Disclosure | None = facts.get(("disclosure", report.report_id))
    told = own and disclosure is not None and disclosure.state in ("asked", "allowed")
    earlier = facts.get(("report", report.report_id))
    stood = before.state == GIVEN if before else earlier is not None and earlier.consent == Consent.YES
    if stood or told:
        return withdrawn(report.report_id, (victim_ref, by, how), facts, moment)
    if before is not None and (before.state != REFUSED or before.source == "form" or not own):
        return ()
    version = before.version + 1 if before else 1
    terms, source = replace(NOTHING, how=how), "form" if own else "journal"
    return (Contract(report.report_id, version, REFUSED, terms, None, None, by, source, said_at=moment.now),)


def _leaves_the_centre_out(before: Contract | None, report: KnownReport, terms: Terms) -> bool:
    """To narrow her yes is to take back the rest: who kept a place on it lets go. An akimat gets another card instead."""
    stood = before.state == GIVEN and for_kind("shelter", before.terms) if before else report.consent == Consent.YES
    return stood and not for_kind("shelter", terms)


def _same(before: Contract, terms: Terms, notice: Notice, moment: Moment) -> bool:
    """Said again without a change; near its end it is a renewal all the same."""
    assert before.until is not None
    near = moment.now >= before.until - timedelta(days=notice.ask_again_days)
    scope = (before.terms.notice, before.terms.purposes, before.terms.recipients, before.terms.data_classes)
    same_scope = scope == (terms.notice, terms.purposes, terms.recipients, terms.data_classes)
    return same_scope and not near and before.terms.term_days == terms.term_days
