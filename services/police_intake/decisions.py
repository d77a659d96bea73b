"""What is decided about what comes in at police intake? Pure: (message, facts, moment) → events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from plumbing.clocks import ClockSet
from plumbing.service import CommandRefused, Key, Moment
from plumbing.tasks import TaskOpened
from plumbing.texts import N_
from services.police_intake import messages as m
from services.police_intake.consent.covering import card
from services.police_intake.consent.standing import as_she_said
from services.police_intake.consent.taking import nobody_is_asked
from services.police_intake.erasing.deciding import COURT
from services.police_intake.facts import KnownReport, NeedLinked, NeedSeen, ReportClosed, advanced, repeated
from services.police_intake.measures import safety, taking_back
from services.police_intake.measures.contacting import second_contacts
from services.police_intake.officer.acts import with_answers
from services.police_intake.records import FinishImport, ImportFinished, RecordHeld, VerdictGiven
from services.police_intake.registering import new_report, new_version, same_victim, with_mirrors
from services.police_intake.resealing import as_it_stands, cards_again
from services.police_intake.risk.again import ended

Known = Mapping[Key, Any]
HELD_WITHIN = timedelta(minutes=15)
CARD_WANTED = ("answered", "arrived", "closed", *COURT)  # a correction is followed by a new card
REASONS = ("cancelled", "unfounded", "wrong_person")


def register(command: m.RegisterReport, facts: Known, moment: Moment) -> Sequence[Any]:
    """New, equal to what is known, or another version of it: every record gets exactly one verdict."""
    answered = repeated(command.request, facts)
    if answered is not None:
        return (answered,)
    same = facts.get(("content", command.content_hash))
    if command.new_id and (same is not None or facts.get(("report", command.new_id))):
        return (CommandRefused(f"already-registered {same or command.new_id}", N_("the same content was registered before")),)
    if same is not None and not command.report_id:
        return _told(command, "duplicate", same, N_("the same content was registered before"))
    if command.report_id:
        return correct(command, facts.get(("report", command.report_id)), facts, moment)
    people = new_report(command, facts, moment)
    before = same_victim(command, people.victim.person, facts)
    if before is None:
        said = [command.answers] if command.answers else []
        events = with_mirrors(people.report.report_id, people.events, facts)
        again = second_contacts(events, people.report, moment)
        return *events, *said, *again, *_told(command, "accepted", people.report.report_id, "")
    if command.record is None:
        detail = "this number and victim are registered already: correct that report instead"
        return (CommandRefused(f"already-registered {before.report_id}", detail),)
    return _another_extract(command, before, facts, moment)


def set_aside(command: m.SetAside, facts: Known, moment: Moment) -> Sequence[Any]:
    """Held and refused things are kept as they came, as a task with a clock; equal ones are kept once."""
    known = facts.get(("held", command.content_hash))
    verdict = "duplicate" if known and command.verdict == "held" else command.verdict
    given = [VerdictGiven(command.record, verdict, command.doubts, command.reason)] if command.record else []
    if known or verdict not in ("held", "refused", "rejected"):
        return tuple(given)
    kept = (command.content, command.content_hash, command.doubts, command.extracted_at)
    held = RecordHeld(moment.ids.new(), verdict, command.reason, *kept)
    return *given, held, _task(held.held_id, verdict, command.reason, moment.now + HELD_WITHIN)


def take_back(command: m.TakeBack, facts: Known, moment: Moment) -> Sequence[Any]:
    answered = repeated(command.request, facts)
    if answered is not None:
        return (answered,)
    known: KnownReport | None = facts.get(("report", command.report_id))
    if known is None or command.reason not in REASONS:
        return (CommandRefused("unknown-report", f"no such report, or the reason is none of {', '.join(REASONS)}"),)
    body = {"report_id": known.report_id, "state": "taken_back", "reason": command.reason}
    if not known.active:
        return (m.Replied(200, body, command.request),)
    gone = advanced(known, active=False)
    said = m.ReportCancelled(gone.report_id, gone.version, command.reason)
    closed = ReportClosed(gone, command.reason, command.by), said, *taking_back.take_back(gone.report_id, facts, moment)
    left = nobody_is_asked(gone.report_id, command.by, facts)
    nobody = ended(known, command.by) if ("risk", known.report_id) in facts else ()
    return *with_mirrors(gone.report_id, closed, facts), *left, *nobody, m.Replied(200, body, command.request)


def see_need(told: m.NeedStateChanged, facts: Known, moment: Moment) -> Sequence[Any]:
    """An older change never overwrites a newer one; several reports may rest on one need. He may be out by it."""
    known: NeedSeen | None = facts.get(("need", told.need_id))
    link = NeedLinked(told.report_id, told.need_id)
    if known is not None and known.sequence >= told.sequence:
        return (link,)
    key = known.public_key if known is not None and told.state in CARD_WANTED else None
    seen = NeedSeen(told.need_id, told.kind, told.state, told.queue, told.sequence, key)
    return link, seen, *safety.of_need(told, known.state if known else "", (facts, moment))


def send_card(asked: m.CardRequested, facts: Known, moment: Moment) -> Sequence[Any]:
    """Her say is checked here once more, in the transaction that seals: who reads it, for what, which data, until when."""
    report: KnownReport | None = facts.get(("report", asked.report_id))
    cards = facts.get(("card", f"{asked.need_id}/{asked.public_key.hex()}"), ())
    known: NeedSeen | None = facts.get(("need", asked.need_id))
    seen = known or NeedSeen(asked.need_id, asked.kind, "asked", "", 0)
    kept = replace(seen, public_key=asked.public_key)
    link = NeedLinked(asked.report_id, asked.need_id)
    if report is None or not report.active:
        return link, kept
    return (link, kept, *card((asked.kind, asked.need_id), cards, report, (facts, moment.now)))


def finish_import(command: FinishImport, facts: Known, moment: Moment) -> Sequence[Any]:
    """Once: a second worker that reads the same journal to its end finds it finished. Its file has a clock."""
    if facts.get(("finished", command.run_id)):
        return ()
    finished = ImportFinished(command.run_id, command.records, command.source)
    due = command.source.destroy_at if command.source else None
    return (finished, ClockSet(command.run_id, "file/0", due, command.run_id)) if due else (finished,)


def _another_extract(command: m.RegisterReport, before: KnownReport, facts: Known, moment: Moment) -> Sequence[Any]:
    """The later extract corrects; an older one never does, and without both dates a person decides."""
    new, old = command.extracted_at, before.extracted_at
    if new is not None and old is not None and new >= old:
        return correct(command, before, facts, moment)
    reason = N_("an older extract says otherwise") if new and old else N_("another content, and no extract date to compare")
    if facts.get(("held", command.content_hash)):  # kept once, one task: the officer has it already, or has settled it
        return _told(command, "duplicate", before.report_id, reason)
    held = RecordHeld(
        moment.ids.new(), "held", reason, command.content, command.content_hash, command.doubts, command.extracted_at
    )
    given = [VerdictGiven(command.record, "held", command.doubts, reason, before.report_id)] if command.record else []
    return *given, held, _task(held.held_id, "held", reason, moment.now + HELD_WITHIN)


def correct(command: m.RegisterReport, before: KnownReport | None, facts: Known, moment: Moment) -> Sequence[Any]:
    if before is None:
        return (CommandRefused("unknown-report", "there is no such report"),)
    if not before.active or before.erased:
        return (CommandRefused("taken-back", "this report was taken back or erased: register a new one"),)
    answered = with_answers(replace(command, report_id=before.report_id), facts.get(("answers", before.report_id)))
    events = new_version(as_she_said(answered, facts), before, facts, moment)
    report, after = as_it_stands(before.report_id, events, facts)
    cards = cards_again(report, command.content_hash, (after, moment))
    told = _told(command, "correction", before.report_id, N_("a later record of the same report"))
    return *with_mirrors(before.report_id, events, facts), *cards, *told


def _told(command: m.RegisterReport, verdict: str, report_id: str, reason: str) -> Sequence[Any]:
    status = 201 if verdict == "accepted" else 200
    body = {"report_id": report_id, "verdict": verdict, "doubts": list(command.doubts)}
    given = [VerdictGiven(command.record, verdict, command.doubts, reason, report_id)] if command.record else []
    return *given, m.Replied(status, body, command.request)


def _task(subject: str, kind: str, reason: str, due: Any) -> TaskOpened:
    return TaskOpened(subject, kind, "duty_officer", reason, due, subject)


