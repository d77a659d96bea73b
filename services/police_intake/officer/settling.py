"""What is decided about an officer's acts: held records settled, her answers added? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from plumbing.service import CommandRefused, Key, Moment
from plumbing.tasks import TaskClosed
from services.police_intake.consent.standing import as_she_said
from services.police_intake.consent.taking import answered as answered_by_her
from services.police_intake.facts import KnownReport
from services.police_intake.measures.contacting import second_contacts
from services.police_intake.officer import acts as o
from services.police_intake.persons import root_of
from services.police_intake.registering import new_report, new_version, restated, same_victim, with_mirrors
from services.police_intake.resealing import as_it_stands, cards_again
from services.police_intake.stating import Stated, answered

Known = Mapping[Key, Any]


def complete_record(command: o.CompleteRecord, facts: Known, moment: Moment) -> Sequence[Any]:
    """The same path as any report; what is registered already is corrected only if the officer says so."""
    refused = _not_open(command.held_id, facts)
    if refused is not None:
        return (refused,)
    same = facts.get(("content", command.registers.content_hash))
    if same is not None:
        return _closed(command, "duplicate", same, facts)
    people = new_report(command.registers, facts, moment)
    before = same_victim(command.registers, people.victim.person, facts)
    if before is None:
        events = with_mirrors(people.report.report_id, people.events, facts)
        return *events, *_closed(command, "registered", people.report.report_id, facts)
    if not command.corrects:
        detail = "this number and victim are registered already: say that it is a correction"
        return (CommandRefused(f"already-registered {before.report_id}", detail),)
    registers = as_she_said(replace(command.registers, report_id=before.report_id), facts)
    corrected = new_version(registers, before, facts, moment)
    report, after = as_it_stands(before.report_id, corrected, facts)
    corrected = with_mirrors(before.report_id, corrected, facts)
    cards = cards_again(report, registers.content_hash, (after, moment))
    return *corrected, *cards, *_closed(command, "correction", before.report_id, facts)


def close_record(command: o.CloseRecord, facts: Known, moment: Moment) -> Sequence[Any]:
    refused = _not_open(command.held_id, facts)
    return (refused,) if refused is not None else _closed(command, "no_report", "", facts)


def add_answers(command: o.AddAnswers, facts: Known, moment: Moment) -> Sequence[Any]:
    """The next version of the report with what she said; everybody who acted on it decides anew."""
    before: KnownReport | None = facts.get(("report", command.report_id))
    if before is None:
        return (CommandRefused("unknown-report", "there is no such report"),)
    if not before.active or before.erased:
        return (CommandRefused("taken-back", "this report was taken back or erased: register a new one"),)
    if command.seen not in (0, before.version):
        return (CommandRefused("seen-otherwise", "somebody was quicker: look at the report as it stands now"),)
    known: Stated = facts["stated", command.report_id]
    stated = answered(known, command)
    agreed = answered_by_her(command, before, root_of(facts["person", before.victim_id], facts).victim_ref, (facts, moment))
    if any(isinstance(one, CommandRefused) for one in agreed):
        return agreed
    if stated.fields == known.fields and facts.get(("answers", command.report_id)) == command.answers and not agreed:
        return (command.answers,)
    events = (*agreed, *restated(before, stated, facts))
    report, after = as_it_stands(before.report_id, events, facts)
    again = second_contacts(agreed, report, moment)
    return *events, command.answers, *again, *cards_again(report, stated.content_hash, (after, moment))


def _not_open(held_id: str, facts: Known) -> CommandRefused | None:
    known = facts.get(("held record", held_id))
    if known is None:
        return CommandRefused("unknown-record", "there is no such record")
    if isinstance(known, o.RecordClosed):
        return CommandRefused("record-closed", "this record was settled already", known.outcome)
    return None


def _closed(command: o.CompleteRecord | o.CloseRecord, outcome: str, report_id: str, facts: Known) -> Sequence[Any]:
    verdict = facts["held record", command.held_id]
    closed = o.RecordClosed(command.held_id, outcome, report_id, command.by)
    return closed, TaskClosed(command.held_id, verdict, command.by)
