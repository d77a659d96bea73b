"""May this person be erased, when, and what goes with the keys? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from plumbing.clocks import ClockDue, ClockSet, ClockStopped
from plumbing.service import CommandRefused, Key, Moment
from plumbing.tasks import TaskClosed, TaskOpened
from plumbing.texts import N_
from services.police_intake import messages as m
from services.police_intake.erasing import acts as e
from services.police_intake.erasing.acts import TASK, terms_of
from services.police_intake.erasing.answering import told
from services.police_intake.facts import KnownReport, NeedSeen, Person
from services.police_intake.officer.acts import RecordClosed
from services.police_intake.persons import reports_about, root_of, rows_of
from services.police_intake.risk.again import ended

Known = Mapping[Key, Any]
OPEN = ("asked", "answered", "with_person")  # of a guest police hear nothing more (0023): her stay stands against nothing
COURT = ("before_court", "awaiting_bed", "in_treatment", "missing")  # stages of a case: nothing medical
HIS = ("detox", "examination")  # needs whose card is the respondent's
HER_SAY = ("consent_ends", "consent_withdrawn", "disclosure", "disclosure_review")  # tasks about her consent
ASKED_FOR = N_("a person is to be erased: a second person sees on the person's page who asked and why, and approves or cancels")


def request(command: e.RequestErasure, facts: Known, moment: Moment) -> Sequence[Any]:
    """The first of two people asks; refused while others still rely on who this is."""
    person: Person | None = facts.get(("person", command.person_id))
    terms = terms_of(moment.law, moment.now)
    if person is None:
        return (CommandRefused("unknown-person", "there is no such person"),)
    if person.erased:
        return (CommandRefused("erased", "this person is erased already"),)
    if _running(facts, command.person_id):
        return (CommandRefused("asked-already", "an erasure of this person was asked for already"),)
    if command.reason not in terms.reasons:
        return (CommandRefused("unknown-reason", f"say why: {', '.join(terms.reasons)}"),)
    if why := hindrance(person, facts):
        return (why,)
    kept = e.ErasureKept(
        command.person_id, "requested", command.reason, command.by, moment.now, requested_actor=command.actor
    )
    due = moment.now + terms.approval
    return kept, TaskOpened(command.person_id, TASK, "duty_officer", ASKED_FOR, due, command.person_id)


def approve(command: e.ApproveErasure, facts: Known, moment: Moment) -> Sequence[Any]:
    """The second of two people, never the first; then the days run."""
    known: e.ErasureKept | None = facts.get(("erasure", command.person_id))
    if known is None or known.state != "requested":
        return (CommandRefused("not-asked", "no erasure of this person waits for approval", known.state if known else ""),)
    if bool(command.actor) != bool(known.requested_actor):
        return (CommandRefused("both-logins", "one of the two is signed in, so both must be: cancel it, and ask anew"),)
    if _same(command.by, known.requested_by) or (command.actor and command.actor == known.requested_actor):
        return (CommandRefused("same-person", "who asked for an erasure does not approve it: a second person must"),)
    due = moment.now + terms_of(moment.law, moment.now).delay
    kept = replace(
        known, state="approved", approved_by=command.by, approved_actor=command.actor, approved_at=moment.now, due_at=due
    )
    return kept, TaskClosed(command.person_id, TASK, command.by), _clock(kept)


def cancel(command: e.CancelErasure, facts: Known, moment: Moment) -> Sequence[Any]:
    known = _running(facts, command.person_id)
    if known is None:
        return (CommandRefused("not-asked", "no erasure of this person is under way"),)
    stopped = ClockStopped(command.person_id, "erase/")
    kept = replace(known, state="cancelled", ended_at=moment.now, ended_by=command.by)
    return kept, TaskClosed(command.person_id, TASK, command.by), stopped


def carry_out(clock: ClockDue, facts: Known, moment: Moment) -> Sequence[Any]:
    """The days are over: the keys go, and whoever holds a card is told; where somebody relies on it by now, a day more."""
    known: e.ErasureKept | None = facts.get(("erasure", clock.subject))
    if known is None or known.state != "approved":
        return ()
    asked: Person = facts["person", clock.subject]
    if hindrance(asked, facts) or _came_since(known, facts):
        later = replace(known, due_at=moment.now + terms_of(moment.law, moment.now).again)
        return later, _clock(later)
    person = root_of(asked, facts)
    rows, about = rows_of(person, facts), reports_about(person, facts)
    records: tuple[e.RecordAbout, ...] = facts.get(("records about", clock.subject), ())
    ids = tuple(sorted(one.report_id for one in about)), tuple(sorted(one.held_id for one in records))
    erased = e.PersonErased(tuple(rows), *ids, tuple(facts.get(("locks of", clock.subject), ())))
    closed: list[Any] = [TaskClosed(row, "possible_duplicate", known.approved_by) for row in rows]
    for record in records:
        if record.is_open:
            closed.append(TaskClosed(record.held_id, record.verdict, known.approved_by))
            closed.append(RecordClosed(record.held_id, "no_report", "", known.approved_by))
    closed += [ClockStopped(one.report_id, "consent-") for one in about]
    closed += [TaskClosed(one.report_id, kind, known.approved_by) for one in about for kind in HER_SAY]
    cards = [said for report in about for said in _cards(report, rows, facts)]
    closed += [event for report in about for event in ended(report, known.approved_by)]
    return *told(known, cards, moment), erased, *closed, *dict.fromkeys(cards)


def _came_since(known: e.ErasureKept, facts: Known) -> bool:
    """Somebody told of her anew after it was asked for, and nobody has looked at it yet."""
    records: tuple[e.RecordAbout, ...] = facts.get(("records about", known.person_id), ())
    return any(one.is_open and one.kept_at > known.requested_at for one in records)


def hindrance(person: Person, facts: Known) -> CommandRefused | None:
    """Why not now: another's proof, a court's file, help under way, or a record nobody has settled; None if nothing.

    person: the row that was asked about: records are looked up by it, whoever its human is.
    """
    root = root_of(person, facts)
    rows, about = rows_of(root, facts), reports_about(root, facts)
    needs = [need for report in about for need in facts.get(("needs of", report.report_id), ())]
    hers = [need for report in about if report.victim_id in rows for need in facts.get(("needs of", report.report_id), ())]
    if any(one.active and one.respondent_id in rows for one in about):
        why = "a report in force names this person as respondent: it is another person's proof"
        return CommandRefused("anothers-proof", why)
    if any(need.state in COURT for need in needs):
        return CommandRefused("courts-file", "a court has a case that rests on these reports: its file is not ours to erase")
    if any(need.state in OPEN for need in hers):
        return CommandRefused("help-under-way", "help for this person is under way: let it end, or take the report back")
    unsure = [one for one in facts.get(("records about", person.person_id), ()) if one.is_open and not one.surely]
    why = "a record that may be about this person waits for an officer: settle it first"
    return CommandRefused("unsettled-record", why) if unsure else None


def _cards(report: KnownReport, rows: Sequence[str], facts: Known) -> list[Any]:
    needs: tuple[NeedSeen, ...] = facts.get(("needs of", report.report_id), ())
    hers, his = report.victim_id in rows, report.respondent_id in rows
    said: list[Any] = [m.VictimCardErased(need.need_id) for need in needs if hers and need.kind not in HIS]
    said += [m.RespondentCardErased(need.need_id) for need in needs if his and need.kind in HIS]
    known = {one.need_id for one in said}
    return [*said, *(replace(need, public_key=None) for need in needs if need.need_id in known and need.public_key)]


def _running(facts: Known, person_id: str) -> e.ErasureKept | None:
    known: e.ErasureKept | None = facts.get(("erasure", person_id))
    return known if known is not None and known.runs else None


def _clock(kept: e.ErasureKept) -> ClockSet:
    assert kept.due_at is not None
    return ClockSet(kept.person_id, f"erase/{kept.due_at.isoformat()}", kept.due_at, kept.person_id)


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
